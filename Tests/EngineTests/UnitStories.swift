import API
import Engine
import Fleet
import Foundation
import Geometry
import TestSupport
import Testing

/// Who gets to an incident first.
@Suite struct UnitStories {
  @Test(arguments: EngineSetup.allCases)
  func ranksByTravelTime(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A--a--B----1-C--b--D
      |     |      |     |
      E--c--F------G-----H
      """, setup: setup)
    #expect(town.fastest(incident: "1", k: 3) == "b a c")
    #expect(town.fastest(incident: "1", k: 2) == "b a")
    let answer = try town.ranking(incident: "1", k: 3)
    #expect(answer.units.map { Town.tenths($0.etaSeconds) } == [50, 80, 100])
    #expect(answer.units.map { $0.route.lengthMeters.rounded() } == [500, 800, 1_000])
    #expect(answer.leftOut.isEmpty)
  }

  /// The unit behind the closed road is overtaken by one that is farther away.
  @Test(arguments: EngineSetup.allCases)
  func aClosureChangesTheOrder(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A-a----B---1-C---D-b-G
      |      |         |
      E------F---------H
      """, setup: setup)
    #expect(town.fastest(incident: "1", k: 2) == "b a")
    try town.close("CD")
    #expect(town.fastest(incident: "1", k: 2) == "a b")
    try town.lift("CD")
    #expect(town.fastest(incident: "1", k: 2) == "b a")
  }

  @Test func turnoutCounts() throws {
    var town = try Town(
      """
      A--a--B--1--C----b----D
            |     |
            E-----F
      """)
    town.unit("a") { $0.turnoutSeconds = 90 }
    town.unit("b") { $0.turnoutSeconds = 0 }
    let answer = try town.ranking(incident: "1", k: 2)
    #expect(answer.units.map(\.unit.id) == ["b", "a"])
    #expect(answer.units.map { Town.tenths($0.etaSeconds) } == [80, 150])
    #expect(answer.units.map(\.turnoutSeconds) == [0, 90])
    #expect(answer.units.map { Town.tenths($0.route.travelSeconds) } == [80, 60])
  }

  /// Units that are equally fast come by id.
  @Test func tiesGoByID() throws {
    let town = try Town(
      """
      A--b--B--1--C--a--D
            |     |
            E-----F
      """)
    #expect(town.fastest(incident: "1", k: 2) == "a b" || Self.etas(town) != [60, 60])
    #expect(Self.etas(town) == [60, 60])
  }

  private static func etas(_ town: Town) -> [Double]? {
    try? town.ranking(incident: "1", k: 2).units.map { Town.tenths($0.etaSeconds) }
  }

  @Test func leftOutUnitsSayWhy() throws {
    var town = try Town(
      """
      A-a-b-c-B-d-e-f-C-1-D
              |       |
              E-------F
      """)
    let now = try town.clock.now
    town.unit("a") { $0.status = .onScene }
    town.unit("b") { $0.agency = "elsewhere" }
    town.unit("c") { $0.capabilities = ["ladder"] }
    town.unit("d") { $0.reportedAt = now - 3_600 }
    town.unit("e") { $0.coordinate = Coordinate(latitudeE7: 450_000_000, longitudeE7: 0) }
    for unit in "acdef" { town.unit(unit) { $0.agency = "here" } }
    for unit in "abdef" { town.unit(unit) { $0.capabilities = ["als"] } }
    let answer = try town.ranking(incident: "1", k: 5) {
      $0.agencies = ["here", "there"]
      $0.capabilities = ["als"]
      $0.positionAgeSecondsMax = 600
    }
    #expect(answer.units.map(\.unit.id) == ["f"])
    #expect(answer.leftOut == [.status: 1, .agency: 1, .capability: 1, .stalePosition: 1, .offMap: 1])
  }

  @Test func farUnitsAreTooFar() throws {
    let town = try Town(
      """
      A-a---B---b-C-1-D
            |     |
            E-----F
      """)
    let answer = try town.ranking(incident: "1", k: 5) { $0.travelSecondsMax = 60 }
    #expect(answer.units.map(\.unit.id) == ["b"])
    #expect(answer.leftOut == [.tooFar: 1])
    let exact = try town.ranking(incident: "1", k: 5) { $0.travelSecondsMax = 121 }
    #expect(exact.units.map(\.unit.id) == ["b", "a"])
    let best = try town.ranking(incident: "1", k: 1)
    #expect(best.leftOut == [.outranked: 1])
  }

  /// A unit that is cut off is told to be, not forgotten.
  @Test(arguments: EngineSetup.allCases)
  func cutOffUnitsAreUnreachable(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A---B-1-C---D
      |   |   |   |
      E---F---G---H
          |
          I
          |
      J-a-K-b-L
      """, setup: setup)
    #expect(try town.ranking(incident: "1", k: 5).units.count == 2)
    try town.close("FI")
    let answer = try town.ranking(incident: "1", k: 5)
    #expect(answer.units.isEmpty)
    #expect(answer.leftOut == [.unreachable: 2])
  }

  /// Each unit drives by the rules of its own profile.
  @Test func profilesDifferInOneAnswer() throws {
    var town = try Town(
      """
      A--a--B--1--C
      |     |     |
      D--b--E-----F
      """)
    town.restriction("EBC", "no_right_turn")
    town.unit("b") { $0.profile = "siren" }
    let answer = try town.ranking(incident: "1", k: 2)
    #expect(answer.units.map(\.unit.id) == ["a", "b"])
    #expect(answer.units.map { Town.tenths($0.route.travelSeconds) } == [60, 80])
    #expect(answer.units.map { $0.route.exemptions.map(\.kind) } == [[], ["turn_ban"]])
    town.unit("b") { $0.profile = "plain" }
    #expect(try town.ranking(incident: "1", k: 2).units.map { Town.tenths($0.route.travelSeconds) } == [60, 140])
  }

  /// A unit's heading says on which side of a divided road it is.
  @Test func headingsOfUnitsCount() throws {
    var town = try Town(
      """
      A-------------------B----C
      |a                  |
      D-------------------E----F
      """, metersPerCell: 10)
    town.oneway("BA", tags: ["name": "Ring"])
    town.oneway("DE", tags: ["name": "Ring"])
    town.unit("a") { $0.headingDegrees = 90 }
    let eastbound = try town.ranking(incident: "F", k: 1)
    town.unit("a") { $0.headingDegrees = 270 }
    let westbound = try town.ranking(incident: "F", k: 1)
    #expect(eastbound.units.map { Town.tenths($0.route.travelSeconds) } == [24])
    #expect(westbound.units.map { Town.tenths($0.route.travelSeconds) } == [28])
  }

  @Test func unitsMoveAndLeave() throws {
    let town = try Town(
      """
      A--a--B--1--C--b--D
            |     |
            E-----F
      """)
    let engine = try town.testEngine().engine
    var unit = try #require(engine.listUnits().units.first { $0.unit.id == "b" }).unit
    unit.coordinate = town.map.coordinate("C")
    #expect(try engine.putUnits([unit]).count == 1)
    #expect(town.fastest(incident: "1", k: 2) == "b a")
    #expect(engine.listUnits().units.map(\.unit.id) == ["a", "b"])
    #expect(try engine.removeUnits(["b"]).count == 1)
    #expect(town.fastest(incident: "1", k: 2) == "a")
    #expect(engine.status().unitCount == 1)
    #expect(throws: EngineError.self) { try engine.removeUnits(["a", "b"]) }
    #expect(engine.listUnits().units.map(\.unit.id) == ["a"])
  }

  /// What was acknowledged is there after a restart from the same ledger.
  @Test func unitsAndClosuresSurviveARestart() throws {
    let town = try Town(
      """
      A--a--B--1--C--b--D
            |     |
            E-----F
      """)
    let test = try town.testEngine()
    try town.close("BC", until: test.clock.now + 600)
    let before = (test.engine.listUnits().units.map(\.unit), test.engine.listClosures().closures.map(\.closure))
    let ranking = town.fastest(incident: "1", k: 2)
    try test.restart()
    #expect(test.engine.listUnits().units.map(\.unit) == before.0)
    #expect(test.engine.listClosures().closures.map(\.closure) == before.1)
    #expect(town.fastest(incident: "1", k: 2) == ranking)
    test.clock.advance(seconds: 601)
    try test.restart()
    #expect(test.engine.listClosures().closures.isEmpty)
  }
}
