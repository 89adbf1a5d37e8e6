import Hierarchy
import MapFile
import RoadGraph
import Testing

/// Topology and weights on random road graphs.
struct HierarchyTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func invariantsHold(seed: UInt64) {
    let roads = RandomRoads(seed: seed, vertexCount: Int(seed) + 1)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    hierarchy.checkInvariants()
    #expect(hierarchy.vertexCount == roads.graph.arcCount)
    #expect(hierarchy.statistics().upwardArcCount + hierarchy.statistics().downwardArcCount == hierarchy.arcCount)
  }

  @Test func anEmptyGraphHasAnEmptyHierarchy() {
    let graph = TurnExpandedGraph(
      vertexLatitudeE7: [], vertexLongitudeE7: [], arcTail: Table([]), arcHead: Table([]),
      firstTurn: Offsets(counts: []), turnHead: Table([]))
    let hierarchy = ContractionHierarchy.build(graph)
    hierarchy.checkInvariants()
    #expect(hierarchy.vertexCount == 0)
    #expect(MetricBuilder(hierarchy).customize([]).byteCount == 0)
  }

  @Test func progressNamesThePhases() {
    var phases: [String] = []
    let roads = RandomRoads(seed: 7)
    _ = ContractionHierarchy.build(roads.graph) { phase, share in
      #expect((0...1).contains(share))
      if phases.last != phase { phases.append(phase) }
    }
    #expect(phases == ["order", "contraction"])
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func parallelCustomizationEqualsSerial(seed: UInt64) {
    var roads = RandomRoads(seed: seed, vertexCount: seed < 50 ? 40 : 900)
    let builder = MetricBuilder(ContractionHierarchy.build(roads.graph))
    let weights = roads.turnWeights()
    #expect(builder.customize(weights).hasSameWeights(as: builder.customizeOnOneCore(weights)))
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func updatesEqualFullCustomization(seed: UInt64) {
    var roads = RandomRoads(seed: seed, vertexCount: seed < 50 ? 40 : 300)
    guard roads.graph.turnCount > 0 else { return }
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let builder = MetricBuilder(hierarchy)
    let reference = MetricBuilder(hierarchy)
    var weights = roads.turnWeights()
    var metric = builder.customize(weights)
    var held: [Metric] = []
    for round in 0..<20 {
      var changed: [TurnID] = []
      for _ in 0..<Int.random(in: 1...8, using: &roads.generator) {
        let turn = Int.random(in: 0..<roads.graph.turnCount, using: &roads.generator)
        weights[turn] = roads.weight()
        changed.append(TurnID(turn))
      }
      metric = builder.update(metric, turnWeights: weights, changed: changed)
      #expect(metric.hasSameWeights(as: reference.customizeOnOneCore(weights)), "seed \(seed), round \(round)")
      // Now and then a reader keeps a metric, so that its buffer must not be written again.
      if round % 3 == 0 { held.append(metric) }
    }
  }

  @Test func aMetricThatAReaderHoldsNeverChanges() {
    var roads = RandomRoads(seed: 3, vertexCount: 60)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let builder = MetricBuilder(hierarchy)
    var history = [roads.turnWeights()]
    var metrics = [builder.customize(history[0])]
    for round in 1..<10 {
      var weights = history[round - 1]
      weights[round] = roads.weight()
      weights[2 * round] = roads.weight()
      metrics.append(
        builder.update(
          metrics[round - 1], turnWeights: weights, changed: [TurnID(round), TurnID(2 * round)]))
      history.append(weights)
    }
    for (weights, metric) in zip(history, metrics) {
      #expect(metric.hasSameWeights(as: MetricBuilder(hierarchy).customize(weights)))
    }
  }

  @Test func closingAndLiftingRestoresTheMetric() {
    var roads = RandomRoads(seed: 11, vertexCount: 200)
    let builder = MetricBuilder(ContractionHierarchy.build(roads.graph))
    let weights = roads.turnWeights()
    let open = builder.customize(weights)
    var closedWeights = weights
    let turns = (0..<20).map { TurnID($0) }
    for turn in turns { closedWeights[turn.position] = .infinity }
    let closed = builder.update(open, turnWeights: closedWeights, changed: turns)
    #expect(!closed.hasSameWeights(as: open))
    #expect(builder.update(closed, turnWeights: weights, changed: turns).hasSameWeights(as: open))
  }

  @Test func anUpdateThatChangesNothingReturnsTheSameMetric() {
    var roads = RandomRoads(seed: 5)
    let builder = MetricBuilder(ContractionHierarchy.build(roads.graph))
    let weights = roads.turnWeights()
    let metric = builder.customize(weights)
    #expect(builder.update(metric, turnWeights: weights, changed: [TurnID(0), TurnID(1)]) === metric)
  }
}
