/// An error that people and programs can act on: a stable code, a message for people, and the value that was refused.
public protocol CodedError: Error, Sendable, CustomStringConvertible {
  associatedtype Code
  /// Stable: callers may branch on it; a code is never renamed.
  var code: Code { get }
  /// The code as it is written, such as `OFF_MAP`.
  var codeText: String { get }
  var message: String { get }
  /// The value that was refused, as the caller would write it; empty if there is none.
  var value: String { get }
}

extension CodedError where Code: RawRepresentable, Code.RawValue == String {
  public var codeText: String { code.rawValue }
}

extension CodedError where Code == String {
  public var codeText: String { code }
}

extension CodedError {
  public var description: String { "\(codeText): \(message)\(value.isEmpty ? "" : " (\(value))")" }
}
