import API
import Foundation
import Geometry
import Ledger
import TestSupport
import Testing

@testable import Engine

/// Plans and layers whose areas take long to compare: nobody else waits for that, and it ends.
@Suite struct PreparedChangeStories {
  private let town: Town
  private let test: TestEngine
  private var engine: TocsinEngine { test.engine }

  init() throws {
    town = try Town("A---B---C", metersPerCell: 100)
    test = try town.testEngine()
    let plan = ResponsePlan(
      id: "p", levels: [PlanLevel([PlanLine("engine", count: 1, needs: [UnitNeed(["engine"])])])])
    _ = try engine.putPlans(PlansRequest([plan]), by: .local)
  }

  private func refusal(_ body: () throws -> Void) -> EngineError? { #expect(throws: EngineError.self) { try body() } }

  /// Narrow areas side by side from south-west to north-east: the boxes of all of them meet.
  private static func strips(_ count: Int, offset: Int32 = 0) -> [LayerFeature] {
    (0..<count).map { number in
      let start = Int32(number) * 1_000 + offset
      func place(_ x: Int32, _ y: Int32) -> Coordinate {
        Coordinate(latitudeE7: 370_000_000 + y, longitudeE7: 1_270_000_000 + x)
      }
      let far: Int32 = 12_000_000
      return LayerFeature(
        id: "\(number)",
        .areas([Area([place(start, 0), place(start + 300, 0), place(start + 300 + far, far), place(start + far, far)])])
      )
    }
  }

  private func put(_ name: String, _ features: [LayerFeature]) throws {
    _ = try engine.putLayer(Layer(name, features: features), by: .local, within: .none)
  }

  private func choices(_ areas: [String]) -> PlansRequest {
    PlansRequest([], choices: PlanChoices(areas.map { PlanChoice("p", area: $0) }))
  }

  // MARK: In their turn

  /// What doesn't fit any more is worked out again, outside of its turn: another change is made meanwhile.
  @Test func workIsDoneAgainOutsideItsTurn() throws {
    var preparations = 0
    let committed = try engine.changeAsPrepared(by: .local, within: .none) { () throws(EngineError) in
      preparations += 1
      let isLast = preparations == 3
      _ = try engine.removePlans([], by: .local)
      return { _ throws(EngineError) in
        if !isLast { throw .changedMeanwhile("x") }
        return DraftedChange()
      }
    }
    #expect(preparations == 3 && committed.change.changes.isEmpty)
  }

  @Test func itIsTriedAFewTimes() {
    var preparations = 0
    let error = refusal {
      _ = try engine.changeAsPrepared(by: .local, within: .none) { () throws(EngineError) in
        preparations += 1
        return { _ throws(EngineError) in throw .changedMeanwhile("x") }
      }
    }
    #expect(error?.code == .changedMeanwhile && error?.value == "x")
    #expect(preparations == TocsinEngine.preparationsMax)
  }

  /// Layers and choices change at the same time: no two choices ever hold at once.
  @Test func neverTwoForOneIncident() throws {
    let apart = Self.strips(2)
    let over = [apart[0], LayerFeature(id: "1", Self.strips(1, offset: 100)[0].shape)]
    try put("s", apart)
    let codes = Shared<Set<EngineError.Code>>([])
    let group = DispatchGroup()
    let (some, none) = (choices(["s/0", "s/1"]), choices([]))
    for isOfLayers in [true, false] {
      Thread.run(in: group) { [engine] in
        for number in 0..<60 {
          do throws(EngineError) {
            if isOfLayers {
              let layer = Layer("s", features: number % 2 == 0 ? over : apart)
              _ = try engine.putLayer(layer, by: .local, within: .none)
            } else {
              _ = try engine.putPlans(number % 2 == 0 ? some : none, by: .local)
            }
          } catch {
            _ = codes.withLock { $0.insert(error.code) }
          }
        }
      }
    }
    group.wait()
    let state = engine.currentState()
    #expect(throws: Never.self) {
      try engine.checkChoices(state.plans.choices.choices, on: state.layers, within: .none)
    }
    #expect(codes.withLock { $0 }.subtracting([.ambiguousChoice, .changedMeanwhile]).isEmpty)
  }

  /// A change that waits for its turn finds another layer there, which was put while it was worked out.
  @Test func anotherLayerIsNoticed() throws {
    try put("s", Self.strips(2))
    try put("t", [])
    _ = try engine.putPlans(choices(["s/0", "s/1"]), by: .local)
    let before = engine.currentState()
    let kept = try #require(before.layers[name: "s"])
    let prepared = PreparedLayer(kept.numbered(0), known: kept, before.plans.kept, next: nil)
    let limits = engine.limits
    // Another layer, which no choice names, is none of its business.
    try put("t", Self.strips(1))
    var draft = StateDraft(engine.currentState())
    #expect(throws: Never.self) { try prepared.enter(&draft, limits) }
    try put("s", Self.strips(3))
    draft = StateDraft(engine.currentState())
    #expect(refusal { _ = try prepared.enter(&draft, limits) }?.code == .changedMeanwhile)
  }

  // MARK: Until the deadline

  /// Many areas of two layers, none of which overlap.
  @Test func comparingLayersEndsAtTheDeadline() throws {
    try put("s", Self.strips(400))
    try put("t", Self.strips(400, offset: 500))
    let start = ContinuousClock.now
    let limit = WorkLimit(deadline: start.advanced(by: .milliseconds(200)))
    let error = refusal { _ = try engine.previewPlans(choices(["s", "t"]), within: limit) }
    #expect(error?.code == .deadlineExceeded)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  /// As many choices as there may be, each near all others: pairs are walked, not listed.
  @Test func manyChoicesEndAtTheDeadline() throws {
    let count = 10_000
    try put("s", Self.strips(count))
    let request = choices((0..<count).map { "s/\($0)" })
    let start = ContinuousClock.now
    let limit = WorkLimit(deadline: start.advanced(by: .seconds(2)))
    let error = refusal { _ = try engine.previewPlans(request, within: limit) }
    #expect(error?.code == .deadlineExceeded)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  /// Districts that are each near a few others.
  @Test func manyDistrictsAreCompared() throws {
    let side = 40
    func place(_ x: Int, _ y: Int) -> Coordinate {
      Coordinate(latitudeE7: 370_000_000 + Int32(y) * 1_000, longitudeE7: 1_270_000_000 + Int32(x) * 1_000)
    }
    let features = (0..<side * side).map { number in
      let (x, y) = (number % side, number / side)
      return LayerFeature(
        id: "\(number)", .areas([Area([place(x, y), place(x + 1, y), place(x + 1, y + 1), place(x, y + 1)])]))
    }
    try put("d", features)
    #expect(try engine.putPlans(choices(features.map { "d/\($0.id)" }), by: .local).choicesRevision == 1)
  }

  // MARK: How much is kept

  private static func plan(_ id: String, bytes: Int) -> ResponsePlan {
    let stations = (0..<bytes / 1_016).map { "\($0)" + String(repeating: "x", count: 1_000 - "\($0)".count) }
    var plan = ResponsePlan(
      id: id, levels: [PlanLevel([PlanLine("engine", count: 1, needs: [UnitNeed(["engine"])])])])
    plan.stationOrder = stations
    return plan
  }

  @Test func plansAreWeighed() throws {
    var limits = EngineLimits()
    limits.planBytesMax = 3 << 19
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, limits: limits)
    func put(_ plan: ResponsePlan) throws { _ = try engine.putPlans(PlansRequest([plan]), by: .local) }
    let long = refusal { try put(Self.plan("a", bytes: 1_500_000)) }
    #expect(long?.code == .limitExceeded && long?.message.contains("plan_bytes = 1048576") == true)
    try put(Self.plan("a", bytes: 1_000_000))
    let many = refusal { try put(Self.plan("b", bytes: 1_000_000)) }
    #expect(many?.code == .limitExceeded && many?.message.contains("limits.plans_bytes = ") == true)
    // What takes the place of another one, or is removed, gives its room back.
    try put(Self.plan("a", bytes: 500_000))
    try put(Self.plan("b", bytes: 1_000_000))
    _ = try engine.removePlans(["b"], by: .local)
    try put(Self.plan("c", bytes: 1_000_000))
    let choice = PlanChoice("a", incidentType: String(repeating: "x", count: 1_000))
    let request = PlansRequest([], choices: PlanChoices(Array(repeating: choice, count: 5_000)))
    #expect(refusal { _ = try engine.putPlans(request, by: .local) }?.message.contains("plan_choices_bytes") == true)
  }

  @Test func layersAreWeighed() throws {
    var limits = EngineLimits()
    limits.layerBytesMax = 10_000
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, limits: limits)
    let tag = LayerTag("k", String(repeating: "v", count: 190))
    func put(_ name: String) throws {
      let features = (0..<30).map { LayerFeature(id: "\($0)", .point(town.map.coordinate("A")), tags: [tag]) }
      _ = try engine.putLayer(Layer(name, features: features), by: .local, within: .none)
    }
    try put("a")
    #expect(refusal { try put("b") }?.message.contains("limits.layers_bytes = 10000") == true)
    _ = try engine.removeLayer("a", by: .local)
    try put("b")
  }

  /// The trail, which is never cut, has of a long plan how long it is.
  @Test func theTrailHasNoLongPlans() throws {
    let ledger = SlowLedger()
    let engine = try TocsinEngine(map: engine.map, profiles: TestProfiles.all, ledger: ledger)
    _ = try engine.putPlans(PlansRequest([Self.plan("a", bytes: 1_000_000), Self.plan("b", bytes: 2_000)]), by: .local)
    let trails = ledger.batches.flatMap(\.changes).compactMap { change -> LedgerTrail? in
      if case .put(_, _, let trail) = change { trail } else { nil }
    }
    #expect(trails.count == 2 && trails[1] == .full)
    guard case .note(let note) = trails[0] else { throw EngineError(.ledgerFailed, "no note") }
    #expect(note.count < 100)
  }
}
