import API
import Geometry
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Traffic holds where it is: a hole in the road closes the hole, a work zone slows its own metres.
@Suite struct StretchStories {
  /// A long road with OSM nodes at E and F, and a way round.
  private static func town(_ setup: EngineSetup = .partialCustomization) throws -> Town {
    var town = try Town(
      """
      G-A-1-E---2---F-3-B-H
        |               |
        |               |
        |               |
        |               |
        C---------------D
      """, setup: setup)
    town.road("AEFB")
    return town
  }

  /// The ways to say that what lies between E and F is closed.
  enum Form: CaseIterable {
    case nodes, nodesOfWay, circle, line, area

    func selector(_ town: Town) -> RoadSelector {
      let nodes = OSMNodePair(from: TownMap.osmNode("E"), to: TownMap.osmNode("F"))
      return switch self {
      case .nodes: .nodes(nodes, direction: .both)
      case .nodesOfWay: .way(osmID: TownMap.osmWay("AEFB"), direction: .both, nodes: nodes)
      case .circle: town.circle("2", 400)
      case .line: .polyline([town.map.coordinate("E"), town.map.coordinate("F")], direction: .both)
      case .area: town.box("E", "F")
      }
    }
  }

  @Test(arguments: EngineSetup.allCases, Form.allCases)
  func bothSidesOfAClosedStretchStayOpen(_ setup: EngineSetup, _ form: Form) throws {
    let town = try Self.town(setup)
    #expect(town.route("A", "B") == "AEFB")
    let answer = try town.put(form.selector(town))
    #expect(answer.closures.flatMap(\.ways).map { $0.lengthMeters.rounded() } == [800])
    #expect(town.travelSeconds("A", "1") == 20)
    #expect(town.travelSeconds("3", "B") == 20)
    #expect(town.travelSeconds("1", "A") == 20)
    #expect(try town.line("A", "1").exemptions.isEmpty)
    #expect(town.route("A", "B") == "ACDB")
    #expect(town.travelSeconds("1", "3") == 300)
    try town.lift("x")
    #expect(town.travelSeconds("A", "B") == 160)
  }

  @Test(arguments: EngineSetup.allCases)
  func aHoleIsASmallOne(_ setup: EngineSetup) throws {
    let town = try Self.town(setup)
    let answer = try town.put(town.circle("2", 30))
    #expect(answer.closures.flatMap(\.ways).map { $0.lengthMeters.rounded() } == [60])
    #expect(town.route("A", "B") == "ACDB")
    #expect(town.travelSeconds("A", "E") == 40)
    #expect(town.travelSeconds("F", "B") == 40)
  }

  @Test(arguments: EngineSetup.allCases)
  func aSlowdownCostsItsOwnMetres(_ setup: EngineSetup) throws {
    let town = try Town("A-1---2---3-B", setup: setup)
    let cases: [(RoadEffect, Double)] = [(.speed(kmh: 3.6), 54), (.factor(3), 12), (.delay(seconds: 30), 30)]
    for (effect, seconds) in cases {
      try town.put(town.circle("2", 30), effect: effect)
      #expect(town.travelSeconds("A", "B") == 120 + seconds, "\(effect)")
      #expect(town.travelSeconds("B", "A") == 120 + seconds, "\(effect)")
      #expect(town.travelSeconds("1", "3") == 80 + seconds, "\(effect)")
      #expect(town.travelSeconds("A", "1") == 20, "\(effect)")
      #expect(town.travelSeconds("3", "B") == 20, "\(effect)")
      #expect(town.travelSeconds("A", "2") == 60 + seconds / 2, "\(effect)")
    }
  }

  /// Two work zones of 60 m that overlap by 30 m, and a crowd on the first of them.
  @Test(arguments: EngineSetup.allCases)
  func whereEffectsOverlapTheStrongestOfEachKindCounts(_ setup: EngineSetup) throws {
    let town = try Town("A-1---2---3-B", setup: setup)
    let east = town.map.coordinate("2").interpolated(to: town.map.coordinate("3"), fraction: 30.0 / 400)
    let rounded = { (town.travelSeconds("A", "B") ?? -1).rounded() }
    try town.put(town.circle("2", 30), id: "first", effect: .speed(kmh: 3.6))
    try town.put(.point(east, radiusMeters: 30), id: "second", effect: .speed(kmh: 1.8))
    #expect(rounded() == 30 + 120 + 111)
    try town.put(town.circle("2", 30), id: "crowd", effect: .factor(2))
    #expect(rounded() == 60 + 120 + 60 + 111)
    try town.lift("first")
    #expect(rounded() == 6 + 120 + 60 + 111)
    try town.lift("second")
    try town.lift("crowd")
    #expect(town.travelSeconds("A", "B") == 120)
  }

  /// A feed that names a part of a road knows nothing of the rest.
  @Test(arguments: EngineSetup.allCases)
  func aMeasuredSpeedHoldsOnTheNamedPart(_ setup: EngineSetup) throws {
    var town = try Town("A---E---F---B", setup: setup)
    town.road("AEFB")
    let nodes = OSMNodePair(from: TownMap.osmNode("E"), to: TownMap.osmNode("F"))
    let update = SpeedUpdate(
      source: "its", speeds: [RoadSpeed(.nodes(nodes), kmh: 3.6)], timeToLiveSeconds: 60, isComplete: true)
    try town.testEngine().change { _ = try $0.putSpeeds(SpeedsRequest(update), by: .local) }
    #expect(town.travelSeconds("A", "B") == 480)
    #expect(town.travelSeconds("B", "A") == 120)
    #expect(town.travelSeconds("A", "E") == 40)
    try TimeStories.pass(hours: 61.0 / 3600, in: town)
    #expect(town.travelSeconds("A", "B") == 120)
  }

  /// The unit behind the hole is not sent first, through it.
  @Test(arguments: EngineSetup.allCases)
  func whoStandsBehindAHoleComesLater(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A-a---1---B-2----------b-C
      |         |
      D---------E
      """, setup: setup)
    #expect(try town.etas(incident: "2") == ["a 100", "b 110"])
    try town.put(town.circle("1", 15))
    #expect(try town.etas(incident: "2") == ["b 110", "a 180"])
    try town.lift("x")
    #expect(try town.etas(incident: "2") == ["a 100", "b 110"])
  }

  @Test func whatIfIsTheSame() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    var request = RouteRequest(places: "AB".map { Place(town.map.coordinate($0)) }, profile: "plain")
    request.detail = [.shape]
    request.whatIf = [RoadClosure(id: "hole", selector: town.circle("2", 30))]
    #expect(town.letters(of: try engine.route(request).route.shape) == "ACDB")
    request.places[1] = Place(town.map.coordinate("1"))
    #expect(try engine.route(request).route.travelSeconds.rounded() == 20)
    request.places[1] = Place(town.map.coordinate("2"))
    let exemptions = try engine.route(request).route.exemptions
    #expect(exemptions.map(\.kind) == ["closed_road"] && exemptions.map(\.closureIDs) == [["hole"]])
  }
}
