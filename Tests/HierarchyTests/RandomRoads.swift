import Hierarchy
import MapFile
import RoadGraph
import TestSupport

/// A small random road graph: near vertices are joined, some roads are one-way, doubled, loops or dead ends, parts may
/// be disconnected, and some turns are missing.
struct RandomRoads {
  let seed: UInt64
  let graph: TurnExpandedGraph
  var generator: SeededGenerator

  init(seed: UInt64, vertexCount: Int = 30) {
    var generator = SeededGenerator(seed: seed)
    let latitudes = (0..<vertexCount).map { _ in Int32.random(in: 375_000_000...376_000_000, using: &generator) }
    let longitudes = (0..<vertexCount).map { _ in Int32.random(in: 1_270_000_000...1_271_000_000, using: &generator) }
    let arcs = Self.arcs(latitudes, longitudes, &generator)
    let turns = Self.turns(arcs, &generator)
    graph = TurnExpandedGraph(
      vertexLatitudeE7: latitudes, vertexLongitudeE7: longitudes,
      arcTail: Table(arcs.map { VertexID($0.tail) }), arcHead: Table(arcs.map { VertexID($0.head) }),
      firstTurn: Offsets(counts: turns.map(\.count)), turnHead: Table(turns.flatMap { $0 }))
    self.seed = seed
    self.generator = generator
  }

  /// Arcs by tail: up to three near neighbours of each vertex, most of them both ways, and a few loops.
  private static func arcs(_ latitudes: [Int32], _ longitudes: [Int32], _ generator: inout SeededGenerator)
    -> [(tail: Int, head: Int)]
  {
    var arcs: [(tail: Int, head: Int)] = []
    let byLatitude = latitudes.indices.sorted { latitudes[$0] < latitudes[$1] }
    for (place, vertex) in byLatitude.enumerated() {
      let neighbors = byLatitude[max(0, place - 15)..<min(byLatitude.count, place + 16)].filter { $0 != vertex }
        .sorted {
          squareDistance(latitudes, longitudes, vertex, $0) < squareDistance(latitudes, longitudes, vertex, $1)
        }
      for neighbor in neighbors.prefix(Int.random(in: 0...3, using: &generator)) {
        arcs.append((vertex, neighbor))
        if Int.random(in: 0..<5, using: &generator) > 0 { arcs.append((neighbor, vertex)) }
      }
      if Int.random(in: 0..<10, using: &generator) == 0 { arcs.append((vertex, vertex)) }
    }
    return arcs.sorted { ($0.tail, $0.head) < ($1.tail, $1.head) }
  }

  /// For each arc the arcs that it can turn onto: most of those that leave its head.
  private static func turns(_ arcs: [(tail: Int, head: Int)], _ generator: inout SeededGenerator) -> [[ArcID]] {
    let leaving = Dictionary(grouping: arcs.indices) { arcs[$0].tail }
    return arcs.map { arc in
      (leaving[arc.head] ?? []).filter { _ in Int.random(in: 0..<12, using: &generator) > 0 }.map { ArcID($0) }
    }
  }

  private static func squareDistance(_ latitudes: [Int32], _ longitudes: [Int32], _ a: Int, _ b: Int) -> Int {
    let (north, east) = (Int(latitudes[a] - latitudes[b]), Int(longitudes[a] - longitudes[b]))
    return north * north + east * east
  }

  /// A random weight: often small, so that ties happen, sometimes zero, sometimes infinite.
  mutating func weight() -> Weight {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: 0
    case 1: .infinity
    case 2...5: Weight.random(in: 1...5, using: &generator)
    default: Weight.random(in: 1...100_000, using: &generator)
    }
  }

  mutating func turnWeights() -> [Weight] { (0..<graph.turnCount).map { _ in weight() } }

  mutating func arc() -> ArcID { ArcID(Int.random(in: 0..<graph.arcCount, using: &generator)) }

  /// One to three terminals, offsets included.
  mutating func terminals() -> [Terminal] {
    (0..<Int.random(in: 1...3, using: &generator)).map { _ in
      Terminal(arc(), offset: Weight.random(in: 0...1000, using: &generator))
    }
  }
}
