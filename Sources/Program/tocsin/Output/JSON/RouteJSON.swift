import API
import Engine
import Geometry

/// A route as JSON.
struct RouteJSON: Encodable {
  /// Another way between the same places.
  struct Alternative: Encodable {
    var travelSeconds: Double
    var lengthMeters: Double
    var ways: [WayJSON]?
    var steps: [StepJSON]?
    var shape: [Coordinate]?
    var polyline6: String?
    var signals: [SignalJSON]?
    var exemptions: [ExemptionJSON]

    init(_ route: Route, detail: RouteDetail) {
      travelSeconds = Rounded.seconds(route.travelSeconds)
      lengthMeters = Rounded.meters(route.lengthMeters)
      let parts = RouteParts(route, detail: detail)
      (ways, steps, shape, polyline6) = (parts.ways, parts.steps, parts.shape, parts.polyline6)
      (signals, exemptions) = (parts.signals, parts.exemptions)
    }
  }

  var version: UInt64
  var from: PlaceJSON
  var to: PlaceJSON
  var travelSeconds: Double
  var lengthMeters: Double
  var ways: [WayJSON]?
  var steps: [StepJSON]?
  var shape: [Coordinate]?
  var polyline6: String?
  var signals: [SignalJSON]?
  var exemptions: [ExemptionJSON]
  var alternatives: [Alternative]?

  init(_ answer: RouteAnswer, detail: RouteDetail) {
    version = answer.version
    from = PlaceJSON(answer.from)
    to = PlaceJSON(answer.to)
    travelSeconds = Rounded.seconds(answer.route.travelSeconds)
    lengthMeters = Rounded.meters(answer.route.lengthMeters)
    let parts = RouteParts(answer.route, detail: detail)
    (ways, steps, shape, polyline6) = (parts.ways, parts.steps, parts.shape, parts.polyline6)
    (signals, exemptions) = (parts.signals, parts.exemptions)
    alternatives =
      answer.alternatives.isEmpty ? nil : answer.alternatives.map { Alternative($0, detail: detail) }
  }
}

/// A route for people.
enum RouteText {
  static func text(_ answer: RouteAnswer) -> String {
    var text = "\(summary(answer.route)), map version \(answer.version)\n"
    if answer.to.side != .none { text += "The destination is on the \(answer.to.side.rawValue).\n" }
    text += (answer.route.steps.isEmpty ? "" : "\n") + parts(of: answer.route)
    for (number, route) in answer.alternatives.enumerated() {
      text += "\nOr \(number + 1): \(summary(route))\n" + parts(of: route)
    }
    return text
  }

  /// What was asked for beyond time and length, and every exemption.
  static func parts(of route: Route) -> String {
    (route.steps.isEmpty ? "" : steps(route.steps)) + exemptions(route.exemptions) + signals(route.signals)
      + route.shape.map { "\($0)\n" }.joined()
  }

  private static func summary(_ route: Route) -> String {
    "\(Figures.time(seconds: route.travelSeconds)) over \(Figures.length(meters: route.lengthMeters))"
  }

  private static func steps(_ steps: [RouteStep]) -> String {
    var table = TextTable("maneuver", "street", ">length", ">time")
    for step in steps {
      let street = [step.ref, step.name].filter { !$0.isEmpty }.joined(separator: " ")
      table.add(
        words(step.maneuver), street.isEmpty ? "way \(step.wayOSMID)" : street,
        Figures.length(meters: step.lengthMeters), Figures.time(seconds: step.travelSeconds))
    }
    return table.text
  }

  /// Such as `turn sharp left`, `roundabout, exit 2`.
  static func words(_ maneuver: Maneuver) -> String {
    if let exit = maneuver.roundaboutExit, maneuver.kind == .roundabout { return "roundabout, exit \(exit)" }
    guard let modifier = maneuver.modifier, maneuver.kind != .roundabout, maneuver.kind != .exitRoundabout else {
      return maneuver.kind.rawValue
    }
    if modifier == .uturn { return "turn round" }
    return "\(maneuver.kind.rawValue) \(modifier.rawValue)"
  }

  private static func signals(_ signals: [RouteSignal]) -> String {
    if signals.isEmpty { return "" }
    var table = TextTable(">signal", ">after", ">time", ">position")
    for signal in signals {
      table.add(
        "\(signal.osmID)", Figures.length(meters: signal.lengthMeters), Figures.time(seconds: signal.travelSeconds),
        signal.coordinate.description)
    }
    return table.text
  }
}

// MARK: Exemptions

extension RouteText {
  /// A line each, such as `against one-way, 40 m, Via Roma (45.464,9.19)`.
  static func exemptions(_ exemptions: [UsedExemption]) -> String {
    exemptions.map { exemption in
      var parts = [rule(of: exemption.kind)]
      if exemption.lengthMeters > 0 { parts.append(Figures.length(meters: exemption.lengthMeters)) }
      parts.append(exemption.name.isEmpty ? "\(exemption.osmID)" : Printable.text(exemption.name))
      if exemption.seconds >= 0.5 { parts.append("+\(Int(exemption.seconds.rounded())) s") }
      return parts.joined(separator: ", ") + " (\(exemption.coordinate))\n"
    }.joined()
  }

  /// A kind of exemption as a dispatcher says it.
  private static func rule(of kind: String) -> String {
    switch kind {
    case "contraflow": "against one-way"
    case "turn_ban": "banned turn"
    case "restricted_access": "no public access"
    case "destination_only": "residents only"
    default: Printable.text(kind.replacing("_", with: " "))
    }
  }
}
