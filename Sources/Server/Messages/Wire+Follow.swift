import API
import CMessages
import Geometry

extension FollowRequest: WireValue {
  static let initialize = tocsin__v1__follow_request__init
  static func read(_ message: Tocsin__V1__FollowRequest) throws(CallStatus) -> FollowRequest {
    var request = FollowRequest(
      unitIDs: try .read(message.unit_ids, message.n_unit_ids, "unit_ids"),
      incidentID: try message.incident_id.text("incident_id"))
    let thresholds = UnsafeBufferPointer(start: message.thresholds_seconds, count: message.n_thresholds_seconds)
    if !thresholds.isEmpty { request.thresholdsSeconds = Array(thresholds) }
    request.detail = try RouteDetail.optional(message.detail) ?? []
    if let seconds = given(message.has_position_age_seconds_max, message.position_age_seconds_max) {
      request.positionAgeSecondsMax = seconds
    }
    return request
  }

  func write(to message: inout Tocsin__V1__FollowRequest, in arena: MessageArena) {
    (message.n_unit_ids, message.unit_ids) = arena.texts(unitIDs)
    message.incident_id = arena.text(incidentID)
    (message.n_thresholds_seconds, message.thresholds_seconds) = arena.column(thresholdsSeconds)
    message.detail = arena.message(detail)
    (message.has_position_age_seconds_max, message.position_age_seconds_max) = (1, positionAgeSecondsMax)
  }
}

extension FollowEvent.Kind: WireEnum {
  var wire: Tocsin__V1__FollowKind {
    switch self {
    case .underWay: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_UNDER_WAY
    case .eta: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_ETA
    case .threshold: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_THRESHOLD
    case .offRoute: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_OFF_ROUTE
    case .stopped: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_STOPPED
    case .moving: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_MOVING
    case .stale: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_STALE
    case .near: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_NEAR
    case .ended: TOCSIN__V1__FOLLOW_KIND__FOLLOW_KIND_ENDED
    }
  }
}

extension FollowEvent: WireValue {
  static let initialize = tocsin__v1__follow_event__init
  static func read(_ message: Tocsin__V1__FollowEvent) throws(CallStatus) -> FollowEvent {
    var event = FollowEvent(
      version: message.version, unitID: try message.unit_id.text("unit_id"),
      incidentID: try message.incident_id.text("incident_id"),
      try .read(message.kind, "kind", .invalidArgument),
      at: try message.at_unix_milliseconds.moment("at_unix_milliseconds"),
      reportedAt: try message.reported_at_unix_milliseconds.moment("reported_at_unix_milliseconds"),
      coordinate: try .required(message.coordinate, "coordinate"))
    event.arrivalAt = try given(message.has_arrival_at_unix_milliseconds, message.arrival_at_unix_milliseconds)?
      .moment("arrival_at_unix_milliseconds")
    event.arrivalBefore = try given(
      message.has_arrival_before_unix_milliseconds, message.arrival_before_unix_milliseconds)?
      .moment("arrival_before_unix_milliseconds")
    event.thresholdSeconds = given(message.has_threshold_seconds, message.threshold_seconds)
    event.destination = try .optional(message.destination)
    event.route = try .optional(message.route)
    return event
  }

  func write(to message: inout Tocsin__V1__FollowEvent, in arena: MessageArena) {
    message.version = version
    (message.unit_id, message.incident_id) = (arena.text(unitID), arena.text(incidentID))
    message.kind = kind.wire
    message.at_unix_milliseconds = at.unixMilliseconds
    message.reported_at_unix_milliseconds = reportedAt.unixMilliseconds
    (message.has_eta_seconds, message.eta_seconds) = given(etaSeconds)
    (message.has_arrival_at_unix_milliseconds, message.arrival_at_unix_milliseconds) = given(
      arrivalAt?.unixMilliseconds)
    (message.has_arrival_before_unix_milliseconds, message.arrival_before_unix_milliseconds) = given(
      arrivalBefore?.unixMilliseconds)
    (message.has_threshold_seconds, message.threshold_seconds) = given(thresholdSeconds)
    message.coordinate = arena.message(coordinate)
    if let destination { message.destination = arena.message(destination) }
    if let route { message.route = arena.message(route) }
  }
}
