import DemoCity
import Testing

/// What every city has to contain to be a good example.
@Suite struct CityContentTests {
  static let seeds = SampleCity.seeds

  @Test(arguments: seeds)
  func linesAreSortedAndComplete(_ seed: UInt64) throws {
    let sample = try #require(SampleCity.all[seed])
    let (plan, city) = (sample.plan, sample.text)
    #expect(String(city.kinds).split(separator: "w").first?.allSatisfy { $0 == "n" } == true)
    #expect(String(city.kinds).drop { $0 == "n" }.drop { $0 == "w" }.allSatisfy { $0 == "r" })
    for ids in [city.nodes.map(\.id), city.ways.map(\.id), city.relations.map(\.id)] {
      #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    }
    let known = Set(city.nodes.map(\.id))
    for way in city.ways {
      #expect(way.nodes.count >= 2 && way.nodes.allSatisfy(known.contains), "way \(way.id), seed \(seed)")
      #expect(zip(way.nodes, way.nodes.dropFirst()).allSatisfy { $0 != $1 }, "way \(way.id), seed \(seed)")
    }
    #expect(city.nodes.count == plan.summary.nodes)
    #expect(city.ways.count == plan.summary.ways)
    #expect(city.relations.count == plan.summary.restrictions)
    #expect(city.nodes.allSatisfy { abs($0.latitude - 12) < 0.2 && abs($0.longitude - 100) < 0.2 })
  }

  @Test(arguments: seeds)
  func hasEveryKindOfRoad(_ seed: UInt64) throws {
    let city = try #require(SampleCity.all[seed]).text
    let classes = Set(city.ways.compactMap { $0.tags["highway"] })
    #expect(
      classes == [
        "motorway", "motorway_link", "primary", "secondary", "tertiary", "residential", "living_street", "service",
      ])
    func has(_ key: String, _ value: String) -> Bool { city.ways.contains { $0.tags[key] == value } }
    for (key, value) in [
      ("bridge", "yes"), ("tunnel", "yes"), ("junction", "roundabout"), ("service", "emergency_access"),
      ("access", "emergency"), ("maxspeed", "walk"), ("maxspeed", "30 mph"), ("maxspeed", "50"), ("waterway", "river"),
      ("oneway:emergency", "no"),
    ] {
      #expect(has(key, value), "\(key)=\(value), seed \(seed)")
    }
    for way in city.ways where way.tags["highway"]?.hasPrefix("motorway") == true { #expect(way.isOneWay) }
    for way in city.ways where way.tags["bridge"] == "yes" { #expect(way.tags["layer"] == "1") }
    for way in city.ways where way.tags["tunnel"] == "yes" { #expect(way.tags["layer"] == "-1") }
    #expect(city.ways.contains { $0.isOneWay && $0.tags["highway"] == "primary" && $0.tags["name"] != nil })
  }

  @Test(arguments: seeds)
  func featuresAreCounted(_ seed: UInt64) throws {
    let sample = try #require(SampleCity.all[seed])
    let (plan, city) = (sample.plan, sample.text)
    func count(_ key: String, _ value: String) -> Int { city.nodes.count { $0.tags[key] == value } }
    let summary = plan.summary
    #expect(summary.signals > 0 && summary.signals == count("highway", "traffic_signals"))
    #expect(summary.gates > 0 && summary.gates == count("barrier", "gate") + count("barrier", "lift_gate"))
    #expect(summary.bollards > 0 && summary.bollards == count("barrier", "bollard"))
    #expect(count("bollard", "removable") > 0 && count("bollard", "removable") < summary.bollards)
    #expect(count("locked", "yes") > 0)
    #expect(summary.cutThroughs > 0)
    #expect(summary.cutThroughs == city.ways.count { ["no", "emergency"].contains($0.tags["access"] ?? "") })
    #expect(summary.roundabouts > 0)
    for kind in CityStation.Kind.allCases {
      let known = (summary.stations + summary.hospitals).filter { $0.kind == kind }
      #expect(!known.isEmpty && known.count == count("amenity", kind.rawValue), "\(kind), seed \(seed)")
      #expect(Set(known.map(\.name)).count == known.count, "\(kind), seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func shapesAreCurved(_ seed: UInt64) throws {
    let city = try #require(SampleCity.all[seed]).text
    let degrees = city.roadDegrees()
    #expect(degrees.count { $0 == 2 } > SampleCity.junctions / 3, "seed \(seed)")
  }

  /// One street's OSM ways share its name, and different streets seldom do.
  @Test(arguments: seeds)
  func streetsHaveNames(_ seed: UInt64) throws {
    let city = try #require(SampleCity.all[seed]).text
    let named = city.ways.filter { $0.tags["name"] != nil && $0.isRoad }
    #expect(named.count * 10 > city.ways.count * 8)
    let names = Set(named.compactMap { $0.tags["name"] })
    #expect(names.count * 3 > named.count)
    var classes: [String: Set<String>] = [:]
    for way in named { classes[way.tags["name"]!, default: []].insert(way.tags["highway"]!) }
    #expect(classes.values.contains { $0.count > 1 }, "some street changes its class, seed \(seed)")
  }

  @Test(arguments: seeds)
  func stationsStandBesideRoads(_ seed: UInt64) throws {
    let sample = try #require(SampleCity.all[seed])
    let (plan, city) = (sample.plan, sample.text)
    let place = city.placeOfNode()
    for station in plan.summary.stations + plan.summary.hospitals {
      var nearest = Double.infinity
      for way in city.ways where way.isOpenToCars {
        for (first, second) in zip(way.nodes, way.nodes.dropFirst()) {
          let (start, end) = (city.nodes[place[first]!], city.nodes[place[second]!])
          nearest = min(nearest, Meters.distance(of: station, toSegmentFrom: start, to: end))
        }
      }
      #expect(nearest > 4 && nearest < 25, "\(station.name), seed \(seed): \(nearest) m")
    }
  }
}

/// Small distances near the demo city, in meters.
enum Meters {
  static func distance(of station: CityStation, toSegmentFrom start: OPLText.Node, to end: OPLText.Node) -> Double {
    func meters(_ latitude: Double, _ longitude: Double) -> (Double, Double) {
      ((longitude - station.coordinate.longitude) * 108_765, (latitude - station.coordinate.latitude) * 111_195)
    }
    let first = meters(start.latitude, start.longitude)
    let second = meters(end.latitude, end.longitude)
    let along = (second.0 - first.0, second.1 - first.1)
    let squared = along.0 * along.0 + along.1 * along.1
    let share = squared == 0 ? 0 : min(1, max(0, -(first.0 * along.0 + first.1 * along.1) / squared))
    let near = (first.0 + along.0 * share, first.1 + along.1 * share)
    return (near.0 * near.0 + near.1 * near.1).squareRoot()
  }
}
