import API
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Engine

/// Recommendations, coverage and reach that are answered again when they change: at most once a second each.
@Suite struct WideWatchStories {
  /// Engines a and b to the west of 1, a ladder to the east; 10 m/s.
  private let town: Town
  private let test: TestEngine
  private var engine: TocsinEngine { test.engine }

  init() throws {
    var town = try Town("A-a-b-B-1-C------c--D")
    for (letter, can) in [("a", "engine"), ("b", "engine"), ("c", "ladder")] as [(Character, String)] {
      town.unit(letter) { $0.capabilities = [can] }
    }
    self.town = town
    test = try town.testEngine()
  }

  private func need(_ name: String, _ count: Int = 1) -> PlanLine {
    PlanLine(name, count: count, needs: [UnitNeed([name])])
  }

  private var place: Place { Place(town.map.coordinate("1")) }

  private func watch(_ wanted: RecommendRequest.Wanted) throws -> any AnswerStream<WatchAnswer> {
    try engine.watch(.recommend(RecommendRequest(incident: place, wanted: wanted)))
  }

  /// What comes within some seconds; `nil` if nothing does.
  private func next(
    _ stream: any AnswerStream<WatchAnswer>, within seconds: Double = 5
  ) async throws -> WatchAnswer? {
    for _ in 0..<Int(seconds * 20) {
      engine.hub.flush()
      if let answer = try stream.next() { return answer }
      try await Task.sleep(for: .milliseconds(50))
    }
    return nil
  }

  private func ids(_ answer: WatchAnswer?) -> [String] {
    guard case .recommend(let answer) = answer?.content else { return [] }
    return answer.units.map(\.unit.unit.id)
  }

  @Test func aUnitThatGoesElsewhereChangesWhoShouldGo() async throws {
    let stream = try watch(.lines(PlanLevel([need("engine"), need("ladder")])))
    let first = try await next(stream)
    #expect(ids(first) == ["b", "c"] && first?.changes == [])
    _ = try engine.setStatus(StatusReport(id: "b", status: .onScene))
    let second = try #require(try await next(stream))
    #expect(ids(second) == ["a", "c"])
    let changes = second.changes.map { change in
      guard case .unit(let id, let before, let after, let was, let now) = change else { return "\(change)" }
      return "\(id) \(before ?? 0) \(after ?? 0) \(was.map(Town.tenths) ?? 0) \(now.map(Town.tenths) ?? 0)"
    }
    #expect(changes == ["a 0 1 0.0 60.0", "b 1 0 40.0 0.0"])
    #expect(second.causes == [.unit(id: "b")])
    _ = try engine.setStatus(StatusReport(id: "c", status: .onScene))
    let third = try #require(try await next(stream))
    #expect(third.changes.contains(.open))
    stream.cancel()
    #expect(engine.status().subscriptionCount == 0)
  }

  /// Ten seconds later is news, nine are not.
  @Test func smallDifferencesAreNoNews() async throws {
    let stream = try watch(.lines(PlanLevel([need("ladder")])))
    #expect(try await next(stream) != nil)
    let slow = { (seconds: Double) in
      RoadClosure(id: "works", selector: town.selector("1C"), effect: .delay(seconds: seconds))
    }
    _ = try engine.putClosures([slow(9)])
    #expect(try await next(stream, within: 2) == nil)
    _ = try engine.putClosures([slow(12)])
    let answer = try #require(try await next(stream))
    guard case .unit("c", 1, 1, _, _) = answer.changes.first else { return #expect(Bool(false), "\(answer.changes)") }
    #expect(answer.causes == [.traffic(.put(closureID: "works"))])
  }

  @Test func whoIsOfNoUseWakesNobody() throws {
    let stream = try watch(.lines(PlanLevel([need("engine")])))
    #expect(try stream.next() != nil)
    let calls = Shared(0)
    stream.onReady { calls.withLock { $0 += 1 } }
    _ = try engine.setStatus(StatusReport(id: "c", status: .onScene))
    engine.hub.flush()
    #expect(calls.withLock { $0 } == 0)
    _ = try engine.setStatus(StatusReport(id: "a", status: .onScene))
    engine.hub.flush()
    #expect(calls.withLock { $0 } == 1)
  }

  @Test func anotherPlanHolds() async throws {
    let plans = [
      ResponsePlan(id: "small", levels: [PlanLevel([need("engine")])]),
      ResponsePlan(id: "large", levels: [PlanLevel([need("engine", 2)])]),
    ]
    let stream = try watch(.incidentType("fire"))
    guard case .refusal(let error) = try await next(stream)?.content else { return #expect(Bool(false), "a plan") }
    #expect(error.code == .noPlan)
    _ = try engine.putPlans(PlansRequest(plans, choices: PlanChoices([PlanChoice("small", incidentType: "fire")])))
    let found = try #require(try await next(stream))
    #expect(ids(found) == ["b"] && found.changes == [.found] && found.causes == [.plans])
    _ = try engine.putPlans(PlansRequest([], choices: PlanChoices([PlanChoice("large", incidentType: "fire")])))
    let other = try #require(try await next(stream))
    #expect(ids(other) == ["b", "a"] && other.changes.contains(.plan))
  }

  /// A line of the plan has another name: the same unit goes for it.
  @Test func aUnitGoesForAnotherLine() async throws {
    _ = try engine.putPlans(PlansRequest([ResponsePlan(id: "p", levels: [PlanLevel([need("engine")])])]))
    let stream = try watch(.plan(id: "p"))
    #expect(try await next(stream) != nil)
    let pump = PlanLine("pump", count: 1, needs: [UnitNeed(["engine"])])
    _ = try engine.putPlans(PlansRequest([ResponsePlan(id: "p", levels: [PlanLevel([pump])])]))
    #expect(try await next(stream)?.changes == [.line(unitID: "b")])
  }

  /// The hours of a choice begin: nobody put anything.
  @Test func anotherChoiceHoldsByTheClock() async throws {
    let plans = [
      ResponsePlan(id: "night", levels: [PlanLevel([need("engine", 2)])]),
      ResponsePlan(id: "day", levels: [PlanLevel([need("engine")])]),
    ]
    let choices = [
      PlanChoice("day", incidentType: "fire"), PlanChoice("night", incidentType: "fire", hours: "Nov 16-30"),
    ]
    _ = try engine.putPlans(PlansRequest(plans, choices: PlanChoices(choices)))
    let stream = try watch(.incidentType("fire"))
    #expect(ids(try await next(stream)) == ["b"])
    test.clock.advance(seconds: 3 * 86_400)
    let answer = try #require(try await next(stream))
    #expect(ids(answer) == ["b", "a"] && answer.causes == [.hours])
    test.clock.advance(seconds: -3 * 86_400)
    #expect(ids(try await next(stream)) == ["b"])
  }

  @Test func anAreaOfALayerDecides() async throws {
    let plans = ["in", "out"].map { ResponsePlan(id: $0, levels: [PlanLevel([need("engine")])]) }
    let corners = { (size: Int32) in
      [(-1, -1), (1, -1), (1, 1), (-1, 1)].map { x, y in
        Coordinate(
          latitudeE7: place.coordinate.latitudeE7 + y * size, longitudeE7: place.coordinate.longitudeE7 + x * size)
      }
    }
    let away = corners(1_000).map { Coordinate(latitudeE7: $0.latitudeE7 + 10_000, longitudeE7: $0.longitudeE7) }
    _ = try engine.putLayer(
      Layer("woods", features: [LayerFeature(id: "1", .areas([Area(away)]))]), by: .local, within: .none)
    _ = try engine.putPlans(
      PlansRequest(plans, choices: PlanChoices([PlanChoice("out"), PlanChoice("in", area: "woods")])))
    let stream = try watch(.incidentType("fire"))
    #expect(try await next(stream) != nil)
    _ = try engine.putLayer(
      Layer("woods", features: [LayerFeature(id: "1", .areas([Area(corners(1_000))]))]), by: .local, within: .none)
    let answer = try #require(try await next(stream))
    #expect(answer.changes == [.plan] && answer.causes == [.layers])
  }

  @Test func coverageIsToldWhenItChanges() async throws {
    let stream = try engine.watch(.coverage(CoverageRequest(limitsSeconds: [60])))
    guard case .coverage(let before) = try await next(stream)?.content else { return #expect(Bool(false)) }
    _ = try engine.setStatus(StatusReport(id: "c", status: .onScene))
    let answer = try #require(try await next(stream))
    guard case .coverage(let after) = answer.content else { return #expect(Bool(false)) }
    #expect(after.levels[0].lengthMeters < before.levels[0].lengthMeters)
    #expect(answer.changes == [.roads] && answer.causes == [.unit(id: "c")])
  }

  @Test func reachIsToldWhenItChanges() async throws {
    let stream = try engine.watch(
      .reach(ReachRequest(places: [place], .from, profile: "plain", limitsSeconds: [60, 120])))
    #expect(try await next(stream) != nil)
    _ = try engine.putClosures([RoadClosure(id: "flood", selector: town.selector("1C"))])
    let answer = try #require(try await next(stream))
    #expect(answer.changes == [.roads] && answer.causes == [.traffic(.put(closureID: "flood"))])
    // Units matter to coverage alone.
    _ = try engine.setStatus(StatusReport(id: "c", status: .onScene))
    #expect(try await next(stream, within: 2) == nil)
  }

  @Test func wrongQuestionsAreRefusedAtOnce() {
    var request = RecommendRequest(incident: place, wanted: .lines(PlanLevel([need("engine")])))
    request.explainCount = -1
    for question in [
      WatchQuestion.recommend(request), .coverage(CoverageRequest(limitsSeconds: [])),
      .reach(ReachRequest(places: [], .from, profile: "plain", limitsSeconds: [60])),
    ] {
      #expect(throws: EngineError.self) { try engine.watch(question) }
    }
  }
}
