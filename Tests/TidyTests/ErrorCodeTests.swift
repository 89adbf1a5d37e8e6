import TOMLText
import TestSupport
import Testing

/// The documented error codes are those that the code has.
@Suite struct ErrorCodeTests {
  static let document = "Sources/Server/README.md"

  @Test func theDocumentListsEveryCode() throws {
    let documented = Self.documented(in: try #require(SourceTree.read(Self.document)))
    let files = Set(FileError.Code.allCases.map(\.rawValue))
    var codes = SourceTree.swiftSources.reduce(into: files) { $0.formUnion(Self.codes(in: $1.text)) }
    // What a load counts beside the codes of answers.
    let load = SourceTree.swiftSources.filter { $0.module == "Load" }.map(\.text).joined()
    codes.formUnion(["NOT_SENT", "STREAM_RESET", "TIMEOUT"].filter { load.contains("\"\($0)\"") })
    #expect(codes.count > 90)
    #expect(codes.subtracting(documented).sorted() == [], "in the code, not in \(Self.document)")
    #expect(documented.subtracting(codes).sorted() == [], "in \(Self.document), not in the code")
  }

  @Test func findsCodes() {
    let text = """
      public enum Code: String { case a = "FIRST_CODE"
        case b = "OVERLOADED" }
      enum Word: String { case c = "NO_CODE" }
      throw CommandFailure(
        "SECOND_CODE", "a message")
      """
    #expect(Self.codes(in: text) == ["FIRST_CODE", "OVERLOADED", "SECOND_CODE"])
  }

  @Test func findsDocumentedCodes() {
    let text =
      "## Words\n| `NOT_A_CODE` |\n## Errors\n| `A_CODE`, `OTHER` | when, unlike `NO_CODE` |\n`NEITHER_CODE`\n## More\n"
    #expect(Self.documented(in: text) == ["A_CODE", "OTHER"])
  }

  /// What stands in the first column of the table under "Errors".
  private static func documented(in text: String) -> Set<String> {
    guard let section = text.firstMatch(of: /(?s)\n## Errors\n(.*?)(?:\n## |\z)/)?.1 else { return [] }
    return Set(
      section.split(separator: "\n").filter { $0.hasPrefix("|") }.compactMap { $0.split(separator: "|").first }
        .flatMap { $0.matches(of: /`([A-Z0-9_]+)`/).map { String($0.1) } })
  }

  /// The raw values of enums of codes, and what command failures are made with.
  private static func codes(in text: String) -> Set<String> {
    let failures = text.matches(of: /(?:CommandFailure|InputFileError)\(\s*"([A-Z0-9_]+)"/).map { String($0.1) }
    return Set(rawValues(in: text) + failures)
  }

  private static func rawValues(in text: String) -> [String] {
    var values: [String] = []
    var isInside = false
    for line in text.split(separator: "\n") {
      if let declared = line.firstMatch(of: /enum (\w+): String/)?.1 { isInside = declared.hasSuffix("Code") }
      if isInside { values += line.matches(of: /case \w+ = "([A-Z0-9_]+)"/).map { String($0.1) } }
      if line.contains("}") { isInside = false }
    }
    return values
  }
}
