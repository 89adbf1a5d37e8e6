/// An area on the map, small enough to be flat: its corners in their order, the last one joined to the first, and holes
/// that don't belong to it.
///
/// Its outline may cross itself; what is inside follows from the even-odd rule.
public struct Polygon: Sendable {
  /// The outline, then the holes.
  private let outlines: [[Coordinate]]
  /// The middle of its bounding box.
  public let center: Coordinate
  /// No part of it lies farther from ``center``.
  public let radiusMeters: Double
  private let box: BoundingBox

  /// `nil` for fewer than three corners; a hole with fewer is none. O(corners).
  public init?(_ corners: [Coordinate], holes: [[Coordinate]] = []) {
    guard corners.count >= 3 else { return nil }
    outlines = [corners] + holes.filter { $0.count >= 3 }
    box = BoundingBox(of: corners)
    let center = box.center
    self.center = center
    radiusMeters = corners.reduce(0) { max($0, center.distanceMeters(to: $1)) }
  }

  /// True if a place lies inside. O(corners).
  public func contains(_ place: Coordinate) -> Bool {
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

  /// The parts of a straight line that lie inside, 0 at its start and 1 at its end, in their order. O(corners), and
  /// O(corners) for each crossing.
  public func parts(ofLineFrom start: Coordinate, to end: Coordinate) -> [ClosedRange<Double>] {
    guard box.intersects(BoundingBox(of: [start, end])) else { return [] }
    var cuts = [0.0, 1.0]
    forEachSide { if let cut = Self.crossing(start, end, $0, $1) { cuts.append(cut) } }
    cuts.sort()
    return zip(cuts, cuts.dropFirst()).reduce(into: []) { parts, cut in
      let (from, to) = cut
      guard from < to || start == end, contains(start.interpolated(to: end, fraction: (from + to) / 2)) else { return }
      if let last = parts.last, last.upperBound == from {
        parts[parts.count - 1] = last.lowerBound...to
      } else {
        parts.append(from...to)
      }
    }
  }

  /// Where on a straight line another one crosses it; `nil` if none does, or both are parallel.
  private static func crossing(_ a: Coordinate, _ b: Coordinate, _ c: Coordinate, _ d: Coordinate) -> Double? {
    let (abX, abY) = (Double(b.longitudeE7) - Double(a.longitudeE7), Double(b.latitudeE7) - Double(a.latitudeE7))
    let (cdX, cdY) = (Double(d.longitudeE7) - Double(c.longitudeE7), Double(d.latitudeE7) - Double(c.latitudeE7))
    let (acX, acY) = (Double(c.longitudeE7) - Double(a.longitudeE7), Double(c.latitudeE7) - Double(a.latitudeE7))
    let determinant = abX * cdY - abY * cdX
    guard determinant != 0 else { return nil }
    let (along, other) = ((acX * cdY - acY * cdX) / determinant, (acX * abY - acY * abX) / determinant)
    return (0...1).contains(along) && (0...1).contains(other) ? along : nil
  }

  private func forEachSide(_ body: (Coordinate, Coordinate) -> Void) {
    for corners in outlines {
      var last = corners[corners.count - 1]
      for corner in corners {
        body(last, corner)
        last = corner
      }
    }
  }
}
