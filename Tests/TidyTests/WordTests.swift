import Testing

/// Words that finished code does without.
@Suite struct WordTests {
  @Test func nothingIsLeftToDo() {
    // Spelled apart, so that this file passes its own test.
    for file in SourceTree.files {
      for (number, line) in file.lines.enumerated() {
        for word in ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"] where line.contains(word) {
          Issue.record("\(file.path):\(number + 1): \(word)")
        }
      }
    }
  }

  /// A library tells its caller; only the command line talks to people.
  @Test func librariesDoNotPrint() {
    #expect(SourceTree.librarySources.count > 10)
    for file in SourceTree.librarySources {
      for word in Self.talk(in: file.text) { Issue.record("\(file.path): \(word)") }
    }
  }

  /// What comes from outside is refused with an error, never with a crash.
  @Test func sourcesDoNotCrashOnPurpose() {
    for file in SourceTree.swiftSources {
      for word in Self.crashes(in: file.text) { Issue.record("\(file.path): \(word)") }
    }
  }

  @Test func findsWords() {
    #expect(Self.talk(in: "func f() { print(1) }\n// print(2)\nfingerprint(3); x.print(4)") == ["print("])
    #expect(Self.crashes(in: "try! f(); x as! Y; \"try!\"; fatalError()") == ["try!", "as!", "fatalError("])
  }

  static func talk(in text: String) -> [String] {
    CodeOnly.of(text).matches(of: /(?:^|[^.\w])((?:print|debugPrint|dump|NSLog)\()/).map { String($0.1) }
  }

  static func crashes(in text: String) -> [String] {
    CodeOnly.of(text).matches(of: /\b(try!|as!|fatalError\()/).map { String($0.1) }
  }
}
