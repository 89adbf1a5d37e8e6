import API
import Access

/// One setting of the server: its name, what it takes and what it means. All there are stand in ``Setting/all``; files,
/// the environment, flags, `config check`, `config example` and `limits` are derived from there.
public struct Setting: Sendable {
  /// What values a setting takes.
  public enum Kind: Sendable {
    /// A text of at least one character.
    case text
    /// The path of a file or folder. In a file it is relative to the folder of that file.
    case path
    /// `host:port`.
    case address
    /// A list of texts.
    case texts
    case whole(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case flag
    case choice([String])
    /// A table of its own: a name and a list of roles on each line. Only a file can say it.
    case roles
  }

  /// Dotted: the table and the key of a file, `limits.connections`.
  public let key: String
  public let kind: Kind
  /// `bytes`, `seconds`, …; empty for what has none.
  public let unit: String
  /// One line for people.
  public let summary: String
  /// What a file may say, for a setting without default.
  public let sample: String
  let read: @Sendable (ServerConfiguration) -> SettingValue
  let write: @Sendable (inout ServerConfiguration, SettingValue) -> Void

  /// The table of a file that it stands in; empty at the top.
  public var table: String { key.lastIndex(of: ".").map { String(key[..<$0]) } ?? "" }
  /// Its name within that table.
  public var name: String { key.split(separator: ".").last.map(String.init) ?? key }

  /// All variables of the environment that the server looks at begin with that.
  public static let variablePrefix = "TOCSIN_SERVER_"

  /// The variable of the environment: the key in capitals, `_` for dots. `nil` if only a file can say it.
  public var variable: String? {
    if case .roles = kind { return nil }
    return Self.variablePrefix + key.uppercased().split(separator: ".").joined(separator: "_")
  }

  /// The value that a configuration has for it.
  public func value(in configuration: ServerConfiguration) -> SettingValue { read(configuration) }

  /// The default; `.none` if there is none.
  public var defaultValue: SettingValue { read(ServerConfiguration()) }

  /// The setting of this key.
  public static func named(_ key: String) -> Setting? { settingByKey[key] }

  private static let settingByKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })
}

/// A place in a configuration that is of one type.
typealias SettingPath<Value> = WritableKeyPath<ServerConfiguration, Value> & Sendable

extension Setting {
  /// A text or a path that may be missing.
  static func optional(
    _ key: String, _ kind: Kind, _ place: any SettingPath<String?>, sample: String, _ summary: String
  ) -> Setting {
    Setting(
      key: key, kind: kind, unit: "", summary: summary, sample: SettingValue.text(sample).toml ?? "",
      read: { $0[keyPath: place].map(SettingValue.text) ?? .none },
      write: { if case .text(let text) = $1 { $0[keyPath: place] = text } })
  }

  /// A list of texts, empty if nobody says otherwise.
  static func texts(
    _ key: String, _ place: any SettingPath<[String]>, sample: [String], _ summary: String
  ) -> Setting {
    Setting(
      key: key, kind: .texts, unit: "", summary: summary, sample: SettingValue.texts(sample).toml ?? "",
      read: { $0[keyPath: place].isEmpty ? .none : .texts($0[keyPath: place]) },
      write: { if case .texts(let texts) = $1 { $0[keyPath: place] = texts } })
  }

  /// How many.
  static func whole(
    _ key: String, _ range: ClosedRange<Int>, _ unit: String, _ place: any SettingPath<Int>, _ summary: String
  ) -> Setting {
    Setting(
      key: key, kind: .whole(range), unit: unit, summary: summary, sample: "",
      read: { .whole($0[keyPath: place]) },
      write: { if case .whole(let number) = $1 { $0[keyPath: place] = number } })
  }

  /// How long.
  static func seconds(
    _ key: String, _ range: ClosedRange<Double>, _ place: any SettingPath<Double>, _ summary: String
  ) -> Setting {
    Setting(
      key: key, kind: .number(range), unit: "seconds", summary: summary, sample: "",
      read: { .number($0[keyPath: place]) },
      write: { if case .number(let number) = $1 { $0[keyPath: place] = number } })
  }

  /// Yes or no.
  static func flag(_ key: String, _ place: any SettingPath<Bool>, _ summary: String) -> Setting {
    Setting(
      key: key, kind: .flag, unit: "", summary: summary, sample: "",
      read: { .flag($0[keyPath: place]) },
      write: { if case .flag(let flag) = $1 { $0[keyPath: place] = flag } })
  }

  /// One of some words.
  static func choice<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ key: String, _ place: any SettingPath<Word>, _ summary: String
  ) -> Setting {
    Setting(
      key: key, kind: .choice(Word.allCases.map(\.rawValue)), unit: "", summary: summary, sample: "",
      read: { .text($0[keyPath: place].rawValue) },
      write: { if case .text(let word) = $1, let value = Word(rawValue: word) { $0[keyPath: place] = value } })
  }

  /// Who has which roles.
  static func roles(
    _ key: String, _ place: any SettingPath<[String: Set<Role>]>, sample: String, _ summary: String
  ) -> Setting {
    Setting(
      key: key, kind: .roles, unit: "", summary: summary, sample: sample,
      read: { $0[keyPath: place].isEmpty ? .none : .roles($0[keyPath: place]) },
      write: { if case .roles(let roles) = $1 { $0[keyPath: place] = roles } })
  }
}
