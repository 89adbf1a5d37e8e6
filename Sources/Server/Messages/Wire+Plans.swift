import API
import CMessages

extension UnitNeed: WireValue {
  static let initialize = tocsin__v1__unit_need__init
  static func read(_ message: Tocsin__V1__UnitNeed) throws(CallStatus) -> UnitNeed {
    UnitNeed(
      try .read(message.capabilities, message.n_capabilities, "capabilities"),
      agencies: try .read(message.agencies, message.n_agencies, "agencies"),
      penaltySeconds: try message.penalty_seconds.finite("penalty_seconds", .invalidPlan),
      crewCountMin: given(message.has_crew_count_min, Int(message.crew_count_min)))
  }

  func write(to message: inout Tocsin__V1__UnitNeed, in arena: MessageArena) {
    (message.n_capabilities, message.capabilities) = arena.texts(capabilities)
    (message.n_agencies, message.agencies) = arena.texts(agencies)
    message.penalty_seconds = penaltySeconds
    (message.has_crew_count_min, message.crew_count_min) = given(crewCountMin.map { UInt32(clamping: $0) })
  }
}

extension PlanLine: WireValue {
  static let initialize = tocsin__v1__plan_line__init
  static func read(_ message: Tocsin__V1__PlanLine) throws(CallStatus) -> PlanLine {
    var line = PlanLine(
      try message.name.text("name"), count: Int(message.count),
      minimumCount: given(message.has_minimum_count, Int(message.minimum_count)),
      needs: try .read(message.needs, message.n_needs))
    line.travelSecondsMax = try given(message.has_travel_seconds_max, message.travel_seconds_max)?
      .finite("travel_seconds_max", .invalidPlan)
    line.isOnlyIfFirst = message.only_if_first != 0
    line.goalSeconds = try given(message.has_goal_seconds, message.goal_seconds)?.finite("goal_seconds", .invalidPlan)
    return line
  }

  func write(to message: inout Tocsin__V1__PlanLine, in arena: MessageArena) {
    message.name = arena.text(name)
    message.count = UInt32(clamping: count)
    (message.has_minimum_count, message.minimum_count) = given(minimumCount.map { UInt32(clamping: $0) })
    (message.has_travel_seconds_max, message.travel_seconds_max) = given(travelSecondsMax)
    (message.n_needs, message.needs) = arena.messages(needs)
    message.only_if_first = isOnlyIfFirst ? 1 : 0
    (message.has_goal_seconds, message.goal_seconds) = given(goalSeconds)
  }
}

extension PlanLevel: WireValue {
  static let initialize = tocsin__v1__plan_level__init
  static func read(_ message: Tocsin__V1__PlanLevel) throws(CallStatus) -> PlanLevel {
    PlanLevel(
      try .read(message.lines, message.n_lines),
      crewTotalMin: given(message.has_crew_total_min, Int(message.crew_total_min)),
      crewLine: try message.crew_line.text("crew_line"))
  }

  func write(to message: inout Tocsin__V1__PlanLevel, in arena: MessageArena) {
    (message.n_lines, message.lines) = arena.messages(lines)
    (message.has_crew_total_min, message.crew_total_min) = given(crewTotalMin.map { UInt32(clamping: $0) })
    message.crew_line = arena.text(crewLine)
  }
}

extension AgencyTier: WireEnum {
  var wire: Tocsin__V1__AgencyTier {
    switch self {
    case .closest: TOCSIN__V1__AGENCY_TIER__AGENCY_TIER_CLOSEST
    case .last: TOCSIN__V1__AGENCY_TIER__AGENCY_TIER_LAST
    case .never: TOCSIN__V1__AGENCY_TIER__AGENCY_TIER_NEVER
    }
  }
}

extension AgencyRule: WireValue {
  static let initialize = tocsin__v1__agency_rule__init
  static func read(_ message: Tocsin__V1__AgencyRule) throws(CallStatus) -> AgencyRule {
    AgencyRule(
      try message.agency.text("agency"), tier: try .read(message.tier, "tier", .invalidPlan),
      penaltySeconds: try message.penalty_seconds.finite("penalty_seconds", .invalidPlan),
      isOnRequest: message.on_request != 0)
  }

  func write(to message: inout Tocsin__V1__AgencyRule, in arena: MessageArena) {
    message.agency = arena.text(agency)
    message.tier = tier.wire
    message.penalty_seconds = penaltySeconds
    message.on_request = isOnRequest ? 1 : 0
  }
}

extension KeepRule: WireValue {
  static let initialize = tocsin__v1__keep_rule__init
  static func read(_ message: Tocsin__V1__KeepRule) throws(CallStatus) -> KeepRule {
    KeepRule(
      station: try message.station.text("station"), capability: try message.capability.text("capability"),
      count: Int(message.count))
  }

  func write(to message: inout Tocsin__V1__KeepRule, in arena: MessageArena) {
    message.station = arena.text(station)
    message.capability = arena.text(capability)
    message.count = UInt32(clamping: count)
  }
}

extension ResponsePlan: WireValue {
  static let initialize = tocsin__v1__response_plan__init
  static func read(_ message: Tocsin__V1__ResponsePlan) throws(CallStatus) -> ResponsePlan {
    var plan = ResponsePlan(
      id: try message.id.text("id"), name: try message.name.text("name"),
      levels: try .read(message.levels, message.n_levels))
    plan.agencies = try .read(message.agencies, message.n_agencies)
    plan.stationOrder = try .read(message.station_order, message.n_station_order, "station_order")
    plan.tieSeconds = try message.tie_seconds.finite("tie_seconds", .invalidPlan)
    plan.revision = message.revision
    return plan
  }

  func write(to message: inout Tocsin__V1__ResponsePlan, in arena: MessageArena) {
    message.id = arena.text(id)
    message.name = arena.text(name)
    (message.n_levels, message.levels) = arena.messages(levels)
    (message.n_agencies, message.agencies) = arena.messages(agencies)
    (message.n_station_order, message.station_order) = arena.texts(stationOrder)
    message.tie_seconds = tieSeconds
    message.revision = revision
  }
}

extension PlanChoice: WireValue {
  static let initialize = tocsin__v1__plan_choice__init
  static func read(_ message: Tocsin__V1__PlanChoice) throws(CallStatus) -> PlanChoice {
    PlanChoice(
      try message.plan_id.text("plan_id"), incidentType: try message.incident_type.text("incident_type"),
      area: try message.area.text("area"), hours: try message.hours.text("hours"))
  }

  func write(to message: inout Tocsin__V1__PlanChoice, in arena: MessageArena) {
    message.incident_type = arena.text(incidentType)
    message.area = arena.text(area)
    message.hours = arena.text(hours)
    message.plan_id = arena.text(planID)
  }
}

extension PlanChoices: WireValue {
  static let initialize = tocsin__v1__plan_choices__init
  static func read(_ message: Tocsin__V1__PlanChoices) throws(CallStatus) -> PlanChoices {
    PlanChoices(try .read(message.choices, message.n_choices), revision: message.revision)
  }

  func write(to message: inout Tocsin__V1__PlanChoices, in arena: MessageArena) {
    (message.n_choices, message.choices) = arena.messages(choices)
    message.revision = revision
  }
}
