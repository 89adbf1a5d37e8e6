import API
import TOMLText

/// Response plans as departments write them: TOML, a table `[[plan]]` with its `[[plan.level]]` for each, and
/// `[[choice]]` for what chooses them.
public struct PlanFile: Sendable {
  public private(set) var plans: [ResponsePlan] = []
  /// `nil` if the file says nothing of choices: then those that are known stay.
  public private(set) var choices: PlanChoices?
  /// Where each choice stands.
  public private(set) var choiceLines: [Int] = []

  private static let bytesMax = 16 << 20
  /// Whatever the server's limits are.
  private static let tablesMax = 100_000

  /// Reads a file.
  ///
  /// - Throws: `PLANS_UNREADABLE`, `PLANS_UNKNOWN_KEY`, `PLANS_BAD_VALUE`, with the line of the first fault.
  public init(path: String) throws(FileError) {
    try self.init(TextFile.text(of: path, bytesMax: Self.bytesMax, family: .plans), file: path)
  }

  /// Reads the text of a file.
  public init(_ toml: String, file: String) throws(FileError) {
    var reader = try TOMLReader(toml: toml, file: file, family: .plans)
    var (plans, choices, lines): ([ResponsePlan], [PlanChoice], [Int]) = ([], [], [])
    try reader.tables("plan", countMax: Self.tablesMax) { (table: inout TOMLReader) throws(FileError) in
      let plan = try ResponsePlan(&table)
      if plans.contains(where: { $0.id == plan.id }) { throw table.bad("id", plan.id, "the id is given twice") }
      plans.append(plan)
    }
    let areChoicesGiven = reader.kind(of: "choice") != nil
    try reader.tables("choice", countMax: Self.tablesMax) { (table: inout TOMLReader) throws(FileError) in
      choices.append(try PlanChoice(&table))
      lines.append(table.line)
    }
    let revision = try reader.integer("choices_revision", in: 0...Int64.max)
    if revision != nil, !areChoicesGiven {
      throw reader.bad("choices_revision", reader.written("choices_revision"), "the file has no choices")
    }
    try reader.finish()
    self.plans = plans
    choiceLines = lines
    if areChoicesGiven { self.choices = PlanChoices(choices, revision: UInt64(revision ?? 0)) }
  }

  public var request: PlansRequest { PlansRequest(plans, choices: choices) }
}

extension ResponsePlan {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    var levels: [PlanLevel] = []
    let id = try table.text("id")
    self.init(id: id, name: try table.string("name") ?? "", levels: [])
    try table.tables("level", countMax: Limits.planLevelsMax) { (level: inout TOMLReader) throws(FileError) in
      levels.append(try PlanLevel(&level, behind: levels))
    }
    self.levels = levels
    var rules: [AgencyRule] = []
    try table.tables("agencies", countMax: Limits.planAgenciesMax) { (rule: inout TOMLReader) throws(FileError) in
      rules.append(
        AgencyRule(
          try rule.text("agency"), tier: try rule.choice("tier", AgencyTier.self) ?? .closest,
          penaltySeconds: try rule.seconds("penalty") ?? 0, isOnRequest: try rule.flag("on_request") ?? false))
      try rule.check("agency") { [rules] () throws(EngineError) in try Validation.agencies(rules) }
    }
    agencies = rules
    stationOrder = try table.strings("station_order", countMax: Limits.planStationsMax)
    tieSeconds = try table.seconds("tie") ?? 0
    revision = UInt64(try table.integer("revision", in: 0...Int64.max) ?? 0)
    try table.check("id") { [self] () throws(EngineError) in try Validation.plan(self) }
  }
}

extension PlanLevel {
  fileprivate init(_ table: inout TOMLReader, behind lower: [PlanLevel]) throws(FileError) {
    var lines: [PlanLine] = []
    try table.tables("lines", countMax: Limits.planLinesMax) { (line: inout TOMLReader) throws(FileError) in
      lines.append(try PlanLine(&line))
    }
    let total = try table.integer("crew_total_min", in: 0...Int64(Limits.crewTotalMax))
    self.init(lines, crewTotalMin: total.map { Int($0) }, crewLine: try table.string("crew_line") ?? "")
    try table.check(crewLine.isEmpty ? "lines" : "crew_line") { [self] () throws(EngineError) in
      try Validation.level(self, behind: lower)
    }
  }
}

extension PlanLine {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    let name = try table.text("name")
    let count = try table.integer("count", in: 0...Int64(Limits.planPlacesMax)) ?? 1
    let minimum = try table.integer("minimum", in: 0...Int64(Limits.planPlacesMax))
    var needs: [UnitNeed] = []
    try table.tables("needs", countMax: Limits.planNeedsMax) { (need: inout TOMLReader) throws(FileError) in
      let crew = try need.integer("crew_min", in: 0...Int64(Limits.crewTotalMax))
      needs.append(
        UnitNeed(
          try need.strings("has", countMax: Limits.capabilitiesMax),
          agencies: try need.strings("agencies", countMax: Limits.planAgenciesMax),
          penaltySeconds: try need.seconds("penalty") ?? 0, crewCountMin: crew.map { Int($0) }))
    }
    self.init(name, count: Int(count), minimumCount: minimum.map { Int($0) }, needs: needs)
    travelSecondsMax = try table.seconds("within")
    goalSeconds = try table.seconds("goal")
    isOnlyIfFirst = try table.flag("only_if_first") ?? false
    try table.check("name") { [self] () throws(EngineError) in try Validation.line(self) }
  }
}

extension PlanChoice {
  fileprivate init(_ table: inout TOMLReader) throws(FileError) {
    self.init(
      try table.text("plan"), incidentType: try table.string("type") ?? "", area: try table.string("area") ?? "",
      hours: try table.string("hours") ?? "")
    try table.check("plan") { [self] () throws(EngineError) in try Validation.choice(self) }
  }
}

extension TOMLReader {
  /// A text that must be there.
  fileprivate mutating func text(_ key: String) throws(FileError) -> String {
    guard let text = try string(key), !text.isEmpty else { throw bad(key, written(key), "is missing") }
    return text
  }

  /// A span of time, as people write it (`"1m30s"`) or in seconds; `nil` if the key isn't there.
  fileprivate mutating func seconds(_ key: String) throws(FileError) -> Double? {
    guard kind(of: key) == .text else { return try number(key, in: 0...Limits.planSecondsMax) }
    guard let text = try string(key), let seconds = DurationText.seconds(text), seconds <= Limits.planSecondsMax else {
      throw bad(key, written(key), "must be a span of time such as \"8m\" or \"1m30s\", a day at most")
    }
    return seconds
  }

  /// Refuses, once a table is read, keys that nobody asked for, then what the server would refuse, at the line of the
  /// table or of a key: what is misspelt is mostly why the rest is wrong.
  fileprivate func check(_ key: String, _ check: () throws(EngineError) -> Void) throws(FileError) {
    try finish()
    do throws(EngineError) {
      try check()
    } catch {
      throw bad(key, error.value, "\(error.code.rawValue): \(error.message)")
    }
  }
}
