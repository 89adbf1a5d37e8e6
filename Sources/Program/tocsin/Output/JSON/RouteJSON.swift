import API
import AnswerJSON
import Geometry
import Languages

extension RouteAnswer {
  /// - Parameter language: of the words of steps; without one they have none.
  func json(_ detail: RouteDetail, _ language: Language? = nil) -> JSONObject {
    route.json(detail, language) + [
      "version": version, "basis": basis.word, "from": from.json, "to": to.json,
      "via": via.isEmpty ? nil : via.map(\.json),
      "alternatives": alternatives.isEmpty ? nil : alternatives.map { $0.json(detail, language) },
    ]
  }
}

extension Route {
  /// The fields of a route, which an answer has among its own: only details that were asked for, and every exemption.
  func json(_ detail: RouteDetail, _ language: Language? = nil) -> JSONObject {
    [
      "travelSeconds": Rounded.thousandths(travelSeconds), "lengthMeters": Rounded.hundredths(lengthMeters),
      "ways": detail.contains(.ways) ? mergedWays : nil,
      "steps": detail.contains(.steps) ? steps.map { $0.json(detail, language) } : nil,
      "legs": legs.isEmpty ? nil : legs.map { $0.json(detail) },
      "shape": detail.contains(.shape) ? shape : nil,
      // The shape again, as an encoded polyline of six digits.
      "polyline6": detail.contains(.shape) ? Polyline.encode(shape) : nil,
      "signals": detail.contains(.signals) ? signals.map(\.json) : nil,
      "assets": detail.layers.isEmpty ? nil : assets.map(\.json),
      "assetsLeftOut": assetsLeftOutCount == 0 ? nil : assetsLeftOutCount,
      "exemptions": exemptions.map(\.json), "needsLastResort": needsLastResort ? true : nil,
    ]
  }

  /// Consecutive equal ids merged.
  private var mergedWays: [JSONObject] {
    let firsts = ways.indices.filter { $0 == 0 || ways[$0].osmID != ways[$0 - 1].osmID }
    return firsts.map { ["id": ways[$0].osmID, "name": ways[$0].name] }
  }
}

extension RouteStep {
  /// What the driver is told: `turn sharp left onto Via Roma`.
  fileprivate func words(in language: Language) -> String {
    language.text(maneuver, street: [ref, name].filter { !$0.isEmpty }.joined(separator: " "))
  }

  fileprivate func json(_ detail: RouteDetail, _ language: Language?) -> JSONObject {
    [
      "name": name, "ref": ref, "way": wayOSMID, "maneuver": maneuver.json, "turnDegrees": maneuver.angleDegrees,
      "lengthMeters": Rounded.hundredths(lengthMeters), "travelSeconds": Rounded.thousandths(travelSeconds),
      "firstPoint": detail.contains(.shape) ? firstPoint : nil, "words": language.map { words(in: $0) },
    ]
  }
}

extension RouteLeg {
  fileprivate func json(_ detail: RouteDetail) -> JSONObject {
    [
      "lengthMeters": Rounded.hundredths(lengthMeters), "travelSeconds": Rounded.thousandths(travelSeconds),
      "firstStep": detail.contains(.steps) ? firstStep : nil,
      "firstPoint": detail.contains(.shape) ? firstPoint : nil,
    ]
  }
}

extension Maneuver {
  fileprivate var json: JSONObject {
    [
      "type": kind.rawValue, "modifier": modifier?.rawValue, "bearingBefore": bearingBefore,
      "bearingAfter": bearingAfter, "lat": coordinate.latitude, "lon": coordinate.longitude, "exit": roundaboutExit,
    ]
  }
}

extension RouteSignal {
  fileprivate var json: JSONObject {
    [
      "osm": osmID, "lat": coordinate.latitude, "lon": coordinate.longitude,
      "travelSeconds": Rounded.thousandths(travelSeconds), "lengthMeters": Rounded.hundredths(lengthMeters),
    ]
  }
}

extension UsedExemption {
  fileprivate var json: JSONObject {
    [
      "kind": kind, "osm": osmID, "name": name, "lat": coordinate.latitude, "lon": coordinate.longitude,
      "lengthMeters": Rounded.hundredths(lengthMeters), "seconds": Rounded.thousandths(seconds),
      "closures": closureIDs.isEmpty ? nil : closureIDs,
    ]
  }
}

/// A route for people.
enum RouteText {
  static func text(_ answer: RouteAnswer, _ language: Language = .usual) -> String {
    var text = "\(summary(answer.route)), map version \(answer.version)\n"
    if answer.to.side != .none {
      let away = Figures.length(meters: answer.to.distanceMeters)
      text += "The destination is on the \(answer.to.side.rawValue), \(away) from where the vehicle stops.\n"
    }
    text += legs(answer)
    text += (answer.route.steps.isEmpty ? "" : "\n") + parts(of: answer.route, language)
    for (number, route) in answer.alternatives.enumerated() {
      text += "\nOr \(number + 1): \(summary(route))\n" + parts(of: route, language)
    }
    return text
  }

  /// What was asked for beyond time and length, and every exemption.
  static func parts(of route: Route, _ language: Language = .usual) -> String {
    (route.steps.isEmpty ? "" : steps(route.steps, language)) + exemptions(route.exemptions) + signals(route.signals)
      + AssetText.text(route)
      + route.shape.map { "\($0)\n" }.joined()
  }

  /// Of a route over several places the way to each.
  private static func legs(_ answer: RouteAnswer) -> String {
    guard answer.route.legs.count > 1 else { return "" }
    var seconds = 0.0
    return "\n"
      + TextTable(">leg", "to", ">length", ">time", ">there after").text(
        of: zip(answer.via + [answer.to], answer.route.legs).enumerated()
      ) { number, leg in
        let (place, leg) = leg
        seconds += leg.travelSeconds
        return [
          "\(number + 1)", place.name.isEmpty ? "\(place.coordinate)" : place.name,
          Figures.length(meters: leg.lengthMeters), Figures.time(seconds: leg.travelSeconds),
          Figures.time(seconds: seconds),
        ]
      }
  }

  private static func summary(_ route: Route) -> String {
    "\(Figures.time(seconds: route.travelSeconds)) over \(Figures.length(meters: route.lengthMeters))"
  }

  private static func steps(_ steps: [RouteStep], _ language: Language) -> String {
    let titles = [Phrase.titleManeuver, .titleLength, .titleTime].map { language.text($0) }
    return TextTable(columns: [titles[0], ">" + titles[1], ">" + titles[2]]).text(of: steps) { step in
      [step.words(in: language), Figures.length(meters: step.lengthMeters), Figures.time(seconds: step.travelSeconds)]
    }
  }

  private static func signals(_ signals: [RouteSignal]) -> String {
    if signals.isEmpty { return "" }
    return TextTable(">signal", ">after", ">time", ">position").text(of: signals) { signal in
      [
        "\(signal.osmID)", Figures.length(meters: signal.lengthMeters), Figures.time(seconds: signal.travelSeconds),
        signal.coordinate.description,
      ]
    }
  }

  /// A line each, such as `against one-way, 40 m, Via Roma (45.464,9.19)`.
  static func exemptions(_ exemptions: [UsedExemption]) -> String {
    exemptions.map { exemption in
      var parts = [rule(of: exemption.kind)]
      if exemption.lengthMeters > 0 { parts.append(Figures.length(meters: exemption.lengthMeters)) }
      parts.append(exemption.name.isEmpty ? "\(exemption.osmID)" : Printable.text(exemption.name))
      if !exemption.closureIDs.isEmpty {
        parts.append("by \(exemption.closureIDs.map { Printable.text($0) }.joined(separator: " and "))")
      }
      if exemption.seconds >= 0.5 { parts.append("+\(Figures.whole(exemption.seconds)) s") }
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
