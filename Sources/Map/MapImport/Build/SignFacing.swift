import RoadGraph

/// Whom stop and give-way signs face that do not say it: those who drive towards the nearer end of the road segment,
/// if roads meet there.
struct SignFacing {
  /// Per OSM node: the number of segments that end there, up to 3.
  private var endCounts: [UInt8]

  init(_ lines: RoadLines, nodeCount: Int, chains: [[Stretch]]) {
    endCounts = [UInt8](repeating: 0, count: nodeCount)
    for chain in chains {
      for node in [lines.firstNode(of: chain[0]), lines.lastNode(of: chain[chain.count - 1])] {
        endCounts[Int(node)] = min(endCounts[Int(node)] + 1, 3)
      }
    }
  }

  /// The direction that a sign faces, relative to its OSM way; empty in the very middle.
  ///
  /// - Parameters:
  ///   - pieces: of the whole segment.
  ///   - index: of the sign's piece.
  ///   - ends: those of the segment, as OSM nodes.
  func flags(
    of index: Int, in pieces: ArraySlice<Piece>, _ ends: (start: UInt32, end: UInt32)
  ) -> PointFeature.Flags {
    let before = pieces[..<index].reduce(0) { $0 + Int($1.lengthCentimeters) }
    let behind = pieces[index...].reduce(0) { $0 + Int($1.lengthCentimeters) }
    let (startMeets, endMeets) = (endCounts[Int(ends.start)] > 2, endCounts[Int(ends.end)] > 2)
    let facesStart = startMeets == endMeets ? before < behind : startMeets
    if startMeets == endMeets, before == behind { return [] }
    return facesStart == pieces[index].isReversed ? .forwardOnly : .backwardOnly
  }
}
