import API
import Foundation
import Geometry
import Profiles
import RoadGraph
import TestSupport
import Testing

@testable import Engine

/// Who should go to an incident, on roads.
@Suite struct RecommendStories {
  private func request(_ town: Town, _ lines: PlanLine...) -> RecommendRequest {
    RecommendRequest(incident: Place(town.map.coordinate("1")), wanted: .lines(PlanLevel(lines)))
  }

  private func line(_ count: Int, _ name: String, or substitutes: UnitNeed...) -> PlanLine {
    PlanLine(name, count: count, needs: [UnitNeed([name])] + substitutes)
  }

  private func recommend(
    _ town: Town, _ request: RecommendRequest
  ) throws -> RecommendAnswer { try town.testEngine().engine.recommend(request) }

  /// Engines to the west, a ladder to the east; the road is 10 m/s.
  private func town(_ setup: EngineSetup = .partialCustomization) throws -> Town {
    var town = try Town("A-a-b-B-1-C------c--D", setup: setup)
    for (letter, can) in [("a", "engine"), ("b", "engine"), ("c", "ladder")] as [(Character, String)] {
      town.unit(letter) { $0.capabilities = [can] }
    }
    return town
  }

  @Test(arguments: EngineSetup.allCases)
  func unitsGoToTheLinesThatTheyFit(_ setup: EngineSetup) throws {
    let town = try town(setup)
    let answer = try recommend(town, request(town, line(1, "engine"), line(1, "ladder")))
    #expect(answer.units.map(\.unit.unit.id) == ["b", "c"])
    #expect(answer.units.map(\.line) == ["engine", "ladder"])
    #expect(answer.units.map { Town.tenths($0.unit.etaSeconds) } == [40, 90])
    #expect([answer.firstSeconds, answer.completeSeconds].map { $0.map(Town.tenths) } == [40, 90])
    #expect(answer.open.isEmpty)
    #expect(answer.considered.map(\.unit.unit.id) == ["a"])
    #expect(answer.considered.first?.reason == .outranked)
    #expect(answer.considered.first?.shortBySeconds.map(Town.tenths) == 20)
    #expect(answer.leftOut == [.outranked: 1])
  }

  /// The times are those of the fastest units, one by one.
  @Test(arguments: EngineSetup.allCases)
  func timesAreThoseOfTheFastestUnits(_ setup: EngineSetup) throws {
    let town = try town(setup)
    let answer = try recommend(town, request(town, line(2, "engine"), line(1, "ladder")))
    let ranking = try town.ranking(incident: "1", k: 3)
    #expect(
      Dictionary(uniqueKeysWithValues: answer.units.map { ($0.unit.unit.id, $0.unit.etaSeconds) })
        == Dictionary(uniqueKeysWithValues: ranking.units.map { ($0.unit.id, $0.etaSeconds) }))
  }

  @Test func aClosureOfTheQuestionCounts() throws {
    let town = try town()
    var request = request(town, line(1, "engine"))
    request.whatIf = [RoadClosure(id: "x", selector: town.selector("1C"), reason: "what if")]
    #expect(try recommend(town, request).units.map(\.unit.unit.id) == ["b"])
    request.whatIf = [
      RoadClosure(
        id: "x", selector: .point(town.map.middle("b", "B"), radiusMeters: 1), reason: "what if")
    ]
    let answer = try recommend(town, request)
    #expect(answer.units.isEmpty)
    #expect(answer.open == [OpenPlaces("engine", count: 1, leftOut: [.unreachable: 2])])
  }

  @Test func detailIsForThoseWhoGo() throws {
    let town = try town()
    var request = request(town, line(1, "engine"))
    request.detail = [.steps]
    let answer = try recommend(town, request)
    #expect(answer.units.allSatisfy { !$0.unit.route.steps.isEmpty })
    #expect(answer.considered.allSatisfy { $0.unit.route.steps.isEmpty })
  }

  @Test func aCloserUnitOnAnotherCallIsNamedFirst() throws {
    var town = try town()
    town.unit("b") { unit in
      unit.status = .onScene
      unit.task = UnitTask(incidentID: "I-7", priority: 3, freeAt: TestClock().now + 600)
    }
    let answer = try recommend(town, request(town, line(1, "engine"), line(2, "ladder")))
    #expect(answer.units.map(\.unit.unit.id) == ["a", "c"])
    #expect(answer.considered.first?.unit.unit.id == "b")
    #expect(answer.considered.first?.reason == .status)
    #expect(answer.considered.first?.heldBy == "I-7")
    #expect(answer.open == [OpenPlaces("ladder", count: 1)])
  }

  @Test func openPlacesSayWhenOneIsFree() throws {
    var town = try town()
    let free = TestClock().now + 600
    town.unit("c") { unit in
      unit.status = .transporting
      unit.task = UnitTask(incidentID: "I-7", freeAt: free)
    }
    let answer = try recommend(town, request(town, line(1, "ladder")))
    #expect(answer.units.isEmpty)
    #expect(answer.open == [OpenPlaces("ladder", count: 1, leftOut: [.status: 1], freeAt: free)])
  }

  @Test func anEmptyFleetIsAnAnswer() throws {
    let town = try Town("A-----1-----B")
    let answer = try recommend(town, request(town, line(2, "engine")))
    #expect(answer.units.isEmpty)
    #expect(answer.open == [OpenPlaces("engine", count: 2)])
    #expect(answer.lines == [LineReport("engine", askedCount: 2, filledCount: 0)])
  }

  /// Rule 1: a crew that is out with its ladder has no engine.
  @Test func rule1_aCrewThatIsOutIsNotThere() throws {
    var town = try town()
    town.unit("b") { $0.crewID = "north" }
    town.unit("c") { ($0.crewID, $0.status) = ("north", .onScene) }
    let answer = try recommend(town, request(town, line(1, "engine")))
    #expect(answer.units.map(\.unit.unit.id) == ["a"])
    #expect(answer.leftOut[.crew] == 1)
    town.unit("c") { ($0.crewID, $0.status) = ("north", .outOfService) }
    #expect(try recommend(town, request(town, line(1, "engine"))).units.map(\.unit.unit.id) == ["b"])
  }

  /// Rule 2: units whose task is the incident count as committed.
  @Test func rule2_whoHasTheIncidentAsItsTaskIsCommitted() throws {
    var town = try town()
    town.unit("a") { ($0.status, $0.task) = (.enRoute, UnitTask(incidentID: "I-1")) }
    var request = request(town, line(2, "engine"))
    request.incidentID = "I-1"
    let answer = try recommend(town, request)
    #expect(answer.units.map(\.unit.unit.id) == ["b", "a"])
    #expect(answer.units.map(\.why) == [["closest"], ["committed"]])
  }

  /// Rule 3: a silent drop would be worse.
  @Test func rule3_aWantedUnitThatFitsNoLineIsRefused() throws {
    let town = try town()
    var request = request(town, line(1, "engine"))
    request.wantedIDs = ["c"]
    #expect(throws: EngineError(.fitsNoLine, "the unit that is wanted fits no line", value: "c")) {
      try recommend(town, request)
    }
    request.wantedIDs = ["x"]
    #expect(throws: EngineError(.unknownUnit, "no unit has this id", value: "x")) { try recommend(town, request) }
    request.wantedIDs = ["a"]
    #expect(try recommend(town, request).units.map(\.unit.unit.id) == ["a"])
  }

  @Test func unitsThatAreHeldBackStay() throws {
    let town = try town()
    var request = request(town, line(1, "engine"))
    request.units.excludedIDs = ["b"]
    let answer = try recommend(town, request)
    #expect(answer.units.map(\.unit.unit.id) == ["a"])
    #expect(answer.leftOut == [.excluded: 1, .notNeeded: 1])
  }

  @Test func goalsCountFromTheCallIfItIsKnownHowLongThatTook() throws {
    let town = try town()
    var engine = line(1, "engine")
    engine.goalSeconds = 60
    var request = request(town, engine)
    #expect(try recommend(town, request).lines.map(\.isLate) == [false])
    request.handlingSeconds = 30
    #expect(try recommend(town, request).lines.map(\.isLate) == [true])
  }

  /// Rule 15: a receiver that went silent leaves its unit at home, and the answer says so.
  @Test func rule15_aStalePositionMayCountAsHome() throws {
    var town = try town()
    let home = town.map.coordinate("B")
    town.unit("a") { unit in
      unit.reportedAt = TestClock().now - 3_600
      unit.home = Place(home)
    }
    town.unit("b") { $0.reportedAt = TestClock().now - 3_600 }
    var request = request(town, line(1, "engine"))
    request.units.positionAgeSecondsMax = 60
    #expect(try recommend(town, request).units.isEmpty)
    request.units.stale = .atHome
    let answer = try recommend(town, request)
    #expect(answer.units.map(\.unit.unit.id) == ["a"])
    #expect(answer.units.map(\.unit.isAssumed) == [true])
    #expect(answer.units.map { Town.tenths($0.unit.etaSeconds) } == [20])
    #expect(answer.leftOut[.stalePosition] == 1)
  }

  /// Rule 15: a unit under way is nowhere.
  @Test func rule15_onlyAnAvailableUnitCountsAsAtHome() throws {
    var town = try town()
    let home = town.map.coordinate("B")
    town.unit("a") { unit in
      (unit.reportedAt, unit.status, unit.home) = (TestClock().now - 3_600, .returning, Place(home))
    }
    var request = request(town, line(2, "engine"))
    request.units.statuses = [.available, .returning]
    (request.units.positionAgeSecondsMax, request.units.stale) = (60, .atHome)
    #expect(try recommend(town, request).units.map(\.unit.unit.id) == ["b"])
  }

  /// Rule 17: crews on both sides of a barrier are for a person to decide. The carriageways are 8 m apart.
  @Test func rule17_unitsOnBothCarriagewaysAreSaidToBe() throws {
    var town = try Town(
      """
      A--a--B-------1-------C------b--D
            |               |
            E---------------F
      """, metersPerCell: 4)
    town.oneway("BC", tags: ["name": "Ring"])
    town.oneway("FE", tags: ["name": "Ring"])
    for letter in ["a", "b"] as [Character] { town.unit(letter) { $0.capabilities = ["engine"] } }
    var request = request(town, line(2, "engine"))
    let answer = try recommend(town, request)
    #expect(answer.units.map(\.unit.unit.id) == ["a", "b"])
    #expect(answer.isSplit)
    #expect(answer.units.map { $0.unit.stop?.headingDegrees.rounded() } == [90, 270])
    let single = try #require(answer.singleSideCompleteSeconds)
    #expect(single > (answer.completeSeconds ?? 0))
    request.incident.headingDegrees = 90
    #expect(try recommend(town, request).isSplit == false)
  }

  @Test func rule17_aRoadForBothDirectionsIsNoDividedRoad() throws {
    let town = try town()
    let answer = try recommend(town, request(town, line(1, "engine"), line(1, "ladder")))
    #expect(!answer.isSplit)
    #expect(answer.singleSideCompleteSeconds == nil)
  }

  /// Rule 18: whose wheels turn already needs no turnout; whose report has one keeps it.
  @Test func rule18_aUnitOnTheRoadNeedsNoTurnout() throws {
    var town = try town()
    for letter in ["a", "b"] as [Character] { town.unit(letter) { $0.profile = "ambulance" } }
    town.unit("a") { $0.status = .returning }
    var request = request(town, line(2, "engine"))
    request.units.statuses = [.available, .returning]
    let answer = try recommend(town, request)
    let turnouts = Dictionary(
      uniqueKeysWithValues: answer.units.map { ($0.unit.unit.id, $0.unit.turnoutSeconds) })
    #expect(turnouts["a"] == 0)
    #expect((turnouts["b"] ?? 0) > 0)
    #expect(answer.units.first { $0.unit.unit.id == "a" }?.unit.unit.turnoutSeconds == nil)
    town.unit("a") { $0.turnoutSeconds = 33 }
    #expect(try recommend(town, request).units.first { $0.unit.unit.id == "a" }?.unit.turnoutSeconds == 33)
  }

  // MARK: Plans

  /// A plan of two alarms; the second wants two more engines.
  private func plan() -> ResponsePlan {
    ResponsePlan(
      id: "house-fire", name: "House fire",
      levels: [PlanLevel([line(1, "engine"), line(1, "ladder")]), PlanLevel([line(1, "engine")])])
  }

  @Test func aPlanIsTakenByItsIDOrByTheIncidentsType() throws {
    let town = try town()
    let engine = try town.testEngine().engine
    _ = try engine.putPlans(
      PlansRequest([plan()], choices: PlanChoices([PlanChoice("house-fire", incidentType: "fire")])), by: .local)
    let place = Place(town.map.coordinate("1"))
    for wanted in [RecommendRequest.Wanted.plan(id: "house-fire"), .incidentType("fire")] {
      let answer = try engine.recommend(RecommendRequest(incident: place, wanted: wanted))
      #expect(answer.planID == "house-fire" && answer.planName == "House fire" && answer.level == 1)
      #expect(answer.units.map(\.unit.unit.id) == ["b", "c"])
    }
    func refusal(_ wanted: RecommendRequest.Wanted, level: Int = 1) -> EngineError.Code? {
      var request = RecommendRequest(incident: place, wanted: wanted)
      request.level = level
      do throws(EngineError) {
        _ = try engine.recommend(request)
        return nil
      } catch { return error.code }
    }
    #expect(refusal(.plan(id: "flood")) == .unknownPlan)
    #expect(refusal(.incidentType("flood")) == .noPlan)
    #expect(refusal(.plan(id: "house-fire"), level: 3) == .unknownLevel)
  }

  /// Rule 14: the second alarm, asked for with those of the first, is just the rest.
  @Test func rule14_theSecondAlarmIsTheRest() throws {
    let town = try town()
    let engine = try town.testEngine().engine
    _ = try engine.putPlans(PlansRequest([plan()]), by: .local)
    var request = RecommendRequest(
      incident: Place(town.map.coordinate("1")), wanted: .plan(id: "house-fire"))
    request.level = 2
    request.committedIDs = try engine.recommend(
      RecommendRequest(incident: request.incident, wanted: request.wanted)
    ).units.map(\.unit.unit.id)
    let answer = try engine.recommend(request)
    #expect(answer.units.filter { $0.why == ["committed"] }.map(\.unit.unit.id) == ["b", "c"])
    #expect(answer.units.filter { $0.why != ["committed"] }.map(\.unit.unit.id) == ["a"])
    #expect(answer.lines.map(\.askedCount) == [2, 1])
  }

  @Test func badLinesAreRefused() throws {
    let town = try town()
    func refusal(_ change: (inout RecommendRequest) -> Void) -> EngineError.Code? {
      var request = request(town, line(1, "engine"))
      change(&request)
      do {
        _ = try recommend(town, request)
        return nil
      } catch { return (error as? EngineError)?.code }
    }
    #expect(refusal { $0.wanted = .lines(PlanLevel([line(0, "engine")])) } == .emptyLine)
    #expect(refusal { $0.wanted = .lines(PlanLevel([PlanLine("engine", count: 1, needs: [])])) } == .emptyLine)
    #expect(
      refusal { $0.wanted = .lines(PlanLevel((0...20).map { line(1, "e\($0)") })) } == .limitExceeded)
    #expect(refusal { $0.wanted = .lines(PlanLevel([line(101, "engine")])) } == .limitExceeded)
    #expect(refusal { $0.explainCount = 101 } == .limitExceeded)
    #expect(refusal { $0.explainCount = -1 } == .invalidCount)
    #expect(refusal { $0.handlingSeconds = -1 } == .invalidArgument)
    #expect(refusal { $0.keep = [KeepRule(station: "North", count: 0)] } == .invalidPlan)
    #expect(refusal { $0.committedIDs = ["a", "a"] } == .invalidArgument)
    #expect(refusal { $0.incident = Place(Coordinate(latitudeE7: 0, longitudeE7: 0)) } == .offMap)
  }
}
