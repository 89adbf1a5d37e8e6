import Hierarchy
import RoadGraph
import TestSupport
import Testing

/// Sweeps over all arcs against the oracle on random road graphs.
struct SweepTests {
  /// A random graph with one metric; a few more turns are closed than by chance.
  private struct Setup {
    var roads: RandomRoads
    let hierarchy: ContractionHierarchy
    let oracle: Oracle
    let metric: Metric

    init?(seed: UInt64) {
      roads = RandomRoads(seed: seed, vertexCount: 3 + Int(seed) / 2)
      guard roads.graph.arcCount > 0 else { return nil }
      hierarchy = ContractionHierarchy.build(roads.graph)
      var weights = roads.turnWeights()
      for turn in weights.indices where Int.random(in: 0..<20, using: &roads.generator) == 0 {
        weights[turn] = .infinity
      }
      oracle = Oracle(graph: roads.graph, turnWeights: weights)
      metric = MetricBuilder(hierarchy).customize(weights)
    }

    var arcs: [ArcID] { (0..<roads.graph.arcCount).map { ArcID($0) } }

    /// The weight between terminals and each arc.
    func weights(_ direction: SweepDirection, _ terminals: [Terminal]) -> [Weight] {
      direction == .from
        ? oracle.weights(from: terminals) : arcs.map { oracle.weight(from: [Terminal($0)], to: terminals) }
    }
  }

  private static let directions: [SweepDirection] = [.from, .towards]

  @Test(arguments: 0..<60 as Range<UInt64>)
  func everyArcIsWeighed(seed: UInt64) {
    guard var setup = Setup(seed: seed) else { return }
    let sweep = WeightSweep(setup.hierarchy)
    for round in 0..<3 {
      let terminals = setup.roads.terminals()
      for direction in Self.directions {
        #expect(sweep.run(direction, terminals, metric: setup.metric) { false })
        #expect(
          setup.arcs.map(sweep.weight) == setup.weights(direction, terminals),
          "seed \(seed), round \(round), \(direction) \(terminals)")
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func rowsSideBySideAreThoseOfOneSweepEach(seed: UInt64) {
    guard var setup = Setup(seed: seed) else { return }
    let (wide, plain) = (WideSweep(setup.hierarchy), WeightSweep(setup.hierarchy))
    for rowCount in [8, 1, 5] {
      let rows = (0..<rowCount).map { _ in setup.roads.terminals() }
      for direction in Self.directions {
        #expect(wide.run(direction, rows: rows[...], metric: setup.metric) { false })
        for (row, terminals) in rows.enumerated() {
          #expect(plain.run(direction, terminals, metric: setup.metric) { false })
          #expect(
            setup.arcs.map { wide.weight(ofRow: row, at: $0) } == setup.arcs.map(plain.weight),
            "seed \(seed), row \(row), \(direction)")
        }
      }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func theEarliestGroupsComeFirst(seed: UInt64) {
    guard var setup = Setup(seed: seed) else { return }
    let sweep = Sweep(setup.hierarchy)
    for round in 0..<3 {
      let sources = Self.sources(&setup.roads, manyMembers: round == 1)
      for direction in Self.directions {
        let expected = Self.earliest(sources, direction, setup)
        for depth in [8, 1, 3] {
          #expect(sweep.run(direction, sources, depth: depth, metric: setup.metric) { false })
          for arc in setup.arcs {
            let found = (0..<depth).compactMap { sweep.entry($0, at: arc) }.map { [$0.weight, $0.group, $0.member] }
            #expect(
              found == Array(expected[arc.position].prefix(depth)),
              "seed \(seed), round \(round), \(direction), depth \(depth), arc \(arc)")
          }
        }
      }
    }
  }

  /// Up to a dozen groups; a member may start in several places, as a unit does that stands between two carriageways.
  private static func sources(_ roads: inout RandomRoads, manyMembers: Bool) -> [Sweep.Source] {
    (0..<UInt32.random(in: 1...12, using: &roads.generator)).flatMap { group in
      (0..<(manyMembers ? UInt32.random(in: 1...3, using: &roads.generator) : 1)).flatMap { member in
        roads.terminals().map { Sweep.Source($0, group: group, member: member) }
      }
    }
  }

  /// The groups that come to each arc, by weight, then by number: weight, group and member of each.
  private static func earliest(_ sources: [Sweep.Source], _ direction: SweepDirection, _ setup: Setup)
    -> [[[UInt32]]]
  {
    let weights = Dictionary(grouping: sources) { [$0.group, $0.member] }
      .mapValues { setup.weights(direction, $0.map(\.terminal)) }
    return setup.arcs.map { arc in
      let ways = weights.map { (weight: $1[arc.position], group: $0[0], member: $0[1]) }
        .filter { $0.weight < .infinity }.sorted { ($0.weight, $0.group, $0.member) < ($1.weight, $1.group, $1.member) }
      var known: Set<UInt32> = []
      return ways.filter { known.insert($0.group).inserted }
        .map { [$0.weight, $0.group, $0.member] }
    }
  }

  /// Few and many sets on either side, so that both ways of finding the weights are taken.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func everySourceIsWeighedAgainstEveryTarget(seed: UInt64) throws {
    guard var setup = Setup(seed: seed) else { return }
    let matrix = ManyToMany(setup.hierarchy, WorkspacePool(setup.hierarchy))
    for (rowCount, columnCount) in [(1, 4), (2, 9), (9, 2), (9, 11), (12, 9), (0, 3), (3, 0)] {
      var sources = (0..<rowCount).map { _ in setup.roads.terminals() }
      let targets = (0..<columnCount).map { _ in setup.roads.terminals() }
      if rowCount > 4 { sources[3] = [] }
      let weights = try #require(matrix.weights(from: sources, to: targets, metric: setup.metric) { false })
      let expected = sources.flatMap { source in targets.map { setup.oracle.weight(from: source, to: $0) } }
      #expect(weights == expected, "seed \(seed), \(rowCount) x \(columnCount)")
    }
  }

  @Test func workThatIsEndedSaysSo() throws {
    var setup = try #require(Setup(seed: 30))
    let terminals = setup.roads.terminals()
    #expect(!WeightSweep(setup.hierarchy).run(.from, terminals, metric: setup.metric) { true })
    #expect(!WideSweep(setup.hierarchy).run(.from, rows: [terminals], metric: setup.metric) { true })
    let source = Sweep.Source(terminals[0], group: 0)
    #expect(!Sweep(setup.hierarchy).run(.towards, [source], depth: 2, metric: setup.metric) { true })
    let matrix = ManyToMany(setup.hierarchy, WorkspacePool(setup.hierarchy))
    #expect(matrix.weights(from: [terminals], to: [terminals], metric: setup.metric) { true } == nil)
    #expect(PathAmounts(setup.metric, turnCost: { _ in (0, 0) }, isOver: { true }) == nil)
  }

  @Test func nothingComesFromNowhere() throws {
    let setup = try #require(Setup(seed: 31))
    let (plain, sweep) = (WeightSweep(setup.hierarchy), Sweep(setup.hierarchy))
    let far = Terminal(ArcID(0), offset: .infinity)
    #expect(plain.run(.from, [far], metric: setup.metric) { false })
    #expect(sweep.run(.from, [Sweep.Source(far, group: 0)], depth: 2, metric: setup.metric) { false })
    #expect(setup.arcs.allSatisfy { plain.weight(at: $0) == .infinity && sweep.entry(0, at: $0) == nil })
  }

  // MARK: Amounts

  /// Weights without ties, so that each shortest path is the only one.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func amountsAreThoseOfTheShortestPaths(seed: UInt64) throws {
    var roads = RandomRoads(seed: seed, vertexCount: 3 + Int(seed) / 2)
    guard roads.graph.arcCount > 0 else { return }
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let weights = (0..<roads.graph.turnCount).map { _ in
      Int.random(in: 0..<10, using: &roads.generator) == 0
        ? .infinity : Weight.random(in: 1...30_000_000, using: &roads.generator)
    }
    let amounts = weights.map { _ in UInt32.random(in: 0...100_000, using: &roads.generator) }
    let metric = MetricBuilder(hierarchy).customize(weights)
    let oracle = DijkstraOracle(roads.graph, turnWeights: weights)
    let measured = try #require(
      PathAmounts(metric, turnCost: { (weights[$0.position], amounts[$0.position]) }, isOver: { false }))
    let sweep = MeasuredSweep(hierarchy)
    let terminals = roads.terminals().map { MeasuredSweep.Terminal($0.arc, offset: $0.offset, amount: $0.offset / 2) }
    let labels = terminals.map { DijkstraOracle.Label($0.arc, $0.offset) }
    for direction in Self.directions {
      #expect(sweep.run(direction, terminals, amounts: measured) { false })
      for arc in (0..<roads.graph.arcCount).map({ ArcID($0) }) {
        let here = [DijkstraOracle.Label(arc)]
        let path = direction == .from ? oracle.path(from: labels, to: here) : oracle.path(from: here, to: labels)
        let way = sweep.way(at: arc)
        #expect(way?.weight == path?.weight, "seed \(seed), \(direction), arc \(arc)")
        guard let path, let way else { continue }
        let driven = zip(path.arcs, path.arcs.dropFirst()).reduce(UInt32(0)) { sum, step in
          let turns = roads.graph.firstTurn[step.0].filter { roads.graph.turnHead[position: $0] == step.1 }
          return sum + (turns.min { weights[$0] < weights[$1] }.map { amounts[$0] } ?? 0)
        }
        let end = direction == .from ? path.arcs.first : path.arcs.last
        let atEnd = terminals.filter { $0.arc == end }.min { $0.offset < $1.offset }?.amount ?? 0
        #expect(way.amount == driven + atEnd, "seed \(seed), \(direction), arc \(arc)")
      }
    }
  }
}
