import API
import Engine
import Geometry

/// The answer to "who gets there first" as JSON.
struct FastestJSON: Encodable {
  /// A unit that can come.
  struct Unit: Encodable {
    var id: String
    var agency: String
    var station: String
    var capabilities: [String]
    var profile: String
    var status: String
    var etaSeconds: Double
    var turnoutSeconds: Double
    var travelSeconds: Double
    var lengthMeters: Double
    var positionAgeSeconds: Double
    var ways: [WayJSON]?
    var steps: [StepJSON]?
    var shape: [Coordinate]?
    var polyline6: String?
    var signals: [SignalJSON]?
    var exemptions: [ExemptionJSON]

    init(_ ranked: RankedUnit, detail: RouteDetail) {
      id = ranked.unit.id
      agency = ranked.unit.agency
      station = ranked.unit.station
      capabilities = ranked.unit.capabilities
      profile = ranked.unit.profile
      status = ranked.unit.status.rawValue
      etaSeconds = Rounded.seconds(ranked.etaSeconds)
      turnoutSeconds = Rounded.seconds(ranked.turnoutSeconds)
      travelSeconds = Rounded.seconds(ranked.route.travelSeconds)
      lengthMeters = Rounded.meters(ranked.route.lengthMeters)
      positionAgeSeconds = Rounded.seconds(ranked.positionAgeSeconds)
      let parts = RouteParts(ranked.route, detail: detail)
      (ways, steps, shape, polyline6) = (parts.ways, parts.steps, parts.shape, parts.polyline6)
      (signals, exemptions) = (parts.signals, parts.exemptions)
    }
  }

  var version: UInt64
  var incident: PlaceJSON
  var units: [Unit]
  var leftOut: [String: Int]

  init(_ answer: FastestUnitsAnswer, detail: RouteDetail) {
    version = answer.version
    incident = PlaceJSON(answer.incident)
    units = answer.units.map { Unit($0, detail: detail) }
    leftOut = Dictionary(uniqueKeysWithValues: answer.leftOut.map { ($0.key.rawValue, $0.value) })
  }
}

/// The answer for people.
enum FastestText {
  static func text(_ answer: FastestUnitsAnswer) -> String {
    let place = answer.incident.name.isEmpty ? "way \(answer.incident.wayOSMID)" : answer.incident.name
    var text = "Incident on \(Printable.text(place)), map version \(answer.version)\n"
    text += answer.units.isEmpty ? "No unit can come.\n" : table(answer.units)
    text += leftOut(answer.leftOut)
    for ranked in answer.units { text += details(ranked) }
    return text
  }

  private static func table(_ units: [RankedUnit]) -> String {
    var table = TextTable(">", "unit", "agency", "station", ">ETA", ">turnout", ">travel", ">length", "capabilities")
    for (position, ranked) in units.enumerated() {
      table.add(
        "\(position + 1)", ranked.unit.id, ranked.unit.agency, ranked.unit.station,
        Figures.time(seconds: ranked.etaSeconds), Figures.time(seconds: ranked.turnoutSeconds),
        Figures.time(seconds: ranked.route.travelSeconds), Figures.length(meters: ranked.route.lengthMeters),
        ranked.unit.capabilities.joined(separator: " "))
    }
    return table.text
  }

  private static func leftOut(_ counts: [LeftOutReason: Int]) -> String {
    let words = LeftOutReason.allCases.compactMap { reason in
      counts[reason].flatMap { $0 > 0 ? "\($0) \(reason.rawValue.replacing("_", with: " "))" : nil }
    }
    return words.isEmpty ? "" : "Left out: " + words.joined(separator: ", ") + "\n"
  }

  private static func details(_ ranked: RankedUnit) -> String {
    let route = ranked.route
    let text = RouteText.parts(of: route)
    return text.isEmpty ? "" : "\n\(Printable.text(ranked.unit.id)):\n" + text
  }
}
