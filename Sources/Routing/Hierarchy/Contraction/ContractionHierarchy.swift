import MapFile
import RoadGraph

/// The topology of a customizable contraction hierarchy over the turn-expanded graph: what no weight can change.
///
/// Its vertices are the road arcs, renumbered by rank; its arcs are the turns and the shortcuts that any weights could
/// need. An order by nested dissection makes them few. ``Metric`` holds weights for it, ``PathQuery`` and
/// ``LazyRPHAST`` search it.
///
/// - Invariants: `order` and `rank` are inverse; every arc leads from a vertex to one of its ancestors in the
///   elimination tree; whenever there are arcs a→x and x→b with x below a and b, there is an arc a→b.
/// - SeeAlso: Dibbelt, Strasser, Wagner, *Customizable Contraction Hierarchies*, JEA 2016, doi:10.1145/2886843;
///   Buchhold, Wagner, Zeitz, Zündorf, *Customizable Contraction Hierarchies with Turn Costs*, ATMOS 2020,
///   doi:10.4230/OASIcs.ATMOS.2020.9.
public final class ContractionHierarchy: Sendable {
  /// The rank of each road arc.
  public let rank: Table<ArcID, Rank>
  /// The road arc of each rank.
  public let order: Table<Rank, ArcID>
  /// The elimination tree: the parent of a vertex has a higher rank, a root's is ``Rank/none``.
  public let parent: Table<Rank, Rank>
  /// Arcs from lower to higher rank.
  let upward: SearchGraph
  /// Arcs from higher to lower rank.
  let downward: SearchGraph
  /// Where the weight of each turn goes: a position among the upward arcs followed by the downward arcs, or
  /// ``noPosition`` for a turn from an arc onto itself, which no shortest path uses.
  let turnPosition: Table<TurnID, UInt32>
  /// The turns out of each road arc, as in the turn-expanded graph.
  let firstTurn: Offsets<ArcID>
  /// The turns by the vertex at which their arc is kept.
  let keptTurns: KeptTurns
  /// Which subtrees of the elimination tree are customized side by side.
  let plan: CustomizationPlan
  /// Contracted by this process. A file may lack shortcuts: then answers are wrong, and nothing else is.
  let isContractedHere: Bool

  static let noPosition = UInt32.max

  init(
    order: Table<Rank, ArcID>, rank: Table<ArcID, Rank>, parent: Table<Rank, Rank>,
    halves: (upward: SearchGraph, downward: SearchGraph),
    turns: (first: Offsets<ArcID>, position: Table<TurnID, UInt32>), isContractedHere: Bool
  ) {
    (self.order, self.rank, self.parent, self.isContractedHere) = (order, rank, parent, isContractedHere)
    (upward, downward) = halves
    (firstTurn, turnPosition) = turns
    keptTurns = KeptTurns(
      rank: rank, firstTurn: turns.first, turnPosition: turns.position, upwardCount: upward.arcCount,
      downward: downward)
    plan = CustomizationPlan(parent: parent)
  }

  /// The number of vertices: road arcs.
  public var vertexCount: Int { order.count }
  /// The number of upward and downward arcs: the weights of a ``Metric``.
  public var arcCount: Int { upward.arcCount + downward.arcCount }
  /// The number of turns, and so of turn weights.
  public var turnCount: Int { turnPosition.count }

  /// The size and shape of a hierarchy, on which the times of customization and queries depend.
  public struct Statistics: Sendable, Equatable {
    /// Road arcs.
    public let vertexCount: Int
    public let upwardArcCount: Int
    public let downwardArcCount: Int
    /// Lower triangles that a full customization relaxes.
    public let triangleCount: Int
    /// Vertices on the longest way from a leaf of the elimination tree to a root.
    public let treeHeight: Int
  }

  /// Counts triangles and the height of the elimination tree. O(n + m).
  public func statistics() -> Statistics {
    var triangles = 0
    for vertex in order.indices { triangles += upward.arcs(of: vertex).count * downward.arcs(of: vertex).count }
    var height = [Int](repeating: 1, count: vertexCount)
    for vertex in order.indices where parent[vertex] != .none {
      height[parent[vertex].position] = max(height[parent[vertex].position], height[vertex.position] + 1)
    }
    return Statistics(
      vertexCount: vertexCount, upwardArcCount: upward.arcCount, downwardArcCount: downward.arcCount,
      triangleCount: triangles, treeHeight: height.max() ?? 0)
  }
}
