import Engine
import Geometry

/// The JSON shapes of answers. Keys are never renamed; more may come.
struct PlaceShape: Encodable {
  var lat: Double
  var lon: Double
  var distanceMeters: Double
  var way: Int64
  var name: String
  var headingDegrees: Double

  init(_ place: SnappedPlace) {
    lat = place.coordinate.latitude
    lon = place.coordinate.longitude
    distanceMeters = Rounded.meters(place.distanceMeters)
    way = place.wayOSMID
    name = place.name
    headingDegrees = Rounded.meters(place.headingDegrees)
  }
}

struct WayShape: Encodable, Equatable {
  var id: Int64
  var name: String

  init(_ way: RouteWay) {
    id = way.osmID
    name = way.name
  }

  /// Consecutive equal ids merged.
  static func merged(_ ways: [RouteWay]) -> [WayShape] {
    var merged: [WayShape] = []
    for way in ways where merged.last?.id != way.osmID { merged.append(WayShape(way)) }
    return merged
  }
}

struct StepShape: Encodable {
  var name: String
  var ref: String
  var way: Int64
  var turnDegrees: Int
  var lengthMeters: Double
  var travelSeconds: Double

  init(_ step: RouteStep) {
    name = step.name
    ref = step.ref
    way = step.wayOSMID
    turnDegrees = step.turnDegrees
    lengthMeters = Rounded.meters(step.lengthMeters)
    travelSeconds = Rounded.seconds(step.travelSeconds)
  }
}

struct ExemptionShape: Encodable {
  var kind: String
  var osm: Int64
  var name: String
  var lat: Double
  var lon: Double

  init(_ exemption: UsedExemption) {
    kind = exemption.kind
    osm = exemption.osmID
    name = exemption.name
    lat = exemption.coordinate.latitude
    lon = exemption.coordinate.longitude
  }
}

/// What a route carries beyond time and length: only what was asked for, and every exemption.
struct RouteParts {
  var ways: [WayShape]?
  var steps: [StepShape]?
  var shape: [Coordinate]?
  var exemptions: [ExemptionShape]

  init(_ route: RouteLine, detail: RouteDetail) {
    ways = detail.contains(.ways) ? WayShape.merged(route.ways) : nil
    steps = detail.contains(.steps) ? route.steps.map(StepShape.init) : nil
    shape = detail.contains(.shape) ? route.shape : nil
    exemptions = route.exemptions.map(ExemptionShape.init)
  }
}

/// Engines count milliseconds and centimetres; more digits are noise.
enum Rounded {
  static func seconds(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
  static func meters(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
