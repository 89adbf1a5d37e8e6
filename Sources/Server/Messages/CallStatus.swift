import API
import Errors

/// Status numbers of gRPC, as far as Tocsin uses them.
public enum GRPCCode: Int, Sendable {
  case ok = 0
  case cancelled = 1
  case invalidArgument = 3
  case deadlineExceeded = 4
  case notFound = 5
  case permissionDenied = 7
  case resourceExhausted = 8
  case failedPrecondition = 9
  case aborted = 10
  case unimplemented = 12
  case internalError = 13
  case unavailable = 14
  case unauthenticated = 16
}

/// Stable names of what can go wrong outside the engine. Callers may branch on them; they are never renamed.
public enum CallCode: String, CaseIterable, Sendable {
  case cancelled = "CANCELLED"
  case compressionUnsupported = "COMPRESSION_UNSUPPORTED"
  case deadlineExceeded = "DEADLINE_EXCEEDED"
  case duplicateID = "DUPLICATE_ID"
  /// Of the web: a name that is not the server's, an origin whose pages may not ask.
  case foreignHost = "FOREIGN_HOST"
  case foreignOrigin = "FOREIGN_ORIGIN"
  case frameTooLong = "FRAME_TOO_LONG"
  case invalidAddress = "INVALID_ADDRESS"
  case malformedFrame = "MALFORMED_FRAME"
  case malformedMessage = "MALFORMED_MESSAGE"
  case messageTooLarge = "MESSAGE_TOO_LARGE"
  case overloaded = "OVERLOADED"
  case permissionDenied = "PERMISSION_DENIED"
  case rateLimited = "RATE_LIMITED"
  case shuttingDown = "SHUTTING_DOWN"
  case tooManyConnections = "TOO_MANY_CONNECTIONS"
  case tooManyRequests = "TOO_MANY_REQUESTS"
  case unauthenticated = "UNAUTHENTICATED"
  case unknownMethod = "UNKNOWN_METHOD"
  case unknownPage = "UNKNOWN_PAGE"
  /// Of gRPC's own services: a service, a file or a symbol that nobody knows.
  case unknownService = "UNKNOWN_SERVICE"
  case webUnavailable = "WEB_UNAVAILABLE"

  /// The status of gRPC that goes with the code.
  public var grpcCode: GRPCCode {
    switch self {
    case .cancelled: .cancelled
    case .deadlineExceeded: .deadlineExceeded
    case .duplicateID, .invalidAddress, .malformedFrame, .malformedMessage: .invalidArgument
    case .frameTooLong, .messageTooLarge, .overloaded, .rateLimited, .tooManyConnections, .tooManyRequests:
      .resourceExhausted
    case .foreignHost, .foreignOrigin, .permissionDenied: .permissionDenied
    case .shuttingDown: .unavailable
    case .unauthenticated: .unauthenticated
    case .unknownPage, .unknownService: .notFound
    case .compressionUnsupported, .unknownMethod, .webUnavailable: .unimplemented
    }
  }
}

/// Why a call was refused: what every transport tells its clients.
public struct CallStatus: CodedError, Hashable {
  /// A status number of gRPC, never 0.
  public let grpcCode: Int
  /// Stable name of what was wrong: an `EngineError.Code` or a ``CallCode``.
  public let code: String
  /// For people.
  public let message: String
  /// The value that was refused; empty if there is none.
  public let value: String

  /// A status as it came over the wire, whose code may be unknown here.
  public init(grpcCode: Int, code: String, message: String, value: String = "") {
    (self.grpcCode, self.code, self.message, self.value) = (grpcCode, code, message, value)
  }

  /// A status for what went wrong outside the engine.
  public init(_ code: CallCode, _ message: String, value: String = "") {
    self.init(grpcCode: code.grpcCode.rawValue, code: code.rawValue, message: message, value: value)
  }

  /// A status for a limit that was reached, with the limit's name as `tocsin limits` tells it.
  public init(_ code: CallCode, _ message: String, limit: String, _ max: some CustomStringConvertible) {
    self.init(code, message, value: "limits.\(limit) = \(max)")
  }

  /// The status for an error of the engine: the one place where its codes are translated.
  public init(_ error: EngineError) {
    self.init(
      grpcCode: error.code.grpcCode.rawValue, code: error.code.rawValue, message: error.message, value: error.value)
  }
}

extension EngineError.Code {
  /// The status of gRPC that goes with the code.
  public var grpcCode: GRPCCode {
    switch self {
    case .invalidArgument, .invalidCoordinate, .invalidHeading, .invalidCount, .invalidRadius, .invalidDepth,
      .invalidLimit, .invalidUnit, .invalidClosure, .invalidSpeeds, .invalidFeed, .invalidOverrides, .invalidPlan,
      .invalidLayer, .invalidHospital, .invalidPost, .invalidBusyShare, .invalidTile, .emptyLine, .badHours,
      .duplicateFeature,
      .ambiguousChoice, .timeAhead, .nothingInTime, .departInPast, .departTooFar:
      .invalidArgument
    case .offMap, .noRoute, .nothingMatched, .unknownProfile, .unknownWay, .unknownNodes, .unknownLink, .unknownUnit,
      .unknownClosure, .unknownPlan, .unknownLevel, .unknownLayer, .unknownHospital, .unknownPost, .unknownMarker,
      .noPlan, .noHospitals, .noPosts, .noStagingPlaces:
      .notFound
    case .staleRevision, .inUse, .mapUnusable, .wrongMap, .invalidProfiles, .invalidLinks,
      .invalidTypicalSpeeds:
      .failedPrecondition
    case .changedMeanwhile: .aborted
    case .reloadRunning, .engineReplaced: .unavailable
    case .deadlineExceeded: .deadlineExceeded
    case .cancelled: .cancelled
    case .limitExceeded: .resourceExhausted
    case .fitsNoLine, .duplicateIncident, .unreadablePlace, .unknownLanguage: .invalidArgument
    case .ledgerFailed, .ledgerDamaged, .outcomeUnknown: .internalError
    }
  }
}
