import Geometry
import TimeRules

/// The tables of a road network before they are sealed: what an importer fills in.
public struct RoadNetworkTables {
  public var vertexCoordinate: [Coordinate] = []
  public var vertexFeature: [FeatureID] = []
  /// Arcs sorted by tail; those of one course (an original and its shadows) stand together, the original first.
  public var arcTail: [VertexID] = []
  public var arcHead: [VertexID] = []
  public var arcCourse: [ArcCourse] = []
  /// n + 1 offsets.
  public var firstPiece: [UInt32] = [0]
  public var pieces: [Piece] = []
  /// n + 1 offsets.
  public var firstPoint: [UInt32] = [0]
  public var points: [Coordinate] = []
  /// The OSM node of each shape point; all segments that meet at a vertex have the same one there.
  public var pointOSMNode: [Int64] = []
  /// n + 1 offsets.
  public var firstTurn: [UInt32] = [0]
  public var turnHead: [ArcID] = []
  public var turnAttributes: [TurnAttributes] = []
  /// Sorted by OSM id.
  public var ways: [Way] = []
  public var attributes: [RoadAttributes] = []
  /// In the order of their OSM ids; those that stand there at times only behind the one that always does.
  public var features: [PointFeature] = []
  public var conditionalRules: [ConditionalRule] = []
  /// The IANA name of the time zone that conditions are meant in, such as `Asia/Seoul`.
  public var timeZone = "UTC"
  /// The holidays that conditions name.
  public var holidays: [Holidays.Period] = []
  public var texts = TextPoolBuilder()
  /// What people call places.
  public var names = MapNameTables()

  public init() {}
}
