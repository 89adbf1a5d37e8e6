import MapFile
import RoadGraph

extension ContractionHierarchy {
  /// Orders and contracts the turn-expanded graph.
  ///
  /// The result depends on the graph alone, not on the number of cores.
  ///
  /// - Parameters:
  ///   - graph: every turn that any profile may ever use; weights can forbid turns later, not add them.
  ///   - progress: called now and then with the name of the phase and how much of it is done, from 0 to 1.
  /// - Complexity: dominated by the flows of the nested dissection; a metropolis (220,000 road arcs) takes seconds.
  public static func build(_ graph: TurnExpandedGraph, progress: ((String, Double) -> Void)? = nil)
    -> ContractionHierarchy
  {
    build(graph, order: NestedDissection.order(of: graph, progress: progress), progress: progress)
  }

  /// Contracts the turn-expanded graph in a given order, such as another program's.
  ///
  /// - Parameter order: all road arcs, the least important one first. Within the freedom that its elimination tree
  ///   leaves, ranks are given depth first, so that ``order`` may differ from it; the shortcuts are the same.
  /// - Complexity: O(lower triangles + m log degree).
  public static func build(
    _ graph: TurnExpandedGraph, order dissected: [ArcID], progress: ((String, Double) -> Void)? = nil
  ) -> ContractionHierarchy {
    precondition(dissected.count == graph.arcCount, "the order has every road arc once")
    progress?("contraction", 0)
    let tree = EliminationTree(lowerNeighbors: lowerNeighbors(graph, rank: inverse(dissected)))
    let postOrder = tree.postOrder()
    let order = postOrder.map { dissected[Int($0)] }
    let rank = inverse(order)
    let contraction = DirectedContraction(vertexCount: graph.arcCount, arcs: rankedTurns(graph, rank: rank))
    let halves = (upward: contraction.upward.graph, downward: contraction.downward.graph)
    progress?("contraction", 1)
    guard let positions = turnPositions(graph, rank: rank, halves: halves) else {
      preconditionFailure("contraction keeps every turn")
    }
    return ContractionHierarchy(
      order: Table(order), rank: Table(rank), parent: Table(tree.parents(renumberedBy: postOrder)), halves: halves,
      turns: (graph.firstTurn, Table(positions)), isContractedHere: true)
  }

  /// The position of each arc in an order of all arcs.
  private static func inverse(_ order: [ArcID]) -> [Rank] {
    var rank = [Rank](repeating: .none, count: order.count)
    for (position, arc) in order.enumerated() { rank[arc.position] = Rank(position) }
    return rank
  }

  /// Tail and head rank of every turn but those of an arc onto itself.
  private static func rankedTurns(_ graph: TurnExpandedGraph, rank: [Rank]) -> [(tail: UInt32, head: UInt32)] {
    var turns: [(tail: UInt32, head: UInt32)] = []
    turns.reserveCapacity(graph.turnCount)
    for arc in graph.firstTurn.indices {
      for turn in graph.firstTurn[arc] {
        let head = graph.turnHead[position: turn]
        if head != arc { turns.append((rank[arc.position].rawValue, rank[head.position].rawValue)) }
      }
    }
    return turns
  }

  private static func lowerNeighbors(_ graph: TurnExpandedGraph, rank: [Rank]) -> AdjacencyLists {
    AdjacencyLists(
      rowCount: graph.arcCount,
      pairs: rankedTurns(graph, rank: rank).map { (row: max($0.tail, $0.head), value: min($0.tail, $0.head)) })
  }

  /// Where the weight of each turn goes, or `nil` if a turn lies on no hierarchy arc. O(turns × log degree).
  static func turnPositions(
    _ graph: TurnExpandedGraph, rank: [Rank], halves: (upward: SearchGraph, downward: SearchGraph)
  ) -> [UInt32]? {
    let (upward, downward) = (halves.upward.pointers, halves.downward.pointers)
    var positions: [UInt32] = []
    positions.reserveCapacity(graph.turnCount)
    for arc in graph.firstTurn.indices {
      let tail = rank[arc.position]
      for turn in graph.firstTurn[arc] {
        let head = rank[graph.turnHead[position: turn].position]
        if tail == head {
          positions.append(noPosition)
        } else if tail < head, let found = upward.arc(lower: tail, upper: head) {
          positions.append(UInt32(found))
        } else if head < tail, let found = downward.arc(lower: head, upper: tail) {
          positions.append(UInt32(halves.upward.arcCount + found))
        } else {
          return nil
        }
      }
    }
    return positions
  }
}
