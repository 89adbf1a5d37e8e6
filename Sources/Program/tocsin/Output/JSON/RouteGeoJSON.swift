import API
import Engine
import Geometry

/// A route for a map: its line, the other ways, and the places of exemptions and signals.
enum RouteGeoJSON {
  struct Properties: Encodable {
    /// `route`, `alternative`, `exemption` or `signal`.
    var kind: String
    /// Of the route from start to end; to the signal; of the exemption.
    var lengthMeters: Double
    /// Of the route from start to end; until the signal; what the exemption adds.
    var seconds: Double
    /// Which exemption.
    var exemption: String?
    var name: String?
    var osm: Int64?
  }

  static func collection(_ answer: RouteAnswer) -> GeoJSON<Properties> {
    let lines = [feature("route", answer.route)] + answer.alternatives.map { feature("alternative", $0) }
    return GeoJSON(features: lines + answer.route.exemptions.map(feature) + answer.route.signals.map(feature))
  }

  private static func feature(_ kind: String, _ route: Route) -> GeoJSON<Properties>.Feature {
    GeoJSON.Feature(
      geometry: GeoJSONGeometry(route.shape),
      properties: Properties(
        kind: kind, lengthMeters: Rounded.meters(route.lengthMeters), seconds: Rounded.seconds(route.travelSeconds)))
  }

  private static func feature(_ exemption: UsedExemption) -> GeoJSON<Properties>.Feature {
    GeoJSON.Feature(
      geometry: GeoJSONGeometry([exemption.coordinate]),
      properties: Properties(
        kind: "exemption", lengthMeters: Rounded.meters(exemption.lengthMeters),
        seconds: Rounded.seconds(exemption.seconds), exemption: exemption.kind, name: exemption.name,
        osm: exemption.osmID))
  }

  private static func feature(_ signal: RouteSignal) -> GeoJSON<Properties>.Feature {
    GeoJSON.Feature(
      geometry: GeoJSONGeometry([signal.coordinate]),
      properties: Properties(
        kind: "signal", lengthMeters: Rounded.meters(signal.lengthMeters),
        seconds: Rounded.seconds(signal.travelSeconds), osm: signal.osmID))
  }
}
