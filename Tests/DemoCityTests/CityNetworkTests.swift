import DemoCity
import Testing

/// Where one can drive.
@Suite struct CityNetworkTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64], [200, 2_000])
  func carsReachNearlyAllJunctions(_ seed: UInt64, _ junctions: Int) throws {
    let plan = try CityPlan(seed: seed, junctions: junctions)
    let city = OPLText(plan)
    let network = DrivableNetwork(city)
    let degrees = city.roadDegrees()
    let bridge = plan.summary.bridges[0].wayIDs[0]
    let start = city.placeOfNode()[city.ways.first { $0.id == bridge }!.nodes[0]]!
    let part = network.part(around: start)
    let all = degrees.indices.filter { degrees[$0] >= 3 }
    let inside = all.count { part[$0] }
    #expect(inside * 100 >= all.count * 99, "seed \(seed): \(inside) of \(all.count)")
  }

  /// The river is a real obstacle: without its bridges, a good part of the city is out of reach.
  @Test(arguments: SampleCity.seeds)
  func bridgesAreTheOnlyWaysOverTheRiver(_ seed: UInt64) throws {
    let sample = try #require(SampleCity.all[seed])
    let (plan, city) = (sample.plan, sample.text)
    #expect(plan.summary.bridges.count >= 2)
    #expect(plan.summary.bridges[0].name == "Han Bridge")
    for bridge in plan.summary.bridges {
      for id in bridge.wayIDs {
        let way = try #require(city.ways.first { $0.id == id })
        #expect(way.tags["bridge"] == "yes" && way.tags["name"] == bridge.name)
      }
    }
    let river = Set(plan.summary.bridges.flatMap(\.wayIDs))
    let place = city.placeOfNode()
    let han = city.ways.first { $0.id == plan.summary.bridges[0].wayIDs[0] }!
    func isUsed(_ way: OPLText.Way) -> Bool {
      way.isOpenToCars && !river.contains(way.id) && way.tags["highway"] != "motorway"
    }
    let network = DrivableNetwork(city, where: isUsed)
    let reached = network.reached(from: place[han.nodes[0]]!)
    #expect(!reached[place[han.nodes.last!]!], "seed \(seed)")
    #expect(reached.count { $0 } > 500)
  }

  /// Cut-throughs are short cuts and nothing more: responders who may use them reach no more junctions than cars do,
  /// but both ends belong to the network.
  @Test(arguments: SampleCity.seeds)
  func cutThroughsJoinRoads(_ seed: UInt64) throws {
    let city = try #require(SampleCity.all[seed]).text
    let place = city.placeOfNode()
    let network = DrivableNetwork(city)
    let cuts = city.ways.filter { ["no", "emergency"].contains($0.tags["access"] ?? "") }
    #expect(cuts.count > 10)
    for way in cuts {
      for end in [way.nodes[0], way.nodes[way.nodes.count - 1]] {
        #expect(!network.heads[place[end]!].isEmpty, "way \(way.id), seed \(seed)")
      }
    }
  }

  /// Restrictions are relations that an importer can use: their ways end at the via member.
  @Test(arguments: SampleCity.seeds)
  func restrictionsAreSound(_ seed: UInt64) throws {
    let city = try #require(SampleCity.all[seed]).text
    let ways = Dictionary(uniqueKeysWithValues: city.ways.map { ($0.id, $0) })
    var kinds: Set<String> = []
    for relation in city.relations {
      #expect(relation.tags["type"] == "restriction")
      kinds.insert(relation.tags["restriction"]!)
      let roles = relation.members.map(\.role)
      #expect(roles == ["from", "via", "to"])
      let from = try #require(ways[relation.members[0].id])
      let to = try #require(ways[relation.members[2].id])
      let via = relation.members[1]
      let viaNodes = via.kind == "n" ? [via.id] : try #require(ways[via.id]).nodes
      let arrivals = from.isOneWay ? [from.nodes.last!] : [from.nodes[0], from.nodes.last!]
      let departures = to.isOneWay ? [to.nodes[0]] : [to.nodes[0], to.nodes.last!]
      #expect(arrivals.contains { viaNodes.contains($0) }, "relation \(relation.id), seed \(seed)")
      #expect(departures.contains { viaNodes.contains($0) }, "relation \(relation.id), seed \(seed)")
    }
    #expect(kinds == ["no_left_turn", "no_right_turn", "no_u_turn", "only_straight_on"], "seed \(seed)")
    #expect(city.relations.contains { $0.members[1].kind == "w" })
    #expect(city.relations.contains { $0.tags["except"] == "emergency" })
  }

  /// Obeying every restriction, and turning round at dead ends only, one still gets from nearly everywhere to nearly
  /// everywhere.
  @Test(arguments: SampleCity.seeds)
  func restrictionsTrapNobody(_ seed: UInt64) throws {
    let city = try #require(SampleCity.all[seed]).text
    let turns = TurnNetwork(city)
    #expect(turns.largestShare() > 0.98, "seed \(seed): \(turns.largestShare())")
  }

  /// Roads of one level meet at common OSM nodes only.
  @Test(arguments: SampleCity.seeds)
  func roadsDoNotCrossWithoutAJunction(_ seed: UInt64) throws {
    let city = try #require(SampleCity.all[seed]).text
    let crossings = CrossingFinder(city).crossings()
    #expect(crossings.isEmpty, "seed \(seed): \(crossings.count), such as \(crossings.prefix(8))")
  }
}
