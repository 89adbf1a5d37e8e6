import Geometry
import MapFile

/// The tables of a road network before they are sealed: what an importer fills in.
public struct RoadNetworkTables {
  public var vertexCoordinate: [Coordinate] = []
  public var vertexOSMNode: [Int64] = []
  public var vertexFeature: [FeatureID] = []
  /// Arcs sorted by tail.
  public var arcTail: [VertexID] = []
  public var arcHead: [VertexID] = []
  public var arcCourse: [ArcCourse] = []
  public var segmentArcs: [SegmentArcs] = []
  /// n + 1 offsets.
  public var firstPiece: [UInt32] = [0]
  public var pieces: [Piece] = []
  /// n + 1 offsets.
  public var firstPoint: [UInt32] = [0]
  public var points: [Coordinate] = []
  /// n + 1 offsets.
  public var firstTurn: [UInt32] = [0]
  public var turnHead: [ArcID] = []
  public var turnAttributes: [TurnAttributes] = []
  /// Sorted by OSM id.
  public var ways: [Way] = []
  public var attributes: [RoadAttributes] = []
  public var features: [PointFeature] = []
  public var conditionalRules: [ConditionalRule] = []
  /// The IANA name of the time zone that conditions are meant in, such as `Asia/Seoul`.
  public var timeZone = "UTC"
  public var texts = TextTableBuilder()

  public init() {}
}

extension RoadNetwork {
  /// Where each vertex's arcs begin. O(arcs).
  static func firstOut(vertexCount: Int, arcTail: [VertexID]) -> Offsets<VertexID> {
    var counts = [Int](repeating: 0, count: vertexCount)
    for tail in arcTail { counts[tail.position] += 1 }
    return Offsets(counts: counts)
  }

  /// Counting sort of the stretches by their way.
  static func stretchesByWay(wayCount: Int, pieces: [Piece]) -> (Offsets<WayID>, Table<StretchIndex, PieceID>) {
    var counts = [Int](repeating: 0, count: wayCount)
    for piece in pieces { if case .stretch(let way) = piece.kind { counts[way.position] += 1 } }
    let offsets = Offsets<WayID>(counts: counts)
    var next = offsets.table.buffer.map(Int.init)
    var sorted = [PieceID](repeating: PieceID(UInt32(0)), count: counts.reduce(0, +))
    for (position, piece) in pieces.enumerated() {
      guard case .stretch(let way) = piece.kind else { continue }
      sorted[next[way.position]] = PieceID(position)
      next[way.position] += 1
    }
    return (offsets, Table(sorted))
  }
}
