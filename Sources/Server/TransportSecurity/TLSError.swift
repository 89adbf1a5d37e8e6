import Errors

/// Why TLS can't be served or used.
public struct TLSError: CodedError, Hashable {
  /// Stable names of what can go wrong.
  public enum Code: String, CaseIterable, Sendable {
    /// A certificate or key can't be read, or is none.
    case unreadable = "TLS_UNREADABLE"
    /// Certificate and key don't go together.
    case unusable = "TLS_UNUSABLE"
    /// The program was built without TLS.
    case unavailable = "TLS_UNAVAILABLE"
  }

  public let code: Code
  /// For people.
  public let message: String
  /// The file; empty if none is at fault.
  public let value: String

  init(_ code: Code, _ message: String, value: String) {
    (self.code, self.message, self.value) = (code, message, value)
  }
}
