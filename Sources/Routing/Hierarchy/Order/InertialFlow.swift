/// Small balanced edge cuts of a road network: a line is swept over the map, the vertices it meets first are sources,
/// those it meets last are sinks, and a minimum cut separates them. The best of several directions is taken.
///
/// - SeeAlso: Schild, Sommer, *On Balanced Separators in Road Networks*, SEA 2015,
///   doi:10.1007/978-3-319-20086-6_22.
struct InertialFlow {
  let roads: UndirectedRoads

  /// The share of a cell's vertices that are sources, and that are sinks.
  static let balance = 0.25
  /// Directions of the sweep, as whole numbers, so that every machine gets the same order.
  static let directions: [(x: Int64, y: Int64)] = [
    (1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2),
  ]

  /// Two sides of a cell.
  struct Cut {
    let cell: RoadCell
    /// 0 for the left side of each vertex, 1 for the right one.
    let side: [Int32]
    /// Arcs between the sides.
    let arcCount: Int
    let smallerSide: Int

    /// The lower the better: a cut may have twice the arcs where the smaller side has four times the vertices, as the
    /// cells of a road network have boundaries that grow with the square root of their size.
    var score: Double { Double(arcCount * arcCount) / Double(smallerSide) }
  }

  /// The best cut of a connected cell of at least two vertices.
  func bestCut(of cell: RoadCell) -> Cut {
    let flow = MaximumFlow(cell, capacityOf: capacity)
    var best: Cut?
    for direction in Self.directions.indices {
      // A cut of this many arcs would not be better even if it halved the cell.
      let limit = best.map { Int(($0.score * Double(cell.vertices.count) / 2).squareRoot()) } ?? .max
      guard let cut = cut(of: cell, flow, direction: direction, limit: limit) else { continue }
      if best.map({ cut.score < $0.score }) ?? true { best = cut }
    }
    guard let best else { preconditionFailure("the first direction has no limit") }
    return best
  }

  private func capacity(of edge: RoadCell.Edge) -> Int32 { Int32(roads.arcsOfEdge[Int(edge.number)].count) }

  private func cut(of cell: RoadCell, _ flow: MaximumFlow, direction: Int, limit: Int) -> Cut? {
    let swept = sweep(cell, direction: Self.directions[direction])
    let count = swept.count
    let terminals = max(1, Int(Double(count) * Self.balance))
    guard
      let value = flow.minimumCut(
        sources: swept.prefix(terminals).lazy.map { Int($0) }, sinks: swept.suffix(terminals).lazy.map { Int($0) },
        limit: limit)
    else { return nil }
    let sinkSide = flow.markSinkSide()
    let reached = (0..<count).count { flow.isReachedFromSources($0) }
    let reaching = sinkSide.count { $0 }
    // Of the two extreme minimum cuts the one that is better balanced.
    let isSourceCutBetter = min(reached, count - reached) >= min(reaching, count - reaching)
    let side = (0..<count).map { vertex in
      isSourceCutBetter ? (flow.isReachedFromSources(vertex) ? Int32(0) : 1) : (sinkSide[vertex] ? 1 : 0)
    }
    let smaller = isSourceCutBetter ? min(reached, count - reached) : min(reaching, count - reaching)
    return Cut(cell: cell, side: side, arcCount: value, smallerSide: smaller)
  }

  /// The vertices of a cell in the order in which a line moving in `direction` meets them.
  private func sweep(_ cell: RoadCell, direction: (x: Int64, y: Int64)) -> [UInt32] {
    let keys = cell.vertices.map { roads.x[Int($0)] * direction.x + roads.y[Int($0)] * direction.y }
    guard let lowest = keys.min(), let highest = keys.max() else { return [] }
    // Key and vertex in one number: sorts fast, and equal keys keep the order of the vertices.
    let shift = max(0, 32 - UInt64(highest - lowest).leadingZeroBitCount)
    let packed = keys.indices.map { (UInt64(keys[$0] - lowest) >> UInt64(shift)) << 32 | UInt64($0) }.sorted()
    return packed.map { UInt32(truncatingIfNeeded: $0) }
  }
}
