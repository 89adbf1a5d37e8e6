import API
import TOMLText

extension PlanFile {
  /// Plans and choices as a file has them, which reads the same again. Revisions are left out: such a file takes the
  /// place of whatever is known.
  public static func text(_ plans: [ResponsePlan], _ choices: [PlanChoice]) -> String {
    (plans.map(text) + choices.map(text)).joined(separator: "\n")
  }

  private static func text(_ plan: ResponsePlan) -> String {
    var lines = ["[[plan]]", "id = \(plan.id.quotedForTOML)"]
    if !plan.name.isEmpty { lines.append("name = \(plan.name.quotedForTOML)") }
    if !plan.agencies.isEmpty { lines += list("agencies", plan.agencies.map(table)) }
    if !plan.stationOrder.isEmpty { lines.append("station_order = \(texts(plan.stationOrder))") }
    if plan.tieSeconds > 0 { lines.append("tie = \(plan.tieSeconds.plainText)") }
    for level in plan.levels { lines += ["", "[[plan.level]]"] + self.lines(of: level) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of level: PlanLevel) -> [String] {
    var lines: [String] = []
    if let total = level.crewTotalMin { lines.append("crew_total_min = \(total)") }
    if !level.crewLine.isEmpty { lines.append("crew_line = \(level.crewLine.quotedForTOML)") }
    return lines + (level.lines.isEmpty ? [] : list("lines", level.lines.map(table)))
  }

  private static func table(_ line: PlanLine) -> String {
    table([
      ("name", line.name.quotedForTOML), ("count", "\(line.count)"), ("minimum", line.minimumCount.map { "\($0)" }),
      ("within", line.travelSecondsMax?.plainText), ("goal", line.goalSeconds?.plainText),
      ("only_if_first", line.isOnlyIfFirst ? "true" : nil),
      ("needs", "[\(line.needs.map(table).joined(separator: ", "))]"),
    ])
  }

  private static func table(_ need: UnitNeed) -> String {
    table([
      ("has", need.capabilities.isEmpty ? nil : texts(need.capabilities)),
      ("agencies", need.agencies.isEmpty ? nil : texts(need.agencies)),
      ("penalty", need.penaltySeconds > 0 ? need.penaltySeconds.plainText : nil),
      ("crew_min", need.crewCountMin.map { "\($0)" }),
    ])
  }

  private static func table(_ rule: AgencyRule) -> String {
    table([
      ("agency", rule.agency.quotedForTOML), ("tier", rule.tier == .closest ? nil : rule.tier.rawValue.quotedForTOML),
      ("penalty", rule.penaltySeconds > 0 ? rule.penaltySeconds.plainText : nil),
      ("on_request", rule.isOnRequest ? "true" : nil),
    ])
  }

  private static func text(_ choice: PlanChoice) -> String {
    let keys = [("type", choice.incidentType), ("area", choice.area), ("hours", choice.hours), ("plan", choice.planID)]
    return "[[choice]]\n"
      + keys.filter { !$0.1.isEmpty }.map { "\($0.0) = \($0.1.quotedForTOML)\n" }.joined()
  }

  private static func table(_ fields: [(key: String, value: String?)]) -> String {
    let written = fields.compactMap { field in field.value.map { "\(field.key) = \($0)" } }
    return written.isEmpty ? "{}" : "{ \(written.joined(separator: ", ")) }"
  }

  private static func list(_ key: String, _ elements: [String]) -> [String] {
    ["\(key) = ["] + elements.map { "  \($0)," } + ["]"]
  }

  private static func texts(_ texts: [String]) -> String { "[\(texts.map(\.quotedForTOML).joined(separator: ", "))]" }
}
