import Hierarchy
import MapFile
import RoadGraph

/// Travel times by Dijkstra rank: the 2^i-th arc that Dijkstra's algorithm would settle, from near to far.
struct RankScenario {
  let world: World
  private static let sources = 50
  private static let smallestPower = 8

  private struct Query {
    var pair: ArcPair
    var weight: Weight
  }

  func run() throws -> [Measurement] {
    let metric = MetricBuilder(world.hierarchy).customize(world.turnWeights)
    let search = PathQuery(world.hierarchy)
    func weight(_ pair: ArcPair) -> Weight {
      search.weight(from: [Terminal(pair.from)], to: [Terminal(pair.to)], metric: metric)?.weight ?? .infinity
    }
    return try queriesByPower().sorted { $0.key < $1.key }.map { power, queries in
      for query in queries { _ = weight(query.pair) }
      let measured = Measurement("query, rank 2^\(power)", queries) { weight($0.pair) }
      var expected = Checksum()
      for query in queries { expected.add(query.weight) }
      try BenchFailure.check(measured.checksum == expected, measured.name, "Dijkstra finds other travel times")
      return measured
    }
  }

  private func queriesByPower() -> [Int: [Query]] {
    var random = world.random("rank")
    let oracle = world.oracle
    var queries: [Int: [Query]] = [:]
    for _ in 0..<Self.sources {
      let source = world.randomArc(&random)
      let weights = oracle.weights(from: [.init(source)])
      let settled = weights.indices.filter { weights[$0] < .infinity }.sorted { (weights[$0], $0) < (weights[$1], $1) }
      var power = Self.smallestPower
      while 1 << power <= settled.count {
        let target = settled[(1 << power) - 1]
        queries[power, default: []].append(
          Query(pair: ArcPair(from: source, to: ArcID(target)), weight: weights[target]))
        power += 1
      }
    }
    return queries
  }
}
