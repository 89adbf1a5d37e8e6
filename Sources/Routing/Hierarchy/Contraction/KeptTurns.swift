import MapFile
import RoadGraph

/// The turns of each vertex's own arcs: those whose hierarchy arc is kept at that vertex, its lower end.
///
/// So a customization that comes to a vertex finds the weights that its arcs have by themselves.
struct KeptTurns: Sendable {
  private let first: Offsets<Rank>
  private let turns: Table<KeptTurnID, KeptTurn>

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
    var keepers = [Rank](repeating: .none, count: turnPosition.count)
    var next = [UInt32](repeating: 0, count: rank.count + 1)
    for tail in firstTurn.indices {
      for turn in firstTurn[tail] where turnPosition[position: turn] != ContractionHierarchy.noPosition {
        let position = Int(turnPosition[position: turn])
        let keeper = position < upwardCount ? rank[tail] : lowerEnd[position - upwardCount]
        keepers[turn] = keeper
        next[keeper.position + 1] += 1
      }
    }
    for vertex in rank.buffer.indices { next[vertex + 1] += next[vertex] }
    first = Offsets(Table(next))
    let nothing = KeptTurn(turn: TurnID(UInt32.max), position: ContractionHierarchy.noPosition)
    var kept = [KeptTurn](repeating: nothing, count: Int(next[rank.count]))
    for (turn, keeper) in keepers.enumerated() where keeper != .none {
      kept[Int(next[keeper.position])] = KeptTurn(turn: TurnID(turn), position: turnPosition[position: turn])
      next[keeper.position] += 1
    }
    turns = Table(kept)
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

/// A place in the list of all turns by the lower end of their arc.
private struct KeptTurnID: TableIndex {
  let rawValue: UInt32
  init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
