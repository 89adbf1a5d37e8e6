import TOMLText

/// Why a file of overrides can't be used.
public struct OverrideError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable names of what can be wrong. Callers may branch on them; they are never renamed.
  public enum Code: String, CaseIterable, Sendable {
    /// The file can't be read, is too large, or isn't TOML.
    case unreadable = "OVERRIDES_UNREADABLE"
    /// A key that the schema doesn't have.
    case unknownKey = "OVERRIDES_UNKNOWN_KEY"
    /// A value of the wrong type or out of range, or one that is missing.
    case badValue = "OVERRIDES_BAD_VALUE"
  }

  public let code: Code
  public let file: String
  /// Line of the fault; `nil` if it lies in no line.
  public let line: Int?
  /// Dotted path of the key, tables of a list numbered from 1 (`way[2].speed_kmh`); empty if the fault lies in no key.
  public let key: String
  /// The value that was refused, as it was written; empty if there is none.
  public let value: String
  public let message: String

  /// The error of a file that was read as overrides.
  init(_ error: TOMLError) {
    code =
      switch error.kind {
      case .unreadable: .unreadable
      case .unknownKey: .unknownKey
      case .badValue: .badValue
      }
    (file, line, key, value, message) = (error.file, error.line, error.key, error.value, error.message)
  }

  public var description: String {
    let place = [file, line.map(String.init) ?? "", key].filter { !$0.isEmpty }.joined(separator: ":")
    return "\(code.rawValue): \(place.isEmpty ? "" : "\(place): ")\(message)\(value.isEmpty ? "" : " (\(value))")"
  }
}
