import API
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Engine

/// Several incidents at once, on roads.
@Suite struct AssignStories {
  private let engines = RecommendRequest.Wanted.lines(
    PlanLevel([PlanLine("engine", count: 1, needs: [UnitNeed(["engine"])])]))

  /// Two incidents, two engines: the nearest one to the first is the only near one to the second.
  private func town(_ setup: EngineSetup = .partialCustomization) throws -> Town {
    var town = try Town("A---b--B--1--C--a---2---D", setup: setup)
    for letter in ["a", "b"] as [Character] { town.unit(letter) { $0.capabilities = ["engine"] } }
    return town
  }

  private func need(_ town: Town, _ letter: Character, priority: Int = 0) -> IncidentNeed {
    IncidentNeed("I-\(letter)", at: Place(town.map.coordinate(letter)), priority: priority, wanted: engines)
  }

  private func assign(_ town: Town, _ request: AssignRequest) throws -> AssignAnswer {
    try town.testEngine().engine.assign(request)
  }

  private func units(_ answer: AssignAnswer) -> [[String]] {
    answer.incidents.map { $0.recommended.units.map(\.unit.unit.id) }
  }

  private func tenths(_ totals: AssignTotals) -> AssignTotals {
    var totals = totals
    totals.totalSeconds = Town.tenths(totals.totalSeconds)
    totals.latestSeconds = totals.latestSeconds.map(Town.tenths)
    return totals
  }

  @Test(arguments: EngineSetup.allCases)
  func togetherIsComparedWithOneByOne(_ setup: EngineSetup) throws {
    var town = try town(setup)
    town.unit("b") { $0.turnoutSeconds = 1 }
    var request = AssignRequest([need(town, "1"), need(town, "2")])
    // b: 61 s to 1 and 161 to 2; a: 60 and 40.
    let oneByOne = try assign(town, request)
    #expect(units(oneByOne) == [["a"], ["b"]])
    #expect(oneByOne.totals == oneByOne.oneByOne)
    for objective in [AssignObjective.fastestTotal, .fairest] {
      request.objective = objective
      let answer = try assign(town, request)
      #expect(units(answer) == [["b"], ["a"]])
      #expect(tenths(answer.totals) == AssignTotals(unitCount: 2, openCount: 0, totalSeconds: 101, latestSeconds: 61))
      #expect(
        tenths(answer.oneByOne) == AssignTotals(unitCount: 2, openCount: 0, totalSeconds: 221, latestSeconds: 161))
      #expect(answer.incidents.map { $0.firstChangeSeconds.map(Town.tenths) } == [1, -121])
      #expect(answer.incidents.map { $0.completeChangeSeconds.map(Town.tenths) } == [1, -121])
    }
  }

  @Test func theMoreUrgentNeverWaits() throws {
    var town = try town()
    town.unit("b") { $0.turnoutSeconds = 1 }
    var request = AssignRequest([need(town, "2", priority: 2), need(town, "1", priority: 1)])
    request.objective = .fairest
    request.explainCount = 5
    let answer = try assign(town, request)
    #expect(units(answer) == [["b"], ["a"]])
    let left = answer.incidents[0].recommended.considered
    #expect(left.map(\.unit.unit.id) == ["a"])
    #expect(left.map(\.reason) == [.taken])
    #expect(left.map(\.heldBy) == ["I-1"])
  }

  @Test func eachAnswerIsARecommendation() throws {
    let town = try town()
    let answer = try assign(town, AssignRequest([need(town, "1")]))
    let single = try town.testEngine().engine.recommend(
      RecommendRequest(incident: Place(town.map.coordinate("1")), wanted: engines))
    #expect(answer.incidents[0].recommended.units == single.units)
    #expect(answer.incidents[0].recommended.lines == single.lines)
  }

  @Test func committedUnitsStay() throws {
    var town = try town()
    town.unit("a") { ($0.status, $0.task) = (.enRoute, UnitTask(incidentID: "I-1")) }
    let answer = try assign(town, AssignRequest([need(town, "2"), need(town, "1")]))
    #expect(units(answer) == [["b"], ["a"]])
    #expect(answer.incidents[1].recommended.units.first?.why == ["committed"])
    #expect(answer.totals.unitCount == 1)
  }

  @Test func badRequestsAreRefused() throws {
    let town = try town()
    func refusal(_ incidents: [IncidentNeed]) -> EngineError? {
      do throws(EngineError) {
        _ = try town.testEngineIfAny?.assign(AssignRequest(incidents))
        return nil
      } catch { return error }
    }
    #expect(refusal([])?.code == .invalidCount)
    #expect(refusal([need(town, "1"), need(town, "1")])?.code == .duplicateIncident)
    #expect(refusal((0...100).map { _ in need(town, "1") })?.code == .limitExceeded)
    var many = need(town, "1")
    many.wanted = .lines(PlanLevel([PlanLine("engine", count: 100, needs: [UnitNeed(["engine"])])]))
    let four = (0..<4).map { number in
      var incident = many
      incident.id = "I\(number)"
      return incident
    }
    #expect(refusal(four)?.code == .limitExceeded)
    var nowhere = need(town, "1")
    nowhere.place = Place(Coordinate(latitudeE7: 0, longitudeE7: 0))
    let error = refusal([need(town, "2"), nowhere])
    #expect(error?.code == .offMap)
    #expect(error?.message.hasPrefix("incident I-1: ") == true)
  }
}

extension Town {
  fileprivate var testEngineIfAny: TocsinEngine? { try? testEngine().engine }
}
