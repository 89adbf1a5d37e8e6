import Foundation

/// What is seen from a place: all that lies within a range and within an angle to both sides of a heading.
public struct ViewSector: Sendable {
  public let plane: LocalPlane
  public let rangeMeters: Double
  /// To each side of the heading, above 0 and at most 180.
  private let halfDegrees: Double
  private let headingRadians: Double

  /// - Parameters:
  ///   - degrees: from one side to the other, above 0 and at most 360.
  ///   - rangeMeters: above 0.
  public init(at place: Coordinate, headingDegrees: Double, degrees: Double, rangeMeters: Double) {
    plane = LocalPlane(around: place)
    (halfDegrees, self.rangeMeters) = (degrees / 2, rangeMeters)
    headingRadians = headingDegrees * .pi / 180
  }

  /// A box around all that is in range.
  public var boundingBox: BoundingBox {
    let (place, halfTurn) = (plane.origin, Coordinate.halfTurnE7)
    let north = Int64((rangeMeters / Earth.metersPerDegree * 1e7).rounded(.up)) + 1
    let cosine = cos(place.latitude * .pi / 180)
    let east = cosine > 1e-3 ? Int64((Double(north) / cosine).rounded(.up)) + 1 : halfTurn
    let (west, eastmost) = (Int64(place.longitudeE7) - east, Int64(place.longitudeE7) + east)
    let box = BoundingBox(
      minLatitudeE7: Int32(clamping: Int64(place.latitudeE7) - north), minLongitudeE7: Int32(clamping: west),
      maxLatitudeE7: Int32(clamping: Int64(place.latitudeE7) + north), maxLongitudeE7: Int32(clamping: eastmost))
    return west < -halfTurn || eastmost > halfTurn ? box.roundTheEarth : box
  }

  /// The parts of the line from `start` to `end` that are seen, 0 at its start and 1 at its end, in their order. O(1).
  public func parts(ofLineFrom start: Coordinate, to end: Coordinate) -> [ClosedRange<Double>] {
    guard let inRange = plane.part(ofLineFrom: start, to: end, within: rangeMeters) else { return [] }
    if halfDegrees >= 180 { return [inRange] }
    let line = (start: turned(start), end: turned(end))
    var cuts = [inRange.lowerBound, inRange.upperBound]
    // Where the line crosses the two edges of the view, or their continuations behind it.
    for side in [-1.0, 1] {
      let edge = side * halfDegrees * .pi / 180
      func across(_ point: (ahead: Double, right: Double)) -> Double {
        point.right * cos(edge) - point.ahead * sin(edge)
      }
      let (before, behind) = (across(line.start), across(line.end))
      guard before != behind else { continue }
      let cut = before / (before - behind)
      if inRange.contains(cut) { cuts.append(cut) }
    }
    cuts.sort()
    var parts: [ClosedRange<Double>] = []
    for (first, last) in zip(cuts, cuts.dropFirst()) where isAhead(line, at: (first + last) / 2) {
      if let before = parts.last, before.upperBound >= first {
        parts[parts.count - 1] = before.lowerBound...last
      } else {
        parts.append(first...last)
      }
    }
    return parts
  }

  /// Metres ahead of the place and to the right of it.
  private func turned(_ coordinate: Coordinate) -> (ahead: Double, right: Double) {
    let (east, north) = plane.meters(of: coordinate)
    let (sine, cosine) = (sin(headingRadians), cos(headingRadians))
    return (east * sine + north * cosine, east * cosine - north * sine)
  }

  private func isAhead(
    _ line: (start: (ahead: Double, right: Double), end: (ahead: Double, right: Double)), at share: Double
  ) -> Bool {
    let ahead = line.start.ahead + share * (line.end.ahead - line.start.ahead)
    let right = line.start.right + share * (line.end.right - line.start.right)
    return abs(atan2(right, ahead)) * 180 / .pi <= halfDegrees
  }
}
