import TOMLText

/// Why a server's configuration can't be used.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable names of what can be wrong. Callers may branch on them; they are never renamed.
  public enum Code: String, CaseIterable, Sendable {
    /// The file can't be read, is too large, or isn't TOML.
    case unreadable = "CONFIG_UNREADABLE"
    /// A key or a variable that there is not: most often a slip of the pen that would silently do nothing.
    case unknownKey = "CONFIG_UNKNOWN_KEY"
    /// A value of the wrong type or out of range, or one that another one needs and that is missing.
    case badValue = "CONFIG_BAD_VALUE"
  }

  public let code: Code
  /// The file; `environment` and `flag` for what was said there; empty if no single place is at fault.
  public let file: String
  /// Line of the fault; `nil` if it lies in no line.
  public let line: Int?
  /// Dotted key of the setting, the variable or the flag; empty if the fault lies in none.
  public let key: String
  /// The value that was refused, as it was written; empty if there is none.
  public let value: String
  public let message: String

  init(
    _ code: Code, _ message: String, file: String = "", line: Int? = nil, key: String = "", value: String = ""
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.line = line
    self.key = key
    self.value = value
  }

  /// The error of a file that was read as a configuration.
  init(_ error: TOMLError) {
    let code: Code =
      switch error.kind {
      case .unreadable: .unreadable
      case .unknownKey: .unknownKey
      case .badValue: .badValue
      }
    self.init(code, error.message, file: error.file, line: error.line, key: error.key, value: error.value)
  }

  public var description: String {
    let place = [file, line.map(String.init) ?? "", key].filter { !$0.isEmpty }.joined(separator: ":")
    return "\(code.rawValue): \(place.isEmpty ? "" : "\(place): ")\(message)\(value.isEmpty ? "" : " (\(value))")"
  }
}
