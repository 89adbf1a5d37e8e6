/// A word, a number or a sign of a condition, with the place in the text where it stands.
struct Token {
  enum Kind: Equatable {
    /// In small letters.
    case word(String)
    /// Its value, and with how many digits it is written.
    case number(Int, digits: Int)
    case sign(Character)
    /// Text in quotes, for people.
    case comment
  }

  let kind: Kind
  let text: Substring

  /// All tokens of a text; blanks only part them. O(length).
  static func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
        continue
      }
      let run = first == "\"" ? comment(rest) : rest.prefix { isOfSameKind($0, first) }
      let token = run.isEmpty ? rest.prefix(1) : run
      tokens.append(Token(kind: kind(of: token), text: token))
      rest = rest[token.endIndex...]
    }
    return tokens
  }

  /// What some tokens stand for in the text.
  static func text(of tokens: some BidirectionalCollection<Token>) -> String {
    guard let first = tokens.first?.text, let last = tokens.last?.text else { return "" }
    return String(first.base[first.startIndex..<last.endIndex])
  }

  private static func isOfSameKind(_ character: Character, _ first: Character) -> Bool {
    if isDigit(first) { return isDigit(character) }
    return isLetter(first) && isLetter(character)
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
  private static func isLetter(_ character: Character) -> Bool { character.isLetter || character == "_" }

  private static func comment(_ text: Substring) -> Substring {
    guard let end = text.dropFirst().firstIndex(of: "\"") else { return text }
    return text[...end]
  }

  private static func kind(of text: Substring) -> Kind {
    guard let first = text.first else { return .comment }
    if first == "\"" { return .comment }
    if isDigit(first) {
      // More digits than any number of hours, days or years has are no number.
      return text.count < 10 ? .number(Int(text) ?? 0, digits: text.count) : .word(String(text))
    }
    if isLetter(first) { return .word(text.lowercased()) }
    return .sign(first == "–" || first == "—" ? "-" : first)
  }
}

/// Tokens that are read one after the other.
struct TokenReader {
  let tokens: [Token]
  var position = 0

  init(_ tokens: some Sequence<Token>) { self.tokens = Array(tokens) }

  var isAtEnd: Bool { position == tokens.count }

  func peek(_ ahead: Int = 0) -> Token.Kind? {
    position + ahead < tokens.count ? tokens[position + ahead].kind : nil
  }

  mutating func take(_ sign: Character) -> Bool {
    guard peek() == .sign(sign) else { return false }
    position += 1
    return true
  }

  /// Takes the next word if it means something; `meaning` gives `nil` where it doesn't.
  mutating func word<Value>(_ meaning: (String) -> Value?) -> Value? {
    guard case .word(let word) = peek(), let value = meaning(word) else { return nil }
    position += 1
    return value
  }

  /// Takes the next number if it lies within a range. `count` is how many digits it must have, `nil` any.
  mutating func number(_ range: ClosedRange<Int>, digits count: Int? = nil) -> Int? {
    guard case .number(let number, let digits) = peek(), range.contains(number), count ?? digits == digits else {
      return nil
    }
    position += 1
    return number
  }

  /// What `read` takes; nothing is taken if it gives `nil`.
  mutating func attempt<Value>(_ read: (inout TokenReader) -> Value?) -> Value? {
    let start = position
    if let value = read(&self) { return value }
    position = start
    return nil
  }

  /// One or more of the same with commas between them; a comma that no other one follows is left.
  mutating func list<Value>(_ element: (inout TokenReader) -> Value?) -> [Value] {
    var values: [Value] = []
    while let value = attempt({ values.isEmpty || $0.take(",") ? element(&$0) : nil }) { values.append(value) }
    return values
  }
}
