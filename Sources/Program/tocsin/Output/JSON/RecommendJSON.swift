import API
import AnswerJSON

extension RecommendAnswer {
  func json(_ detail: RouteDetail) -> JSONObject {
    [
      "version": version, "basis": basis.word, "incident": incident.json, "plan": planID.isEmpty ? nil : planID,
      "planName": planName.isEmpty ? nil : planName, "level": level, "units": units.map { $0.json(detail) },
      "open": open.map(\.json), "lines": lines.map(\.json), "firstSeconds": firstSeconds,
      "completeSeconds": completeSeconds, "crewTotal": crewTotal, "crewTotalMin": crewTotalMin,
      "crewUnknown": isCrewUnknown, "considered": considered.map(\.json), "leftOut": leftOut.json,
      "diversions": diversions.map(\.json), "splitCarriageways": isSplit,
      "singleSideCompleteSeconds": singleSideCompleteSeconds,
    ]
  }
}

extension [LeftOutReason: Int] {
  var json: [String: Int] { [String: Int](uniqueKeysWithValues: map { ($0.key.rawValue, $0.value) }) }
}

extension RecommendedUnit {
  fileprivate func json(_ detail: RouteDetail) -> JSONObject {
    [
      "line": line, "place": place, "need": needIndex, "why": why, "onRequest": isOnRequest,
      "stripsWeight": stripsWeight.map(Rounded.hundredths),
    ] + unit.json(detail)
  }
}

extension ConsideredUnit {
  var json: JSONObject {
    [
      "line": line.isEmpty ? nil : line, "reason": reason.rawValue, "shortBySeconds": shortBySeconds,
      "heldBy": heldBy.isEmpty ? nil : heldBy,
    ] + unit.json([])
  }
}

extension OpenPlaces {
  fileprivate var json: JSONObject {
    ["line": line, "count": count, "leftOut": leftOut.json, "freeAt": freeAt.map(Figures.moment)]
  }
}

extension LineReport {
  fileprivate var json: JSONObject {
    [
      "line": line, "asked": askedCount, "filled": filledCount, "completeSeconds": completeSeconds,
      "goalSeconds": goalSeconds, "late": isLate,
    ]
  }
}

/// A recommendation for people: what a dispatcher reads aloud.
enum RecommendText {
  /// - Parameter isOfDemand: what units leave bare is demand, not road.
  static func text(_ answer: RecommendAnswer, isOfDemand: Bool = false) -> String {
    var text = head(answer)
    text += answer.units.isEmpty ? "Nobody can come.\n" : table(answer.units, isOfDemand)
    for open in answer.open { text += self.open(open) }
    for line in answer.lines where line.isLate { text += late(line) }
    if let total = answer.crewTotalMin, answer.crewTotal < total {
      text +=
        "People: \(answer.crewTotal) of \(total)\(answer.isCrewUnknown ? ", of some units it is not known" : "")\n"
    }
    if answer.isSplit {
      let time = answer.singleSideCompleteSeconds.map { "complete \(Figures.time(seconds: $0))" } ?? "not all can come"
      text += "Units come along different carriageways; along one: \(time)\n"
    }
    text += notChosen(answer.considered) + DiversionText.table(answer.diversions)
    text += FastestText.leftOut(answer.leftOut)
    for unit in answer.units { text += FastestText.details(unit.unit) }
    return text
  }

  /// `House fire, level 1: 6 of 6, first 3:23, complete 3:48, map version 1`
  private static func head(_ answer: RecommendAnswer) -> String {
    let (asked, filled) = answer.lines.reduce((0, 0)) {
      ($0.0 + $1.askedCount, $0.1 + min($1.filledCount, $1.askedCount))
    }
    let times = [("first", answer.firstSeconds), ("complete", answer.completeSeconds)].compactMap { word, seconds in
      seconds.map { ", \(word) \(Figures.time(seconds: $0))" }
    }
    let name = answer.planName.isEmpty ? answer.planID : answer.planName
    let plan = name.isEmpty ? "" : "\(Printable.text(name)), level \(answer.level): "
    return "\(plan)\(filled) of \(asked)\(times.joined()), map version \(answer.version)\n"
  }

  private static func table(_ units: [RecommendedUnit], _ isOfDemand: Bool) -> String {
    let areStripsAsked = units.contains { $0.stripsWeight != nil }
    return TextTable(
      ">", "line", "unit", "agency", "station", ">ETA", "why", areStripsAsked ? ">leaves bare" : ""
    ).text(of: units.enumerated()) { position, row in
      let marks = [
        row.isOnRequest ? "on request" : nil, row.unit.isAssumed ? "assumed at home" : nil,
        row.unit.route.needsLastResort ? "only by a last resort" : nil,
      ].compactMap(\.self)
      return [
        "\(position + 1)", row.line, row.unit.unit.id, row.unit.unit.agency, row.unit.unit.station,
        Figures.time(seconds: row.unit.etaSeconds),
        (row.why.map { $0.replacing("_", with: " ") } + marks).joined(separator: ", "),
        row.stripsWeight.map { isOfDemand ? Figures.amount($0) : Figures.length(meters: $0) } ?? "",
      ]
    }
  }

  /// Nothing if there are none.
  static func notChosen(_ units: [ConsideredUnit]) -> String {
    if units.isEmpty { return "" }
    let table = TextTable("   ", "line", "unit", "agency", "station", ">ETA", "why not")
    return "Not chosen:\n"
      + table.text(of: units) { considered in
        let unit = considered.unit.unit
        return [
          "", considered.line, unit.id, unit.agency, unit.station, Figures.time(seconds: considered.unit.etaSeconds),
          whyNot(considered),
        ]
      }
  }

  private static func whyNot(_ considered: ConsideredUnit) -> String {
    if let short = considered.shortBySeconds {
      return short > 0 ? "\(Figures.time(seconds: short)) too late" : "others as near go first"
    }
    let holder = considered.heldBy.isEmpty ? "" : " with \(considered.heldBy)"
    switch considered.reason {
    case .status: return considered.unit.unit.status.rawValue.replacing("_", with: " ") + holder
    default: return considered.reason.rawValue.replacing("_", with: " ") + holder
    }
  }

  private static func open(_ open: OpenPlaces) -> String {
    let reasons = FastestText.words(open.leftOut)
    let free = open.freeAt.map { "; first free \(Figures.moment($0))" } ?? ""
    return Printable.text("Open: \(open.count) \(open.line)")
      + (reasons.isEmpty ? ", no unit can do it" : ": \(reasons)") + free + "\n"
  }

  private static func late(_ line: LineReport) -> String {
    let complete = line.completeSeconds.map { Figures.time(seconds: $0) } ?? ""
    let goal = line.goalSeconds.map { Figures.time(seconds: $0) } ?? ""
    return Printable.text("Late: \(line.line) complete \(complete), goal \(goal)") + "\n"
  }
}
