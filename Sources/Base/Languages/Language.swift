import API
import Foundation
import TOMLText

/// A language that answers are put into words in. All words stand in the files of `Words`, one for each language.
public struct Language: Sendable {
  /// As ISO 639 has it: `ko`.
  public let code: String
  private let templates: [Phrase: PhraseTemplate]

  /// The languages that there are, by their codes.
  public static let all: [String: Language] = {
    do throws(FileError) {
      var languages: [String: Language] = [:]
      for (code, text) in files { languages[code] = try Language(code, toml: text) }
      return languages
    } catch {
      preconditionFailure("the words of a language are broken: \(error)")
    }
  }()

  private static let files = [
    ("en", PackageResources.en_toml), ("ko", PackageResources.ko_toml), ("vi", PackageResources.vi_toml),
  ].map { ($0, String(decoding: $1, as: UTF8.self)) }

  /// What nobody chose otherwise.
  public static let usualCode = "en"

  /// The language of ``usualCode``.
  public static let usual: Language = {
    guard let language = all[usualCode] else { preconditionFailure("the usual language has no words") }
    return language
  }()

  /// The codes, sorted.
  public static var codes: [String] { all.keys.sorted() }

  /// The language of a code; an empty one is the usual one.
  ///
  /// - Throws: `UNKNOWN_LANGUAGE`, with the codes that there are.
  public static func named(_ code: String) throws(EngineError) -> Language {
    guard let language = all[code.isEmpty ? usualCode : code] else {
      throw EngineError(
        .unknownLanguage, "no such language; there are \(codes.joined(separator: ", "))",
        value: String(code.prefix(codeShownMax)))
    }
    return language
  }

  /// Of a code that is none.
  private static let codeShownMax = 40

  /// Reads the words of a language: every phrase, and nothing else.
  init(_ code: String, toml: String) throws(FileError) {
    self.code = code
    var reader = try TOMLReader(toml: toml, file: "\(code).toml", family: .configuration)
    let tables = Dictionary(grouping: Phrase.allCases, by: \.table)
    var templates: [Phrase: PhraseTemplate] = [:]
    for phrase in tables[""] ?? [] { templates[phrase] = try Self.template(of: phrase, &reader) }
    for table in tables.keys.sorted() where !table.isEmpty {
      try reader.section(table) { reader throws(FileError) in
        for phrase in tables[table] ?? [] { templates[phrase] = try Self.template(of: phrase, &reader) }
      }
    }
    try reader.finish()
    if let missing = Phrase.allCases.first(where: { templates[$0] == nil }) {
      throw FileError(.configuration, .badValue, "has no words", file: "\(code).toml", key: missing.rawValue)
    }
    self.templates = templates
  }

  private static func template(of phrase: Phrase, _ reader: inout TOMLReader) throws(FileError) -> PhraseTemplate? {
    guard let text = try reader.string(phrase.key) else { return nil }
    guard let template = PhraseTemplate(text) else {
      throw reader.bad(phrase.key, text, "has a brace or a slot that is not understood")
    }
    return template
  }

  /// The slots that a phrase has in this language.
  func slots(of phrase: Phrase) -> [Phrase.Slot] { templates[phrase]?.slots ?? [] }

  /// A phrase with what its slots stand for.
  public func text(_ phrase: Phrase, _ values: [Phrase.Slot: String] = [:]) -> String {
    templates[phrase]?.filled(values) ?? ""
  }

  /// `820 m`, `3.4 km`.
  public func length(meters: Double) -> String {
    if meters < 999.5 { return String(format: "%.0f m", meters) }
    return String(format: "%.1f km", meters / 1_000).replacingOccurrences(of: ".", with: text(.decimalSign))
  }
}
