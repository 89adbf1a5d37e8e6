import API
import Engine
import TestSupport
import Testing

/// What turn restrictions over several roads mean for routes, units and closures.
@Suite struct RestrictionStories {
  /// Who comes from A may not go from C to D; who comes from K may.
  private func town(_ setup: EngineSetup = .partialCustomization) throws -> Town {
    var town = try Town(
      """
      A---B-1-C-2-D
          |   |   |
          |   G---H
          |
      E---K---F
      """, setup: setup)
    town.restriction("ABCD", "no_straight_on")
    return town
  }

  @Test(arguments: EngineSetup.allCases)
  func onlyWhoCameFromThereGoesRound(_ setup: EngineSetup) throws {
    let town = try town(setup)
    #expect(town.route("A", "D") == "ABCGHD")
    #expect(town.route("F", "D") == "FKBCD")
    #expect(town.route("B", "D") == "BCD")
    #expect(town.route("D", "A") == "DCBA")
    // A siren need not care.
    #expect(town.route("A", "D", profile: "siren") == "ABCD")
  }

  @Test(arguments: EngineSetup.allCases)
  func placesOnTheRoadBetweenAreReachedAndLeft(_ setup: EngineSetup) throws {
    let town = try town(setup)
    // 1 lies on the road from B to C: it is reached from A, and who starts there may go on to D.
    #expect(town.route("A", "1") == "AB")
    #expect(town.travelSeconds("A", "1") == 60)
    #expect(town.route("F", "1") == "FKB")
    #expect(town.route("1", "D") == "CD")
    #expect(town.route("A", "2") == "ABCGHD")
  }

  private func route(_ town: Town, _ places: String, profile: String = "plain") throws -> Route {
    var request = RouteRequest(places: places.map { Place(town.map.coordinate($0)) }, profile: profile)
    request.detail = [.shape]
    return try town.testEngine().engine.route(request).route
  }

  /// A sign over B to C binds a driver from A, whether or not he stops on the way, and however often.
  @Test(arguments: EngineSetup.allCases)
  func aStopOnTheRoadBetweenForgetsNothing(_ setup: EngineSetup) throws {
    let town = try town(setup)
    for places in ["A1D", "A11D"] {
      #expect(town.letters(of: try route(town, places).shape).contains("CGH"), "\(places)")
    }
    #expect(town.letters(of: try route(town, "F1D").shape) == "FKBCD")
    #expect(town.letters(of: try route(town, "1D").shape) == "CD")
    // A siren need not care, but is told of it, with and without the stop.
    for places in ["A1D", "AD"] {
      let line = try route(town, places, profile: "ambulance")
      #expect(town.letters(of: line.shape) == "ABCD")
      #expect(line.exemptions.map(\.kind) == ["turn_ban"])
    }
  }

  /// The faster way to the stop may be the worse one to go on from.
  @Test func theWayToTheStopMayBeTheLongerOne() throws {
    var town = try Town(
      """
      A-----B-1-C---D
      |     |
      E-----F
      """)
    town.restriction("ABCD", "no_straight_on")
    #expect(town.letters(of: try route(town, "A1").shape) == "AB")
    #expect(town.letters(of: try route(town, "A1D").shape) == "AEFBCD")
  }

  @Test(arguments: EngineSetup.allCases)
  func closuresCloseTheRoadForAll(_ setup: EngineSetup) throws {
    let town = try town(setup)
    try town.close("BC")
    #expect(town.route("A", "G") == "NO_ROUTE")
    #expect(town.route("F", "G") == "NO_ROUTE")
    try town.lift("BC")
    #expect(town.route("A", "G") == "ABCG")
    #expect(town.route("F", "G") == "FKBCG")
  }
}
