/// An area on the map, small enough to be flat: its corners in their order, the last one joined to the first.
///
/// Its outline may cross itself; what is inside follows from the even-odd rule. It may span the 180th meridian: then
/// longitudes go on beyond that.
public struct Polygon: Sendable {
  public let corners: [Coordinate]
  /// The middle of its bounding box.
  public let center: Coordinate
  /// No part of it lies farther from ``center``.
  public let radiusMeters: Double
  private let box: BoundingBox
  /// The center with a longitude as the corners have theirs.
  private let middle: Coordinate

  /// `nil` for fewer than three corners. O(corners).
  public init?(_ corners: [Coordinate]) {
    guard corners.count >= 3 else { return nil }
    let rolledOut = corners.map { $0.rolledOut(near: corners[0]) }
    self.corners = rolledOut
    box = BoundingBox(of: rolledOut)
    middle = box.center
    let center = Coordinate(latitudeE7: middle.latitudeE7, longitudeE7: .wrappedLongitude(Int64(middle.longitudeE7)))
    self.center = center
    radiusMeters = corners.reduce(0) { max($0, center.distanceMeters(to: $1)) }
  }

  /// True if a place lies inside. O(corners).
  public func contains(_ place: Coordinate) -> Bool {
    let place = place.rolledOut(near: middle)
    let (x, y) = (Double(place.longitudeE7), Double(place.latitudeE7))
    var isInside = false
    forEachSide { start, end in
      let (y0, y1) = (Double(start.latitudeE7), Double(end.latitudeE7))
      guard (y0 > y) != (y1 > y) else { return }
      let crossing = Double(start.longitudeE7) + (y - y0) / (y1 - y0) * Double(end.longitudeE7 - start.longitudeE7)
      if x < crossing { isInside.toggle() }
    }
    return isInside
  }

  /// True if any part of a straight line lies inside or on the outline. O(corners).
  public func touches(from start: Coordinate, to end: Coordinate) -> Bool {
    let (start, end) = (start.rolledOut(near: middle), end.rolledOut(near: middle))
    guard box.intersects(BoundingBox(of: [start, end])) else { return false }
    if contains(start) || contains(end) { return true }
    var isCrossed = false
    forEachSide { if Self.cross($0, $1, start, end) { isCrossed = true } }
    return isCrossed
  }

  private func forEachSide(_ body: (Coordinate, Coordinate) -> Void) {
    var last = corners[corners.count - 1]
    for corner in corners {
      body(last, corner)
      last = corner
    }
  }

  /// True if two straight lines have a point in common.
  private static func cross(_ a: Coordinate, _ b: Coordinate, _ c: Coordinate, _ d: Coordinate) -> Bool {
    let (c1, d1) = (side(a, b, c), side(a, b, d))
    let (a2, b2) = (side(c, d, a), side(c, d, b))
    if c1 == 0, d1 == 0 { return BoundingBox(of: [a, b]).intersects(BoundingBox(of: [c, d])) }
    return c1 * d1 <= 0 && a2 * b2 <= 0
  }

  /// On which side of a line a point lies: 1, 0 or -1. Exact: E7 coordinates of one map multiply without loss.
  private static func side(_ start: Coordinate, _ end: Coordinate, _ point: Coordinate) -> Int {
    let x1 = Int(end.longitudeE7) - Int(start.longitudeE7)
    let y1 = Int(end.latitudeE7) - Int(start.latitudeE7)
    let x2 = Int(point.longitudeE7) - Int(start.longitudeE7)
    let y2 = Int(point.latitudeE7) - Int(start.latitudeE7)
    return (x1 * y2 - x2 * y1).signum()
  }
}
