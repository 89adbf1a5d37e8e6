import API
import Engine
import Geometry

struct WayJSON: Encodable, Equatable {
  var id: Int64
  var name: String

  init(_ way: RouteWay) {
    id = way.osmID
    name = way.name
  }

  /// Consecutive equal ids merged.
  static func merged(_ ways: [RouteWay]) -> [WayJSON] {
    var merged: [WayJSON] = []
    for way in ways where merged.last?.id != way.osmID { merged.append(WayJSON(way)) }
    return merged
  }
}

struct StepJSON: Encodable {
  var name: String
  var ref: String
  var way: Int64
  var maneuver: ManeuverJSON
  var turnDegrees: Int
  var lengthMeters: Double
  var travelSeconds: Double

  init(_ step: RouteStep) {
    name = step.name
    ref = step.ref
    way = step.wayOSMID
    maneuver = ManeuverJSON(step.maneuver)
    turnDegrees = step.maneuver.angleDegrees
    lengthMeters = Rounded.meters(step.lengthMeters)
    travelSeconds = Rounded.seconds(step.travelSeconds)
  }
}

struct ManeuverJSON: Encodable {
  var type: String
  var modifier: String?
  var bearingBefore: Int
  var bearingAfter: Int
  var lat: Double
  var lon: Double
  var exit: Int?

  init(_ maneuver: Maneuver) {
    type = maneuver.kind.rawValue
    modifier = maneuver.modifier?.rawValue
    bearingBefore = maneuver.bearingBefore
    bearingAfter = maneuver.bearingAfter
    lat = maneuver.coordinate.latitude
    lon = maneuver.coordinate.longitude
    exit = maneuver.roundaboutExit
  }
}

struct SignalJSON: Encodable {
  var osm: Int64
  var lat: Double
  var lon: Double
  var travelSeconds: Double
  var lengthMeters: Double

  init(_ signal: RouteSignal) {
    osm = signal.osmID
    lat = signal.coordinate.latitude
    lon = signal.coordinate.longitude
    travelSeconds = Rounded.seconds(signal.travelSeconds)
    lengthMeters = Rounded.meters(signal.lengthMeters)
  }
}

struct ExemptionJSON: Encodable {
  var kind: String
  var osm: Int64
  var name: String
  var lat: Double
  var lon: Double
  var lengthMeters: Double
  var seconds: Double

  init(_ exemption: UsedExemption) {
    kind = exemption.kind
    osm = exemption.osmID
    name = exemption.name
    lat = exemption.coordinate.latitude
    lon = exemption.coordinate.longitude
    lengthMeters = Rounded.meters(exemption.lengthMeters)
    seconds = Rounded.seconds(exemption.seconds)
  }
}

/// What a route carries beyond time and length: only what was asked for, and every exemption.
struct RouteParts {
  var ways: [WayJSON]?
  var steps: [StepJSON]?
  var shape: [Coordinate]?
  /// The shape again, as an encoded polyline of six digits.
  var polyline6: String?
  var signals: [SignalJSON]?
  var exemptions: [ExemptionJSON]

  init(_ route: Route, detail: RouteDetail) {
    ways = detail.contains(.ways) ? WayJSON.merged(route.ways) : nil
    steps = detail.contains(.steps) ? route.steps.map(StepJSON.init) : nil
    shape = detail.contains(.shape) ? route.shape : nil
    polyline6 = detail.contains(.shape) ? Polyline.encode(route.shape) : nil
    signals = detail.contains(.signals) ? route.signals.map(SignalJSON.init) : nil
    exemptions = route.exemptions.map(ExemptionJSON.init)
  }
}
