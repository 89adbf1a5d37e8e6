/// Why a TOML text can't be used: what every file of ours has in common. Modules give it a stable code of their own.
public struct TOMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What can be wrong.
  public enum Kind: CaseIterable, Sendable {
    /// The file can't be read, is too large, or isn't TOML.
    case unreadable
    /// A key that the schema doesn't have: most often a slip of the pen that would silently do nothing.
    case unknownKey
    /// A value of the wrong type or out of range, or one that is missing.
    case badValue
  }

  public let kind: Kind
  public let file: String
  /// Line of the fault; `nil` if it lies in no line.
  public let line: Int?
  /// Dotted path of the key, tables of a list numbered from 1 (`way[2].speed_kmh`); empty if the fault lies in no key.
  public let key: String
  /// The value that was refused, as it was written; empty if there is none.
  public let value: String
  public let message: String

  public init(
    _ kind: Kind, _ message: String, file: String = "", line: Int? = nil, key: String = "", value: String = ""
  ) {
    self.kind = kind
    self.message = message
    self.file = file
    self.line = line
    self.key = key
    self.value = value
  }

  public var description: String {
    let place = [file, line.map(String.init) ?? "", key].filter { !$0.isEmpty }.joined(separator: ":")
    return "\(place.isEmpty ? "" : "\(place): ")\(message)\(value.isEmpty ? "" : " (\(value))")"
  }
}
