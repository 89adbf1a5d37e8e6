import API
import AnswerJSON

extension FastestUnitsAnswer {
  func json(_ detail: RouteDetail) -> JSONObject {
    [
      "version": version, "basis": basis.word, "incident": incident.json,
      "units": units.map { $0.json(detail) },
      "leftOut": leftOut.json,
      "considered": considered.isEmpty ? nil : considered.map(\.json),
      "closuresInTheWay": closureIDsInTheWay.isEmpty ? nil : closureIDsInTheWay,
      "unknownAgencies": unknownAgencies.isEmpty ? nil : unknownAgencies,
      "unknownCapabilities": unknownCapabilities.isEmpty ? nil : unknownCapabilities,
    ]
  }
}

extension RankedUnit {
  func json(_ detail: RouteDetail) -> JSONObject {
    unit.json + [
      "etaSeconds": Rounded.thousandths(etaSeconds), "turnoutSeconds": Rounded.thousandths(turnoutSeconds),
      "positionAgeSeconds": Rounded.thousandths(positionAgeSeconds), "stop": stop?.json,
      "isAssumed": isAssumed ? true : nil,
    ] + route.json(detail)
  }
}

/// The answer for people.
enum FastestText {
  static func text(_ answer: FastestUnitsAnswer) -> String {
    let place = answer.incident.name.isEmpty ? "way \(answer.incident.wayOSMID)" : answer.incident.name
    var text = "Incident on \(Printable.text(place)), map version \(answer.version)\n"
    text += answer.units.isEmpty ? "No unit can come.\n" : table(answer.units)
    text += RecommendText.notChosen(answer.considered)
    text += leftOut(answer.leftOut)
    for name in answer.unknownAgencies { text += Printable.text("No unit belongs to agency \(name).") + "\n" }
    for name in answer.unknownCapabilities { text += Printable.text("No unit has capability \(name).") + "\n" }
    if !answer.closureIDsInTheWay.isEmpty {
      text += "In the way: " + answer.closureIDsInTheWay.map { Printable.text($0) }.joined(separator: ", ") + "\n"
    }
    for ranked in answer.units { text += walk(ranked, to: answer.incident) + details(ranked) }
    return text
  }

  private static func table(_ units: [RankedUnit]) -> String {
    let table = TextTable(">", "unit", "agency", "station", ">ETA", ">turnout", ">travel", ">length", "capabilities")
    return table.text(of: units.enumerated()) { position, ranked in
      [
        "\(position + 1)", ranked.unit.id, ranked.unit.agency, ranked.unit.station,
        Figures.time(seconds: ranked.etaSeconds), Figures.time(seconds: ranked.turnoutSeconds),
        Figures.time(seconds: ranked.route.travelSeconds), Figures.length(meters: ranked.route.lengthMeters),
        ranked.unit.capabilities.joined(separator: " "),
      ]
    }
  }

  static func leftOut(_ counts: [LeftOutReason: Int]) -> String {
    let words = words(counts)
    return words.isEmpty ? "" : "Left out: \(words)\n"
  }

  /// `3 status, 1 too far`
  static func words(_ counts: [LeftOutReason: Int]) -> String {
    LeftOutReason.allCases.compactMap { reason in
      counts[reason].flatMap { $0 > 0 ? "\($0) \(reason.rawValue.replacing("_", with: " "))" : nil }
    }.joined(separator: ", ")
  }

  /// Where a crew has to walk farther than from the incident's own road.
  private static func walk(_ ranked: RankedUnit, to incident: SnappedPlace) -> String {
    guard let stop = ranked.stop, stop.distanceMeters - incident.distanceMeters >= StreetSide.onRoadMeters else {
      return ""
    }
    let road = stop.name.isEmpty ? "way \(stop.wayOSMID)" : stop.name
    let length = Figures.length(meters: stop.distanceMeters)
    return Printable.text("\(ranked.unit.id) stops on \(road): \(length) to walk") + "\n"
  }

  static func details(_ ranked: RankedUnit) -> String {
    let text = RouteText.parts(of: ranked.route)
    return text.isEmpty ? "" : "\n\(Printable.text(ranked.unit.id)):\n" + text
  }
}
