import Foundation

/// Directions of travel in degrees clockwise from north.
public enum Heading {
  /// The heading of a line is taken over this much of it, so that a kink, or the first metres of a mouth, does not
  /// mislead.
  public static let lineMeters = 12.0

  /// A line that is shorter than this has no heading: a survey's error decides where it points.
  public static let leastMeters = 1.0

  /// The same direction in 0..<360. O(1).
  public static func wrapped(_ degrees: Double) -> Double {
    let rest = degrees.truncatingRemainder(dividingBy: 360)
    return rest < 0 ? rest + 360 : rest
  }

  /// The angle between two headings, 0...180. O(1).
  public static func angleDegrees(_ one: Double, _ other: Double) -> Double {
    let turn = abs(one - other).truncatingRemainder(dividingBy: 360)
    return min(turn, 360 - turn)
  }

  /// A change of heading in whole degrees, −180...180, positive to the right. O(1).
  ///
  /// - Parameter difference: the heading after the turn minus the one before it.
  public static func turnDegrees(_ difference: Double) -> Int { Int(wrapped(difference + 180).rounded()) - 180 }

  /// The direction of a step, −180...180; 0 for none. O(1).
  public static func signedDegrees(east: Double, north: Double) -> Double { atan2(east, north) * 180 / .pi }
}

// MARK: Lines

extension Heading {
  /// The heading at the start of a line, 0..<360. O(points).
  @inlinable public static func leaving(_ line: some Sequence<Coordinate>) -> Double { wrapped(signedLeaving(line)) }

  /// The heading at the end of a line, 0..<360. O(points).
  @inlinable public static func arriving(_ line: some BidirectionalCollection<Coordinate>) -> Double {
    wrapped(signedLeaving(line.reversed()) + 180)
  }

  /// The heading at the start of a line in −180...180, from its first point to the place ``lineMeters`` further on, or
  /// to its last point; 0 for a line that goes nowhere. O(points).
  @inlinable public static func signedLeaving(_ line: some Sequence<Coordinate>) -> Double {
    var points = line.makeIterator()
    guard let start = points.next() else { return 0 }
    let plane = LocalPlane(around: start)
    var last = (east: 0.0, north: 0.0)
    var walkedMeters = 0.0
    while let point = points.next() {
      let next = plane.meters(of: point)
      let (east, north) = (next.east - last.east, next.north - last.north)
      let stepMeters = (east * east + north * north).squareRoot()
      if stepMeters > 0, walkedMeters + stepMeters >= lineMeters {
        let fraction = (lineMeters - walkedMeters) / stepMeters
        last = (last.east + fraction * east, last.north + fraction * north)
        break
      }
      walkedMeters += stepMeters
      last = next
    }
    return signedDegrees(east: last.east, north: last.north)
  }
}
