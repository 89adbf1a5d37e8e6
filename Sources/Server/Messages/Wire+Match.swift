import API
import CMessages
import Geometry

extension TracePoint: WireValue {
  static let initialize = tocsin__v1__trace_point__init
  static func read(_ message: Tocsin__V1__TracePoint) throws(CallStatus) -> TracePoint {
    var point = TracePoint(try Coordinate.read(message.coordinate, of: "the point"))
    point.at = try given(message.has_at_unix_milliseconds, message.at_unix_milliseconds)?
      .moment("at_unix_milliseconds")
    if let meters = given(message.has_accuracy_meters, message.accuracy_meters) {
      point.accuracyMeters = try meters.finite("accuracy_meters", .invalidRadius)
    }
    point.headingDegrees = try given(message.has_heading_degrees, message.heading_degrees)?
      .finite("heading_degrees", .invalidHeading)
    return point
  }

  func write(to message: inout Tocsin__V1__TracePoint, in arena: MessageArena) {
    message.coordinate = arena.message(coordinate)
    (message.has_at_unix_milliseconds, message.at_unix_milliseconds) = given(at?.unixMilliseconds)
    (message.has_accuracy_meters, message.accuracy_meters) = (1, accuracyMeters)
    (message.has_heading_degrees, message.heading_degrees) = given(headingDegrees)
  }
}

extension MatchRequest: WireValue {
  static let initialize = tocsin__v1__match_request__init
  static func read(_ message: Tocsin__V1__MatchRequest) throws(CallStatus) -> MatchRequest {
    var request = MatchRequest(
      points: try .read(message.points, message.n_points), profile: try message.profile.text("profile"))
    request.detail = try RouteDetail.optional(message.detail) ?? []
    request.splitsAtGaps = message.ignores_gaps == 0
    return request
  }

  func write(to message: inout Tocsin__V1__MatchRequest, in arena: MessageArena) {
    (message.n_points, message.points) = arena.messages(points)
    message.profile = arena.text(profile)
    message.detail = arena.message(detail)
    message.ignores_gaps = splitsAtGaps ? 0 : 1
  }
}

extension Matching: WireValue {
  static let initialize = tocsin__v1__matching__init
  static func read(_ message: Tocsin__V1__Matching) throws(CallStatus) -> Matching {
    Matching(route: try .required(message.route, "route"), confidence: message.confidence)
  }

  func write(to message: inout Tocsin__V1__Matching, in arena: MessageArena) {
    message.route = arena.message(route)
    message.confidence = confidence
  }
}

/// A point of an answer: one that lies on no way is a message, too, so that the others keep their positions.
struct OptionalMatchedPoint: WireValue {
  var point: MatchedPoint?

  static let initialize = tocsin__v1__matched_point__init
  static func read(_ message: Tocsin__V1__MatchedPoint) throws(CallStatus) -> OptionalMatchedPoint {
    let place = try SnappedPlace.optional(message.place)
    return OptionalMatchedPoint(
      point: place.map {
        MatchedPoint(
          place: $0, matching: Int(message.matching), number: Int(message.number),
          alternativesCount: Int(message.alternatives))
      })
  }

  func write(to message: inout Tocsin__V1__MatchedPoint, in arena: MessageArena) {
    guard let point else { return }
    message.place = arena.message(point.place)
    message.matching = UInt32(clamping: point.matching)
    message.number = UInt32(clamping: point.number)
    message.alternatives = UInt32(clamping: point.alternativesCount)
  }
}

extension MatchAnswer: WireValue {
  static let initialize = tocsin__v1__match_answer__init
  static func read(_ message: Tocsin__V1__MatchAnswer) throws(CallStatus) -> MatchAnswer {
    MatchAnswer(
      version: message.version, matchings: try .read(message.matchings, message.n_matchings),
      points: try [OptionalMatchedPoint].read(message.points, message.n_points).map(\.point))
  }

  func write(to message: inout Tocsin__V1__MatchAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_matchings, message.matchings) = arena.messages(matchings)
    (message.n_points, message.points) = arena.messages(points.map { OptionalMatchedPoint(point: $0) })
  }
}
