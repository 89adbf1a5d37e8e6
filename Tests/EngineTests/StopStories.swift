import API
import Engine
import TestSupport
import Testing

/// Places on the way: whether a vehicle turns round there.
@Suite struct StopStories {
  private func route(_ town: Town, _ places: String, profile: String) throws -> Route {
    var request = RouteRequest(places: places.map { Place(town.map.coordinate($0)) }, profile: profile)
    request.detail = [.shape, .steps]
    return try town.testEngine().engine.route(request).route
  }

  /// A vehicle that never turns round goes on round the block; the way there decides which way it goes on.
  @Test func whoNeverTurnsRoundGoesOn() throws {
    let town = try Town(
      """
      A-1-B-2-C
          |   |
          D---E
      """)
    let line = try route(town, "121", profile: "plain")
    #expect(["BCEDB", "BDECB"].contains(town.letters(of: line.shape)))
    #expect(Town.tenths(line.travelSeconds) == 160)
    #expect(line.told.filter { $0 == "depart" }.count == 2)
    #expect(line.told.filter { $0 == "arrive" }.count == 2)
  }

  /// Turning round at the stop costs what the profile says, and is done where that is faster.
  @Test func whoMayTurnRoundDoesSoWhereItIsFaster() throws {
    let drawing = """
      A-1-B-2-------C
          |         |
          D---------E
      """
    let town = try Town(drawing)
    let line = try route(town, "121", profile: "ambulance")
    #expect(town.letters(of: line.shape) == "BB" || town.letters(of: line.shape) == "B")
    let there = try route(town, "12", profile: "ambulance").travelSeconds
    let back = try route(town, "21", profile: "ambulance").travelSeconds
    #expect(line.travelSeconds > there + back)
  }

  /// On the way through nothing turns: the stop lies on the way.
  @Test func stopsOnTheWayAreDrivenThrough() throws {
    let town = try Town("A-1---B---2-C")
    let through = try route(town, "1B2", profile: "plain")
    #expect(Town.tenths(through.travelSeconds) == 80)
    let between = try route(town, "12", profile: "plain")
    #expect(between.travelSeconds == through.travelSeconds)
  }

  /// A dead end turns everybody.
  @Test func deadEndsTurnEverybody() throws {
    let town = try Town("A-1-B-2---C")
    let line = try route(town, "121", profile: "plain")
    // On from 2 to the end at C, 400 m, and back.
    #expect(Town.tenths(line.travelSeconds) == 40 + 40 + 80)
  }
}
