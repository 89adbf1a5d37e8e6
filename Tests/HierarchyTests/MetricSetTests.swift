import RoadGraph
import Testing

@testable import Hierarchy

/// The metrics of several profiles, made together.
struct MetricSetTests {
  @Test(arguments: 1...9)
  func togetherIsAsOneByOne(profileCount: Int) {
    for seed in 0..<3 as Range<UInt64> {
      let traffic = RandomTraffic(seed: seed, vertexCount: seed < 2 ? 40 : 600, profileCount: profileCount)
      let builder = MetricSetBuilder(traffic.hierarchy, count: profileCount)
      let expected = traffic.fullMetrics()
      expectSame(builder.customize(traffic.weights), expected)
      expectSame(builder.customize(traffic.weights, on: .one), expected)
    }
  }

  /// Weights near infinity, whose sums have the highest bit set.
  @Test func sumsDoNotWrap() {
    var roads = RandomRoads(seed: 2, vertexCount: 100)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let large: [Weight] = [.infinity, .infinity - 1, .infinity / 2, .infinity / 2 + 1, 1, 0]
    let weights = (0..<4).map { _ in
      (0..<hierarchy.turnCount).map { _ in large[Int.random(in: 0..<large.count, using: &roads.generator)] }
    }
    let alone = MetricBuilder(hierarchy)
    expectSame(MetricSetBuilder(hierarchy, count: 4).customize(weights), weights.map { alone.customizeOnOneCore($0) })
  }

  @Test(arguments: 0..<18 as Range<UInt64>)
  func updatesEqualFullCustomizationAndHeldMetricsStay(seed: UInt64) {
    let profileCount = 1 + Int(seed) % 6
    var traffic = RandomTraffic(seed: seed, vertexCount: seed < 15 ? 40 : 200, profileCount: profileCount)
    guard traffic.hierarchy.turnCount > 0 else { return }
    let builder = MetricSetBuilder(traffic.hierarchy, count: profileCount)
    var metrics = builder.customize(traffic.weights)
    var held: [(metric: Metric, expected: Metric)] = []
    for round in 0..<16 {
      // Sometimes so much that a partial customization is given up, sometimes all of it.
      let changed = traffic.change(round % 5 == 4 ? traffic.hierarchy.turnCount : 8)
      metrics =
        round % 7 == 6
        ? builder.customize(traffic.weights)
        : builder.update(metrics, turnWeights: traffic.weights, changed: changed)
      let expected = traffic.fullMetrics()
      expectSame(metrics, expected)
      // Now and then a reader keeps one of the metrics, so that its buffer must not be written again.
      if round % 3 == 0 {
        let index = Int.random(in: 0..<profileCount, using: &traffic.generator)
        held.append((metrics[index], expected[index]))
      }
    }
    for (metric, expected) in held { #expect(metric.hasSameWeights(as: expected)) }
  }

  @Test func aProfileForWhichNothingChangesKeepsItsMetric() {
    var traffic = RandomTraffic(seed: 4, vertexCount: 200, profileCount: 3)
    let builder = MetricSetBuilder(traffic.hierarchy, count: 3)
    let metrics = builder.customize(traffic.weights)
    var weights = traffic.weights
    let turns = (0..<20).map { TurnID($0) }
    for turn in turns { weights[1][turn.position] = .infinity }
    let updated = builder.update(metrics, turnWeights: weights, changed: turns)
    #expect(updated[0] === metrics[0])
    #expect(updated[1] !== metrics[1])
    #expect(updated[2] === metrics[2])
    // Their spares are twins: the next update is right, too.
    let changed = traffic.change(30)
    expectSame(builder.update(updated, turnWeights: traffic.weights, changed: turns + changed), traffic.fullMetrics())
  }

  @Test func buffersAreUsedAgain() {
    var traffic = RandomTraffic(seed: 6, vertexCount: 200, profileCount: 4)
    let builder = MetricSetBuilder(traffic.hierarchy, count: 4)
    var metrics = builder.customize(traffic.weights)
    var addresses: Set<UnsafeMutablePointer<Weight>> = []
    for round in 0..<20 {
      let changed = traffic.change(8)
      metrics =
        round % 4 == 3
        ? builder.customize(traffic.weights)
        : builder.update(metrics, turnWeights: traffic.weights, changed: changed)
      for metric in metrics { addresses.insert(metric.weights) }
    }
    #expect(addresses.count <= 8)
  }

  private func expectSame(_ metrics: [Metric], _ expected: [Metric]) {
    #expect(metrics.count == expected.count)
    for (index, (metric, expected)) in zip(metrics, expected).enumerated() {
      #expect(metric.hasSameWeights(as: expected), "profile \(index) of \(metrics.count)")
    }
  }
}
