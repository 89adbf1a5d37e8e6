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

  // MARK: Plain English

  /// Phrases over which a reader stumbles, and what to write instead.
  private static let phrases: [(phrase: String, better: String)] = [
    ("that there is not", "unknown; that doesn't exist"), ("that there are not", "unknown; that don't exist"),
    ("about so", "in about this direction"), ("parted by", "separated by"), ("takes down", "records"),
    ("take down", "record"), ("anew", "again"), ("so many", "this many; the number of"),
    ("so often", "this often; at this interval"), ("without a word", "without notice; without a tag"),
    ("who says so", "the source"), ("who said so", "where it was set"), ("for who", "for vehicles that"),
    ("by who", "by vehicles that"), ("of who", "of those who"), ("no less than no", "not negative"),
  ]

  @Test func proseIsPlainEnglish() {
    #expect(SourceTree.prose.contains { $0.path == "README.md" })
    for file in SourceTree.prose {
      for found in Self.stumbles(in: file.text) { Issue.record("\(file.path):\(found)") }
    }
  }

  @Test func findsPhrases() {
    let text = """
      // Anew, but not a new one; canew.
      /// A method that
      /// there is not, parted  by commas.
      let text = "So \\
        many: not by. Who knows?"
      """
    #expect(
      Self.stumbles(in: text) == [
        "1: \"anew\", better: again", "2: \"that there is not\", better: unknown; that doesn't exist",
        "3: \"parted by\", better: separated by", "4: \"so many\", better: this many; the number of",
      ])
  }

  /// The phrases in a text, each with its line. They are found across the ends of lines, but not of sentences.
  static func stumbles(in text: String) -> [String] {
    let byFirstWord = Dictionary(grouping: phrases) { $0.phrase.prefix { $0 != " " } }
    let words = words(of: text)
    return words.indices.flatMap { start in
      (byFirstWord[words[start].text[...]] ?? []).compactMap { phrase, better in
        let wanted = phrase.split(separator: " ")
        guard words[start...].prefix(wanted.count).elementsEqual(wanted, by: { $0.text == $1 }) else { return nil }
        return "\(words[start].line): \"\(phrase)\", better: \(better)"
      }
    }
  }

  /// The words of a text in small letters, each with its line; an empty one for what may not stand inside a phrase.
  private static func words(of text: String) -> [(text: String, line: Int)] {
    var words: [(text: String, line: Int)] = []
    var (word, line) = ([UInt8](), 1)
    for byte in Array(text.utf8) + [UInt8(ascii: "\n")] {
      if byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") {
        word.append(byte | 0x20)
        continue
      }
      if !word.isEmpty { words.append((String(decoding: word, as: UTF8.self), line)) }
      word = []
      if !" \n/#*\\".utf8.contains(byte) { words.append(("", line)) }
      if byte == UInt8(ascii: "\n") { line += 1 }
    }
    return words
  }
}
