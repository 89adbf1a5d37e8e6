import API
import CMessages

extension SpeedBasis: WireEnum {
  var wire: Tocsin__V1__SpeedBasis {
    switch self {
    case .live: TOCSIN__V1__SPEED_BASIS__SPEED_BASIS_LIVE
    case .typical: TOCSIN__V1__SPEED_BASIS__SPEED_BASIS_TYPICAL
    case .mixed: TOCSIN__V1__SPEED_BASIS__SPEED_BASIS_MIXED
    case .freeFlow: TOCSIN__V1__SPEED_BASIS__SPEED_BASIS_FREE_FLOW
    }
  }
}

extension RouteRequest: WireValue {
  static let initialize = tocsin__v1__route_request__init
  static func read(_ message: Tocsin__V1__RouteRequest) throws(CallStatus) -> RouteRequest {
    var request = RouteRequest(
      places: try .read(message.places, message.n_places),
      profile: try message.profile.text("profile"))
    request.detail = try RouteDetail.optional(message.detail) ?? []
    request.alternatives = Int(message.alternatives)
    request.keepsDirection = message.keeps_direction != 0
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.departAt = try given(message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds)?
      .moment("depart_at_unix_milliseconds", .invalidArgument)
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    return request
  }

  func write(to message: inout Tocsin__V1__RouteRequest, in arena: MessageArena) {
    (message.n_places, message.places) = arena.messages(places)
    message.profile = arena.text(profile)
    message.detail = arena.message(detail)
    message.alternatives = Int32(clamping: alternatives)
    message.keeps_direction = keepsDirection ? 1 : 0
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    (message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds) = given(departAt?.unixMilliseconds)
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
  }
}

extension RouteAnswer: WireValue {
  static let initialize = tocsin__v1__route_answer__init
  static func read(_ message: Tocsin__V1__RouteAnswer) throws(CallStatus) -> RouteAnswer {
    var answer = RouteAnswer(
      version: message.version, from: try .required(message.from, "from"),
      to: try .required(message.to, "to"), route: try .required(message.route, "route"),
      alternatives: try .read(message.alternatives, message.n_alternatives))
    answer.via = try .read(message.via, message.n_via)
    answer.basis = try .read(message.basis, "basis", .invalidArgument)
    return answer
  }

  func write(to message: inout Tocsin__V1__RouteAnswer, in arena: MessageArena) {
    message.version = version
    message.basis = basis.wire
    message.from = arena.message(from)
    message.to = arena.message(to)
    message.route = arena.message(route)
    (message.n_alternatives, message.alternatives) = arena.messages(alternatives)
    (message.n_via, message.via) = arena.messages(via)
  }
}

extension SnapRequest: WireValue {
  static let initialize = tocsin__v1__snap_request__init
  static func read(_ message: Tocsin__V1__SnapRequest) throws(CallStatus) -> SnapRequest {
    var request = SnapRequest(
      place: try .required(message.place, "place"),
      profile: try message.profile.text("profile"))
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    if let count = given(message.has_count, message.count) { request.count = Int(count) }
    request.wantsNodes = message.nodes != 0
    return request
  }

  func write(to message: inout Tocsin__V1__SnapRequest, in arena: MessageArena) {
    message.place = arena.message(place)
    message.profile = arena.text(profile)
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
    (message.has_count, message.count) = (1, Int32(clamping: count))
    message.nodes = wantsNodes ? 1 : 0
  }
}

extension SnapAnswer: WireValue {
  static let initialize = tocsin__v1__snap_answer__init
  static func read(_ message: Tocsin__V1__SnapAnswer) throws(CallStatus) -> SnapAnswer {
    SnapAnswer(version: message.version, places: try .read(message.places, message.n_places))
  }

  func write(to message: inout Tocsin__V1__SnapAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_places, message.places) = arena.messages(places)
  }
}

extension SnapReach {
  /// The server's limit and the usual tolerance where a request has none.
  static func read(
    _ radiusMeters: Double?, _ headingToleranceDegrees: Double?
  ) throws(CallStatus) -> SnapReach {
    var reach = SnapReach()
    if let radiusMeters { reach.radiusMeters = try radiusMeters.finite("radius_meters", .invalidRadius) }
    if let degrees = headingToleranceDegrees {
      reach.headingToleranceDegrees = try degrees.finite("heading_tolerance_degrees", .invalidHeading)
    }
    return reach
  }
}
