import MapFile
import RoadGraph

/// The turns of each vertex's own arcs: those whose hierarchy arc is kept at that vertex, its lower end.
///
/// So a customization that comes to a vertex finds the weights that its arcs have by themselves.
struct KeptTurns: Sendable {
  private let first: Offsets<Rank>
  private let turns: Rows<KeptTurn>

  /// - Parameters:
  ///   - turnPosition: the position of each turn's arc among upward and downward arcs.
  ///   - upwardCount: the number of upward arcs, whose positions come first.
  /// - Complexity: O(n + m + turns).
  init(
    rank: Table<ArcID, Rank>, firstTurn: Offsets<ArcID>, turnPosition: Table<TurnID, UInt32>, upwardCount: Int,
    downward: SearchGraph
  ) {
    var lowerEnd = [Rank](repeating: .none, count: downward.arcCount)
    for vertex in downward.vertices {
      for arc in downward.arcs(of: vertex) { lowerEnd[arc] = vertex }
    }
    var keepers = [Rank?](repeating: nil, count: turnPosition.count)
    for tail in firstTurn.indices {
      for turn in firstTurn[tail] where turnPosition[position: turn] != ContractionHierarchy.noPosition {
        let position = Int(turnPosition[position: turn])
        keepers[turn] = position < upwardCount ? rank[tail] : lowerEnd[position - upwardCount]
      }
    }
    let (first, sorted) = Offsets.sorting(keepers, count: rank.count)
    self.first = first
    turns = Table(sorted.map { KeptTurn(turn: TurnID($0), position: turnPosition[TurnID($0)]) })
  }

  /// The turns of the arcs kept at a vertex, ascending.
  @inline(__always) subscript(vertex: Int) -> UnsafeBufferPointer<KeptTurn> {
    let (start, end) = (Int(first.table.base[vertex]), Int(first.table.base[vertex + 1]))
    return UnsafeBufferPointer(start: turns.base + start, count: end - start)
  }
}

/// A turn as the lower end of its arc sees it. 8 bytes.
struct KeptTurn: BitwiseCopyable, Sendable {
  let turn: TurnID
  /// That of its arc among upward and downward arcs.
  let position: UInt32
}
