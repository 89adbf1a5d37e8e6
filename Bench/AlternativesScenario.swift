import Hierarchy
import MapFile
import RoadGraph

/// Alternatives between random arcs: how long they take to find, and for how many pairs there are any.
///
/// What is found is checked by other means before it is timed: the first path weighs what a path query says, each path
/// weighs what it was said to, and keeps to its terms.
struct AlternativesScenario {
  let world: World
  private static let pairs = 1_000
  private static let checkedPairs = 200
  private static let terms = AlternativePaths.Terms(countMax: 4)

  func run() throws -> [Measurement] {
    var random = world.random("alternatives")
    let pairs = world.randomPairs(Self.pairs, &random)
    let metric = MetricBuilder(world.hierarchy).customize(world.turnWeights)
    let search = AlternativePaths(world.hierarchy)
    func paths(_ pair: ArcPair) -> [AlternativePaths.Path] {
      search.paths(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric, terms: Self.terms)
    }
    let query = PathQuery(world.hierarchy)
    for pair in pairs.prefix(Self.checkedPairs) {
      try check(paths(pair), query.weight(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric)?.weight)
    }
    var found = [Int](repeating: 0, count: Self.terms.countMax + 1)
    let measured = Measurement("alternatives", pairs) { pair in
      let paths = paths(pair)
      found[paths.count] += 1
      return paths.reduce(into: 0) { $0 = $0 &* 31 &+ Int($1.weight) }
    }
    return [measured] + shares(found)
  }

  /// For how many pairs at least this many alternatives were found: one answer per pair, 1 or 0.
  private func shares(_ found: [Int]) -> [Measurement] {
    (1..<Self.terms.countMax).map { wanted in
      let count = found[(wanted + 1)...].reduce(0, +)
      let percent = Double(count * 100) / Double(max(1, Self.pairs - found[0]))
      return Measurement("\(wanted) or more: \((percent * 10).rounded() / 10) % of pairs", [Int]()) { $0 }
    }
  }

  private func check(_ paths: [AlternativePaths.Path], _ shortest: Weight?) throws {
    try BenchFailure.check(paths.first?.weight == shortest, "alternatives", "the first path is not the shortest")
    for path in paths {
      try BenchFailure.check(weight(of: path.arcs) == path.weight, "alternatives", "a path weighs something else")
      try BenchFailure.check(
        Double(path.weight) <= Double(shortest ?? 0) * Self.terms.stretchMax + 1, "alternatives", "a path is too long")
    }
  }

  private func weight(of arcs: [ArcID]) -> Weight {
    zip(arcs, arcs.dropFirst()).reduce(0) { sum, pair in
      let turns = world.network.turns(from: pair.0).filter { world.network.turnHead[$0] == pair.1 }
      return sum.adding(turns.map { world.turnWeights[$0.position] }.min() ?? .infinity)
    }
  }
}
