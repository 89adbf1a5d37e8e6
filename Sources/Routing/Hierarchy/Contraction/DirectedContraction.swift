import MapFile

/// Contraction: finds the shortcuts of a graph whose vertices are numbered by rank, each direction on its own.
///
/// Contracting x joins every a with an arc a→x to every b with an arc x→b. Done row by row: when v's turn comes, all
/// rows below it are complete, and its own row follows from them. The result is what remains of the chordal
/// completion once arcs that are infinite for *every* metric are dropped: in a turn-expanded graph more than half.
struct DirectedContraction {
  private(set) var upward: RowBuilder
  private(set) var downward: RowBuilder

  /// - Parameter arcs: tail and head ranks of the input arcs. No arc leads from a vertex to itself.
  /// - Complexity: O(number of lower triangles + m log degree).
  init(vertexCount: Int, arcs: [(tail: UInt32, head: UInt32)]) {
    let up = arcs.filter { $0.tail < $0.head }.map { (row: $0.tail, value: $0.head) }
    let down = arcs.filter { $0.tail > $0.head }.map { (row: $0.head, value: $0.tail) }
    upward = RowBuilder(input: AdjacencyLists(rowCount: vertexCount, pairs: up))
    downward = RowBuilder(input: AdjacencyLists(rowCount: vertexCount, pairs: down))
    for vertex in 0..<vertexCount {
      let upwardRow = upward.row(of: vertex, through: downward)
      let downwardRow = downward.row(of: vertex, through: upward)
      upward.append(upwardRow)
      downward.append(downwardRow)
    }
  }
}

/// The rows of one ``SearchGraph`` while they grow.
struct RowBuilder {
  private let input: AdjacencyLists
  private(set) var firstArc: [UInt32] = [0]
  private(set) var upperEnd: [Rank] = []
  /// For each upper end the arcs found so far, as a list threaded through `nextBelow`.
  private var lastBelow: [UInt32]
  private var nextBelow: [UInt32] = []
  private var lowerEnd: [UInt32] = []
  private var markedBy: [UInt32]
  private static let none = UInt32.max

  init(input: AdjacencyLists) {
    self.input = input
    lastBelow = [UInt32](repeating: Self.none, count: input.count)
    markedBy = lastBelow
    firstArc.reserveCapacity(input.count + 1)
  }

  var graph: SearchGraph {
    var pool = UpperEndPool(vertexCount: input.count)
    for vertex in 0..<input.count { pool.append(upperEnd[Int(firstArc[vertex])..<Int(firstArc[vertex + 1])]) }
    let rowStarts = pool.rowStart + [UInt32(pool.upperEnds.count)]
    return SearchGraph(
      rows: Table(zip(firstArc, rowStarts).map { SearchGraph.Row(firstArc: $0, firstUpperEnd: $1) }),
      upperEnds: Table(pool.upperEnds))
  }

  /// The upper ends of `vertex`: its input arcs, and those of each x below that `opposite` joins to it.
  mutating func row(of vertex: Int, through opposite: RowBuilder) -> [Rank] {
    var row: [Rank] = []
    for upper in input[vertex] where markedBy[Int(upper)] != UInt32(vertex) {
      markedBy[Int(upper)] = UInt32(vertex)
      row.append(Rank(upper))
    }
    var arc = opposite.lastBelow[vertex]
    while arc != Self.none {
      let below = Int(opposite.lowerEnd[Int(arc)])
      var position = Int(firstArc[below + 1])
      while position > Int(firstArc[below]), upperEnd[position - 1].position > vertex {
        position -= 1
        let upper = upperEnd[position].position
        if markedBy[upper] != UInt32(vertex) {
          markedBy[upper] = UInt32(vertex)
          row.append(Rank(upper))
        }
      }
      arc = opposite.nextBelow[Int(arc)]
    }
    row.sort()
    return row
  }

  /// Makes `row` the row of the next vertex.
  mutating func append(_ row: [Rank]) {
    let vertex = UInt32(firstArc.count - 1)
    for upper in row {
      nextBelow.append(lastBelow[upper.position])
      lastBelow[upper.position] = UInt32(upperEnd.count)
      lowerEnd.append(vertex)
      upperEnd.append(upper)
    }
    firstArc.append(UInt32(upperEnd.count))
  }
}
