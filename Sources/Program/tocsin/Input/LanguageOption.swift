import ArgumentParser
import Languages

/// `--language`, for every command that puts an answer into words.
struct LanguageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The language of words: \(Language.codes.joined(separator: ", ")). Default: \(Language.usualCode).",
      valueName: "code"))
  var language: String?

  /// Empty for the usual one.
  var code: String { language ?? "" }

  /// The words.
  ///
  /// - Throws: `UNKNOWN_LANGUAGE`.
  var value: Language { get throws { try Language.named(code) } }
}
