/// The codes of errors of the Connect protocol, each with its status of HTTP.
///
/// Source: the table "Error Codes" of the Connect protocol's reference.
public enum ConnectCode: String, CaseIterable, Sendable {
  case canceled
  case unknown
  case invalidArgument = "invalid_argument"
  case deadlineExceeded = "deadline_exceeded"
  case notFound = "not_found"
  case alreadyExists = "already_exists"
  case permissionDenied = "permission_denied"
  case resourceExhausted = "resource_exhausted"
  case failedPrecondition = "failed_precondition"
  case aborted
  case outOfRange = "out_of_range"
  case unimplemented
  case internalError = "internal"
  case unavailable
  case dataLoss = "data_loss"
  case unauthenticated

  /// The code for a status number of gRPC; ``unknown`` for one that gRPC does not have. O(1).
  public init(grpcCode: Int) {
    // They are listed in gRPC's order, which begins at 1.
    self = Self.allCases.indices.contains(grpcCode - 1) ? Self.allCases[grpcCode - 1] : .unknown
  }

  public var httpStatus: Int {
    switch self {
    case .canceled: 499
    case .unknown, .internalError, .dataLoss: 500
    case .invalidArgument, .failedPrecondition, .outOfRange: 400
    case .deadlineExceeded: 504
    case .notFound: 404
    case .alreadyExists, .aborted: 409
    case .permissionDenied: 403
    case .resourceExhausted: 429
    case .unimplemented: 501
    case .unavailable: 503
    case .unauthenticated: 401
    }
  }
}
