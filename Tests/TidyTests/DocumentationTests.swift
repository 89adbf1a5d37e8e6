import Testing

/// What other modules may use says what it does.
@Suite struct DocumentationTests {
  @Test func publicDeclarationsAreDocumented() {
    let requirements = Set(SourceTree.swiftSources.flatMap { Self.requirements(of: $0.text) })
    #expect(!requirements.isEmpty)
    for file in SourceTree.librarySources {
      for gap in Self.undocumented(in: file.text, requirements: requirements) { Issue.record("\(file.path):\(gap)") }
    }
  }

  @Test func findsGaps() {
    let text = """
      public struct A {
        /// Good.
        @inlinable
        public func documented() {}
        public static func gap() {}
        public func required() {}
        public func encode(to encoder: any Encoder) {}
      }
      """
    #expect(Self.undocumented(in: text, requirements: ["required"]) == ["1: struct A", "5: func gap"])
  }

  @Test func findsRequirements() {
    let text = "public protocol P {\n  func a()\n  mutating func b()\n}\nextension P {\n  func c() {}\n}"
    #expect(Self.requirements(of: text) == ["a", "b"])
  }

  /// Functions that a protocol of the standard library or of a foreign package asks for.
  private static let standard: Set<String> = [
    "encode", "hash", "index", "makeIterator", "next", "run", "callAsFunction",
  ]

  /// Types and functions without a doc comment, as "line: kind name". Functions that a protocol asks for are told
  /// about there; initialisers by the properties that they fill.
  static func undocumented(in text: String, requirements: Set<String>) -> [String] {
    let source = text.split(separator: "\n", omittingEmptySubsequences: false)
    var gaps: [String] = []
    for (index, line) in source.enumerated() where line.contains("public ") {
      let declaration =
        /^\s*(?:@[\w()]+\s+)*public\s+(?:(?:static|final|mutating|nonmutating|nonisolated|override|indirect)\s+)*(func|struct|class|enum|protocol|actor)\s+([\w`]+|[^\w\s(]+)/
      guard let match = line.firstMatch(of: declaration) else { continue }
      let name = String(match.2)
      if match.1 == "func" {
        let isOperator = name.allSatisfy { !$0.isLetter }
        if isOperator || requirements.contains(name) || standard.contains(name) { continue }
      }
      if !isDocumented(index, in: source) { gaps.append("\(index + 1): \(match.1) \(name)") }
    }
    return gaps
  }

  private static func isDocumented(_ index: Int, in source: [Substring]) -> Bool {
    var above = index - 1
    while above >= 0, source[above].trimmed.hasPrefix("@") { above -= 1 }
    return above >= 0 && source[above].trimmed.hasPrefix("///")
  }

  /// Names of the functions that a file's protocols ask for.
  static func requirements(of text: String) -> [String] {
    guard text.contains("protocol ") else { return [] }
    var names: [String] = []
    var isInside = false
    for line in text.split(separator: "\n") {
      if line.contains("protocol "), line.contains(/^[\w ]*\bprotocol +\w+/) { isInside = true }
      if line.hasPrefix("}") { isInside = false }
      if isInside, let match = line.firstMatch(of: /^\s+(?:mutating\s+|static\s+)?func\s+(\w+)/) {
        names.append(String(match.1))
      }
    }
    return names
  }
}

extension Substring {
  var trimmed: Substring { drop { $0 == " " || $0 == "\t" } }
}
