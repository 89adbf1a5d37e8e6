import MapFile

/// One half of the hierarchy: all its upward arcs (from lower to higher rank), or all its downward arcs.
///
/// Both halves keep an arc at its *lower* end, so that a forward search walks the rows of the upward half and a
/// backward search those of the downward half, both towards higher ranks. Each half has its own arcs: one that is
/// infinite under every metric in one direction is absent in that direction.
///
/// The arcs of a vertex mostly lead where those of the vertex above it lead, and to that vertex. So the upper ends are
/// kept in a pool in which rows overlap: a row that is the end of another one is stored once. That takes a third of
/// the memory, in the file and in the cache. Sparse matrix codes call it compressed subscripts.
///
/// Invariants: the upper ends of a row ascend and lie above the row's vertex.
///
/// - SeeAlso: Sherman, *On the Efficient Solution of Sparse Systems of Linear and Nonlinear Equations*, 1975.
struct SearchGraph: Sendable {
  /// The row of each lower end, and one more that begins where the last one ends.
  let rows: Table<Rank, Row>
  /// The pool of upper ends.
  let upperEnds: Rows<Rank>
  /// The arcs of each upper end, by ascending lower end: the same arcs seen from above. Not in the file.
  let firstBelow: Offsets<Rank>
  let below: Rows<ArcBelow>

  /// Where a row begins, among the arcs and in the pool: side by side, as both are needed together.
  struct Row: BitwiseCopyable, Sendable {
    let firstArc: UInt32
    let firstUpperEnd: UInt32
  }

  var arcCount: Int { below.count }

  /// Sorts the arcs by upper end. O(n + m).
  init(rows: Table<Rank, Row>, upperEnds: Rows<Rank>) {
    (self.rows, self.upperEnds) = (rows, upperEnds)
    (firstBelow, below) = Self.seenFromAbove(rows, upperEnds)
  }

  private static func seenFromAbove(_ rows: Table<Rank, Row>, _ upperEnds: Rows<Rank>)
    -> (Offsets<Rank>, Rows<ArcBelow>)
  {
    let vertices = Self.vertices(of: rows)
    var next = [UInt32](repeating: 0, count: rows.count)
    for vertex in vertices {
      for upper in Self.row(vertex, rows, upperEnds) { next[upper.position + 1] += 1 }
    }
    for vertex in vertices { next[vertex.position + 1] += next[vertex.position] }
    let first = Offsets<Rank>(Table(next))
    let empty = ArcBelow(lowerEnd: .none, arc: HierarchyArcID(UInt32.max))
    var below = [ArcBelow](repeating: empty, count: next.last.map(Int.init) ?? 0)
    for vertex in vertices {
      for (arc, upper) in zip(Self.arcs(of: vertex, rows), Self.row(vertex, rows, upperEnds)) {
        below[Int(next[upper.position])] = ArcBelow(lowerEnd: vertex, arc: HierarchyArcID(arc))
        next[upper.position] += 1
      }
    }
    return (first, Table(below))
  }

  /// All lower ends.
  var vertices: TableIndices<Rank> { Self.vertices(of: rows) }

  /// The arcs of a lower end.
  func arcs(of vertex: Rank) -> Range<Int> { Self.arcs(of: vertex, rows) }

  /// The upper ends of the arcs of a lower end, ascending.
  func upperEnds(of vertex: Rank) -> UnsafeBufferPointer<Rank> { Self.row(vertex, rows, upperEnds) }

  private static func vertices(of rows: Table<Rank, Row>) -> TableIndices<Rank> {
    TableIndices(start: 0, end: UInt32(rows.count - 1))
  }

  private static func arcs(of vertex: Rank, _ rows: Table<Rank, Row>) -> Range<Int> {
    Int(rows[vertex].firstArc)..<Int(rows[position: vertex.position + 1].firstArc)
  }

  private static func row(_ vertex: Rank, _ rows: Table<Rank, Row>, _ upperEnds: Rows<Rank>)
    -> UnsafeBufferPointer<Rank>
  {
    let start = Int(rows[vertex].firstUpperEnd)
    return upperEnds.rows(start..<start + arcs(of: vertex, rows).count)
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
  let rows: UnsafePointer<SearchGraph.Row>
  let upperEnds: UnsafePointer<Rank>
  private let firstBelow: UnsafePointer<UInt32>
  let below: UnsafePointer<ArcBelow>
  let arcCount: Int

  init(_ graph: SearchGraph) {
    rows = graph.rows.base
    upperEnds = graph.upperEnds.base
    firstBelow = graph.firstBelow.table.base
    below = graph.below.base
    arcCount = graph.arcCount
  }

  /// The arcs of the lower end `vertex`.
  @inline(__always) func row(_ vertex: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(rows[vertex].firstArc), Int(rows[vertex + 1].firstArc)))
  }

  /// The upper ends of the arcs in the row of `vertex`, to be indexed by these arcs.
  @inline(__always) func upperEnds(of vertex: Int) -> UnsafePointer<Rank> {
    upperEnds + (Int(rows[vertex].firstUpperEnd) &- Int(rows[vertex].firstArc))
  }

  /// The positions in `below` of the upper end `vertex`.
  @inline(__always) func rowBelow(_ vertex: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(firstBelow[vertex]), Int(firstBelow[vertex + 1])))
  }

  /// The lower end of an arc: the last vertex whose row starts at or before it. O(log n).
  func lowerEnd(of arc: Int, vertexCount: Int) -> Int {
    var (start, end) = (0, vertexCount)
    while end - start > 1 {
      let middle = (start + end) / 2
      if rows[middle].firstArc <= arc { start = middle } else { end = middle }
    }
    return start
  }

  /// The position of the arc between two ends, by bisection of the lower end's row. O(log degree).
  func arc(lower: Rank, upper: Rank) -> Int? {
    let row = row(lower.position)
    let upperEnds = upperEnds(of: lower.position)
    var (start, end) = (row.lowerBound, row.upperBound)
    while start < end {
      let middle = (start + end) / 2
      if upperEnds[middle] < upper { start = middle + 1 } else { end = middle }
    }
    return start < row.upperBound && upperEnds[start] == upper ? start : nil
  }
}

extension UnsafePointer<Rank> {
  /// The first position of a part of an ascending row whose upper end isn't below `upperEnd`; best if it's near the
  /// start. O(log of its distance from the start).
  @inline(__always) func position(of upperEnd: Rank, in range: Range<Int>) -> Int {
    var (start, step) = (range.lowerBound, 1)
    while start < range.upperBound && self[start] < upperEnd {
      // All before `start` are below, and so is the one at `start`.
      if start &+ step < range.upperBound && self[start &+ step] < upperEnd {
        start &+= step
        step &*= 2
      } else if step == 1 {
        return start &+ 1
      } else {
        step = 1
      }
    }
    return start
  }
}
