import Geometry
import RoadGraph

/// Headings of roads, in degrees clockwise from north, taken over some metres so that a kink does not mislead.
enum RoadHeading {
  static let meters = 12.0

  /// The heading at the start of a line.
  @inline(__always)
  static func leaving(_ line: some Sequence<Coordinate>) -> Double {
    var points = line.makeIterator()
    guard let start = points.next() else { return 0 }
    let plane = LocalPlane(around: start)
    var (east, north, restMeters) = (0.0, 0.0, meters)
    while let next = points.next() {
      let (nextEast, nextNorth) = plane.meters(of: next)
      let (dx, dy) = (nextEast - east, nextNorth - north)
      let lengthMeters = (dx * dx + dy * dy).squareRoot()
      if lengthMeters >= restMeters {
        let share = restMeters / lengthMeters
        return LocalPlane.bearingDegrees(east: east + share * dx, north: north + share * dy)
      }
      restMeters -= lengthMeters
      (east, north) = (nextEast, nextNorth)
    }
    return LocalPlane.bearingDegrees(east: east, north: north)
  }

  /// The heading at the end of a line.
  static func arriving(_ line: some BidirectionalCollection<Coordinate>) -> Double {
    (leaving(line.reversed()) + 180).truncatingRemainder(dividingBy: 360)
  }

  /// Change from one heading to another, −179...180, positive to the right.
  static func turnDegrees(from before: Double, to after: Double) -> Int {
    let degrees = Int((after - before).rounded()) % 360
    return degrees > 180 ? degrees - 360 : degrees <= -180 ? degrees + 360 : degrees
  }
}

extension RoadNetwork {
  /// The heading at the start of an arc. O(points).
  func leavingDegrees(_ arc: ArcID) -> Double {
    let course = arcCourse[arc]
    let shape = shape(of: course.segment)
    return course.isBackward ? RoadHeading.leaving(shape.reversed()) : RoadHeading.leaving(shape)
  }

  /// The heading at the end of an arc. O(points).
  func arrivingDegrees(_ arc: ArcID) -> Double {
    let course = arcCourse[arc]
    let shape = shape(of: course.segment)
    let back = course.isBackward ? RoadHeading.leaving(shape) : RoadHeading.leaving(shape.reversed())
    return (back + 180).truncatingRemainder(dividingBy: 360)
  }
}
