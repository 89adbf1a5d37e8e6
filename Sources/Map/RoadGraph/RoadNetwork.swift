import Geometry
import MapFile
import Synchronization
import TimeRules

/// The road graph of a map: vertices, arcs, segments with shapes and pieces, turns, and the OSM ways behind them.
///
/// All tables are immutable and either in memory (after an import) or mapped from a map file. A class, since a copy of
/// its many tables would cost every caller a reference count each.
/// Vertices are numbered along a Hilbert curve, arcs by tail, segments by the tail of their first arc.
///
/// Most arcs are *originals*: one per segment and direction. A turn restriction over several roads (`a b c`: a driver
/// that came from `a` may not leave `b` for `c`) is a matter of the path and not of one turn, so `b` also has a *shadow
/// arc*: a copy with the same course and the same ends, which the turn from `a` enters in place of `b`, and whose turn
/// onto `c` is banned. Shadows stand right behind their originals. A trip from a place on a road starts on the
/// original; a trip to one may arrive on a shadow as well; what happens to a road happens to all of them.
public final class RoadNetwork: Sendable {
  // Vertices.
  public let vertexCoordinate: Table<VertexID, Coordinate>
  /// 0 at a vertex without roads, which no import makes.
  public let vertexOSMNode: Table<VertexID, Int64>
  /// The signal or barrier at a vertex; `FeatureID.none` where there is nothing.
  public let vertexFeature: Table<VertexID, FeatureID>
  public let firstOut: Offsets<VertexID>

  // Arcs: one per direction that any profile may ever drive, and their shadows.
  public let arcTail: Table<ArcID, VertexID>
  public let arcHead: Table<ArcID, VertexID>
  public let arcCourse: Table<ArcID, ArcCourse>

  // Segments, with their original arcs.
  public let segmentArcs: Table<SegmentID, SegmentArcs>
  public let firstPiece: Offsets<SegmentID>
  public let pieces: Table<PieceID, Piece>
  /// The shape points of each segment, both ends included.
  public let firstPoint: Offsets<SegmentID>
  public let points: Table<ShapePointID, Coordinate>
  /// The OSM nodes of the shape points, as ``OSMNodeCode`` writes them.
  let osmNodeBytes: Rows<UInt8>

  // Turns: all that are physically possible, banned ones too.
  public let firstTurn: Offsets<ArcID>
  public let turnHead: Table<TurnID, ArcID>
  public let turnAttributes: Table<TurnID, TurnAttributes>

  // OSM ways, in the order of their ids, and the stretches of each.
  public let ways: Table<WayID, Way>
  public let firstStretch: Offsets<WayID>
  public let stretches: Rows<PieceID>
  public let attributes: Table<AttributesID, RoadAttributes>
  public let features: Table<FeatureID, PointFeature>
  public let texts: TextPool
  /// What people call places, beside the names of OSM ways.
  public let names: MapNames

  /// Rules that hold at times only, meant by ``clock``.
  public let conditionalRules: Table<ConditionID, ConditionalRule>
  /// An IANA name, such as `Asia/Seoul`.
  public let timeZone: String
  /// The clock that rules are meant by: the map's time zone and holidays, and the sun over its middle.
  public let clock: LocalClock

  /// Where roads lie.
  public let spatialIndex: SpatialIndex

  /// Made when it is first asked for: few questions look backwards.
  private let arcsByHead = Mutex<(first: Offsets<VertexID>, arcs: Rows<ArcID>)?>(nil)
  private let osmNodeMarks = Mutex<OSMNodeMarks?>(nil)

  /// Seals the tables of an import and indexes them. O(n log n).
  public init(_ tables: RoadNetworkTables) {
    vertexCoordinate = Table(tables.vertexCoordinate)
    vertexFeature = Table(tables.vertexFeature)
    firstOut = Offsets(rows: tables.arcTail, count: tables.vertexCoordinate.count)
    arcTail = Table(tables.arcTail)
    arcHead = Table(tables.arcHead)
    arcCourse = Table(tables.arcCourse)
    firstPiece = Offsets(Table(tables.firstPiece))
    pieces = Table(tables.pieces)
    firstPoint = Offsets(Table(tables.firstPoint))
    points = Table(tables.points)
    firstTurn = Offsets(Table(tables.firstTurn))
    turnHead = Table(tables.turnHead)
    turnAttributes = Table(tables.turnAttributes)
    ways = Table(tables.ways)
    guard let segmentArcs = Self.segmentArcs(segmentCount: firstPiece.count, arcCourse: arcCourse),
      let byWay = Self.stretchesByWay(wayCount: ways.count, pieces: pieces)
    else { preconditionFailure("an arc's segment or a stretch's way is missing") }
    self.segmentArcs = segmentArcs
    (firstStretch, stretches) = byWay
    let code = OSMNodeCode(
      firstPoint: firstPoint, segmentArcs: segmentArcs, arcTail: arcTail, arcHead: arcHead,
      vertexCount: vertexCoordinate.count)
    osmNodeBytes = Table(code.encoded(tables.pointOSMNode))
    vertexOSMNode = Table(code.decoded(osmNodeBytes.buffer) { _ in }!)
    attributes = Table(tables.attributes)
    features = Table(tables.features)
    texts = tables.texts.build()
    names = MapNames(tables.names)
    conditionalRules = Table(tables.conditionalRules)
    timeZone = tables.timeZone
    clock = Self.clock(timeZone, Rows(tables.holidays), vertexCoordinate)
    spatialIndex = SpatialIndex(firstPoint: firstPoint, points: points)
  }

  /// The road graph of an opened map file; its tables stay in the mapping, what follows from them is made again.
  ///
  /// - Throws: ``MapFileError`` if a section is missing, or an id or offset in it points outside its table. O(n).
  public init(from file: MappedMapFile) throws(MapFileError) {
    vertexCoordinate = try file.table("road.vertex-coordinates")
    vertexFeature = try file.table("road.vertex-features")
    arcHead = try file.table("road.arc-heads")
    arcCourse = try file.table("road.arc-courses")
    pieces = try file.table("road.pieces")
    points = try file.table("road.shape-points")
    osmNodeBytes = try file.table("road.shape-osm-nodes")
    turnHead = try file.table("road.turn-heads")
    turnAttributes = try file.table("road.turn-attributes")
    ways = try file.table("road.ways")
    attributes = try file.table("road.attributes")
    features = try file.table("road.features")
    names = try MapNames(from: file)
    conditionalRules = try file.table("road.conditional-rules")
    let timeZoneBytes: Rows<UInt8> = try file.table("road.time-zone")
    timeZone = String(decoding: timeZoneBytes.buffer, as: UTF8.self)
    clock = Self.clock(timeZone, try file.table("road.holidays"), vertexCoordinate)
    let textOffsets: Table<TextID, UInt32> = try file.table("road.text-offsets")
    let textBytes: Rows<UInt8> = try file.table("road.text-bytes")
    let segmentOffsets: Table<SegmentID, UInt32> = try file.table("road.first-piece")

    firstOut = try file.offsets("road.first-out", count: vertexCoordinate.count, total: arcHead.count)
    firstPiece = try file.offsets("road.first-piece", count: segmentOffsets.count - 1, total: pieces.count)
    firstPoint = try file.offsets("road.first-point", count: firstPiece.count, total: points.count)
    firstTurn = try file.offsets("road.first-turn", count: arcHead.count, total: turnHead.count)
    texts = TextPool(
      offsets: try file.offsets("road.text-offsets", count: textOffsets.count - 1, total: textBytes.count),
      bytes: textBytes)

    arcTail = Self.arcTails(firstOut: firstOut)
    guard let segmentArcs = Self.segmentArcs(segmentCount: firstPiece.count, arcCourse: arcCourse),
      let byWay = Self.stretchesByWay(wayCount: ways.count, pieces: pieces)
    else { throw MapFileError(.corrupt, path: file.path, "an arc's segment or a stretch's way is missing") }
    self.segmentArcs = segmentArcs
    (firstStretch, stretches) = byWay
    let code = OSMNodeCode(
      firstPoint: firstPoint, segmentArcs: segmentArcs, arcTail: arcTail, arcHead: arcHead,
      vertexCount: vertexCoordinate.count)
    guard let vertexNodes = code.decoded(osmNodeBytes.buffer, { _ in }) else {
      throw MapFileError(
        .corrupt, path: file.path, "the section 'road.shape-osm-nodes' is not one OSM node for each shape point")
    }
    vertexOSMNode = Table(vertexNodes)
    // A segment without points has none to index: the code above has refused it.
    spatialIndex = SpatialIndex(firstPoint: firstPoint, points: points)
    if let fault = structuralFault() { throw MapFileError(.corrupt, path: file.path, fault) }
  }
}

extension FeatureID {
  /// No feature.
  public static let none = FeatureID(UInt32.max)
}

extension RoadNetwork {
  public var vertexCount: Int { vertexCoordinate.count }
  public var arcCount: Int { arcHead.count }
  public var segmentCount: Int { segmentArcs.count }
  public var turnCount: Int { turnHead.count }

  /// The original that runs as `arc` does: itself, unless it is a shadow arc. O(1).
  public func original(of arc: ArcID) -> ArcID { original(along: arcCourse[arc]) ?? arc }

  /// The arcs that run along a segment in one direction: the original first, then its shadows; none where nobody may
  /// drive. O(shadows).
  public func arcs(along course: ArcCourse) -> TableIndices<ArcID> {
    guard let original = original(along: course) else { return TableIndices(start: 0, end: 0) }
    var end = original.position + 1
    while end < arcCount, arcCourse[position: end] == course { end += 1 }
    return TableIndices(start: original.rawValue, end: UInt32(end))
  }

  /// True for an arc that remembers how it was entered. O(1).
  public func isShadow(_ arc: ArcID) -> Bool { original(of: arc) != arc }

  private func original(along course: ArcCourse) -> ArcID? {
    let arcs = segmentArcs[course.segment]
    return course.isBackward ? arcs.backward : arcs.forward
  }

  /// The original arc on the same segment in the other direction, if any. O(1).
  public func reverse(of arc: ArcID) -> ArcID? {
    let course = arcCourse[arc]
    return original(along: ArcCourse(segment: course.segment, isBackward: !course.isBackward))
  }

  /// The vertices where a segment's shape begins and ends; `nil` if nobody drives it. O(1).
  public func ends(of segment: SegmentID) -> (first: VertexID, last: VertexID)? {
    let arcs = segmentArcs[segment]
    return arcs.forward.map { (arcTail[$0], arcHead[$0]) } ?? arcs.backward.map { (arcHead[$0], arcTail[$0]) }
  }

  /// The pieces of a segment, in the order of its shape. O(1).
  public func pieceIDs(of segment: SegmentID) -> TableIndices<PieceID> { TableIndices(firstPiece[segment]) }

  /// The pieces of an arc in the order of travel. O(pieces).
  public func pieceIDs(along arc: ArcID) -> [PieceID] {
    let course = arcCourse[arc]
    let pieces = Array(pieceIDs(of: course.segment))
    return course.isBackward ? pieces.reversed() : pieces
  }

  /// True if the tags give ordinary cars a direction of a piece; a point on the road is for everybody. O(1).
  public func isCivil(_ piece: PieceID, isBackward: Bool) -> Bool {
    guard let way = way(of: piece) else { return true }
    let isAgainstWay = pieces[piece].isReversed != isBackward
    let access = attributes[ways[way].attributes][againstWay: isAgainstWay].access
    return access.contains(.civil) && !access.contains(.contraflow)
  }

  /// The arcs that end at a vertex. O(1), and O(arcs) the first time.
  public func arcs(into vertex: VertexID) -> [ArcID] {
    arcsByHead.withLock { known in
      let table =
        known
        ?? {
          let (first, arcs) = Offsets.sorting(arcHead.buffer.lazy.map { Optional($0) }, count: vertexCount)
          return (first, Table(arcs.map { ArcID($0) }))
        }()
      known = table
      return Array(table.arcs.rows(table.first[vertex]))
    }
  }

  /// The OSM nodes of a segment's points, in the order of its shape. O(points of some dozens of segments), and
  /// O(points) the first time.
  public func osmNodes(of segment: SegmentID) -> [Int64] {
    let code = OSMNodeCode(
      firstPoint: firstPoint, segmentArcs: segmentArcs, arcTail: arcTail, arcHead: arcHead, vertexCount: vertexCount)
    let marks = osmNodeMarks.withLock { known in
      let marks = known ?? code.marks(in: osmNodeBytes.buffer, vertexOSMNode)
      known = marks
      return marks
    }
    return code.nodes(of: segment, in: osmNodeBytes.buffer, marks, vertexOSMNode)
  }

  /// True for a direction of a piece that runs against a one-way. O(1).
  public func isContraflow(_ piece: PieceID, isBackward: Bool) -> Bool {
    guard let way = way(of: piece) else { return false }
    return attributes[ways[way].attributes][againstWay: pieces[piece].isReversed != isBackward].access
      .contains(.contraflow)
  }

  /// The turns out of an arc. O(1).
  public func turns(from arc: ArcID) -> TableIndices<TurnID> { TableIndices(firstTurn[arc]) }

  /// The shape of a segment, both ends included, valid while this network lives. O(1).
  public func shape(of segment: SegmentID) -> UnsafeBufferPointer<Coordinate> { points.rows(firstPoint[segment]) }

  /// The segment that a piece belongs to. O(log segments).
  public func segment(of piece: PieceID) -> SegmentID { firstPiece.row(at: piece.position) }

  /// The way with this OSM id. O(log ways).
  public func way(osmID: Int64) -> WayID? {
    ways.buffer.index(of: osmID, sortedBy: \.osmID).map { WayID($0) }
  }

  /// The OSM way that a stretch belongs to; `nil` for a point. O(1).
  public func way(of piece: PieceID) -> WayID? {
    if case .stretch(let way) = pieces[piece].kind { way } else { nil }
  }

  /// The stretches that a way's roads were cut into. O(1).
  public func stretches(of way: WayID) -> UnsafeBufferPointer<PieceID> { stretches.rows(firstStretch[way]) }

  /// Length of a segment in metres. O(pieces).
  public func lengthMeters(of segment: SegmentID) -> Double {
    Double(pieceIDs(of: segment).reduce(0) { $0 + Int(pieces[$1].lengthCentimeters) }) / 100
  }

  /// The graph that is searched.
  public var turnExpanded: TurnExpandedGraph {
    TurnExpandedGraph(
      vertexLatitudeE7: vertexCoordinate.buffer.map(\.latitudeE7),
      vertexLongitudeE7: vertexCoordinate.buffer.map(\.longitudeE7),
      arcTail: arcTail, arcHead: arcHead, firstTurn: firstTurn, turnHead: turnHead)
  }
}
