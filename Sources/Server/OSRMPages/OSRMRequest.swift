import API
import Geometry

/// What all services ask alike: a profile, coordinates, and what holds for each of them.
struct OSRMRequest {
  let profile: String
  let coordinates: [Coordinate]
  let places: [Place]
  let drivingSide: StreetSide
  /// Whether places of the answer have a hint, and whether they are in it at all.
  let writesHints: Bool
  let writesWaypoints: Bool
  /// The options that are left to the service.
  var query: OSRMQuery

  /// Words for the side of a street on which a place shall lie.
  private enum Approach: String, CaseIterable {
    case curb, opposite, unrestricted
  }

  /// Which roads places may lie on: OSRM's own words, between which Tocsin knows no difference.
  private enum Snapping: String, CaseIterable {
    case `default`, any
  }

  init(profile: String, coordinates: String, query: OSRMQuery, drivingSide: StreetSide) throws(OSRMError) {
    let coordinates = try CoordinateList.parsed(coordinates)
    var query = query
    (self.profile, self.coordinates, self.drivingSide) = (profile, coordinates, drivingSide)
    writesHints = try query.flag("generate_hints", usually: true)
    writesWaypoints = try !query.flag("skip_waypoints", usually: false)
    _ = try query.choice("snapping", usually: Snapping.default)
    // Hints say where OSRM found a place before: Tocsin finds it again.
    _ = try query.elements("hints", count: coordinates.count) { $0 }
    if let classes = query.text("exclude"), !classes.isEmpty {
      throw OSRMError(.invalidValue, "Exclude flag combination is not supported.")
    }
    let radii = try query.elements("radiuses", count: coordinates.count, Self.radius)
    let bearings = try query.elements("bearings", count: coordinates.count, Self.bearing)
    let approaches = try query.elements("approaches", count: coordinates.count, Self.approach)
    places = coordinates.indices.map { index in
      var place = Place(coordinates[index])
      place.radiusMeters = radii[index]
      if let bearing = bearings[index] {
        (place.headingDegrees, place.headingToleranceDegrees) = (Double(bearing.degrees), Double(bearing.tolerance))
      }
      place.side = approaches[index].flatMap { Self.side($0, drivingSide) }
      return place
    }
    self.query = query
  }

  /// Beyond what Tocsin looks at, a radius is cut down: clients say 35 km and mean "anywhere".
  private static func radius(_ text: String) throws(OSRMError) -> Double {
    if text == "unlimited" { return Limits.snapRadiusMeters }
    guard let meters = Double(text), meters.isFinite else { throw OSRMQuery.malformed("radiuses", text, "metres") }
    guard meters >= 0 else { throw OSRMError(.invalidOptions, "radiuses must be >= 0: \(text)") }
    return min(max(meters, leastRadiusMeters), Limits.snapRadiusMeters)
  }

  /// The resolution of a coordinate: a place that lies on the road to this is on it.
  private static let leastRadiusMeters = 0.02

  private static func bearing(_ text: String) throws(OSRMError) -> (degrees: Int, tolerance: Int) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let degrees = numbers[0], let tolerance = numbers[1] else {
      throw OSRMQuery.malformed("bearings", text, "a bearing and a range")
    }
    guard (0...360).contains(degrees), (0...180).contains(tolerance) else {
      throw OSRMError(.invalidOptions, "bearings are 0 to 360 degrees, within 0 to 180: \(text)")
    }
    return (degrees, tolerance)
  }

  private static func approach(_ text: String) throws(OSRMError) -> Approach {
    guard let approach = Approach(rawValue: text) else {
      throw OSRMQuery.malformed("approaches", text, "curb, opposite or unrestricted")
    }
    return approach
  }

  private static func side(_ approach: Approach, _ drivingSide: StreetSide) -> StreetSide? {
    switch approach {
    case .curb: drivingSide
    case .opposite: drivingSide == .right ? .left : .right
    case .unrestricted: nil
    }
  }

  /// - Throws: `InvalidOptions` unless there are two.
  func needsTwoCoordinates() throws(OSRMError) {
    guard coordinates.count >= 2 else {
      throw OSRMError(.invalidOptions, "Number of coordinates needs to be at least two.")
    }
  }
}
