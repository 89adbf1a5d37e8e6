import Geometry
import MapFile

extension RoadNetwork {
  /// Adds the sections of the road graph to a map file.
  public func addSections(to file: inout MapFileWriter) {
    file.add("road.vertex-coordinates", vertexCoordinate)
    file.add("road.vertex-osm-nodes", vertexOSMNode)
    file.add("road.vertex-features", vertexFeature)
    file.add("road.first-out", firstOut)
    file.add("road.arc-tails", arcTail)
    file.add("road.arc-heads", arcHead)
    file.add("road.arc-courses", arcCourse)
    file.add("road.segment-arcs", segmentArcs)
    file.add("road.first-piece", firstPiece)
    file.add("road.pieces", pieces)
    file.add("road.first-point", firstPoint)
    file.add("road.shape-points", points)
    file.add("road.first-turn", firstTurn)
    file.add("road.turn-heads", turnHead)
    file.add("road.turn-attributes", turnAttributes)
    file.add("road.ways", ways)
    file.add("road.first-stretch", firstStretch)
    file.add("road.way-stretches", stretches)
    file.add("road.attributes", attributes)
    file.add("road.features", features)
    file.add("road.text-offsets", texts.offsets)
    file.add("road.text-bytes", texts.bytes)
    file.add("road.index-spans", spatialIndex.spans)
    file.add("road.index-boxes", spatialIndex.boxes)
  }

  /// The road graph of an opened map file; its tables stay in the mapping.
  ///
  /// - Throws: ``MapFileError`` if a section is missing, or an id or offset in it points outside its table. O(n).
  public init(from file: MappedMapFile) throws(MapFileError) {
    vertexCoordinate = try file.table("road.vertex-coordinates")
    vertexOSMNode = try file.table("road.vertex-osm-nodes")
    vertexFeature = try file.table("road.vertex-features")
    arcTail = try file.table("road.arc-tails")
    arcHead = try file.table("road.arc-heads")
    arcCourse = try file.table("road.arc-courses")
    segmentArcs = try file.table("road.segment-arcs")
    pieces = try file.table("road.pieces")
    points = try file.table("road.shape-points")
    turnHead = try file.table("road.turn-heads")
    turnAttributes = try file.table("road.turn-attributes")
    ways = try file.table("road.ways")
    stretches = try file.table("road.way-stretches")
    attributes = try file.table("road.attributes")
    features = try file.table("road.features")
    let textOffsets: Table<TextID, UInt32> = try file.table("road.text-offsets")
    let textBytes: Table<ByteIndex, UInt8> = try file.table("road.text-bytes")
    let boxes: Table<BoxIndex, BoundingBox> = try file.table("road.index-boxes")

    firstOut = try file.offsets("road.first-out", count: vertexCoordinate.count, total: arcHead.count)
    firstPiece = try file.offsets("road.first-piece", count: segmentArcs.count, total: pieces.count)
    firstPoint = try file.offsets("road.first-point", count: segmentArcs.count, total: points.count)
    firstTurn = try file.offsets("road.first-turn", count: arcHead.count, total: turnHead.count)
    firstStretch = try file.offsets("road.first-stretch", count: ways.count, total: stretches.count)
    texts = TextTable(
      offsets: try file.offsets("road.text-offsets", count: textOffsets.count - 1, total: textBytes.count),
      bytes: textBytes)
    spatialIndex = SpatialIndex(spans: try file.table("road.index-spans"), boxes: boxes)
    if let fault = structuralFault() { throw MapFileError(.corrupt, path: file.path, fault) }
  }
}
