import API
import Engine
import Geometry

/// The JSON shapes of answers. Keys are never renamed; more may come.
struct PlaceJSON: Encodable {
  var lat: Double
  var lon: Double
  var distanceMeters: Double
  var way: Int64
  var name: String
  var headingDegrees: Double
  /// `left`, `right` or `none`, in the direction of travel.
  var side: String

  init(_ place: SnappedPlace) {
    lat = place.coordinate.latitude
    lon = place.coordinate.longitude
    distanceMeters = Rounded.meters(place.distanceMeters)
    way = place.wayOSMID
    name = place.name
    headingDegrees = Rounded.meters(place.headingDegrees)
    side = place.side.rawValue
  }
}

/// Engines count milliseconds and centimetres; more digits are noise.
enum Rounded {
  static func seconds(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
  static func meters(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
