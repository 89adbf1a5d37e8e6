import Access

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
    case .text(let text): Self.quoted(text)
    case .texts(let texts): "[\(texts.map(Self.quoted).joined(separator: ", "))]"
    case .whole(let number): String(number)
    case .number(let number): Int64(exactly: number).map(String.init) ?? String(number)
    case .flag(let flag): String(flag)
    case .roles(let roles):
      "{ \(roles.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)) = \(Self.list($0.value))" }.joined(separator: ", ")) }"
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

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
