import MapFile

/// The graph that is searched: its vertices are the arcs of the road graph (shadow arcs too), its arcs are the turns.
///
/// The weight of a turn is the weight of the arc that it *leaves* plus the turn cost. So an arc that nobody may pass
/// can still be entered: the turns out of it are infinite, those into it are not.
public struct TurnExpandedGraph: Sendable {
  /// Where each road vertex lies, in units of 1e-7 degrees (for ordering only).
  public let vertexLatitudeE7: [Int32]
  public let vertexLongitudeE7: [Int32]
  public let arcTail: Table<ArcID, VertexID>
  public let arcHead: Table<ArcID, VertexID>
  /// The turns out of each arc.
  public let firstTurn: Offsets<ArcID>
  /// The arc that each turn enters.
  public let turnHead: Table<TurnID, ArcID>

  public init(
    vertexLatitudeE7: [Int32], vertexLongitudeE7: [Int32], arcTail: Table<ArcID, VertexID>,
    arcHead: Table<ArcID, VertexID>, firstTurn: Offsets<ArcID>, turnHead: Table<TurnID, ArcID>
  ) {
    (self.vertexLatitudeE7, self.vertexLongitudeE7) = (vertexLatitudeE7, vertexLongitudeE7)
    (self.arcTail, self.arcHead) = (arcTail, arcHead)
    (self.firstTurn, self.turnHead) = (firstTurn, turnHead)
  }

  public var vertexCount: Int { vertexLatitudeE7.count }
  public var arcCount: Int { arcHead.count }
  public var turnCount: Int { turnHead.count }
}
