import Access
import TOMLText

/// A value that a setting has or is given.
public enum SettingValue: Hashable, Sendable, CustomStringConvertible {
  /// Not set, where there is no default.
  case none
  case text(String)
  case texts([String])
  case whole(Int)
  case number(Double)
  case flag(Bool)
  case roles([String: Set<Role>])

  /// The value as a file has it; `nil` for one that is not set.
  public var toml: String? {
    switch self {
    case .none: nil
    case .text(let text): text.quotedForTOML
    case .texts(let texts): "[\(texts.map(\.quotedForTOML).joined(separator: ", "))]"
    case .whole(let number): String(number)
    case .number(let number): number.plainText
    case .flag(let flag): String(flag)
    case .roles(let roles):
      "{ \(roles.sorted { $0.key < $1.key }.map { "\($0.key.quotedForTOML) = \(Self.list($0.value))" }.joined(separator: ", ")) }"
    }
  }

  /// The value for people: as in a file, but texts without quotes; empty for one that is not set.
  public var description: String {
    if case .text(let text) = self { return text }
    return toml ?? ""
  }

  /// The value of a limit; `nil` for what is no number.
  public var number: Double? {
    switch self {
    case .whole(let number): Double(number)
    case .number(let number): number
    case .none, .text, .texts, .flag, .roles: nil
    }
  }

  private static func list(_ roles: Set<Role>) -> String {
    SettingValue.texts(roles.map(\.rawValue).sorted()).toml ?? ""
  }
}
