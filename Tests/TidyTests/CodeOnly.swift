/// Blanks comments and string literals of Swift, C and C++ out of a text, so that braces and words can be counted.
///
/// Lines stay where they are. A simple lexer: it knows no regular-expression literals.
struct CodeOnly {
  private let text: [UInt8]
  private var position = 0
  private var output: [UInt8] = []

  static func of(_ text: String) -> String {
    var lexer = CodeOnly(text: Array(text.utf8))
    lexer.copyCode { _ in false }
    return String(decoding: lexer.output, as: UTF8.self)
  }

  private init(text: [UInt8]) { self.text = text }

  /// Copies code up to a closing parenthesis for whose depth `ends` holds, or to the end of the text.
  private mutating func copyCode(until ends: (_ depth: Int) -> Bool) {
    var depth = 0
    while position < text.count {
      if starts("//") {
        while position < text.count, !starts("\n") { blankOne() }
      } else if starts("/*") {
        blankBlockComment()
      } else if let hashes = hashesOfString() {
        blankString(hashes: hashes)
      } else if let length = lengthOfCharacterLiteral() {
        for _ in 0..<length { blankOne() }
      } else {
        if starts("(") { depth += 1 }
        if starts(")") {
          if ends(depth) { return }
          depth -= 1
        }
        output.append(text[position])
        position += 1
      }
    }
  }

  private mutating func blankOne() {
    output.append(starts("\n") ? text[position] : UInt8(ascii: " "))
    position += 1
  }

  /// Block comments nest in Swift; in C++ nobody writes one inside another.
  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if starts("/*") { depth += 1 } else if starts("*/") { depth -= 1 }
      if starts("/*") || starts("*/") { blankOne() }
      blankOne()
    } while depth > 0 && position < text.count
  }

  /// The number of `#` before the string literal that starts here; `nil` if none starts here.
  private func hashesOfString() -> Int? {
    var end = position
    while end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
    return end < text.count && text[end] == UInt8(ascii: "\"") ? end - position : nil
  }

  /// The length of a character literal of C that starts here, such as `'"'` or `'\n'`.
  private func lengthOfCharacterLiteral() -> Int? {
    guard starts("'") else { return nil }
    let quote = position + 1 < text.count && text[position + 1] == UInt8(ascii: "\\") ? position + 3 : position + 2
    return quote < text.count && text[quote] == UInt8(ascii: "'") ? quote + 1 - position : nil
  }

  private mutating func blankString(hashes: Int) {
    for _ in 0..<hashes { blankOne() }
    let quote = starts("\"\"\"") ? "\"\"\"" : "\""
    let close = quote + String(repeating: "#", count: hashes)
    let escape = "\\" + String(repeating: "#", count: hashes)
    for _ in quote { blankOne() }
    while position < text.count, !starts(close) {
      if starts(escape + "(") {
        for _ in escape + "(" { blankOne() }
        copyCode { $0 == 0 }
      } else if starts(escape) {
        for _ in escape { blankOne() }
      }
      if position < text.count { blankOne() }
    }
    for _ in close where position < text.count { blankOne() }
  }

  private func starts(_ prefix: String) -> Bool {
    var index = position
    for byte in prefix.utf8 {
      guard index < text.count, text[index] == byte else { return false }
      index += 1
    }
    return true
  }
}
