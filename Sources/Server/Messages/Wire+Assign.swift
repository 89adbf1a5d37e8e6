import API
import CMessages

extension IncidentNeed: WireValue {
  static let initialize = tocsin__v1__incident_need__init
  static func read(_ message: Tocsin__V1__IncidentNeed) throws(CallStatus) -> IncidentNeed {
    let id = try message.id.text("id")
    let wanted: RecommendRequest.Wanted
    switch message.wanted_case {
    case TOCSIN__V1__INCIDENT_NEED__WANTED_INCIDENT_TYPE:
      wanted = .incidentType(try message.incident_type.text("incident_type"))
    case TOCSIN__V1__INCIDENT_NEED__WANTED_PLAN_ID: wanted = .plan(id: try message.plan_id.text("plan_id"))
    case TOCSIN__V1__INCIDENT_NEED__WANTED_LINES: wanted = .lines(try .required(message.lines, "lines"))
    default:
      throw CallStatus(EngineError(.invalidArgument, "incident \(id) doesn't say which lines are wanted", value: id))
    }
    var incident = IncidentNeed(
      id, at: try .required(message.place, "place"), priority: Int(message.priority), wanted: wanted)
    incident.level = Int(message.level)
    incident.committedIDs = try .read(message.committed_unit_ids, message.n_committed_unit_ids, "committed_unit_ids")
    return incident
  }

  func write(to message: inout Tocsin__V1__IncidentNeed, in arena: MessageArena) {
    message.id = arena.text(id)
    message.place = arena.message(place)
    (message.priority, message.level) = (UInt32(clamping: priority), UInt32(clamping: level))
    (message.n_committed_unit_ids, message.committed_unit_ids) = arena.texts(committedIDs)
    switch wanted {
    case .incidentType(let type):
      message.wanted_case = TOCSIN__V1__INCIDENT_NEED__WANTED_INCIDENT_TYPE
      message.incident_type = arena.text(type)
    case .plan(let id):
      (message.wanted_case, message.plan_id) = (TOCSIN__V1__INCIDENT_NEED__WANTED_PLAN_ID, arena.text(id))
    case .lines(let level):
      (message.wanted_case, message.lines) = (TOCSIN__V1__INCIDENT_NEED__WANTED_LINES, arena.message(level))
    }
  }
}

extension AssignObjective: WireEnum {
  var wire: Tocsin__V1__AssignObjective {
    switch self {
    case .oneByOne: TOCSIN__V1__ASSIGN_OBJECTIVE__ASSIGN_OBJECTIVE_ONE_BY_ONE
    case .fastestTotal: TOCSIN__V1__ASSIGN_OBJECTIVE__ASSIGN_OBJECTIVE_FASTEST_TOTAL
    case .fairest: TOCSIN__V1__ASSIGN_OBJECTIVE__ASSIGN_OBJECTIVE_FAIREST
    }
  }
}

extension AssignRequest: WireValue {
  static let initialize = tocsin__v1__assign_request__init
  static func read(_ message: Tocsin__V1__AssignRequest) throws(CallStatus) -> AssignRequest {
    var request = AssignRequest(try .read(message.incidents, message.n_incidents))
    request.objective = try .read(message.objective, "objective", .invalidArgument)
    request.units = try UnitFilter.optional(message.units) ?? UnitFilter()
    request.agencies = try .read(message.agencies, message.n_agencies)
    request.keep = try .read(message.keep, message.n_keep)
    request.diversions = try DiversionSearch.ifWanted(message.diversions)
    request.explainCount = Int(message.explain_count)
    request.detail = try RouteDetail.optional(message.detail) ?? []
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.departAt = try given(message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds)?
      .moment("depart_at_unix_milliseconds", .invalidArgument)
    return request
  }

  func write(to message: inout Tocsin__V1__AssignRequest, in arena: MessageArena) {
    (message.n_incidents, message.incidents) = arena.messages(incidents)
    message.objective = objective.wire
    message.units = arena.message(units)
    (message.n_agencies, message.agencies) = arena.messages(agencies)
    (message.n_keep, message.keep) = arena.messages(keep)
    if let diversions { message.diversions = arena.message(diversions) }
    message.explain_count = UInt32(clamping: explainCount)
    message.detail = arena.message(detail)
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    (message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds) = given(departAt?.unixMilliseconds)
  }
}

extension AssignedIncident: WireValue {
  static let initialize = tocsin__v1__assigned_incident__init
  static func read(_ message: Tocsin__V1__AssignedIncident) throws(CallStatus) -> AssignedIncident {
    AssignedIncident(
      try message.incident_id.text("incident_id"), try .required(message.recommended, "recommended"),
      firstChangeSeconds: given(message.has_first_change_seconds, message.first_change_seconds),
      completeChangeSeconds: given(message.has_complete_change_seconds, message.complete_change_seconds))
  }

  func write(to message: inout Tocsin__V1__AssignedIncident, in arena: MessageArena) {
    message.incident_id = arena.text(incidentID)
    message.recommended = arena.message(recommended)
    (message.has_first_change_seconds, message.first_change_seconds) = given(firstChangeSeconds)
    (message.has_complete_change_seconds, message.complete_change_seconds) = given(completeChangeSeconds)
  }
}

extension AssignTotals: WireValue {
  static let initialize = tocsin__v1__assign_totals__init
  static func read(_ message: Tocsin__V1__AssignTotals) throws(CallStatus) -> AssignTotals {
    AssignTotals(
      unitCount: Int(message.unit_count), openCount: Int(message.open_count), totalSeconds: message.total_seconds,
      latestSeconds: given(message.has_latest_seconds, message.latest_seconds))
  }

  func write(to message: inout Tocsin__V1__AssignTotals, in arena: MessageArena) {
    (message.unit_count, message.open_count) = (UInt32(clamping: unitCount), UInt32(clamping: openCount))
    message.total_seconds = totalSeconds
    (message.has_latest_seconds, message.latest_seconds) = given(latestSeconds)
  }
}

extension AssignAnswer: WireValue {
  static let initialize = tocsin__v1__assign_answer__init
  static func read(_ message: Tocsin__V1__AssignAnswer) throws(CallStatus) -> AssignAnswer {
    var answer = AssignAnswer(
      version: message.version, incidents: try .read(message.incidents, message.n_incidents),
      totals: try .required(message.totals, "totals"), oneByOne: try .required(message.one_by_one, "one_by_one"))
    answer.swaps = try .read(message.swaps, message.n_swaps)
    answer.basis = try .read(message.basis, "basis", .invalidArgument)
    return answer
  }

  func write(to message: inout Tocsin__V1__AssignAnswer, in arena: MessageArena) {
    message.version = version
    message.basis = basis.wire
    (message.n_incidents, message.incidents) = arena.messages(incidents)
    message.totals = arena.message(totals)
    message.one_by_one = arena.message(oneByOne)
    (message.n_swaps, message.swaps) = arena.messages(swaps)
  }
}
