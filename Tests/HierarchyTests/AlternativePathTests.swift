import Hierarchy
import RoadGraph
import Testing

/// Alternatives on random road graphs: what they promise, checked by other means.
struct AlternativePathTests {
  private static let terms = AlternativePaths.Terms(countMax: 4)

  @Test(arguments: 0..<60 as Range<UInt64>)
  func alternativesKeepTheirTerms(seed: UInt64) {
    var roads = RandomRoads(seed: seed, vertexCount: 20 + Int(seed))
    guard roads.graph.arcCount > 0 else { return }
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let oracle = Oracle(graph: roads.graph, turnWeights: roads.turnWeights())
    let metric = MetricBuilder(hierarchy).customize(oracle.turnWeights)
    let search = AlternativePaths(hierarchy)
    for round in 0..<20 {
      let (sources, targets) = (roads.terminals(), roads.terminals())
      let shortest = oracle.weight(from: sources, to: targets)
      let paths = search.paths(from: sources, to: targets, metric: metric, terms: Self.terms)
      #expect((paths.first?.weight ?? .infinity) == shortest, "seed \(seed), round \(round)")
      #expect(paths.count <= Self.terms.countMax)
      for path in paths {
        let (source, target) = (sources[path.source], targets[path.target])
        #expect(path.arcs.first == source.arc && path.arcs.last == target.arc, "seed \(seed), round \(round)")
        #expect(
          source.offset.adding(oracle.weight(along: path.arcs)).adding(target.offset) == path.weight,
          "seed \(seed), round \(round), path \(path.arcs)")
        #expect(Double(path.weight) <= Double(shortest) * Self.terms.stretchMax + 1, "seed \(seed), round \(round)")
      }
      check(paths, oracle, "seed \(seed), round \(round)")
    }
  }

  /// Each alternative shares little with every path before it and visits no arc twice.
  private func check(_ paths: [AlternativePaths.Path], _ oracle: Oracle, _ what: Comment) {
    guard let shortest = paths.first else { return }
    #expect(zip(paths, paths.dropFirst()).allSatisfy { $0.weight <= $1.weight }, what)
    let sharedMax = Double(oracle.weight(along: shortest.arcs)) * Self.terms.sharingMax
    for (index, path) in paths.enumerated().dropFirst() {
      #expect(Set(path.arcs).count == path.arcs.count, what)
      for before in paths[..<index] {
        let known = Set(before.arcs)
        let shared = zip(path.arcs, path.arcs.dropFirst()).filter { known.contains($0) && known.contains($1) }
          .reduce(Weight(0)) { $0 + oracle.weight(along: [$1.0, $1.1]) }
        #expect(Double(shared) <= sharedMax, what)
      }
      let near = Double(oracle.weight(along: shortest.arcs)) * Self.terms.localOptimality
      #expect(path.arcs.indices.contains { isShortest(path.arcs, around: $0, within: near, oracle) }, what)
    }
  }

  /// True if the part of a path that lies within a weight of one of its arcs is a shortest path between its ends.
  private func isShortest(_ arcs: [ArcID], around via: Int, within near: Double, _ oracle: Oracle) -> Bool {
    let start = arcs.indices.first { Double(oracle.weight(along: Array(arcs[min($0, via)...via]))) <= near } ?? via
    let end = arcs.indices.last { Double(oracle.weight(along: Array(arcs[via...max($0, via)]))) <= near } ?? via
    return oracle.weight(from: [Terminal(arcs[start])], to: [Terminal(arcs[end])])
      == oracle.weight(along: Array(arcs[start...end]))
  }

  /// A search leaves nothing behind: the same question has the same answer, whatever was asked between.
  @Test func searchesCleanUpAfterThemselves() {
    var roads = RandomRoads(seed: 3, vertexCount: 80)
    let hierarchy = ContractionHierarchy.build(roads.graph)
    let metric = MetricBuilder(hierarchy).customize(roads.turnWeights())
    let search = AlternativePaths(hierarchy)
    let questions = (0..<30).map { _ in (roads.terminals(), roads.terminals()) }
    let first = questions.map { search.paths(from: $0.0, to: $0.1, metric: metric, terms: Self.terms) }
    let again = questions.map { search.paths(from: $0.0, to: $0.1, metric: metric, terms: Self.terms) }
    #expect(first == again)
    #expect(first.contains { $0.count > 1 })
    #expect(search.paths(from: [], to: questions[0].1, metric: metric, terms: Self.terms).isEmpty)
  }
}
