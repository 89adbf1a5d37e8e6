import API
import CMessages

extension MatrixRequest: WireValue {
  static let initialize = tocsin__v1__matrix_request__init
  static func read(_ message: Tocsin__V1__MatrixRequest) throws(CallStatus) -> MatrixRequest {
    var request = MatrixRequest(
      origins: try .read(message.origins, message.n_origins),
      destinations: try .read(message.destinations, message.n_destinations),
      profile: try message.profile.text("profile"))
    request.travelSecondsMax = try given(message.has_travel_seconds_max, message.travel_seconds_max)?
      .finite("travel_seconds_max")
    request.wantsLengths = message.lengths != 0
    request.whatIf = try .read(message.what_if, message.n_what_if)
    request.departAt = try given(message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds)?
      .moment("depart_at_unix_milliseconds", .invalidArgument)
    request.reach = try SnapReach.read(
      given(message.has_radius_meters, message.radius_meters),
      given(message.has_heading_tolerance_degrees, message.heading_tolerance_degrees))
    return request
  }

  func write(to message: inout Tocsin__V1__MatrixRequest, in arena: MessageArena) {
    (message.n_origins, message.origins) = arena.messages(origins)
    (message.n_destinations, message.destinations) = arena.messages(destinations)
    message.profile = arena.text(profile)
    (message.has_travel_seconds_max, message.travel_seconds_max) = given(travelSecondsMax)
    message.lengths = wantsLengths ? 1 : 0
    (message.n_what_if, message.what_if) = arena.messages(whatIf)
    (message.has_depart_at_unix_milliseconds, message.depart_at_unix_milliseconds) = given(departAt?.unixMilliseconds)
    (message.has_radius_meters, message.radius_meters) = (1, reach.radiusMeters)
    (message.has_heading_tolerance_degrees, message.heading_tolerance_degrees) = (1, reach.headingToleranceDegrees)
  }
}

extension MatrixAnswer: WireValue {
  static let initialize = tocsin__v1__matrix_answer__init
  static func read(_ message: Tocsin__V1__MatrixAnswer) throws(CallStatus) -> MatrixAnswer {
    var answer = MatrixAnswer(
      version: message.version,
      origins: try [OptionalPlace].read(message.origins, message.n_origins).map(\.snapped),
      destinations: try [OptionalPlace].read(message.destinations, message.n_destinations).map(\.snapped))
    answer.travelSeconds = Array(UnsafeBufferPointer(start: message.travel_seconds, count: message.n_travel_seconds))
    answer.lengthMeters = Array(UnsafeBufferPointer(start: message.length_meters, count: message.n_length_meters))
    answer.lastResorts = Array(UnsafeBufferPointer(start: message.last_resorts, count: message.n_last_resorts))
    answer.basis = try .read(message.basis, "basis", .invalidArgument)
    return answer
  }

  func write(to message: inout Tocsin__V1__MatrixAnswer, in arena: MessageArena) {
    message.version = version
    message.basis = basis.wire
    (message.n_origins, message.origins) = arena.messages(origins.map { OptionalPlace(snapped: $0) })
    (message.n_destinations, message.destinations) = arena.messages(destinations.map { OptionalPlace(snapped: $0) })
    (message.n_travel_seconds, message.travel_seconds) = arena.column(travelSeconds)
    (message.n_length_meters, message.length_meters) = arena.column(lengthMeters)
    (message.n_last_resorts, message.last_resorts) = arena.column(lastResorts)
  }
}

/// A place of an answer: an absent one is a message, too, so that the others keep their positions.
struct OptionalPlace: WireValue {
  var snapped: SnappedPlace?

  static let initialize = tocsin__v1__optional_place__init
  static func read(_ message: Tocsin__V1__OptionalPlace) throws(CallStatus) -> OptionalPlace {
    OptionalPlace(snapped: try SnappedPlace.optional(message.snapped))
  }

  func write(to message: inout Tocsin__V1__OptionalPlace, in arena: MessageArena) {
    if let snapped { message.snapped = arena.message(snapped) }
  }
}
