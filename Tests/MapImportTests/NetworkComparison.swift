import MapFile
import RoadGraph

/// True if all tables of two networks hold the same bytes.
func isEqual(_ one: RoadNetwork, _ other: RoadNetwork) -> Bool {
  bytes(one.vertexCoordinate) == bytes(other.vertexCoordinate) && bytes(one.vertexOSMNode) == bytes(other.vertexOSMNode)
    && bytes(one.pointOSMNodes()) == bytes(other.pointOSMNodes())
    && bytes(one.vertexFeature) == bytes(other.vertexFeature) && bytes(one.arcTail) == bytes(other.arcTail)
    && bytes(one.arcHead) == bytes(other.arcHead) && bytes(one.arcCourse) == bytes(other.arcCourse)
    && bytes(one.segmentArcs) == bytes(other.segmentArcs) && bytes(one.pieces) == bytes(other.pieces)
    && bytes(one.firstPiece.table) == bytes(other.firstPiece.table) && bytes(one.points) == bytes(other.points)
    && bytes(one.firstPoint.table) == bytes(other.firstPoint.table) && bytes(one.turnHead) == bytes(other.turnHead)
    && bytes(one.firstTurn.table) == bytes(other.firstTurn.table)
    && bytes(one.turnAttributes) == bytes(other.turnAttributes) && bytes(one.ways) == bytes(other.ways)
    && bytes(one.attributes) == bytes(other.attributes) && bytes(one.features) == bytes(other.features)
    && bytes(one.texts.bytes) == bytes(other.texts.bytes)
    && bytes(one.spatialIndex.spans) == bytes(other.spatialIndex.spans)
}

private func bytes<Index, Element>(_ table: Table<Index, Element>) -> [UInt8] {
  Array(UnsafeRawBufferPointer(table.buffer))
}
