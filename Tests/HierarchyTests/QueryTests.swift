import Hierarchy
import RoadGraph
import Testing

/// Searches against the oracle on random road graphs.
struct QueryTests {
  @Test(arguments: 0..<80 as Range<UInt64>)
  func pathsAreShortest(seed: UInt64) {
    var roads = RandomRoads(seed: seed, vertexCount: 3 + Int(seed) / 2)
    guard roads.graph.arcCount > 0 else { return }
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let oracle = Oracle(graph: roads.graph, turnWeights: roads.turnWeights())
    let metric = MetricBuilder(hierarchy).customize(oracle.turnWeights)
    let query = PathQuery(hierarchy)
    var path: [ArcID] = []
    for round in 0..<40 {
      let (sources, targets) = (roads.terminals(), roads.terminals())
      let expected = oracle.weight(from: sources, to: targets)
      let answer = query.path(from: sources, to: targets, metric: metric, into: &path)
      #expect(answer == query.weight(from: sources, to: targets, metric: metric))
      guard let answer else {
        #expect(expected == .infinity && path.isEmpty, "seed \(seed), round \(round)")
        continue
      }
      #expect(answer.weight == expected, "seed \(seed), round \(round), \(sources) to \(targets)")
      let (source, target) = (sources[answer.source], targets[answer.target])
      #expect(path.first == source.arc && path.last == target.arc, "seed \(seed), round \(round)")
      #expect(
        source.offset.adding(oracle.weight(along: path)).adding(target.offset) == answer.weight,
        "seed \(seed), round \(round), path \(path)")
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func lazySearchesFindTheSameWeightsAndTheirPaths(seed: UInt64) {
    var roads = RandomRoads(seed: seed, vertexCount: 3 + Int(seed) / 2)
    guard roads.graph.arcCount > 0 else { return }
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let oracle = Oracle(graph: roads.graph, turnWeights: roads.turnWeights())
    let metric = MetricBuilder(hierarchy).customize(oracle.turnWeights)
    let search = LazyRPHAST(hierarchy)
    var path: [ArcID] = []
    for round in 0..<5 {
      let terminals = roads.terminals()
      let expected = oracle.weights(from: terminals)
      search.setSources(terminals, metric: metric)
      for arc in roads.graph.arcHead.indices.shuffled(using: &roads.generator) {
        #expect(search.weight(to: arc) == expected[arc.position], "seed \(seed), round \(round), arc \(arc)")
      }
      search.setTargets(terminals, metric: metric)
      for _ in 0..<20 {
        let arc = roads.arc()
        let expected = oracle.weight(from: [Terminal(arc)], to: terminals)
        #expect(search.weight(from: arc) == expected, "seed \(seed), round \(round), arc \(arc)")
        let target = search.path(from: arc, into: &path).map { terminals[$0] }
        #expect((target == nil) == (expected == .infinity) && path.last == target?.arc, "seed \(seed), round \(round)")
        guard let target else { continue }
        #expect(
          path.first == arc && oracle.weight(along: path).adding(target.offset) == expected,
          "seed \(seed), round \(round), path \(path)")
      }
    }
  }

  @Test func anArcThatIsSourceAndTargetIsAPathOfOneArc() {
    var roads = RandomRoads(seed: 1)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let metric = MetricBuilder(hierarchy).customize(roads.turnWeights())
    let arc = roads.arc()
    var path: [ArcID] = []
    let answer = PathQuery(hierarchy)
      .path(from: [Terminal(arc, offset: 3)], to: [Terminal(arc, offset: 4)], metric: metric, into: &path)
    #expect(answer?.weight == 7)
    #expect(path == [arc])
  }

  @Test func nothingLeadsFromOrToNowhere() {
    var roads = RandomRoads(seed: 2)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let metric = MetricBuilder(hierarchy).customize(roads.turnWeights())
    let query = PathQuery(hierarchy)
    let search = LazyRPHAST(hierarchy)
    let arc = roads.arc()
    #expect(query.weight(from: [], to: [Terminal(arc)], metric: metric) == nil)
    #expect(query.weight(from: [Terminal(arc)], to: [], metric: metric) == nil)
    #expect(query.weight(from: [Terminal(arc, offset: .max)], to: [Terminal(arc, offset: 5)], metric: metric) == nil)
    search.setTargets([], metric: metric)
    #expect(search.weight(from: arc) == .infinity)
  }

  @Test func infinityNeverWraps() {
    var roads = RandomRoads(seed: 4, vertexCount: 60)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    // Finite weights whose sums pass infinity, and weights above infinity, which count as infinite.
    for weight in [Weight.infinity - 1, .infinity, .max] {
      let weights = [Weight](repeating: weight, count: roads.graph.turnCount)
      let oracle = Oracle(graph: roads.graph, turnWeights: weights.map { min($0, .infinity) })
      let metric = MetricBuilder(hierarchy).customize(weights)
      let query = PathQuery(hierarchy)
      let search = LazyRPHAST(hierarchy)
      for _ in 0..<100 {
        let (source, target) = (Terminal(roads.arc()), Terminal(roads.arc(), offset: 1))
        let expected = oracle.weight(from: [source], to: [target])
        #expect((query.weight(from: [source], to: [target], metric: metric)?.weight ?? .infinity) == expected)
        search.setTargets([target], metric: metric)
        #expect(search.weight(from: source.arc) == expected)
      }
    }
  }

  @Test func workspacesOfAPoolServeConcurrentCallers() async {
    var roads = RandomRoads(seed: 9, vertexCount: 80)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let oracle = Oracle(graph: roads.graph, turnWeights: roads.turnWeights())
    let metric = MetricBuilder(hierarchy).customize(oracle.turnWeights)
    let queries = WorkspacePool<PathQuery>(hierarchy)
    let searches = WorkspacePool<LazyRPHAST>(hierarchy)
    let pairs = (0..<200).map { _ in (Terminal(roads.arc()), Terminal(roads.arc())) }
    let expected = pairs.map { oracle.weight(from: [$0.0], to: [$0.1]) }
    let found = await withTaskGroup(of: (Int, Weight, Weight).self) { group in
      for (index, pair) in pairs.enumerated() {
        group.addTask {
          let weight = queries.withWorkspace { $0.weight(from: [pair.0], to: [pair.1], metric: metric)?.weight }
          let lazy = searches.withWorkspace { search in
            search.setSources([pair.0], metric: metric)
            return search.weight(to: pair.1.arc)
          }
          return (index, weight ?? .infinity, lazy)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for (index, weight, lazy) in found {
      #expect(weight == expected[index])
      #expect(lazy == expected[index])
    }
  }
}
