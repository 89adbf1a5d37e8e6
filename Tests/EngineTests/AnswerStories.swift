import API
import Engine
import Geometry
import TestSupport
import Testing

/// What an answer tells beside the way: exemptions, signals, sides, other ways.
@Suite struct AnswerStories {
  // MARK: Exemptions

  /// Only the driven part of a street counts.
  @Test func exemptionsTellHowFarTheyGo() throws {
    var town = try Town("A-1-B---C")
    town.oneway("BA")
    town.oneway("CB")
    let line = try town.line("1", "C", profile: "siren")
    #expect(line.exemptions.map(\.kind) == ["contraflow", "contraflow"])
    #expect(line.exemptions.map { $0.lengthMeters.rounded() } == [200, 400])
    #expect(line.exemptions.map(\.osmID) == [TownMap.osmWay("BA"), TownMap.osmWay("CB")])
    #expect(line.exemptions[0].name == "BA")
    #expect(line.exemptions[0].coordinate.distanceMeters(to: town.map.coordinate("1")) < 0.1)
  }

  @Test func gatesTellTheirOSMNodeAndSeconds() throws {
    var town = try Town("A---B---C")
    town.feature(["barrier": "gate"], at: "B")
    let gate = try #require(try town.line("A", "C", profile: "siren").exemptions.first)
    #expect(gate.kind == "gate")
    #expect(gate.osmID == TownMap.osmNode("B"))
    #expect(gate.seconds == 10)
    #expect(gate.lengthMeters == 0)
  }

  /// The gate stands where roads meet: it is the OSM node's, the ban the street's.
  @Test func gatesAtJunctionsAreThoseOfTheirOSMNode() throws {
    var town = try Town(
      """
      A---B---C
          |
          D
      """)
    town.feature(["barrier": "gate"], at: "B")
    town.restriction("ABD", "no_right_turn")
    let exemptions = try town.line("A", "D", profile: "siren").exemptions
    #expect(exemptions.map(\.kind) == ["gate", "turn_ban"])
    #expect(exemptions.map(\.osmID) == [TownMap.osmNode("B"), TownMap.osmWay("BD")])
    #expect(exemptions.map(\.seconds) == [10, 0])
  }

  /// Residents' streets at the ends of a trip are what their sign says; in the middle they are an exemption.
  @Test func residentsStreetsAreNamedOnlyInTheMiddle() throws {
    var town = try Town("A---B---C---D")
    town.road("BC", tags: ["motor_vehicle": "destination"])
    #expect(try town.line("A", "D", profile: "siren").exemptions.map(\.kind) == ["destination_only"])
    var request = RouteRequest(
      places: [Place(town.map.middle("B", "C")), Place(town.map.coordinate("D"))], profile: "siren")
    #expect(try town.testEngine().engine.route(request).route.exemptions.isEmpty)
    request.places.reverse()
    #expect(try town.testEngine().engine.route(request).route.exemptions.isEmpty)
  }

  // MARK: Signals

  @Test func signalsAreListedWithTheirTimes() throws {
    var town = try Town(
      """
      A---B-C-D---E
          |
          F
      """)
    for place in "BCE" { town.feature(["highway": "traffic_signals"], at: place) }
    town.feature(["highway": "stop"], at: "D")
    let line = try town.line("A", "E")
    #expect(line.signals.map(\.osmID) == [TownMap.osmNode("B"), TownMap.osmNode("C")])
    #expect(line.signals.map { $0.lengthMeters.rounded() } == [400, 600])
    #expect(line.signals.map { $0.travelSeconds.rounded() } == [40, 60])
    #expect(line.signals[1].coordinate.distanceMeters(to: town.map.coordinate("C")) < 0.1)
    // One that starts at a signal is not stopped by it.
    #expect(try town.line("C", "E").signals.isEmpty || town.line("C", "E").signals[0].lengthMeters == 0)
  }

  @Test func signalsAreListedOnlyIfAskedFor() throws {
    var town = try Town("A---B---C")
    town.feature(["highway": "traffic_signals"], at: "B")
    let request = RouteRequest(
      places: [Place(town.map.coordinate("A")), Place(town.map.coordinate("C"))], profile: "plain")
    #expect(try town.testEngine().engine.route(request).route.signals.isEmpty)
  }

  // MARK: Places

  /// Left and right as one drives, not as the map was drawn.
  @Test func placesLieOnASideOfTheStreet() throws {
    let town = try Town(
      """
      1   2
      A-------B
      3   4
      """, metersPerCell: 20)
    func answer(_ from: Character, _ to: Character) throws -> RouteAnswer {
      try town.testEngine().engine.route(
        RouteRequest(places: [Place(town.map.coordinate(from)), Place(town.map.coordinate(to))], profile: "plain"))
    }
    let east = try answer("1", "4")
    #expect(east.from.side == .left && east.to.side == .right)
    #expect(abs(east.to.headingDegrees - 90) < 1)
    let west = try answer("4", "1")
    #expect(west.from.side == .left && west.to.side == .right)
    #expect(abs(west.to.headingDegrees - 270) < 1)
    #expect(try answer("A", "B").to.side == .none)
    var snap = SnapRequest(place: Place(town.map.coordinate("2"), headingDegrees: 270), profile: "plain")
    #expect(try town.testEngine().engine.snap(snap).places.map(\.side) == [.right])
    snap.place.headingDegrees = 90
    #expect(try town.testEngine().engine.snap(snap).places.map(\.side) == [.left])
  }

  @Test func theHeadingsToleranceIsTheCallers() throws {
    let town = try Town("A-------B")
    let start = Place(town.map.middle("A", "B"), headingDegrees: 40)
    var request = RouteRequest(places: [start, Place(town.map.coordinate("A"))], profile: "plain")
    func meters() throws -> Double { try town.testEngine().engine.route(request).route.lengthMeters.rounded() }
    // On to the end and back, where the road runs so.
    #expect(try meters() == 1_200)
    request.reach.headingToleranceDegrees = 45
    #expect(try meters() == 400)
    request.reach.headingToleranceDegrees = 51
    #expect(try meters() == 1_200)
    request.reach.headingToleranceDegrees = 181
    #expect(throws: EngineError.self) { try meters() }
  }

  /// North is 0 and 360 alike; a little more is refused.
  @Test func aHeadingOf360IsNorth() throws {
    let town = try Town(
      """
      A
      |
      |
      B
      """)
    func arcs(_ degrees: Double) throws -> [Double] {
      let place = Place(town.map.middle("A", "B"), headingDegrees: degrees)
      return try town.testEngine().engine.snap(SnapRequest(place: place, profile: "plain")).places.map(\.headingDegrees)
    }
    #expect(try arcs(0) == arcs(360))
    #expect(try arcs(0) != arcs(180))
    let error = #expect(throws: EngineError.self) { try arcs(360.1) }
    #expect(error?.code == .invalidHeading && error?.value == "360.1")
  }

  /// A place beyond the radius is refused, and told how far the nearest road is.
  @Test(arguments: [50.0, 299])
  func placesBeyondTheRadiusAreRefused(_ radiusMeters: Double) throws {
    let town = try Town(
      """
      A---B


      1
      """)
    let places = [Place(town.map.coordinate("A")), Place(town.map.coordinate("1"))]
    var request = RouteRequest(places: places, profile: "plain")
    request.reach.radiusMeters = radiusMeters
    let error = try #require(throws: EngineError.self) { try town.testEngine().engine.route(request) }
    #expect(error.code == .offMap)
    #expect(error.message.contains("300 m away"), "\(error.message)")
    #expect(error.message.contains("within \(radiusMeters) m"), "\(error.message)")
    var fastest = FastestUnitsRequest(incident: places[1], count: 1)
    fastest.reach.radiusMeters = radiusMeters
    #expect(throws: EngineError.self) { try town.testEngine().engine.fastestUnits(fastest) }
    request.reach.radiusMeters = 301
    #expect(try town.testEngine().engine.route(request).to.distanceMeters.rounded() == 300)
  }

  @Test func aRoadBeyondAllReachIsNotLookedFor() throws {
    let town = try Town("A---B")
    let far = Coordinate(latitudeE7: town.map.coordinate("A").latitudeE7 + 600_000, longitudeE7: 1_000_000_000)
    let error = try #require(throws: EngineError.self) {
      try town.testEngine().engine.snap(SnapRequest(place: Place(far), profile: "plain"))
    }
    #expect(error.message.contains("nor within 5000 m"), "\(error.message)")
  }

  // MARK: Other ways

  @Test(arguments: EngineSetup.allCases)
  func otherGoodWaysAreOffered(_ setup: EngineSetup) throws {
    var town = try Town(
      """
      A-------B
      |       |
      C-------D
      |       |
      E-------F
      """, setup: setup)
    town.road("CD", kmh: 40)
    func ways(_ count: Int) throws -> [String] {
      var request = RouteRequest(
        places: [Place(town.map.middle("A", "C")), Place(town.map.middle("B", "D"))], profile: "plain")
      (request.detail, request.alternatives) = ([.shape], count)
      let answer = try town.testEngine().engine.route(request)
      for (before, after) in zip([answer.route] + answer.alternatives, answer.alternatives) {
        #expect(before.travelSeconds <= after.travelSeconds)
      }
      return ([answer.route] + answer.alternatives).map { town.letters(of: $0.shape) }
    }
    #expect(try ways(0) == ["CD"])
    #expect(try ways(1) == ["CD", "AB"])
    // The third way is 1.4 times as long and more.
    #expect(try ways(3) == ["CD", "AB"])
  }

  @Test func alternativesHaveLimits() throws {
    let town = try Town("A---B---C")
    let places = "ABC".map { Place(town.map.coordinate($0)) }
    func code(_ alternatives: Int, _ places: [Place]) throws -> EngineError.Code? {
      var request = RouteRequest(places: places, profile: "plain")
      request.alternatives = alternatives
      do {
        _ = try town.testEngine().engine.route(request)
        return nil
      } catch let error as EngineError {
        return error.code
      }
    }
    #expect(try code(3, [places[0], places[2]]) == nil)
    #expect(try code(4, [places[0], places[2]]) == .limitExceeded)
    #expect(try code(-1, [places[0], places[2]]) == .invalidCount)
    #expect(try code(1, places) == .invalidArgument)
    #expect(try code(0, places) == nil)
  }
}
