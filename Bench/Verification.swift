import Hierarchy
import MapFile
import RoadGraph

/// Random pairs, each compared with plain Dijkstra: the weight, and the path that it belongs to.
struct Verification {
  let world: World
  /// One run of Dijkstra's algorithm serves this many pairs.
  private static let targetsPerSource = 50

  /// Checks `count` pairs.
  ///
  /// - Throws: ``BenchFailure`` at the first mismatch, with the pair.
  func run(_ count: Int) throws -> Checksum {
    var random = world.random("verify")
    let metric = MetricBuilder(world.hierarchy).customize(world.turnWeights)
    let query = PathQuery(world.hierarchy)
    let oracle = world.oracle
    var sum = Checksum()
    var path: [ArcID] = []
    for start in stride(from: 0, to: count, by: Self.targetsPerSource) {
      let source = world.randomArc(&random)
      let weights = oracle.weights(from: [.init(source)])
      for _ in 0..<min(Self.targetsPerSource, count - start) {
        let pair = ArcPair(from: source, to: world.randomArc(&random))
        let answer = query.path(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric, into: &path)
        let expected = weights[pair.to.position]
        try BenchFailure.check(
          answer?.weight ?? .infinity == expected, "verify",
          "from \(pair.from) to \(pair.to): \(answer?.weight ?? .infinity), Dijkstra \(expected)")
        if answer != nil { try check(path, of: pair, weight: expected) }
        sum.add(expected)
      }
    }
    return sum
  }

  /// The path goes from arc to arc by turns, from one end to the other, and weighs what was said.
  private func check(_ path: [ArcID], of pair: ArcPair, weight expected: Weight) throws {
    var weight: Weight = 0
    for (arc, next) in zip(path, path.dropFirst()) {
      let turn = world.network.turns(from: arc).filter { world.network.turnHead[$0] == next }
        .min { world.turnWeights[$0.position] < world.turnWeights[$1.position] }
      weight = weight.adding(turn.map { world.turnWeights[$0.position] } ?? .infinity)
    }
    try BenchFailure.check(
      path.first == pair.from && path.last == pair.to && weight == expected, "verify",
      "from \(pair.from) to \(pair.to): the path weighs \(weight), not \(expected)")
  }
}
