import Geometry

extension Heading {
  /// A change of heading as it is told, −179...180, positive to the right: straight back is 180 either way.
  static func toldDegrees(from before: Double, to after: Double) -> Int {
    let degrees = turnDegrees(after - before)
    return degrees == -180 ? 180 : degrees
  }
}
