import Access
import Messages
import TOMLText

/// What the environment and flags say: texts, one for each setting.
extension EffectiveConfiguration {
  /// Reads the variables that begin with ``Setting/variablePrefix`` over what is known. Paths are relative to the
  /// working directory; lists are separated by commas; an empty variable is as if there were none.
  ///
  /// - Throws: ``FileError``: an unknown variable with the prefix is refused by name.
  public mutating func read(environment: [String: String]) throws(FileError) {
    for (variable, text) in environment.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix(Setting.variablePrefix) {
      guard let setting = Setting.all.first(where: { $0.variable == variable }) else {
        throw FileError(
          .configuration, .unknownKey, "no such variable; their names are like \(Setting.all.last?.variable ?? "")",
          file: "environment", key: variable)
      }
      if text.isEmpty { continue }
      guard let value = setting.value(of: text) else {
        throw FileError(.configuration, .badValue, setting.expectation, file: "environment", key: variable, value: text)
      }
      set(setting, to: value, from: .environment(variable: variable))
    }
  }

  /// Sets one value over what is known, as a flag says it.
  ///
  /// - Throws: ``FileError`` for an unknown key and for a value that it doesn't take.
  public mutating func set(_ key: String, to text: String, flag: String) throws(FileError) {
    guard let setting = Setting.named(key), setting.variable != nil else {
      throw FileError(.configuration, .unknownKey, "no such key", file: "flag", key: flag, value: key)
    }
    guard let value = setting.value(of: text) else {
      throw FileError(.configuration, .badValue, "\(key) \(setting.expectation)", file: "flag", key: flag, value: text)
    }
    set(setting, to: value, from: .flag(name: flag))
  }
}

extension Setting {
  /// The value that a text means; `nil` if the setting doesn't take it.
  func value(of text: String) -> SettingValue? {
    guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
    switch kind {
    case .text, .path: return .text(text)
    case .address: return Self.isAddress(text) ? .text(text) : nil
    case .choice(let words): return words.contains(text) ? .text(text) : nil
    case .texts:
      let texts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return texts.contains("") ? nil : .texts(texts)
    case .whole(let range): return Int(text).flatMap { range.contains($0) ? .whole($0) : nil }
    case .number(let range): return Double(text).flatMap { range.contains($0) ? .number($0) : nil }
    case .flag: return Bool(text).map { .flag($0) }
    case .roles: return nil
    }
  }

  /// What the setting takes, for messages.
  var expectation: String {
    switch kind {
    case .text: "must be text"
    case .path: "must be a path"
    case .address: "must be host:port, the port from 0 to 65535"
    case .choice(let words): "must be one of \(words.map { "\"\($0)\"" }.joined(separator: ", "))"
    case .texts: "must be texts, separated by commas"
    case .whole(let range): "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "must be a number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "must be true or false"
    case .roles: "must be a list of \(Role.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))"
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    guard case .tcp? = try? ServerAddress.parse("tcp:" + text) else { return false }
    return true
  }
}
