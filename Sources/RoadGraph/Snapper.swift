import Geometry
import MapFile

/// Finds the roads that a coordinate may mean.
public struct Snapper: Sendable {
  /// A heading fits an arc that runs within this angle of it.
  public static let headingToleranceDegrees = 60.0

  /// What to look for.
  public struct Query: Sendable {
    public var coordinate: Coordinate
    /// Direction of travel in degrees clockwise from north; arcs that run otherwise are left out.
    public var headingDegrees: Double?
    public var radiusMeters: Double
    /// How many segments at most.
    public var count: Int
    /// Segments that lie farther behind the nearest one are left out.
    public var spreadMeters: Double

    public init(
      _ coordinate: Coordinate, headingDegrees: Double? = nil, radiusMeters: Double, count: Int,
      spreadMeters: Double = .infinity
    ) {
      self.coordinate = coordinate
      self.headingDegrees = headingDegrees
      self.radiusMeters = radiusMeters
      self.count = count
      self.spreadMeters = spreadMeters
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
    var found: [SnapCandidate] = []
    network.spatialIndex.tree.visitNearest(
      in: plane, radiusMeters: query.radiusMeters,
      itemDistanceMeters: { nearestLine(of: network.spatialIndex.spans[position: $0], in: plane).line.distanceMeters }
    ) { item, distanceMeters in
      if let nearest = found.first, distanceMeters > nearest.distanceMeters + query.spreadMeters { return false }
      let span = network.spatialIndex.spans[position: item]
      guard !found.contains(where: { $0.position.segment == span.segment }) else { return true }
      if let candidate = candidate(on: span, query: query, plane: plane, isUsable: isUsable) { found.append(candidate) }
      return found.count < query.count
    }
    return found
  }

  private func candidate(
    on span: SpatialIndex.Span, query: Query, plane: LocalPlane, isUsable: (ArcID, PieceID) -> Bool
  ) -> SnapCandidate? {
    let nearest = nearestLine(of: span, in: plane)
    let shape = network.shape(of: span.segment)
    let (start, end) = (shape[nearest.index], shape[nearest.index + 1])
    let bearing = start.bearingDegrees(to: end)
    let position = position(onLine: nearest.index, fraction: nearest.line.fraction, of: span.segment)
    let arcs = network.segmentArcs[span.segment]
    func usable(_ arc: ArcID?, bearing: Double) -> ArcID? {
      guard let arc, isUsable(arc, position.piece), Self.fits(query.headingDegrees, bearingDegrees: bearing) else {
        return nil
      }
      return arc
    }
    let forward = usable(arcs.forward, bearing: bearing)
    let backward = usable(arcs.backward, bearing: bearing + 180)
    guard forward != nil || backward != nil else { return nil }
    return SnapCandidate(
      position: position, coordinate: start.interpolated(to: end, fraction: nearest.line.fraction),
      distanceMeters: nearest.line.distanceMeters, bearingDegrees: bearing,
      isLeftOfShape: nearest.line.isLeftOfLine, arcs: SegmentArcs(forward: forward, backward: backward))
  }

  private static func fits(_ headingDegrees: Double?, bearingDegrees: Double) -> Bool {
    guard let headingDegrees else { return true }
    let turn = abs((headingDegrees - bearingDegrees).truncatingRemainder(dividingBy: 360))
    return min(turn, 360 - turn) <= headingToleranceDegrees
  }

  /// The straight line of a span that is nearest, by its index in the segment's shape.
  private func nearestLine(of span: SpatialIndex.Span, in plane: LocalPlane) -> (index: Int, line: LineProjection) {
    let shape = network.shape(of: span.segment)
    let first = Int(span.firstPoint)
    let last = min(first + SpatialIndex.spanLines, shape.count - 1)
    var best = (index: first, line: plane.nearestPoint(onLineFrom: shape[first], to: shape[first + 1]))
    for index in (first + 1)..<max(last, first + 1) {
      let line = plane.nearestPoint(onLineFrom: shape[index], to: shape[index + 1])
      if line.distanceMeters < best.line.distanceMeters { best = (index, line) }
    }
    return best
  }

  /// The position on the stretch that holds a straight line of the shape.
  private func position(onLine line: Int, fraction: Double, of segment: SegmentID) -> RoadPosition {
    let ids = network.pieceIDs(of: segment)
    let piece = ids.last { network.pieces[$0].firstPoint <= line && network.pointRange(of: $0, in: segment).count > 1 }!
    let range = network.pointRange(of: piece, in: segment)
    let shape = network.shape(of: segment)
    var (before, whole) = (0.0, 0.0)
    for index in range.dropLast() {
      let length = shape[index].distanceMeters(to: shape[index + 1])
      if index < line { before += length }
      if index == line { before += length * fraction }
      whole += length
    }
    let share = whole > 0 ? before / whole : 0
    return RoadPosition(
      segment: segment, piece: piece, fraction: UInt32((share * Double(RoadPosition.fractionMax)).rounded()))
  }
}
