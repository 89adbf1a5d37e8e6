import API
import CMessages

extension StalePosition: WireEnum {
  var wire: Tocsin__V1__StalePosition {
    switch self {
    case .leftOut: TOCSIN__V1__STALE_POSITION__STALE_POSITION_LEFT_OUT
    case .atHome: TOCSIN__V1__STALE_POSITION__STALE_POSITION_AT_HOME
    }
  }
}

extension UnitFilter: WireValue {
  static let initialize = tocsin__v1__unit_filter__init
  static func read(_ message: Tocsin__V1__UnitFilter) throws(CallStatus) -> UnitFilter {
    var filter = UnitFilter()
    filter.statuses = try .read(message.statuses, message.n_statuses)
    filter.agencies = try .read(message.agencies, message.n_agencies, "agencies")
    filter.capabilities = try .read(message.capabilities, message.n_capabilities, "capabilities")
    filter.travelSecondsMax = try given(message.has_travel_seconds_max, message.travel_seconds_max)?
      .finite("travel_seconds_max")
    filter.positionAgeSecondsMax = try given(message.has_position_age_seconds_max, message.position_age_seconds_max)?
      .finite("position_age_seconds_max")
    filter.stale = try .read(message.stale, "stale", .invalidArgument)
    filter.excludedIDs = try .read(message.excluded_unit_ids, message.n_excluded_unit_ids, "excluded_unit_ids")
    return filter
  }

  func write(to message: inout Tocsin__V1__UnitFilter, in arena: MessageArena) {
    (message.n_statuses, message.statuses) = arena.column(statuses.column)
    (message.n_agencies, message.agencies) = arena.texts(agencies)
    (message.n_capabilities, message.capabilities) = arena.texts(capabilities)
    (message.has_travel_seconds_max, message.travel_seconds_max) = given(travelSecondsMax)
    (message.has_position_age_seconds_max, message.position_age_seconds_max) = given(positionAgeSecondsMax)
    message.stale = stale.wire
    (message.n_excluded_unit_ids, message.excluded_unit_ids) = arena.texts(excludedIDs)
  }
}

extension StripQuestion: WireValue {
  static let initialize = tocsin__v1__strip_question__init
  static func read(_ message: Tocsin__V1__StripQuestion) throws(CallStatus) -> StripQuestion {
    StripQuestion(
      limitSeconds: try message.limit_seconds.finite("limit_seconds"),
      demandLayer: try message.demand_layer.text("demand_layer"))
  }

  func write(to message: inout Tocsin__V1__StripQuestion, in arena: MessageArena) {
    message.limit_seconds = limitSeconds
    message.demand_layer = arena.text(demandLayer)
  }
}

extension RecommendRequest: WireValue {
  static let initialize = tocsin__v1__recommend_request__init
  static func read(_ message: Tocsin__V1__RecommendRequest) throws(CallStatus) -> RecommendRequest {
    var request = RecommendRequest(
      incident: try .required(message.incident, "incident"), wanted: try Wanted.read(message))
    request.incidentID = try message.incident_id.text("incident_id")
    request.level = Int(message.level)
    request.units = try UnitFilter.optional(message.units) ?? UnitFilter()
    request.committedIDs = try .read(message.committed_unit_ids, message.n_committed_unit_ids, "committed_unit_ids")
    request.wantedIDs = try .read(message.wanted_unit_ids, message.n_wanted_unit_ids, "wanted_unit_ids")
    request.keep = try .read(message.keep, message.n_keep)
    request.diversions = try DiversionSearch.ifWanted(message.diversions)
    request.handlingSeconds = try given(message.has_handling_seconds, message.handling_seconds)?
      .finite("handling_seconds")
    request.detail = try RouteDetail.optional(message.detail) ?? []
    if let count = given(message.has_explain_count, message.explain_count) { request.explainCount = Int(count) }
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.departAt = try given(message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds)?
      .moment("depart_at_unix_milliseconds", .invalidArgument)
    request.strips = try .optional(message.strips)
    return request
  }

  func write(to message: inout Tocsin__V1__RecommendRequest, in arena: MessageArena) {
    message.incident = arena.message(incident)
    message.incident_id = arena.text(incidentID)
    wanted.write(to: &message, in: arena)
    message.level = UInt32(clamping: level)
    message.units = arena.message(units)
    (message.n_committed_unit_ids, message.committed_unit_ids) = arena.texts(committedIDs)
    (message.n_wanted_unit_ids, message.wanted_unit_ids) = arena.texts(wantedIDs)
    (message.n_keep, message.keep) = arena.messages(keep)
    if let diversions { message.diversions = arena.message(diversions) }
    (message.has_handling_seconds, message.handling_seconds) = given(handlingSeconds)
    message.detail = arena.message(detail)
    (message.has_explain_count, message.explain_count) = (1, UInt32(clamping: explainCount))
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    (message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds) = given(departAt?.unixMilliseconds)
    if let strips { message.strips = arena.message(strips) }
  }
}

extension RecommendRequest.Wanted {
  fileprivate static func read(_ message: Tocsin__V1__RecommendRequest) throws(CallStatus) -> Self {
    switch message.wanted_case {
    case TOCSIN__V1__RECOMMEND_REQUEST__WANTED_INCIDENT_TYPE:
      return .incidentType(try message.incident_type.text("incident_type"))
    case TOCSIN__V1__RECOMMEND_REQUEST__WANTED_PLAN_ID: return .plan(id: try message.plan_id.text("plan_id"))
    case TOCSIN__V1__RECOMMEND_REQUEST__WANTED_LINES: return .lines(try .required(message.lines, "lines"))
    default: throw CallStatus(EngineError(.invalidArgument, "the request doesn't say which lines are wanted"))
    }
  }

  fileprivate func write(to message: inout Tocsin__V1__RecommendRequest, in arena: MessageArena) {
    switch self {
    case .incidentType(let type):
      message.wanted_case = TOCSIN__V1__RECOMMEND_REQUEST__WANTED_INCIDENT_TYPE
      message.incident_type = arena.text(type)
    case .plan(let id):
      (message.wanted_case, message.plan_id) = (TOCSIN__V1__RECOMMEND_REQUEST__WANTED_PLAN_ID, arena.text(id))
    case .lines(let level):
      (message.wanted_case, message.lines) = (TOCSIN__V1__RECOMMEND_REQUEST__WANTED_LINES, arena.message(level))
    }
  }
}

extension RecommendedUnit: WireValue {
  static let initialize = tocsin__v1__recommended_unit__init
  static func read(_ message: Tocsin__V1__RecommendedUnit) throws(CallStatus) -> RecommendedUnit {
    var unit = RecommendedUnit(
      try .required(message.unit, "unit"), line: try message.line.text("line"), place: Int(message.place),
      needIndex: Int(message.need_index), why: try .read(message.why, message.n_why, "why"),
      isOnRequest: message.on_request != 0)
    unit.stripsWeight = given(message.has_strips_weight, message.strips_weight)
    return unit
  }

  func write(to message: inout Tocsin__V1__RecommendedUnit, in arena: MessageArena) {
    message.unit = arena.message(unit)
    message.line = arena.text(line)
    (message.place, message.need_index) = (UInt32(clamping: place), UInt32(clamping: needIndex))
    (message.n_why, message.why) = arena.texts(why)
    message.on_request = isOnRequest ? 1 : 0
    (message.has_strips_weight, message.strips_weight) = given(stripsWeight)
  }
}

extension ConsideredUnit: WireValue {
  static let initialize = tocsin__v1__considered__init
  static func read(_ message: Tocsin__V1__Considered) throws(CallStatus) -> ConsideredUnit {
    guard let reason = LeftOutReason(wire: message.reason) else {
      throw CallStatus(.malformedMessage, "unknown reason for leaving out", value: "\(message.reason.rawValue)")
    }
    return ConsideredUnit(
      try .required(message.unit, "unit"), reason: reason, line: try message.line.text("line"),
      shortBySeconds: given(message.has_short_by_seconds, message.short_by_seconds),
      heldBy: try message.held_by.text("held_by"))
  }

  func write(to message: inout Tocsin__V1__Considered, in arena: MessageArena) {
    message.unit = arena.message(unit)
    message.reason = reason.wire
    message.line = arena.text(line)
    (message.has_short_by_seconds, message.short_by_seconds) = given(shortBySeconds)
    message.held_by = arena.text(heldBy)
  }
}

extension OpenPlaces: WireValue {
  static let initialize = tocsin__v1__open_place__init
  static func read(_ message: Tocsin__V1__OpenPlace) throws(CallStatus) -> OpenPlaces {
    OpenPlaces(
      try message.line.text("line"), count: Int(message.count),
      leftOut: try .read(message.left_out, message.n_left_out),
      freeAt: try given(message.has_free_at_unix_milliseconds, message.free_at_unix_milliseconds)?
        .moment("free_at_unix_milliseconds"))
  }

  func write(to message: inout Tocsin__V1__OpenPlace, in arena: MessageArena) {
    message.line = arena.text(line)
    message.count = UInt32(clamping: count)
    (message.n_left_out, message.left_out) = leftOut.column(in: arena)
    (message.has_free_at_unix_milliseconds, message.free_at_unix_milliseconds) = given(freeAt?.unixMilliseconds)
  }
}

extension LineReport: WireValue {
  static let initialize = tocsin__v1__line_report__init
  static func read(_ message: Tocsin__V1__LineReport) throws(CallStatus) -> LineReport {
    LineReport(
      try message.line.text("line"), askedCount: Int(message.asked_count), filledCount: Int(message.filled_count),
      completeSeconds: given(message.has_complete_seconds, message.complete_seconds),
      goalSeconds: given(message.has_goal_seconds, message.goal_seconds), isLate: message.is_late != 0)
  }

  func write(to message: inout Tocsin__V1__LineReport, in arena: MessageArena) {
    message.line = arena.text(line)
    (message.asked_count, message.filled_count) = (UInt32(clamping: askedCount), UInt32(clamping: filledCount))
    (message.has_complete_seconds, message.complete_seconds) = given(completeSeconds)
    (message.has_goal_seconds, message.goal_seconds) = given(goalSeconds)
    message.is_late = isLate ? 1 : 0
  }
}

extension RecommendAnswer: WireValue {
  static let initialize = tocsin__v1__recommend_answer__init
  static func read(_ message: Tocsin__V1__RecommendAnswer) throws(CallStatus) -> RecommendAnswer {
    var answer = RecommendAnswer(version: message.version, incident: try .required(message.incident, "incident"))
    answer.planID = try message.plan_id.text("plan_id")
    answer.planName = try message.plan_name.text("plan_name")
    answer.level = Int(message.level)
    answer.units = try .read(message.units, message.n_units)
    answer.open = try .read(message.open, message.n_open)
    answer.lines = try .read(message.lines, message.n_lines)
    answer.firstSeconds = given(message.has_first_seconds, message.first_seconds)
    answer.completeSeconds = given(message.has_complete_seconds, message.complete_seconds)
    answer.crewTotal = Int(message.crew_total)
    answer.crewTotalMin = given(message.has_crew_total_min, Int(message.crew_total_min))
    answer.isCrewUnknown = message.crew_unknown != 0
    answer.considered = try .read(message.considered, message.n_considered)
    answer.leftOut = try .read(message.left_out, message.n_left_out)
    answer.diversions = try .read(message.diversions, message.n_diversions)
    answer.isSplit = message.split_carriageways != 0
    answer.singleSideCompleteSeconds = given(
      message.has_single_side_complete_seconds, message.single_side_complete_seconds)
    answer.basis = try .read(message.basis, "basis", .invalidArgument)
    return answer
  }

  func write(to message: inout Tocsin__V1__RecommendAnswer, in arena: MessageArena) {
    message.version = version
    message.basis = basis.wire
    message.incident = arena.message(incident)
    (message.plan_id, message.plan_name) = (arena.text(planID), arena.text(planName))
    message.level = UInt32(clamping: level)
    (message.n_units, message.units) = arena.messages(units)
    (message.n_open, message.open) = arena.messages(open)
    (message.n_lines, message.lines) = arena.messages(lines)
    (message.has_first_seconds, message.first_seconds) = given(firstSeconds)
    (message.has_complete_seconds, message.complete_seconds) = given(completeSeconds)
    message.crew_total = UInt32(clamping: crewTotal)
    (message.has_crew_total_min, message.crew_total_min) = given(crewTotalMin.map { UInt32(clamping: $0) })
    message.crew_unknown = isCrewUnknown ? 1 : 0
    (message.n_considered, message.considered) = arena.messages(considered)
    (message.n_left_out, message.left_out) = leftOut.column(in: arena)
    (message.n_diversions, message.diversions) = arena.messages(diversions)
    message.split_carriageways = isSplit ? 1 : 0
    (message.has_single_side_complete_seconds, message.single_side_complete_seconds) = given(singleSideCompleteSeconds)
  }
}
