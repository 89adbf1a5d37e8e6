import MapFile

/// One half of the hierarchy: all its upward arcs (from lower to higher rank), or all its downward arcs.
///
/// Both halves keep an arc at its *lower* end, so that a forward search walks the rows of the upward half and a
/// backward search those of the downward half, both towards higher ranks. Each half has its own arcs: one that is
/// infinite under every metric in one direction is absent in that direction.
///
/// Invariants: the upper ends of a row ascend and lie above the row's vertex; `below` holds each arc once, at its
/// upper end, by ascending lower end.
struct SearchGraph: Sendable {
  /// The arcs of each lower end.
  let firstArc: Offsets<Rank>
  let upperEnd: Table<HierarchyArcID, Rank>
  /// The arcs of each upper end.
  let firstBelow: Offsets<Rank>
  let below: Table<ArcBelowID, ArcBelow>

  var arcCount: Int { upperEnd.count }

  /// From rows that are sorted already; the lists of the upper ends are made here. O(n + m).
  init(firstArc: [UInt32], upperEnd: [Rank]) {
    let vertexCount = firstArc.count - 1
    var next = [UInt32](repeating: 0, count: vertexCount + 1)
    for upper in upperEnd { next[upper.position + 1] += 1 }
    for vertex in 0..<vertexCount { next[vertex + 1] += next[vertex] }
    firstBelow = Offsets(Table(next))
    var below = [ArcBelow](repeating: ArcBelow(lowerEnd: .none, arc: .init(UInt32.max)), count: upperEnd.count)
    for lower in 0..<vertexCount {
      for arc in Int(firstArc[lower])..<Int(firstArc[lower + 1]) {
        let upper = upperEnd[arc].position
        below[Int(next[upper])] = ArcBelow(lowerEnd: Rank(lower), arc: HierarchyArcID(arc))
        next[upper] += 1
      }
    }
    self.below = Table(below)
    self.firstArc = Offsets(Table(firstArc))
    self.upperEnd = Table(upperEnd)
  }

  /// The arc between two ends. O(log degree).
  func arc(lower: Rank, upper: Rank) -> HierarchyArcID? {
    pointers.arc(lower: lower, upper: upper).map { HierarchyArcID($0) }
  }

  var pointers: SearchGraphPointers { SearchGraphPointers(self) }
}

/// The columns of a ``SearchGraph`` for hot loops: valid while the graph lives, no bounds checked.
///
/// A graph from a file was checked so that no id in it leads out of bounds, whatever else is wrong with it.
struct SearchGraphPointers {
  let firstArc: UnsafePointer<UInt32>
  let upperEnd: UnsafePointer<Rank>
  let firstBelow: UnsafePointer<UInt32>
  let below: UnsafePointer<ArcBelow>
  let arcCount: Int

  init(_ graph: SearchGraph) {
    firstArc = graph.firstArc.table.base
    upperEnd = graph.upperEnd.base
    firstBelow = graph.firstBelow.table.base
    below = graph.below.base
    arcCount = graph.arcCount
  }

  /// The arcs of the lower end `vertex`.
  @inline(__always) func row(_ vertex: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(firstArc[vertex]), Int(firstArc[vertex + 1])))
  }

  /// The positions in `below` of the upper end `vertex`.
  @inline(__always) func rowBelow(_ vertex: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(firstBelow[vertex]), Int(firstBelow[vertex + 1])))
  }

  /// The position of the arc between two ends, by bisection of the lower end's row. O(log degree).
  func arc(lower: Rank, upper: Rank) -> Int? {
    let row = row(lower.position)
    var (start, end) = (row.lowerBound, row.upperBound)
    while start < end {
      let middle = (start + end) / 2
      if upperEnd[middle] < upper { start = middle + 1 } else { end = middle }
    }
    return start < row.upperBound && upperEnd[start] == upper ? start : nil
  }
}
