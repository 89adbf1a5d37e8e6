import API
import CMessages
import Foundation

extension LeftOutReason {
  /// The reason of a field. Throws `MALFORMED_MESSAGE`.
  static func read(_ reason: Tocsin__V1__LeftOutReason) throws(CallStatus) -> LeftOutReason {
    switch reason {
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_STATUS: return .status
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_AGENCY: return .agency
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_CAPABILITY: return .capability
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_STALE_POSITION: return .stalePosition
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_OFF_MAP: return .offMap
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_UNREACHABLE: return .unreachable
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_TOO_FAR: return .tooFar
    case TOCSIN__V1__LEFT_OUT_REASON__LEFT_OUT_REASON_OUTRANKED: return .outranked
    default: throw CallStatus(.malformedMessage, "unknown reason for leaving out", value: "\(reason.rawValue)")
    }
  }

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
    }
  }
}

/// How many units were left out for one reason.
struct LeftOut {
  let reason: LeftOutReason
  let count: Int
}

extension LeftOut: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__LeftOut>) {
    tocsin__v1__left_out__init(message)
  }

  static func read(_ message: Tocsin__V1__LeftOut) throws(CallStatus) -> LeftOut {
    LeftOut(reason: try LeftOutReason.read(message.reason), count: Int(message.count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__LeftOut>, in arena: MessageArena) {
    message.pointee.reason = reason.wire
    message.pointee.count = UInt32(clamping: count)
  }
}

extension RankedUnit: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__RankedUnit>) {
    tocsin__v1__ranked_unit__init(message)
  }

  static func read(_ message: Tocsin__V1__RankedUnit) throws(CallStatus) -> RankedUnit {
    RankedUnit(
      unit: try WireReader.required(message.unit, "unit"), etaSeconds: message.eta_seconds,
      turnoutSeconds: message.turnout_seconds, positionAgeSeconds: message.position_age_seconds,
      route: try WireReader.required(message.route, "route"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__RankedUnit>, in arena: MessageArena) {
    message.pointee.unit = arena.message(unit)
    message.pointee.eta_seconds = etaSeconds
    message.pointee.turnout_seconds = turnoutSeconds
    message.pointee.position_age_seconds = positionAgeSeconds
    message.pointee.route = arena.message(route)
  }
}

extension FastestUnitsRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__FastestUnitsRequest>? {
    tocsin__v1__fastest_units_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__FastestUnitsRequest>) {
    tocsin__v1__fastest_units_request__init(message)
  }

  static func read(_ message: Tocsin__V1__FastestUnitsRequest) throws(CallStatus) -> FastestUnitsRequest {
    var request = FastestUnitsRequest(
      incident: try WireReader.required(message.incident, "incident"), count: try WireReader.count(message.count))
    if message.n_statuses > 0 {
      request.statuses = try statuses(message.statuses, message.n_statuses)
    }
    request.capabilities = try WireReader.texts(message.capabilities, message.n_capabilities, "capabilities")
    request.agencies = try WireReader.texts(message.agencies, message.n_agencies, "agencies")
    if message.has_travel_seconds_max_case.rawValue != 0 {
      request.travelSecondsMax = try WireReader.notNegative(message.travel_seconds_max, "travel_seconds_max")
    }
    if message.has_position_age_seconds_max_case.rawValue != 0 {
      request.positionAgeSecondsMax = try WireReader.notNegative(
        message.position_age_seconds_max, "position_age_seconds_max")
    }
    if let detail = message.detail { request.detail = RouteDetail.read(detail.pointee) }
    if message.has_radius_meters_case.rawValue != 0 {
      request.reach.radiusMeters = try WireReader.radius(message.radius_meters)
    }
    if message.has_heading_tolerance_degrees_case.rawValue != 0 {
      request.reach.headingToleranceDegrees = try WireReader.headingTolerance(message.heading_tolerance_degrees)
    }
    request.whatIf = try WireReader.messages(message.what_if, message.n_what_if)
    return request
  }

  private static func statuses(
    _ list: UnsafeMutablePointer<Tocsin__V1__UnitStatus>?, _ count: Int
  ) throws(CallStatus) -> Set<UnitStatus> {
    var statuses: Set<UnitStatus> = []
    for index in 0..<count {
      guard let list else { break }
      statuses.insert(try UnitStatus.read(list[index], .invalidArgument))
    }
    return statuses
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__FastestUnitsRequest>, in arena: MessageArena) {
    (message.pointee.n_what_if, message.pointee.what_if) = (whatIf.count, arena.messages(whatIf))
    message.pointee.incident = arena.message(incident)
    message.pointee.count = Int32(clamping: count)
    // No status at all cannot be asked for; left empty it would come to mean available units.
    let wireStatuses =
      statuses.isEmpty ? [TOCSIN__V1__UNIT_STATUS__UNIT_STATUS_UNSPECIFIED] : statuses.map(\.wire)
    let list = arena.array(wireStatuses.count, of: Tocsin__V1__UnitStatus.self)
    for (index, status) in wireStatuses.enumerated() { list[index] = status }
    (message.pointee.n_statuses, message.pointee.statuses) = (wireStatuses.count, list)
    (message.pointee.n_capabilities, message.pointee.capabilities) = (capabilities.count, arena.texts(capabilities))
    (message.pointee.n_agencies, message.pointee.agencies) = (agencies.count, arena.texts(agencies))
    if let travelSecondsMax {
      message.pointee.has_travel_seconds_max_case =
        TOCSIN__V1__FASTEST_UNITS_REQUEST__HAS_TRAVEL_SECONDS_MAX_TRAVEL_SECONDS_MAX
      message.pointee.travel_seconds_max = travelSecondsMax
    }
    if let positionAgeSecondsMax {
      message.pointee.has_position_age_seconds_max_case =
        TOCSIN__V1__FASTEST_UNITS_REQUEST__HAS_POSITION_AGE_SECONDS_MAX_POSITION_AGE_SECONDS_MAX
      message.pointee.position_age_seconds_max = positionAgeSecondsMax
    }
    message.pointee.detail = arena.message(detail)
    message.pointee.has_radius_meters_case = TOCSIN__V1__FASTEST_UNITS_REQUEST__HAS_RADIUS_METERS_RADIUS_METERS
    message.pointee.radius_meters = reach.radiusMeters
    message.pointee.has_heading_tolerance_degrees_case =
      TOCSIN__V1__FASTEST_UNITS_REQUEST__HAS_HEADING_TOLERANCE_DEGREES_HEADING_TOLERANCE_DEGREES
    message.pointee.heading_tolerance_degrees = reach.headingToleranceDegrees
  }
}

extension FastestUnitsAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__FastestUnitsAnswer>? {
    tocsin__v1__fastest_units_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__FastestUnitsAnswer>) {
    tocsin__v1__fastest_units_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__FastestUnitsAnswer) throws(CallStatus) -> FastestUnitsAnswer {
    let leftOut: [LeftOut] = try WireReader.messages(message.left_out, message.n_left_out)
    return FastestUnitsAnswer(
      version: message.version, incident: try WireReader.required(message.incident, "incident"),
      units: try WireReader.messages(message.units, message.n_units),
      leftOut: Dictionary(leftOut.map { ($0.reason, $0.count) }, uniquingKeysWith: { $0 &+ $1 }))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__FastestUnitsAnswer>, in arena: MessageArena) {
    let leftOut = LeftOutReason.allCases.compactMap { reason in
      self.leftOut[reason].map { LeftOut(reason: reason, count: $0) }
    }
    message.pointee.version = version
    message.pointee.incident = arena.message(incident)
    (message.pointee.n_units, message.pointee.units) = (units.count, arena.messages(units))
    (message.pointee.n_left_out, message.pointee.left_out) = (leftOut.count, arena.messages(leftOut))
  }
}
