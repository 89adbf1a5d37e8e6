import RoadGraph
import Testing

@testable import Hierarchy

/// Metrics for "what if" questions.
struct TemporaryMetricTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func derivedMetricsEqualFullCustomization(seed: UInt64) {
    var traffic = RandomTraffic(seed: seed, vertexCount: 150, profileCount: 2)
    let builder = MetricBuilder(traffic.hierarchy)
    let temporary = TemporaryMetric(traffic.hierarchy)
    let published = traffic.weights
    let bases = traffic.fullMetrics()
    let untouched = traffic.fullMetrics()
    for round in 0..<15 {
      let profile = Int.random(in: 0...1, using: &traffic.generator)
      let changed = traffic.change(round % 4 == 0 ? 60 : 5)
      var weights = published[profile]
      for turn in changed { weights[turn.position] = traffic.weights[profile][turn.position] }
      let metric = temporary.derive(
        from: bases[profile], baseKey: TemporaryMetric.BaseKey(version: 7, profile: profile), changed: changed
      ) { weights[$0.position] }
      #expect(metric.hasSameWeights(as: builder.customizeOnOneCore(weights)), "round \(round)")
      #expect(zip(bases, untouched).allSatisfy { $0.hasSameWeights(as: $1) })
    }
  }

  @Test func anotherVersionIsCopiedAgain() {
    var traffic = RandomTraffic(seed: 3, vertexCount: 150, profileCount: 1)
    let temporary = TemporaryMetric(traffic.hierarchy)
    for version in 0..<6 as Range<UInt64> {
      let (base, weights) = (traffic.fullMetrics()[0], traffic.weights[0])
      let derived = temporary.derive(
        from: base, baseKey: TemporaryMetric.BaseKey(version: version, profile: 0), changed: []
      ) { weights[$0.position] }
      #expect(derived.hasSameWeights(as: base))
      _ = traffic.change(20)
    }
  }

  @Test func aDerivedMetricThatIsHeldStays() {
    var traffic = RandomTraffic(seed: 5, vertexCount: 150, profileCount: 1)
    let temporary = TemporaryMetric(traffic.hierarchy)
    let (base, published) = (traffic.fullMetrics()[0], traffic.weights[0])
    let key = TemporaryMetric.BaseKey(version: 1, profile: 0)
    let changed = traffic.change(40)
    let weights = traffic.weights[0]
    let held = temporary.derive(from: base, baseKey: key, changed: changed) { weights[$0.position] }
    let expected = traffic.fullMetrics()[0]
    for _ in 0..<3 {
      _ = temporary.derive(from: base, baseKey: key, changed: [TurnID(0), TurnID(1)]) { turn in
        turn.position < 2 ? .infinity : published[turn.position]
      }
      #expect(held.hasSameWeights(as: expected))
    }
  }

  @Test func itHoldsNoMetricButItsOwn() {
    let traffic = RandomTraffic(seed: 8, vertexCount: 60, profileCount: 1)
    let temporary = TemporaryMetric(traffic.hierarchy)
    weak var released: Metric?
    do {
      let base = MetricBuilder(traffic.hierarchy).customize(traffic.weights[0])
      released = base
      let key = TemporaryMetric.BaseKey(version: 1, profile: 0)
      let weights = traffic.weights[0]
      _ = temporary.derive(from: base, baseKey: key, changed: [TurnID(0)]) {
        $0.position == 0 ? 3 : weights[$0.position]
      }
    }
    #expect(released == nil)
  }
}

/// A derivation that is ended before its end.
struct EndedDerivationTests {
  @Test(arguments: 0..<10 as Range<UInt64>)
  func theNextOneIsWhole(seed: UInt64) {
    var traffic = RandomTraffic(seed: seed, vertexCount: 150, profileCount: 1)
    let temporary = TemporaryMetric(traffic.hierarchy)
    let base = traffic.fullMetrics()[0]
    let key = TemporaryMetric.BaseKey(version: 1, profile: 0)
    let changed = traffic.change(40)
    let weights = traffic.weights[0]
    let expected = traffic.fullMetrics()[0]
    for steps in [0, 1, 2, 5, 20, 60] {
      var count = 0
      let ended = temporary.derive(
        from: base, baseKey: key, changed: changed, turnWeight: { weights[$0.position] },
        isOver: {
          count += 1
          return count > steps
        })
      #expect(ended == nil || ended?.hasSameWeights(as: expected) == true)
      if steps == 0 { #expect(ended == nil) }
      let whole = temporary.derive(from: base, baseKey: key, changed: changed) { weights[$0.position] }
      #expect(whole.hasSameWeights(as: expected), "seed \(seed), after \(steps)")
    }
  }
}

extension TemporaryMetric {
  /// A derivation that nothing ends.
  fileprivate func derive(
    from base: Metric, baseKey: BaseKey, changed: [TurnID], turnWeight: (TurnID) -> Weight
  ) -> Metric {
    let metric = derive(from: base, baseKey: baseKey, changed: changed, turnWeight: turnWeight) { false }
    guard let metric else { preconditionFailure("nothing ended the work") }
    return metric
  }
}
