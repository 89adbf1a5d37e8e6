import Engine
import Geometry

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
  var maneuver: ManeuverShape
  var turnDegrees: Int
  var lengthMeters: Double
  var travelSeconds: Double

  init(_ step: RouteStep) {
    name = step.name
    ref = step.ref
    way = step.wayOSMID
    maneuver = ManeuverShape(step.maneuver)
    turnDegrees = step.maneuver.angleDegrees
    lengthMeters = Rounded.meters(step.lengthMeters)
    travelSeconds = Rounded.seconds(step.travelSeconds)
  }
}

struct ManeuverShape: Encodable {
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

struct SignalShape: Encodable {
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

struct ExemptionShape: Encodable {
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
  var ways: [WayShape]?
  var steps: [StepShape]?
  var shape: [Coordinate]?
  /// The shape again, as an encoded polyline of six digits.
  var polyline6: String?
  var signals: [SignalShape]?
  var exemptions: [ExemptionShape]

  init(_ route: RouteLine, detail: RouteDetail) {
    ways = detail.contains(.ways) ? WayShape.merged(route.ways) : nil
    steps = detail.contains(.steps) ? route.steps.map(StepShape.init) : nil
    shape = detail.contains(.shape) ? route.shape : nil
    polyline6 = detail.contains(.shape) ? Polyline.encode(route.shape) : nil
    signals = detail.contains(.signals) ? route.signals.map(SignalShape.init) : nil
    exemptions = route.exemptions.map(ExemptionShape.init)
  }
}
