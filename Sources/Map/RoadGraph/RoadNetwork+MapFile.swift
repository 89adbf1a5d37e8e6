import MapFile

extension RoadNetwork {
  /// Adds the sections of the road graph to a map file: not what follows from them in one pass.
  public func addSections(to file: inout MapFileWriter) {
    file.add("road.vertex-coordinates", vertexCoordinate)
    file.add("road.vertex-features", vertexFeature)
    file.add("road.first-out", firstOut)
    file.add("road.arc-heads", arcHead)
    file.add("road.arc-courses", arcCourse)
    file.add("road.first-piece", firstPiece)
    file.add("road.pieces", pieces)
    file.add("road.first-point", firstPoint)
    file.add("road.shape-points", points)
    file.add("road.shape-osm-nodes", osmNodeBytes)
    file.add("road.first-turn", firstTurn)
    file.add("road.turn-heads", turnHead)
    file.add("road.turn-attributes", turnAttributes)
    file.add("road.ways", ways)
    file.add("road.attributes", attributes)
    file.add("road.features", features)
    file.add("road.conditional-rules", conditionalRules)
    file.add("road.time-zone", Rows(Array(timeZone.utf8)))
    file.add("road.holidays", Rows(clock.holidays.periods))
    file.add("road.text-offsets", texts.offsets)
    file.add("road.text-bytes", texts.bytes)
    names.addSections(to: &file)
  }
}
