import API
import AnswerJSON

extension AssignAnswer {
  func json(_ detail: RouteDetail) -> JSONObject {
    [
      "version": version, "basis": basis.word, "incidents": incidents.map { $0.json(detail) }, "totals": totals.json,
      "oneByOne": oneByOne.json, "swaps": swaps.map(\.json),
    ]
  }
}

extension AssignedIncident {
  fileprivate func json(_ detail: RouteDetail) -> JSONObject {
    [
      "id": incidentID, "firstChangeSeconds": firstChangeSeconds, "completeChangeSeconds": completeChangeSeconds,
      "recommended": recommended.json(detail),
    ]
  }
}

extension AssignTotals {
  fileprivate var json: JSONObject {
    ["units": unitCount, "open": openCount, "totalSeconds": totalSeconds, "latestSeconds": latestSeconds]
  }
}

/// Units for several incidents, for people: a line each, and what it costs or gains against one by one.
enum AssignText {
  static func text(_ answer: AssignAnswer, _ incidents: [IncidentNeed]) -> String {
    let table = TextTable("incident", ">prio", "line", "unit", "agency", ">ETA", "why")
    let rows = zip(answer.incidents, incidents).flatMap { assigned, incident in
      assigned.recommended.units.map { (assigned.incidentID, incident.priority, $0) }
    }
    var text = table.text(of: rows) { id, priority, row in
      [
        id, priority > 0 ? "\(priority)" : "", row.line, row.unit.unit.id, row.unit.unit.agency,
        Figures.time(seconds: row.unit.etaSeconds),
        row.why.map { $0.replacing("_", with: " ") }.joined(separator: ", "),
      ]
    }
    for assigned in answer.incidents { text += summary(assigned) }
    for assigned in answer.incidents where !assigned.recommended.diversions.isEmpty {
      text += Printable.text("\(assigned.incidentID): ") + DiversionText.table(assigned.recommended.diversions)
    }
    for swap in answer.swaps { text += DiversionText.sentence(swap) }
    return text + totals(answer)
  }

  /// `I-204: first +0:12, complete -1:40 against one by one; open: 1 ladder`
  private static func summary(_ assigned: AssignedIncident) -> String {
    let changes = [("first", assigned.firstChangeSeconds), ("complete", assigned.completeChangeSeconds)].compactMap {
      word, change in
      change.flatMap { $0 == 0 ? nil : "\(word) \($0 > 0 ? "+" : "-")\(Figures.time(seconds: abs($0)))" }
    }
    let open = assigned.recommended.open.map { "\($0.count) \($0.line)" }.joined(separator: ", ")
    let parts = [
      changes.isEmpty ? nil : changes.joined(separator: ", ") + " against one by one",
      open.isEmpty ? nil : "open: \(open)",
    ].compactMap(\.self)
    return parts.isEmpty ? "" : Printable.text("\(assigned.incidentID): \(parts.joined(separator: "; "))") + "\n"
  }

  private static func totals(_ answer: AssignAnswer) -> String {
    let (now, before) = (answer.totals, answer.oneByOne)
    let units = "\(Figures.count(now.unitCount, of: "unit")), \(Figures.count(now.openCount, of: "place")) open"
    func time(_ seconds: Double?) -> String { seconds.map { Figures.time(seconds: $0) } ?? "none" }
    let latest =
      now == before
      ? "latest \(time(now.latestSeconds)), no difference to one by one"
      : "latest \(time(now.latestSeconds)), one by one \(time(before.latestSeconds)); "
        + "in all \(time(now.totalSeconds)), one by one \(time(before.totalSeconds))"
    return "\(latest); \(units), map version \(answer.version)\n"
  }
}
