import Engine
import Geometry

/// A route as JSON.
struct RouteShape: Encodable {
  var version: UInt64
  var from: PlaceShape
  var to: PlaceShape
  var travelSeconds: Double
  var lengthMeters: Double
  var ways: [WayShape]?
  var steps: [StepShape]?
  var shape: [Coordinate]?
  var exemptions: [ExemptionShape]

  init(_ answer: RouteAnswer, detail: RouteDetail) {
    version = answer.version
    from = PlaceShape(answer.from)
    to = PlaceShape(answer.to)
    travelSeconds = Rounded.seconds(answer.route.travelSeconds)
    lengthMeters = Rounded.meters(answer.route.lengthMeters)
    let parts = RouteParts(answer.route, detail: detail)
    (ways, steps, shape, exemptions) = (parts.ways, parts.steps, parts.shape, parts.exemptions)
  }
}

/// A route for people.
enum RouteText {
  static func text(_ answer: RouteAnswer) -> String {
    let route = answer.route
    var text = "\(Figures.time(seconds: route.travelSeconds)) over \(Figures.length(meters: route.lengthMeters))"
    text += ", map version \(answer.version)\n"
    if !route.steps.isEmpty { text += "\n" + steps(route.steps) }
    return text + exemptions(route.exemptions) + shape(route.shape)
  }

  static func steps(_ steps: [RouteStep]) -> String {
    var table = TextTable("turn", "street", ">length", ">time")
    for (position, step) in steps.enumerated() {
      let street = [step.ref, step.name].filter { !$0.isEmpty }.joined(separator: " ")
      table.add(
        position == 0 ? "start" : turn(step.turnDegrees), street.isEmpty ? "way \(step.wayOSMID)" : street,
        Figures.length(meters: step.lengthMeters), Figures.time(seconds: step.travelSeconds))
    }
    return table.text
  }

  static func exemptions(_ exemptions: [UsedExemption]) -> String {
    exemptions.map { exemption in
      let name = exemption.name.isEmpty ? "\(exemption.osmID)" : Printable.text(exemption.name)
      return "uses \(exemption.kind) at \(name) (\(exemption.coordinate))\n"
    }.joined()
  }

  static func shape(_ shape: [Coordinate]) -> String { shape.map { "\($0)\n" }.joined() }

  private static func turn(_ degrees: Int) -> String {
    switch degrees {
    case -30...30: "straight"
    case ..<(-150), 151...: "turn round"
    case ..<(-110): "sharp left"
    case ..<(-60): "left"
    case ..<0: "slight left"
    case 111...: "sharp right"
    case 61...: "right"
    default: "slight right"
    }
  }
}
