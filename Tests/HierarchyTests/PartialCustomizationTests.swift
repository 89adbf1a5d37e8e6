import RoadGraph
import Testing

@testable import Hierarchy

/// Partial customization that nothing decides against.
struct PartialCustomizationTests {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func ofOneMetricItEqualsFullCustomization(seed: UInt64) throws {
    try itEqualsFullCustomization(OneLane.self, profileCount: 1, seed: seed)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func ofSeveralMetricsItEqualsFullCustomization(seed: UInt64) throws {
    try itEqualsFullCustomization(FourLanes.self, profileCount: 2 + Int(seed) % 3, seed: seed)
  }

  private func itEqualsFullCustomization<Lanes: WeightLanes>(_: Lanes.Type, profileCount: Int, seed: UInt64) throws {
    var traffic = RandomTraffic(seed: seed, vertexCount: seed < 26 ? 40 : 300, profileCount: profileCount)
    guard traffic.hierarchy.turnCount > 0 else { return }
    let hierarchy = traffic.hierarchy
    let partial = PartialCustomization<Lanes>(hierarchy)
    var old = traffic.fullMetrics()
    for round in 0..<12 {
      let changed = traffic.change(round % 3 == 0 ? 200 : 8)
      let updated = old.map(copy)
      let changes = try #require(update(partial, updated, from: old, traffic, changed, workMax: .max))
      let full = traffic.fullMetrics()
      #expect(zip(updated, full).allSatisfy { $0.hasSameWeights(as: $1) }, "round \(round)")
      let differing = (0..<hierarchy.arcCount).filter { arc in
        zip(updated, old).contains { $0.weights[arc] != $1.weights[arc] }
      }
      #expect(changes.positions.map(Int.init).sorted() == differing)
      for profile in 0..<profileCount {
        #expect((changes.lanes & 1 << profile != 0) == !updated[profile].hasSameWeights(as: old[profile]))
      }
      old = updated
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func workThatWasGivenUpLeavesNothingBehind(seed: UInt64) {
    var traffic = RandomTraffic(seed: seed, vertexCount: 400, profileCount: 3)
    let partial = PartialCustomization<FourLanes>(traffic.hierarchy)
    var old = traffic.fullMetrics()
    var givenUp = 0
    for _ in 0..<5 {
      let workMax = Int.random(in: 0...2_000, using: &traffic.generator)
      let changed = traffic.change(300)
      if update(partial, old.map(copy), from: old, traffic, changed, workMax: workMax) == nil { givenUp += 1 }
      old = traffic.fullMetrics()
      let next = old.map(copy)
      let changes = update(partial, next, from: old, traffic, [], workMax: .max)
      #expect(changes?.positions == [] && changes?.lanes == 0)
      #expect(zip(next, old).allSatisfy { $0.hasSameWeights(as: $1) })
    }
    #expect(givenUp > 0)
  }

  /// What debug builds verify after each update: it holds for the right weights and no others.
  @Test func theVerifierFindsEveryWrongWeight() {
    let traffic = RandomTraffic(seed: 5, vertexCount: 40, profileCount: 3)
    let partial = PartialCustomization<FourLanes>(traffic.hierarchy)
    let metrics = traffic.fullMetrics()
    FourLanes.withTurnWeights(traffic.weights) { turnWeights in
      func isCustomized() -> Bool { partial.isCustomized(metrics) { turnWeights[$0.position] } }
      #expect(isCustomized())
      for arc in 0..<traffic.hierarchy.arcCount {
        let metric = metrics[arc % metrics.count]
        let weight = metric.weights[arc]
        metric.weights[arc] = weight == .infinity ? weight - 1 : weight + 1
        #expect(!isCustomized(), "arc \(arc)")
        metric.weights[arc] = weight
      }
      partial.marks[0] = .isStale
      #expect(!isCustomized())
      partial.marks[0] = []
      #expect(isCustomized())
    }
  }

  private func copy(_ metric: Metric) -> Metric {
    let copy = Metric(metric.hierarchy)
    copy.copyWeights(of: metric)
    return copy
  }

  private func update<Lanes: WeightLanes>(
    _ partial: PartialCustomization<Lanes>, _ metrics: [Metric], from old: [Metric], _ traffic: RandomTraffic,
    _ changed: [TurnID], workMax: Int
  ) -> CustomizationChanges? {
    var changes: CustomizationChanges?
    Lanes.withTurnWeights(traffic.weights) { turnWeights in
      changes = partial.update(metrics, from: old, changed: changed, workMax: workMax) { turnWeights[$0.position] }
    }
    return changes
  }
}
