import Errors
import Messages

/// Why a call has no answer.
public struct ClientError: CodedError, Hashable {
  /// Stable names of what goes wrong on the client's side.
  public enum OwnCode: String, CaseIterable, Sendable {
    /// No server answers at the address.
    case connectionFailed = "CONNECTION_FAILED"
    /// The connection ended before the answer came; a change may or may not have been made.
    case connectionLost = "CONNECTION_LOST"
    /// No answer came in time; a change may or may not have been made.
    case deadlineExceeded = "DEADLINE_EXCEEDED"
    /// The calling task was cancelled; a change may or may not have been made.
    case cancelled = "CANCELLED"
  }

  /// The server's code, such as `UNKNOWN_UNIT`, or one of ``OwnCode``.
  public let code: String
  /// For people.
  public let message: String
  /// The value that was refused; of a lost or failed connection, its address.
  public let value: String

  init(_ code: OwnCode, _ message: String, value: String = "") {
    self.code = code.rawValue
    (self.message, self.value) = (message, value)
  }

  init(_ status: CallStatus) { (code, message, value) = (status.code, status.message, status.value) }
}
