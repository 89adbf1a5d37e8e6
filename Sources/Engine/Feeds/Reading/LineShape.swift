import API
import Geometry

/// Where something is, by points.
enum LineShape {
  /// A line through some points, in their order; the road nearest to them if all are one place; `nil` without points.
  static func selector(_ points: [Coordinate], direction: WayDirection) -> RoadSelector? {
    var line: [Coordinate] = []
    for point in points where point != line.last { line.append(point) }
    guard let first = line.first else { return nil }
    return line.count == 1 ? nearest(first) : .polyline(line, direction: direction)
  }

  /// The road nearest to a place.
  static func nearest(_ place: Coordinate, headingDegrees: Double? = nil) -> RoadSelector {
    .nearest(place, radiusMeters: FeedDefaults.nearestRadiusMeters, headingDegrees: headingDegrees)
  }
}
