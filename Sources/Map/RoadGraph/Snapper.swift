import API
import Geometry

/// Finds the roads that a coordinate may mean.
public struct Snapper: Sendable {
  /// What to look for.
  public struct Query: Sendable {
    public var coordinate: Coordinate
    /// Direction of travel in degrees clockwise from north; arcs that run otherwise are left out.
    public var headingDegrees: Double?
    public var headingToleranceDegrees = Limits.headingToleranceDegrees
    public var radiusMeters: Double
    /// How many segments at most.
    public var count: Int

    public init(_ coordinate: Coordinate, headingDegrees: Double? = nil, radiusMeters: Double, count: Int) {
      (self.coordinate, self.headingDegrees, self.count) = (coordinate, headingDegrees, count)
      self.radiusMeters = radiusMeters
    }

    /// True for a direction of travel that is near the heading; for every one without a heading.
    fileprivate func fits(bearingDegrees: Double) -> Bool {
      guard let headingDegrees else { return true }
      return Heading.angleDegrees(headingDegrees, bearingDegrees) <= headingToleranceDegrees
    }
  }

  private let network: RoadNetwork

  public init(_ network: RoadNetwork) { self.network = network }

  /// Segments by ascending distance, each with its nearest point and the arcs that are usable there.
  ///
  /// - Parameter isUsable: which arcs count at a piece of them; a segment without any is passed over.
  /// - Complexity: O(log spans) and the neighbourhood that is passed over.
  public func candidates(_ query: Query, isUsable: (ArcID, PieceID) -> Bool) -> [SnapCandidate] {
    let plane = LocalPlane(around: query.coordinate)
    let spans = network.spatialIndex.spans
    var found: [SnapCandidate] = []
    network.spatialIndex.tree.visitNearest(in: plane, radiusMeters: query.radiusMeters) { item in
      nearestLine(of: spans[position: item], in: plane, query, isUsable)?.projection.distanceMeters ?? .infinity
    } visit: { item, _ in
      let segment = spans[position: item].segment
      guard !found.contains(where: { $0.position.segment == segment }),
        let line = nearestLine(of: spans[position: item], in: plane, query, isUsable)
      else { return true }
      found.append(candidate(on: line, of: segment))
      return found.count < query.count
    }
    return found
  }

  /// A straight line of a segment's shape that a coordinate fell on, and the arcs that may be used there.
  private struct SnappedLine {
    var index: Int
    var projection: LineProjection
    var piece: PieceID
    var arcs: SegmentArcs
  }

  /// The nearest line of a span along which an arc is usable and fits the heading.
  private func nearestLine(
    of span: SpatialIndex.Span, in plane: LocalPlane, _ query: Query, _ isUsable: (ArcID, PieceID) -> Bool
  ) -> SnappedLine? {
    let shape = network.shape(of: span.segment)
    let first = Int(span.firstPoint)
    var best: SnappedLine?
    for index in first..<min(first + SpatialIndex.spanLines, shape.count - 1) {
      let projection = plane.nearestPoint(onLineFrom: shape[index], to: shape[index + 1])
      if let best, best.projection.distanceMeters <= projection.distanceMeters { continue }
      // A line of no length runs in no direction.
      if query.headingDegrees != nil, shape[index] == shape[index + 1] { continue }
      let piece = network.stretch(ofLine: UInt32(index), in: span.segment)
      let bearing = query.headingDegrees == nil ? 0 : shape[index].bearingDegrees(to: shape[index + 1])
      func usable(_ arc: ArcID?, bearing: Double) -> ArcID? {
        arc.flatMap { isUsable($0, piece) && query.fits(bearingDegrees: bearing) ? $0 : nil }
      }
      let arcs = network.segmentArcs[span.segment]
      let forward = usable(arcs.forward, bearing: bearing)
      let backward = usable(arcs.backward, bearing: bearing + 180)
      guard forward != nil || backward != nil else { continue }
      best = SnappedLine(
        index: index, projection: projection, piece: piece, arcs: SegmentArcs(forward: forward, backward: backward))
    }
    return best
  }

  private func candidate(on line: SnappedLine, of segment: SegmentID) -> SnapCandidate {
    let shape = network.shape(of: segment)
    let (start, end) = (shape[line.index], shape[line.index + 1])
    return SnapCandidate(
      position: RoadPosition(segment: segment, piece: line.piece, fraction: fraction(of: line, in: segment)),
      coordinate: start.interpolated(to: end, fraction: line.projection.fraction),
      distanceMeters: line.projection.distanceMeters, bearingDegrees: start.bearingDegrees(to: end),
      isLeftOfShape: line.projection.isLeftOfLine, arcs: line.arcs)
  }

  /// How far along its stretch a place on a line is, by length. O(points of the stretch).
  private func fraction(of line: SnappedLine, in segment: SegmentID) -> UInt32 {
    let shape = network.shape(of: segment)
    var (before, whole) = (0.0, 0.0)
    for index in network.pointRange(of: line.piece, in: segment).dropLast() {
      let length = shape[index].distanceMeters(to: shape[index + 1])
      if index < line.index { before += length }
      if index == line.index { before += length * line.projection.fraction }
      whole += length
    }
    let share = whole > 0 ? min(before / whole, 1) : 0
    return UInt32((share * Double(RoadPosition.fractionMax)).rounded())
  }
}
