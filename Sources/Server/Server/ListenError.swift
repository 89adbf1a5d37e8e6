import Errors

/// Why a server could not start.
public struct ListenError: CodedError, Hashable {
  /// Stable names of what can go wrong.
  public enum Code: String, CaseIterable, Sendable {
    /// Another server answers there.
    case addressInUse = "ADDRESS_IN_USE"
    /// The system refused the address.
    case bindFailed = "BIND_FAILED"
  }

  public let code: Code
  /// For people.
  public let message: String
  /// The address.
  public let value: String

  public init(_ code: Code, _ message: String, value: String) {
    (self.code, self.message, self.value) = (code, message, value)
  }
}
