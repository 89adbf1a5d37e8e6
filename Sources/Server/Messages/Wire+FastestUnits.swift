import API
import CMessages

extension LeftOutReason: WireEnum {
  var wire: Tocsin__V1__LeftOutReason {
    switch self {
    case .status: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_STATUS
    case .agency: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_AGENCY
    case .capability: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_CAPABILITY
    case .stalePosition: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_STALE_POSITION
    case .offMap: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_OFF_MAP
    case .unreachable: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_UNREACHABLE
    case .tooFar: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_TOO_FAR
    case .outranked: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_OUTRANKED
    case .excluded: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_EXCLUDED
    case .crew: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_CREW
    case .notNeeded: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_NOT_NEEDED
    case .taken: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_TAKEN
    case .kept: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_KEPT
    case .underCrewed: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_UNDER_CREWED
    case .diversion: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_DIVERSION
    case .closed: TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_CLOSED
    }
  }
}

extension RankedUnit: WireValue {
  static let initialize = tocsin__v1__ranked_unit__init
  static func read(_ message: Tocsin__V1__RankedUnit) throws(CallStatus) -> RankedUnit {
    var ranked = RankedUnit(
      unit: try .required(message.unit, "unit"), etaSeconds: message.eta_seconds,
      turnoutSeconds: message.turnout_seconds, positionAgeSeconds: message.position_age_seconds,
      route: try .required(message.route, "route"), stop: try .optional(message.stop))
    ranked.isAssumed = message.is_assumed != 0
    return ranked
  }

  func write(to message: inout Tocsin__V1__RankedUnit, in arena: MessageArena) {
    message.unit = arena.message(unit)
    message.eta_seconds = etaSeconds
    message.turnout_seconds = turnoutSeconds
    message.position_age_seconds = positionAgeSeconds
    message.route = arena.message(route)
    if let stop { message.stop = arena.message(stop) }
    message.is_assumed = isAssumed ? 1 : 0
  }
}

/// How many units were left out, by reason.
typealias LeftOutCounts = [LeftOutReason: Int]

extension LeftOutCounts {
  static func read(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__V1__LeftOut>?>?, _ count: Int
  ) throws(CallStatus) -> LeftOutCounts {
    var counts = LeftOutCounts(minimumCapacity: LeftOutReason.allCases.count)
    for message in UnsafeBufferPointer(start: list, count: count) {
      let group = try present(message, "left_out")
      guard let reason = LeftOutReason(wire: group.reason) else {
        throw CallStatus(.malformedMessage, "unknown reason for leaving out", value: "\(group.reason.rawValue)")
      }
      counts[reason, default: 0] &+= Int(group.count)
    }
    return counts
  }

  func column(
    in arena: MessageArena
  ) -> (Int, UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__V1__LeftOut>?>?) {
    arena.column(
      LeftOutReason.allCases.compactMap { reason in
        self[reason].map { count in
          arena.message(tocsin__v1__left_out__init) { ($0.reason, $0.count) = (reason.wire, UInt32(clamping: count)) }
        }
      })
  }
}

extension FastestUnitsRequest: WireValue {
  static let initialize = tocsin__v1__fastest_units_request__init
  static func read(_ message: Tocsin__V1__FastestUnitsRequest) throws(CallStatus) -> FastestUnitsRequest {
    var request = FastestUnitsRequest(incident: try .required(message.incident, "incident"), count: Int(message.count))
    request.statuses = try .read(message.statuses, message.n_statuses)
    request.capabilities = try .read(message.capabilities, message.n_capabilities, "capabilities")
    request.agencies = try .read(message.agencies, message.n_agencies, "agencies")
    request.travelSecondsMax = try given(message.has_travel_seconds_max, message.travel_seconds_max)?
      .finite("travel_seconds_max")
    request.positionAgeSecondsMax = try given(message.has_position_age_seconds_max, message.position_age_seconds_max)?
      .finite("position_age_seconds_max")
    request.detail = try RouteDetail.optional(message.detail) ?? []
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.departAt = try given(message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds)?
      .moment("depart_at_unix_milliseconds", .invalidArgument)
    request.explainCount = Int(message.explain_count)
    return request
  }

  func write(to message: inout Tocsin__V1__FastestUnitsRequest, in arena: MessageArena) {
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    (message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds) = given(departAt?.unixMilliseconds)
    message.explain_count = UInt32(clamping: explainCount)
    message.incident = arena.message(incident)
    message.count = Int32(clamping: count)
    (message.n_statuses, message.statuses) = arena.column(statuses.column)
    (message.n_capabilities, message.capabilities) = arena.texts(capabilities)
    (message.n_agencies, message.agencies) = arena.texts(agencies)
    (message.has_travel_seconds_max, message.travel_seconds_max) = given(travelSecondsMax)
    (message.has_position_age_seconds_max, message.position_age_seconds_max) = given(positionAgeSecondsMax)
    message.detail = arena.message(detail)
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
  }
}

extension FastestUnitsAnswer: WireValue {
  static let initialize = tocsin__v1__fastest_units_answer__init
  static func read(_ message: Tocsin__V1__FastestUnitsAnswer) throws(CallStatus) -> FastestUnitsAnswer {
    var answer = FastestUnitsAnswer(
      version: message.version, incident: try .required(message.incident, "incident"),
      units: try .read(message.units, message.n_units),
      leftOut: try .read(message.left_out, message.n_left_out),
      closureIDsInTheWay: try .read(
        message.closure_ids_in_the_way, message.n_closure_ids_in_the_way, "closure_ids_in_the_way"))
    answer.unknownAgencies = try .read(message.unknown_agencies, message.n_unknown_agencies, "unknown_agencies")
    answer.unknownCapabilities = try .read(
      message.unknown_capabilities, message.n_unknown_capabilities, "unknown_capabilities")
    answer.considered = try .read(message.considered, message.n_considered)
    answer.basis = try .read(message.basis, "basis", .invalidArgument)
    return answer
  }

  func write(to message: inout Tocsin__V1__FastestUnitsAnswer, in arena: MessageArena) {
    message.version = version
    message.basis = basis.wire
    message.incident = arena.message(incident)
    (message.n_units, message.units) = arena.messages(units)
    (message.n_closure_ids_in_the_way, message.closure_ids_in_the_way) = arena.texts(closureIDsInTheWay)
    (message.n_unknown_agencies, message.unknown_agencies) = arena.texts(unknownAgencies)
    (message.n_unknown_capabilities, message.unknown_capabilities) = arena.texts(unknownCapabilities)
    (message.n_left_out, message.left_out) = leftOut.column(in: arena)
    (message.n_considered, message.considered) = arena.messages(considered)
  }
}
