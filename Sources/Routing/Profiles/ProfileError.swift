import TOMLText

/// Why a vehicle profile can't be used.
public struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable names of what can be wrong. Callers may branch on them; they are never renamed.
  public enum Code: String, CaseIterable, Sendable {
    /// The file or folder can't be read, or it isn't TOML.
    case unreadable = "PROFILE_UNREADABLE"
    /// A key that the schema doesn't have: most often a slip of the pen that would silently do nothing.
    case unknownKey = "PROFILE_UNKNOWN_KEY"
    /// A value of the wrong type or out of range, or one that is missing.
    case badValue = "PROFILE_BAD_VALUE"
    /// No profile has this name.
    case unknown = "PROFILE_UNKNOWN"
  }

  public let code: Code
  /// The file or folder that holds the fault; empty when a name was looked up.
  public let file: String
  /// Line of the fault, if the parser told it.
  public let line: Int?
  /// Dotted path of the key (`turns.left_seconds`); empty if the fault lies in no key.
  public let key: String
  /// The value that was refused, as it was written; empty if there is none.
  public let value: String
  public let message: String

  public init(
    _ code: Code, _ message: String, file: String = "", line: Int? = nil, key: String = "", value: String = ""
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.line = line
    self.key = key
    self.value = value
  }

  /// The error of a file that was read as a profile.
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
