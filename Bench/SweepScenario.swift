import Hierarchy
import MapFile
import RoadGraph

/// Sweeps over all arcs: how far one place is from everywhere, eight at once, and who comes first to every road.
struct SweepScenario {
  let world: World
  private static let sweeps = 200
  private static let checkedSweeps = 5
  private static let stations = 177
  private static let depths = [1, 2, 3, 8]

  func run() throws -> [Measurement] {
    var random = world.random("sweep")
    let metric = MetricBuilder(world.hierarchy).customize(world.turnWeights)
    let sources = (0..<Self.sweeps).map { _ in Terminal(world.randomArc(&random)) }
    let rows = (0..<Self.sweeps).map { _ in
      (0..<WideSweep.rowsMax).map { _ in [Terminal(world.randomArc(&random))] }
    }
    let stations = (0..<UInt32(Self.stations)).map { Sweep.Source(Terminal(world.randomArc(&random)), group: $0) }
    try check(sources.prefix(Self.checkedSweeps), metric)
    let (plain, wide, many) = (
      WeightSweep(world.hierarchy), WideSweep(world.hierarchy), Sweep(world.hierarchy)
    )
    let last = world.arcs[world.arcs.count - 1]
    return [
      Measurement("sweep, all arcs", sources) { source in
        _ = plain.run(.from, [source], metric: metric) { false }
        return plain.weight(at: last)
      },
      Measurement("sweep, eight at once", rows) { rows in
        _ = wide.run(.from, rows: rows[...], metric: metric) { false }
        return wide.weight(ofRow: 7, at: last)
      },
    ]
      + Self.depths.map { depth in
        Measurement("sweep, \(depth) earliest of \(Self.stations)", 0..<Self.sweeps / 4) { _ in
          _ = many.run(.from, stations, depth: depth, metric: metric) { false }
          return many.entry(depth - 1, at: last)?.weight ?? .infinity
        }
      }
  }

  /// Dijkstra's algorithm finds the same weights.
  private func check(_ sources: some Sequence<Terminal>, _ metric: Metric) throws {
    let (oracle, sweep) = (world.oracle, WeightSweep(world.hierarchy))
    for source in sources {
      _ = sweep.run(.from, [source], metric: metric) { false }
      let expected = oracle.weights(from: [.init(source.arc)])
      try BenchFailure.check(
        expected.indices.allSatisfy { sweep.weight(at: ArcID($0)) == expected[$0] }, "sweep",
        "Dijkstra finds other weights from arc \(source.arc)")
    }
  }
}
