import API
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Engine

/// Rules of the map that hold at times only: they come and go by the clock, and nobody has to do anything.
///
/// A test engine's clock starts on Tuesday 2023-11-14 at 22:13:20, and its maps are in UTC.
@Suite struct TimeStories {
  static func twoWays(_ setup: EngineSetup) throws -> Town {
    try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """, setup: setup)
  }

  /// Moves the clock and does what the alarm does then.
  static func pass(hours: Double, in town: Town) throws {
    let test = try town.testEngine()
    test.clock.advance(seconds: hours * 3600)
    test.engine.writer.withLock { $0.advance() }
  }

  @Test(arguments: EngineSetup.allCases)
  func aStreetIsClosedToCivilTrafficAtNight(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.road("AB")
    town.road("BC", tags: ["motor_vehicle:conditional": "no @ (23:00-05:00)"])
    #expect(town.route("A", "C") == "ABC")
    try Self.pass(hours: 1, in: town)
    #expect(town.route("A", "C") != "ABC")
    #expect(town.route("A", "C", profile: "siren") == "ABC")
    try Self.pass(hours: 6, in: town)
    #expect(town.route("A", "C") == "ABC")
  }

  @Test(arguments: EngineSetup.allCases)
  func aStreetIsOpenToCivilTrafficAtNightOnly(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.road("AB")
    town.road("BC", tags: ["motor_vehicle": "no", "motor_vehicle:conditional": "yes @ (23:00-05:00)"])
    #expect(town.route("A", "C") != "ABC")
    try Self.pass(hours: 1, in: town)
    #expect(town.route("A", "C") == "ABC")
  }

  @Test(arguments: EngineSetup.allCases)
  func aTurnIsBannedInTheRushHour(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.restriction("ABE", tags: ["restriction:conditional": "no_right_turn @ (Mo-Fr 07:00-09:00)"])
    #expect(town.route("A", "E").count == 3)
    let quiet = try #require(town.travelSeconds("A", "E"))
    // Wednesday, 08:13.
    try Self.pass(hours: 10, in: town)
    #expect(town.route("A", "E") == "ADE")
    #expect(town.travelSeconds("A", "E") == quiet)
    #expect(town.route("A", "E", profile: "siren").count == 3)
    try Self.pass(hours: 1, in: town)
    #expect(town.route("A", "E").count == 3)
  }

  @Test(arguments: EngineSetup.allCases)
  func aSpeedLimitHoldsAtTimes(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.road("AB", kmh: 72, tags: ["maxspeed:conditional": "36 @ (23:00-05:00)"])
    #expect(town.travelSeconds("A", "B") == 20)
    try Self.pass(hours: 1, in: town)
    #expect(town.travelSeconds("A", "B") == 40)
  }

  static let gates: [[String: String]] = [
    ["barrier": "lift_gate", "access": "yes", "motor_vehicle:conditional": "no @ (23:00-05:00)"],
    ["barrier": "gate", "access": "no", "access:conditional": "yes @ (05:00-23:00)"],
    ["barrier": "bollard", "motorcar": "no", "motorcar:conditional": "YES@(05:00-23:00)"],
    ["barrier": "gate", "access": "yes", "opening_hours": "05:00-23:00"],
    ["barrier": "swing_gate", "access": "yes", "locked:conditional": "yes @ (23:00-05:00)"],
    ["vehicle:conditional": "no @ (23:00-05:00)"],
  ]

  /// By day the way is open, at night it is shut, whichever of the two the plain tags say.
  @Test(arguments: EngineSetup.allCases, gates)
  func aGateHasItsHours(_ setup: EngineSetup, _ tags: [String: String]) throws {
    var town = try Self.twoWays(setup)
    town.feature(tags, at: "B")
    #expect(town.route("A", "C") == "ABC", "\(tags)")
    try Self.pass(hours: 1, in: town)
    #expect(town.route("A", "C") == "ADEFC", "\(tags)")
    try Self.pass(hours: 6, in: town)
    #expect(town.route("A", "C") == "ABC", "\(tags)")
  }

  static let works = [
    "no @ (2023 Nov 15-2023 Nov 16)", "No @ (2023 nov 15)", "no @ (week 46 We-Th)", "no @ We[3]",
    "no @ (Nov 15 00:00-24:00)", "no @ (2023-2024 Nov 15-16 00:00-12:00)", "no @ (00:00-12:00 AND 2023 Nov 15)",
    "no @ (We,PH)", "no @ (We; wet)",
  ]

  /// Road works from midnight on.
  @Test(arguments: works)
  func roadWorksHaveTheirDates(_ condition: String) throws {
    var town = try Self.twoWays(.partialCustomization)
    town.road("AB")
    town.road("BC", tags: ["vehicle:conditional": condition])
    #expect(town.route("A", "C") == "ABC", "\(condition)")
    try Self.pass(hours: 2, in: town)
    #expect(town.route("A", "C") != "ABC", "\(condition)")
    // Thursday of the week after.
    try Self.pass(hours: 8 * 24, in: town)
    #expect(town.route("A", "C") == "ABC", "\(condition)")
  }

  /// A unit that stands on a road whose weight changes is ranked by the new weight: what lies behind it counts anew.
  @Test func unitsStandOnTheRoadsOfTheMoment() throws {
    var town = try Town(
      """
      A---a---B---C
              |
              D
      """, setup: .partialCustomization)
    town.road("AB", kmh: 72, tags: ["maxspeed:conditional": "36 @ (23:00-05:00)"])
    #expect(try town.ranking(incident: "C", k: 1).units.map { Town.tenths($0.etaSeconds) } == [60])
    try Self.pass(hours: 1, in: town)
    // By the weight of yesterday's half street it would take 100 s, and be left out.
    let slow = try town.ranking(incident: "C", k: 1) { $0.travelSecondsMax = 90 }
    #expect(slow.units.map { Town.tenths($0.etaSeconds) } == [80])
  }

  /// Closures and rules meet: each ends by itself and leaves the other one in force.
  @Test func closuresAndRulesComeApart() throws {
    var town = try Self.twoWays(.partialCustomization)
    town.road("AB")
    town.road("BC", tags: ["motor_vehicle:conditional": "no @ (23:00-05:00)"])
    let test = try town.testEngine()
    try town.close("EF", until: test.clock.now + 2 * 3600)
    try Self.pass(hours: 1, in: town)
    #expect(throws: EngineError.self) { try town.line("A", "C") }
    try Self.pass(hours: 1, in: town)
    #expect(town.route("A", "C").hasSuffix("EFC"))
    try town.close("EF")
    try Self.pass(hours: 5, in: town)
    #expect(town.route("A", "C") == "ABC")
  }
}
