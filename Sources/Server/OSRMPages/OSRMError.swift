import Geometry
import Messages
import WebPages

/// Why a request was refused, in OSRM's words.
struct OSRMError: Error, Equatable {
  /// OSRM's codes: its clients branch on them.
  enum Code: String, CaseIterable {
    case invalidUrl = "InvalidUrl"
    case invalidService = "InvalidService"
    case invalidVersion = "InvalidVersion"
    case invalidOptions = "InvalidOptions"
    case invalidQuery = "InvalidQuery"
    case invalidValue = "InvalidValue"
    case noSegment = "NoSegment"
    case noRoute = "NoRoute"
    case noMatch = "NoMatch"
    case tooBig = "TooBig"
  }

  let code: String
  let message: String
  /// Of HTTP: 400 for all that OSRM has a code for.
  let status: Int

  private static let refused = 400

  init(_ code: Code, _ message: String) { self.init(code: code.rawValue, message: message, status: Self.refused) }

  private init(code: String, message: String, status: Int) {
    (self.code, self.message, self.status) = (code, message, status)
  }

  /// What Tocsin refused, in OSRM's words where it has them, and else in its own.
  ///
  /// - Parameter coordinates: those of the request: a place off the roads is told by its number.
  init(_ refusal: CallStatus, coordinates: [Coordinate]) {
    let said = refusal.value.isEmpty ? refusal.message : "\(refusal.message): \(refusal.value)"
    switch (refusal.code, GRPCCode(rawValue: refusal.grpcCode)) {
    case ("OFF_MAP", _):
      self = .noSegment(coordinates.firstIndex { "\($0)" == refusal.value } ?? 0)
    case ("NO_ROUTE", _): self.init(.noRoute, said)
    case ("LIMIT_EXCEEDED", _): self.init(.tooBig, said)
    case (_, .invalidArgument), ("UNKNOWN_PROFILE", _): self.init(.invalidValue, said)
    case (let code, let kind): self.init(code: code, message: said, status: kind.map(Self.status) ?? 500)
    }
  }

  /// Clients read the number in this text.
  static func noSegment(_ coordinate: Int) -> OSRMError {
    OSRMError(.noSegment, "Could not find a matching segment for coordinate \(coordinate)")
  }

  /// OSRM's clients take 429 and 503 for a reason to try again.
  private static func status(_ code: GRPCCode) -> Int {
    switch code {
    case .unauthenticated: 401
    case .permissionDenied: 403
    case .resourceExhausted: 429
    case .unavailable, .aborted: 503
    case .deadlineExceeded: 504
    case .notFound: 404
    case .ok, .cancelled, .invalidArgument, .failedPrecondition: refused
    case .unimplemented: 501
    case .internalError: 500
    }
  }

  /// What clients get.
  var page: PageAnswer {
    var json = JSONText()
    json.object { json in
      json.name("code")
      json.text(code)
      json.name("message")
      json.text(message)
    }
    return PageAnswer(status: status, contentType: JSONPage.contentType, body: json.bytes)
  }
}

/// An answer that is JSON.
enum JSONPage {
  static let contentType = "application/json; charset=UTF-8"

  /// What was asked for, with OSRM's word for it.
  static func ok(reservingBytes count: Int, _ members: (inout JSONText) -> Void) -> PageAnswer {
    var json = JSONText(reservingBytes: count)
    json.object { json in
      json.name("code")
      json.text("Ok")
      members(&json)
    }
    return PageAnswer(contentType: contentType, body: json.bytes)
  }
}
