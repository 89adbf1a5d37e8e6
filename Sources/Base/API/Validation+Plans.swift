/// Checks of response plans and of what chooses them.
extension Validation {
  /// - Throws: ``EngineError`` for the first value of the plan that can't be taken; its message names plan, level and
  ///   line. `INVALID_PLAN`, `EMPTY_LINE`, `LIMIT_EXCEEDED`.
  public static func plan(_ plan: ResponsePlan) throws(EngineError) {
    try id(plan.id, .invalidPlan)
    try named("plan \(plan.id)") { () throws(EngineError) in
      try text(plan.name, "the name", .invalidPlan)
      if plan.levels.isEmpty { throw EngineError(.invalidPlan, "it has no level", value: plan.id) }
      try atMost(Limits.planLevelsMax, "plan_levels", plan.levels.count, "too many levels")
      for (number, level) in plan.levels.enumerated() {
        try named("level \(number + 1)") { () throws(EngineError) in
          try self.level(level, behind: Array(plan.levels[..<number]))
        }
      }
      let places = plan.levels.flatMap(\.lines).reduce(0) { $0 + $1.count }
      try atMost(Limits.planPlacesMax, "plan_places", places, "too many places")
      try agencies(plan.agencies)
      try atMost(Limits.planStationsMax, "plan_stations", plan.stationOrder.count, "too many stations")
      for station in plan.stationOrder { try id(station, .invalidPlan) }
      try unique(plan.stationOrder, .invalidPlan)
      try atMost(Limits.planBytesMax, "plan_bytes", plan.byteCount, "it is too long")
      try seconds(plan.tieSeconds, "the span of a tie")
    }
  }

  /// - Parameter lower: the levels below it, whose lines it may name.
  /// - Throws: `INVALID_PLAN`, `EMPTY_LINE`, `LIMIT_EXCEEDED`.
  public static func level(_ level: PlanLevel, behind lower: [PlanLevel] = []) throws(EngineError) {
    try atMost(Limits.planLinesMax, "plan_lines", level.lines.count, "too many lines")
    for line in level.lines { try self.line(line) }
    try unique(level.lines.map(\.name), .invalidPlan)
    if let total = level.crewTotalMin, !(0...Limits.crewTotalMax).contains(total) {
      throw EngineError(.invalidPlan, "a crew in all is 0 to \(Limits.crewTotalMax) people", value: "\(total)")
    }
    let names = (lower + [level]).flatMap(\.lines).map(\.name)
    guard level.crewLine.isEmpty || names.contains(level.crewLine) else {
      throw EngineError(.invalidPlan, "no line has the name that units are added to", value: level.crewLine)
    }
    if let total = level.crewTotalMin, total > 0, names.isEmpty {
      throw EngineError(.invalidPlan, "there is no line that units could be added to", value: "\(total)")
    }
  }

  /// - Throws: `INVALID_PLAN`, `EMPTY_LINE`, `LIMIT_EXCEEDED`; the message names the line.
  public static func line(_ line: PlanLine) throws(EngineError) {
    try id(line.name, .invalidPlan)
    try named("line \(line.name)") { () throws(EngineError) in
      guard line.count > 0 else { throw EngineError(.emptyLine, "it wants no unit", value: "\(line.count)") }
      try atMost(Limits.planPlacesMax, "plan_places", line.count, "too many places")
      if let minimum = line.minimumCount, !(0...line.count).contains(minimum) {
        throw EngineError(.invalidPlan, "a minimum is 0 to the count, \(line.count)", value: "\(minimum)")
      }
      try seconds(line.travelSecondsMax, "the largest travel time")
      try seconds(line.goalSeconds, "the goal")
      if line.needs.isEmpty { throw EngineError(.emptyLine, "it doesn't say who may fill it", value: line.name) }
      try atMost(Limits.planNeedsMax, "plan_needs", line.needs.count, "too many who may fill it")
      for need in line.needs { try self.need(need) }
    }
  }

  private static func need(_ need: UnitNeed) throws(EngineError) {
    try atMost(Limits.capabilitiesMax, "capabilities", need.capabilities.count, "too many capabilities")
    for capability in need.capabilities { try id(capability, .invalidPlan) }
    try atMost(Limits.planAgenciesMax, "plan_agencies", need.agencies.count, "too many agencies")
    for agency in need.agencies { try text(agency, "an agency", .invalidPlan) }
    try seconds(need.penaltySeconds, "a penalty")
    if let crew = need.crewCountMin, !(0...Limits.crewTotalMax).contains(crew) {
      throw EngineError(.invalidPlan, "a crew is 0 to \(Limits.crewTotalMax) people", value: "\(crew)")
    }
  }

  /// - Throws: `INVALID_PLAN`, `LIMIT_EXCEEDED`.
  public static func agencies(_ rules: [AgencyRule]) throws(EngineError) {
    try atMost(Limits.planAgenciesMax, "plan_agencies", rules.count, "too many agencies")
    for rule in rules {
      try text(rule.agency, "an agency", .invalidPlan)
      try seconds(rule.penaltySeconds, "the penalty of \(rule.agency)")
    }
    if let twice = repeated(rules.map(\.agency)) {
      throw EngineError(.invalidPlan, "an agency has two rules", value: twice)
    }
  }

  /// - Throws: `INVALID_PLAN`, `LIMIT_EXCEEDED`.
  public static func keepRules(_ rules: [KeepRule]) throws(EngineError) {
    try atMost(Limits.keepRulesMax, "keep_rules", rules.count, "too many keep rules")
    for rule in rules {
      try id(rule.station, .invalidPlan)
      try text(rule.capability, "a capability", .invalidPlan)
      guard (1...Limits.planPlacesMax).contains(rule.count) else {
        throw EngineError(
          .invalidPlan, "station \(rule.station) keeps 1 to \(Limits.planPlacesMax) units", value: "\(rule.count)")
      }
    }
  }

  /// What of a choice can be checked without knowing plans, layers and the place.
  /// - Throws: `INVALID_PLAN`.
  public static func choice(_ choice: PlanChoice) throws(EngineError) {
    try id(choice.planID, .invalidPlan)
    try text(choice.incidentType, "the type", .invalidPlan)
    try text(choice.area, "the area", .invalidPlan)
    try text(choice.hours, "the hours", .badHours)
  }

  /// The levels of a plan up to one of them, from 1; 0 is the first.
  /// - Throws: `UNKNOWN_LEVEL`.
  public static func levels(upTo number: Int, of plan: ResponsePlan) throws(EngineError) -> [PlanLevel] {
    let number = max(number, 1)
    guard number <= plan.levels.count else {
      throw EngineError(.unknownLevel, "plan \(plan.id) has \(plan.levels.count) levels", value: "\(number)")
    }
    return Array(plan.levels[..<number])
  }

  private static func seconds(_ seconds: Double?, _ name: String) throws(EngineError) {
    if let seconds, !(0...Limits.planSecondsMax).contains(seconds) {
      throw EngineError(.invalidPlan, "\(name) is 0 to \(Int(Limits.planSecondsMax)) s", value: "\(seconds)")
    }
  }

  /// The first text that is there twice.
  private static func repeated(_ texts: [String]) -> String? {
    var seen: Set<String> = []
    return texts.first { !seen.insert($0).inserted }
  }
}
