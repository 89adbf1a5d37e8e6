import API
import AnswerJSON

/// A route for a map: its line, the other ways, and the places of stops, exemptions and signals.
enum RouteGeoJSON {
  static func features(_ answer: RouteAnswer) -> [JSONObject] {
    let lines = [line("route", answer.route)] + answer.alternatives.map { line("alternative", $0) }
    return lines + stops(answer) + answer.route.exemptions.map(exemption) + answer.route.signals.map(signal)
      + answer.route.assets.map(\.geoJSON)
  }

  /// The places on the way, with the length and time from the start to each.
  private static func stops(_ answer: RouteAnswer) -> [JSONObject] {
    var (meters, seconds) = (0.0, 0.0)
    return zip(answer.via, answer.route.legs).map { stop, leg in
      meters += leg.lengthMeters
      seconds += leg.travelSeconds
      return GeoJSON.feature([stop.coordinate], properties("stop", meters, seconds: seconds) + ["name": stop.name])
    }
  }

  private static func line(_ kind: String, _ route: Route) -> JSONObject {
    GeoJSON.feature(route.shape, properties(kind, route.lengthMeters, seconds: route.travelSeconds))
  }

  /// With its own length, and the time that it adds.
  private static func exemption(_ exemption: UsedExemption) -> JSONObject {
    GeoJSON.feature(
      [exemption.coordinate],
      properties("exemption", exemption.lengthMeters, seconds: exemption.seconds)
        + ["exemption": exemption.kind, "name": exemption.name, "osm": exemption.osmID])
  }

  /// With the length and time from the start to it.
  private static func signal(_ signal: RouteSignal) -> JSONObject {
    GeoJSON.feature(
      [signal.coordinate],
      properties("signal", signal.lengthMeters, seconds: signal.travelSeconds) + ["osm": signal.osmID])
  }

  private static func properties(_ kind: String, _ meters: Double, seconds: Double) -> JSONObject {
    ["kind": kind, "lengthMeters": Rounded.hundredths(meters), "seconds": Rounded.thousandths(seconds)]
  }
}
