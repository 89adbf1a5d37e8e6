import Geometry

/// A place on a road segment: how far along one of its stretches.
public struct RoadPosition: Hashable, Sendable {
  public var segment: SegmentID
  /// Always a stretch, never a point piece.
  public var piece: PieceID
  /// Along the piece in the direction of the segment's shape, 0...``fractionMax``.
  public var fraction: UInt32

  /// The whole of a piece. A power of two, so that half of half is exact.
  public static let fractionMax: UInt32 = 1 << 16

  public init(segment: SegmentID, piece: PieceID, fraction: UInt32) {
    precondition(fraction <= Self.fractionMax, "a position beyond its piece")
    (self.segment, self.piece, self.fraction) = (segment, piece, fraction)
  }

  /// The part of `amount` (a length, a time) that lies before the position. O(1).
  public func part(of amount: UInt32) -> UInt32 { Self.part(fraction, of: amount) }

  /// The part of `amount` that lies before a fraction of its piece, rounded down. O(1).
  public static func part(_ fraction: UInt32, of amount: UInt32) -> UInt32 {
    UInt32((UInt64(amount) * UInt64(fraction)) / UInt64(fractionMax))
  }
}

/// Where a trip may begin or end: a position on an arc, in its direction of travel.
public struct RoadPlace: Hashable, Sendable {
  /// The original arc: what starts there has come from nowhere. What goes there may arrive on its shadows as well. At a
  /// stop on the way it is the arc on which the vehicle came, which may be a shadow.
  public let arc: ArcID
  public let position: RoadPosition

  public init(arc: ArcID, position: RoadPosition) { (self.arc, self.position) = (arc, position) }
}

/// Where a coordinate fell on the road graph.
public struct SnapCandidate: Hashable, Sendable {
  public var position: RoadPosition
  /// The snapped coordinate, on the road.
  public var coordinate: Coordinate
  /// From the asked coordinate to the road.
  public var distanceMeters: Double
  /// Bearing of the segment there, along its shape, in degrees clockwise from north.
  public var bearingDegrees: Double
  /// True if the asked coordinate lies to the left of the segment's shape.
  public var isLeftOfShape: Bool
  /// The arcs of the segment that may be used from or to here.
  public var arcs: SegmentArcs

  public init(
    position: RoadPosition, coordinate: Coordinate, distanceMeters: Double, bearingDegrees: Double,
    isLeftOfShape: Bool, arcs: SegmentArcs
  ) {
    (self.position, self.coordinate, self.distanceMeters) = (position, coordinate, distanceMeters)
    (self.bearingDegrees, self.isLeftOfShape, self.arcs) = (bearingDegrees, isLeftOfShape, arcs)
  }
}

extension RoadNetwork {
  /// The point of a segment's shape at a position. O(points of the piece).
  public func coordinate(at position: RoadPosition) -> Coordinate {
    let shape = shape(of: position.segment)
    let range = pointRange(of: position.piece, in: position.segment)
    if position.fraction == 0 { return shape[range.lowerBound] }
    if position.fraction == RoadPosition.fractionMax { return shape[range.upperBound - 1] }
    var rest = Double(position.fraction) / Double(RoadPosition.fractionMax) * lengthMeters(of: shape[range])
    for index in range.dropLast() {
      let length = shape[index].distanceMeters(to: shape[index + 1])
      if rest <= length && length > 0 {
        return shape[index].interpolated(to: shape[index + 1], fraction: rest / length)
      }
      rest -= length
    }
    return shape[range.upperBound - 1]
  }

  /// The vertex at a position; `nil` on the road between two. O(1).
  public func vertex(at position: RoadPosition) -> VertexID? {
    guard let ends = ends(of: position.segment) else { return nil }
    let pieces = pieceIDs(of: position.segment)
    if position.fraction == 0, position.piece == pieces.first { return ends.first }
    return position.fraction == RoadPosition.fractionMax && position.piece == pieces.last ? ends.last : nil
  }

  /// The segments that meet at a vertex; those that lead to it by a one-way only as well. O(log spans).
  public func segments(at vertex: VertexID) -> [SegmentID] {
    var found: Set<SegmentID> = []
    let plane = LocalPlane(around: vertexCoordinate[vertex])
    spatialIndex.visitSegments(in: plane, radiusMeters: SpatialIndex.vertexMeters) { segment in
      guard let (first, last) = ends(of: segment) else { return }
      if first == vertex || last == vertex { found.insert(segment) }
    }
    return found.sorted()
  }

  /// The straight line of a segment's shape that a position at an end of its piece lies on. O(points of the piece).
  public func line(at end: RoadPosition) -> (start: Coordinate, end: Coordinate) {
    let shape = shape(of: end.segment)
    let points = shape[pointRange(of: end.piece, in: end.segment)]
    let lines = zip(points, points.dropFirst()).filter { $0.0 != $0.1 }
    let line = end.fraction == 0 ? lines.first : lines.last
    return line ?? (points[points.startIndex], points[points.startIndex])
  }

  /// The points of a piece within its segment's shape, both ends included. O(1).
  public func pointRange(of piece: PieceID, in segment: SegmentID) -> Range<Int> {
    let isLast = piece.position + 1 == firstPiece[segment].upperBound
    let end = isLast ? firstPoint[segment].count - 1 : Int(pieces[position: piece.position + 1].firstPoint)
    return Int(pieces[piece].firstPoint)..<end + 1
  }

  private func lengthMeters(of points: Slice<UnsafeBufferPointer<Coordinate>>) -> Double {
    zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distanceMeters(to: $1.1) }
  }

  /// The points of a part of a piece, in the order of its segment's shape, with the part's ends. O(points).
  public func shape(of piece: PieceID, in segment: SegmentID, between fractions: ClosedRange<UInt32>) -> [Coordinate] {
    let shape = shape(of: segment)
    let range = pointRange(of: piece, in: segment)
    if fractions == 0...RoadPosition.fractionMax { return Array(shape[range]) }
    func end(_ fraction: UInt32) -> Coordinate {
      coordinate(at: RoadPosition(segment: segment, piece: piece, fraction: fraction))
    }
    return [end(fractions.lowerBound)] + shape[pointsInside(fractions, of: piece, in: segment)]
      + [end(fractions.upperBound)]
  }

  /// The points of a segment's shape that lie inside of a part of a piece, its ends left out: between the ends of the
  /// part and them lie the lines of ``shape(of:in:between:)``, of which the first one begins at the point before these.
  /// O(points).
  public func pointsInside(_ fractions: ClosedRange<UInt32>, of piece: PieceID, in segment: SegmentID) -> Range<Int> {
    let shape = shape(of: segment)
    let range = pointRange(of: piece, in: segment)
    guard range.count > 1 else { return range.upperBound..<range.upperBound }
    if fractions == 0...RoadPosition.fractionMax { return range.lowerBound + 1..<range.upperBound - 1 }
    let whole = lengthMeters(of: shape[range])
    let bounds = [fractions.lowerBound, fractions.upperBound].map {
      Double($0) / Double(RoadPosition.fractionMax) * whole
    }
    var (along, first, count) = (0.0, range.upperBound - 1, 0)
    for index in range.dropFirst() {
      along += shape[index - 1].distanceMeters(to: shape[index])
      guard along > bounds[0] else { continue }
      first = min(first, index)
      guard along < bounds[1] else { break }
      count += 1
    }
    return first..<first + count
  }
}
