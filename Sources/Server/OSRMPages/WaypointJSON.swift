import API
import Geometry
import WebPages

/// How places on roads are written.
struct WaypointStyle: Sendable {
  let writesHints: Bool
}

extension JSONText {
  /// A place on a road.
  ///
  /// - Parameter more: further members.
  mutating func waypoint(_ place: SnappedPlace, _ style: WaypointStyle, _ more: (inout JSONText) -> Void = { _ in }) {
    object { json in
      more(&json)
      if style.writesHints {
        // The hint of no hint: places are found again as fast.
        json.name("hint")
        json.text("")
      }
      json.name("location")
      json.location(place.coordinate)
      json.name("name")
      json.text(place.name)
      json.name("distance")
      json.number(place.distanceMeters, digits: 6)
    }
  }

  /// Longitude and latitude, with six digits.
  mutating func location(_ coordinate: Coordinate) {
    list([coordinate.longitudeE7, coordinate.latitudeE7]) { json, degreesE7 in
      json.decimal((Int(degreesE7) + (degreesE7 < 0 ? -5 : 5)) / 10, digits: 6)
    }
  }

  /// Seconds and metres of a whole, of a leg, of a step; what is minimised is time.
  mutating func amounts(seconds: Double, meters: Double) {
    name("weight")
    number(seconds, digits: 1)
    name("duration")
    number(seconds, digits: 1)
    name("distance")
    number(meters, digits: 1)
  }

  /// A line.
  mutating func geometry(_ line: some Collection<Coordinate>, _ geometries: RouteStyle.Geometries) {
    switch geometries {
    case .polyline: text(utf8: Polyline.bytes(of: line, .fiveDigits))
    case .polyline6: text(utf8: Polyline.bytes(of: line, .sixDigits))
    case .geojson:
      object { json in
        json.name("coordinates")
        json.list(line) { $0.location($1) }
        json.name("type")
        json.text("LineString")
      }
    }
  }
}
