import API
import Engine
import Geometry
import TestSupport
import Testing

/// A scene near a junction is at the junction: a crew stops there and walks.
@Suite struct CrewWalkStories {
  private func answer(_ town: Town, _ from: Character, _ to: Coordinate, _ profile: String) throws -> RouteAnswer {
    try town.testEngine().engine.route(
      RouteRequest(places: [Place(town.map.coordinate(from)), Place(to)], profile: profile))
  }

  /// A place some metres from one letter towards another one.
  private func place(_ town: Town, _ meters: Double, from: Character, towards: Character) -> Coordinate {
    let (start, end) = (town.map.coordinate(from), town.map.coordinate(towards))
    return start.interpolated(to: end, fraction: meters / start.distanceMeters(to: end))
  }

  /// Who comes from the south may turn nowhere at X; round the block it is 600 m and more.
  private func crossing() throws -> Town {
    var town = try Town(
      """
      A--B--C
      |  |  |
      D--X--E
      |  |  |
      F--G--H
      """, metersPerCell: 50)
    for turn in ["GXB", "GXD", "GXE"] {
      let kinds: [String: String] = ["GXB": "no_straight_on", "GXD": "no_left_turn", "GXE": "no_right_turn"]
      town.restriction(turn, kinds[turn] ?? "")
    }
    return town
  }

  @Test(arguments: ["ambulance_routine", "fire_engine_routine", "police_routine"], [0.0, 8, 14])
  func aSceneNearAJunctionIsAtIt(_ profile: String, _ meters: Double) throws {
    let town = try crossing()
    let found = try answer(town, "G", place(town, meters, from: "X", towards: "B"), profile)
    #expect(found.route.lengthMeters <= 101)
    #expect(found.to.coordinate.distanceMeters(to: town.map.coordinate("X")) < 0.1)
    #expect(abs(found.to.distanceMeters - meters) < 0.5)
  }

  @Test func fartherUpTheArmTheRulesHold() throws {
    let town = try crossing()
    let found = try answer(town, "G", place(town, 20, from: "X", towards: "B"), "ambulance_routine")
    #expect(found.route.lengthMeters > 300)
    let civil = try answer(town, "G", place(town, 8, from: "X", towards: "B"), "car")
    #expect(civil.route.lengthMeters > 300)
  }

  /// Coming down the arm, the crew reaches the scene before the junction.
  @Test func whoComesByTheSceneStopsThere() throws {
    let town = try crossing()
    let scene = place(town, 12, from: "X", towards: "B")
    let found = try answer(town, "B", scene, "ambulance")
    #expect(abs(found.route.lengthMeters - 88) < 1)
    #expect(found.to.distanceMeters < 0.1)
  }

  /// The wrong end of a one-way, with and without a junction there; and a bollard: the crew stops before it.
  @Test(arguments: ["ambulance", "ambulance_routine"])
  func theWrongEndOfAOnewayIsNear(_ profile: String) throws {
    let drawing = """
      A---B---C
      |       |
      D-------E
      """
    var oneway = try Town(drawing)
    oneway.oneway("CB")
    let scene = place(oneway, 6, from: "B", towards: "C")
    let found = try answer(oneway, "A", scene, profile)
    #expect(abs(found.route.lengthMeters - 400) < 1)
    #expect(abs(found.to.distanceMeters - 6) < 0.5)
    #expect(found.route.exemptions.isEmpty)
    var barred = try Town(drawing)
    barred.feature(["barrier": "bollard"], at: "B")
    #expect(abs(try answer(barred, "A", scene, profile).route.lengthMeters - 400) < 1)
    #expect(try answer(barred, "A", place(barred, 30, from: "B", towards: "C"), profile).route.lengthMeters > 1_000)
  }

  /// A ranking says where each unit stops.
  @Test func rankingsSayWhereAUnitStops() throws {
    var town = try Town(
      """
      A---B---C
      |       |
      D---a---E
      """)
    town.oneway("CB")
    let start = town.map.coordinate("A")
    town.unit("a") { ($0.profile, $0.coordinate) = ("ambulance_routine", start) }
    let scene = place(town, 6, from: "B", towards: "C")
    let ranked = try town.testEngine().engine.fastestUnits(FastestUnitsRequest(incident: Place(scene), count: 1))
    let stop = try #require(ranked.units.first?.stop)
    #expect(abs(stop.distanceMeters - 6) < 0.5)
    #expect(stop.coordinate.distanceMeters(to: town.map.coordinate("B")) < 0.1)
    #expect(ranked.incident.distanceMeters < 0.1)
  }

  /// A stop at a junction lifts no turn ban there: the vehicle goes back, and around.
  @Test func aStopAtAJunctionLiftsNoBan() throws {
    let town = try crossing()
    let stop = place(town, 8, from: "X", towards: "B")
    let places = [town.map.coordinate("G"), stop, town.map.coordinate("E")].map { Place($0) }
    let found = try town.testEngine().engine.route(RouteRequest(places: places, profile: "ambulance_routine"))
    #expect(abs(found.route.lengthMeters - 450) < 2)
  }
}
