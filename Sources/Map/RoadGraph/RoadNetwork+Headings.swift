import Geometry

extension RoadNetwork {
  /// True for an arc along which a driver goes some way; what is shorter has no heading. O(pieces).
  public func hasHeading(_ arc: ArcID) -> Bool {
    let centimeters = pieceIDs(of: arcCourse[arc].segment).reduce(0.0) { $0 + Double(pieces[$1].lengthCentimeters) }
    return centimeters >= Heading.leastMeters * 100
  }

  /// The heading at the start of an arc, 0..<360. O(points).
  public func leavingDegrees(_ arc: ArcID) -> Double {
    let course = arcCourse[arc]
    let shape = shape(of: course.segment)
    return course.isBackward ? Heading.leaving(shape.reversed()) : Heading.leaving(shape)
  }

  /// The heading at the end of an arc, 0..<360. O(points).
  public func arrivingDegrees(_ arc: ArcID) -> Double {
    let course = arcCourse[arc]
    let shape = shape(of: course.segment)
    return course.isBackward ? Heading.arriving(shape.reversed()) : Heading.arriving(shape)
  }
}
