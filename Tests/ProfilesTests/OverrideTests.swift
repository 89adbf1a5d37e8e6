import Geometry
import Profiles
import RoadGraph
import Testing

/// What a department says, on drawn roads. OSM ways are numbered from 1 in the order in which roads are drawn, OSM
/// nodes of junctions likewise by letter.
@Suite struct OverrideTests {
  private func street(_ attributes: RoadAttributes = .street) -> RoadSketch {
    var sketch = RoadSketch("AB")
    sketch.road("AB", attributes)
    return sketch
  }

  private func overrides(_ change: (inout RoadOverrides) -> Void) -> RoadOverrides {
    var overrides = RoadOverrides()
    change(&overrides)
    return overrides
  }

  private func way(
    _ change: WayChange, _ direction: RoadOverrides.Direction = .both, for profiles: [String] = []
  ) -> RoadOverrides {
    overrides { $0.ways = [.init(osmID: 1, change, direction: direction, head: .init(profiles: profiles))] }
  }

  @Test func aWayHasAnotherSpeed() {
    let slow = way(WayChange(speedKmh: 18))
    #expect(Costs(street(), .plain, slow).arc("AB").timeMilliseconds == 20_000)
    #expect(Costs(street(), .plain { $0.speeds.maxKmh = 9 }, slow).arc("AB").timeMilliseconds == 40_000)
    // A speed opens nothing.
    #expect(Costs(street(.both(.restricted)), .plain, slow).arc("AB") == .impassable)
    let unfit = VehicleProfile.plain { $0.speeds.byClass[.residential] = nil }
    #expect(Costs(street(), unfit, slow).arc("AB") == .impassable)
  }

  @Test func entriesAreForTheirDirectionAndTheirProfiles() {
    let forward = Costs(street(), .plain, way(WayChange(speedKmh: 18), .forward))
    #expect(forward.arc("AB").timeMilliseconds == 20_000)
    #expect(forward.arc("BA").timeMilliseconds == 10_000)
    let backward = Costs(street(), .plain, way(WayChange(use: .never), .backward))
    #expect(backward.arc("AB").timeMilliseconds == 10_000)
    #expect(backward.arc("BA") == .impassable)
    #expect(Costs(street(), .plain, way(WayChange(use: .never), for: ["other"])).arc("AB").isPassable)
    #expect(Costs(street(), .plain, way(WayChange(use: .never), for: ["other", "plain"])).arc("AB") == .impassable)
  }

  @Test func aWayIsOpenedWhateverItsTagsSay() {
    var closed = RoadAttributes.both([.restricted, .noEmergency])
    closed.physicalLimits.heightCentimeters = 100
    let truck = VehicleProfile.plain {
      $0.siren = .on
      $0.size.heightMeters = 3
    }
    #expect(Costs(street(closed), truck).arc("AB") == .impassable)
    let open = Costs(street(closed), truck, way(WayChange(use: .allowed)))
    #expect(open.arc("AB") == TravelCost(timeMilliseconds: 10_000))
    // What it is by its tags is still told.
    #expect(open.exemptions(arc: "AB") == [.restrictedAccess])
    let lastResort = Costs(street(closed), truck, way(WayChange(use: .lastResort)))
    #expect(lastResort.arc("AB") == TravelCost(timeMilliseconds: 10_000, reluctanceMilliseconds: 3_640_000))
    let unfit = VehicleProfile.plain { $0.speeds.byClass[.residential] = nil }
    #expect(Costs(street(), unfit, way(WayChange(use: .allowed))).arc("AB").timeMilliseconds == 36_000)
    #expect(Costs(street(), unfit, way(WayChange(use: .allowed, speedKmh: 36))).arc("AB").timeMilliseconds == 10_000)
  }

  @Test func aOnewayIsOpenedAgainstIt() {
    let costs = Costs(street(.oneway()), .plain, way(WayChange(use: .allowed), .backward))
    #expect(costs.arc("BA") == TravelCost(timeMilliseconds: 10_000))
    #expect(costs.exemptions(arc: "BA") == [.contraflow])
  }

  @Test func theLastEntryThatSaysSomethingCounts() {
    let costs = Costs(
      street(), .plain,
      overrides {
        $0.ways = [
          .init(osmID: 1, WayChange(use: .never, speedKmh: 9)), .init(osmID: 1, WayChange(use: .allowed)),
          .init(osmID: 1, WayChange(speedKmh: 18), direction: .forward),
        ]
      })
    #expect(costs.arc("AB").timeMilliseconds == 20_000)
    #expect(costs.arc("BA").timeMilliseconds == 40_000)
  }

  @Test func otherWaysStayAsTheyAre() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .street)
    let costs = Costs(sketch, .plain, way(WayChange(speedKmh: 18)))
    #expect(costs.arc("AB").timeMilliseconds == 20_000)
    #expect(costs.arc("BC").timeMilliseconds == 10_000)
  }
}

@Suite struct NodeOverrideTests {
  /// A road with something on it.
  private func road(with kind: FeatureKind, _ profile: VehicleProfile, _ change: NodeChange) -> Costs {
    let point = RoadSketch.Part.point(PointFeature(osmID: 77, kind: kind))
    var sketch = RoadSketch("AB")
    sketch.road("AB", .stretch(.street, centimeters: 10_000), point, .stretch(.street, centimeters: 0))
    var overrides = RoadOverrides()
    overrides.nodes = [.init(osmID: 77, change)]
    return Costs(sketch, profile, overrides)
  }

  @Test func aGateTakesItsOwnTime() {
    let opens = VehicleProfile.plain { $0.barriers.gate = PassageRule(.lastResort, delaySeconds: 60) }
    let costs = road(with: .gate, opens, NodeChange(delaySeconds: 8))
    #expect(costs.arc("AB").timeMilliseconds == 18_000)
    #expect(costs.arc("AB").reluctanceMilliseconds > 0)
    #expect(costs.exemptions(arc: "AB") == [.gate])
    // Seconds alone open nothing.
    #expect(road(with: .gate, .plain, NodeChange(delaySeconds: 8)).arc("AB") == .impassable)
  }

  @Test func accessOpensAndCloses() {
    let open = road(with: .bollard, .plain, NodeChange(use: .allowed, delaySeconds: 45))
    #expect(open.arc("AB") == TravelCost(timeMilliseconds: 55_000))
    #expect(open.exemptions(arc: "AB") == [.bollard])
    #expect(road(with: .bollard, .plain, NodeChange(use: .lastResort)).arc("AB").reluctanceMilliseconds == 3_600_000)
    let opens = VehicleProfile.plain { $0.barriers.gate = .allowed }
    #expect(road(with: .gate, opens, NodeChange(use: .never)).arc("AB") == .impassable)
    #expect(road(with: .trafficSignals, .plain, NodeChange(delaySeconds: 30)).arc("AB").timeMilliseconds == 40_000)
    #expect(road(with: .trafficSignals, .plain, NodeChange(use: .never)).arc("AB") == .impassable)
  }

  /// A junction is an OSM node too, whether or not the map knows of anything there.
  @Test func junctionsTakeTimeAndClose() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .street)
    func costs(_ change: NodeChange) -> Costs {
      var overrides = RoadOverrides()
      overrides.nodes = [.init(osmID: 2, change)]
      return Costs(sketch, .plain, overrides)
    }
    #expect(costs(NodeChange(delaySeconds: 30)).turn("ABC").timeMilliseconds == 30_000)
    #expect(costs(NodeChange(use: .never)).turn("ABC") == .impassable)
    #expect(costs(NodeChange(use: .never)).turn("ABA") == .zero)
    sketch.place(PointFeature(osmID: 2, kind: .gate), at: "B")
    #expect(costs(NodeChange(use: .allowed, delaySeconds: 5)).turn("ABC").timeMilliseconds == 5_000)
  }
}

@Suite struct TurnOverrideTests {
  /// A crossroads of the OSM ways AB 1, BC 2, BD 3.
  private func costs(
    _ rule: TurnOverride, from: Int64 = 1, to: Int64 = 2, flags: TurnFlags = [], _ profile: VehicleProfile = .plain
  ) -> Costs {
    var sketch = RoadSketch("ABCD")
    for road in ["AB", "BC", "BD"] { sketch.road(road, .street) }
    sketch.turn("ABC", angleDegrees: -90, flags)
    sketch.turn("ABA", flags)
    var overrides = RoadOverrides()
    overrides.turns = [.init(fromWay: from, viaNode: 2, toWay: to, rule)]
    return Costs(sketch, profile, overrides)
  }

  @Test func aTurnIsForbidden() {
    let costs = costs(.forbid, .plain { $0.exemptions.turnBans = .allowed })
    #expect(costs.turn("ABC") == .impassable)
    #expect(costs.turn("ABD") == .zero)
    #expect(costs.turn("CBA") == .zero)
    #expect(costs.exemptions(turn: "ABC") == [])
  }

  @Test func aTurnIsAllowedAndTakesItsTime() {
    let profile = VehicleProfile.plain {
      $0.siren = .on
      $0.turns.left = 6
    }
    let costs = costs(.allow, flags: [.banned, .bannedForEmergency], profile)
    #expect(costs.turn("ABC") == TravelCost(timeMilliseconds: 6_000))
    #expect(costs.exemptions(turn: "ABC") == [])
  }

  @Test func fromAWayOntoItselfIsTurningRound() {
    #expect(costs(.allow, from: 1, to: 1, flags: [.banned, .confined]).turn("ABA") == .zero)
    #expect(costs(.allow, from: 3, to: 3).turn("ABA") == .impassable)
    let allowed = VehicleProfile.plain { $0.turns.uTurnAwayFromDeadEnd = .allowed }
    #expect(costs(.forbid, from: 1, to: 1, allowed).turn("ABA") == .impassable)
    #expect(costs(.forbid, from: 1, to: 1, allowed).turn("ABC") == .zero)
  }
}

@Suite struct UnmatchedOverrideTests {
  @Test func whatMatchesNothingIsReported() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .street)
    var overrides = RoadOverrides()
    overrides.ways = [
      .init(osmID: 1, WayChange(use: .never)), .init(osmID: 99, WayChange(use: .never), head: .init(line: 3)),
      .init(osmID: 2, WayChange(use: .never), head: .init(line: 5, profiles: ["plain", "tank"])),
    ]
    overrides.nodes = [.init(osmID: 2, NodeChange(use: .never)), .init(osmID: 98, NodeChange(use: .never))]
    overrides.turns = [
      .init(fromWay: 1, viaNode: 2, toWay: 2, .forbid), .init(fromWay: 1, viaNode: 97, toWay: 2, .forbid),
      .init(fromWay: 2, viaNode: 3, toWay: 1, .forbid),
    ]
    overrides.stations = [
      StationDoors(station: "Brera", coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0), wayOSMID: 96)
    ]
    let unmatched = overrides.resolved(on: sketch.build(), profileNames: ["plain"]).unmatched
    #expect(unmatched.map(\.kind) == [.way, .way, .node, .turn, .turn, .station])
    #expect(unmatched.map(\.id) == ["99", "2", "98", "1 97 2", "2 3 1", "Brera"])
    #expect(unmatched.prefix(2).map(\.line) == [3, 5])
    #expect(unmatched[1].why.contains("tank"))
    #expect(unmatched.allSatisfy { !$0.why.isEmpty })
  }

  @Test func aStationsUnitsStandBehindItsDoors() throws {
    let doors = try #require(Coordinate(latitude: 45.47, longitude: 9.18))
    var other = StationDoors(station: "Brera", coordinate: doors, withinMeters: 1_000)
    other.coordinate.latitudeE7 += 50_000
    var overrides = RoadOverrides()
    overrides.stations = [other, StationDoors(station: "Brera", coordinate: doors)]
    let resolved = overrides.resolved(on: RoadSketch("A").build(), profileNames: []).overrides
    let yard = try #require(Coordinate(latitude: 45.4704, longitude: 9.18))
    let away = try #require(Coordinate(latitude: 45.49, longitude: 9.18))
    #expect(resolved.doors(ofStation: "Brera", at: yard)?.coordinate == doors)
    #expect(resolved.doors(ofStation: "Sempione", at: yard) == nil)
    #expect(resolved.doors(ofStation: "Brera", at: away) == nil)
  }
}
