/// What must hold of a text before the parser may see it: at some faults the parser ends the process.
///
/// It takes for granted that a key begins behind the bracket of a table's head, and it makes a table within a table for
/// each dot of a key, which it takes down again by recursion.
struct TOMLSyntax {
  /// A fault, and where.
  struct Fault: Equatable {
    var line: Int
    var message: String
  }

  /// More than any file of ours has.
  static let dotsInKeyMax = 32

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  /// Brackets and braces that are open.
  private var depth = 0
  /// Since the last sign that parts keys and values.
  private var dots = 0

  /// The first fault of a text; `nil` if the parser may see it. O(bytes).
  static func fault(in text: String) -> Fault? {
    var syntax = TOMLSyntax(bytes: Array(text.utf8))
    while syntax.position < syntax.bytes.count {
      if let message = syntax.beginLine() ?? syntax.readLine() { return Fault(line: syntax.line, message: message) }
    }
    return nil
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
  }

  /// Passes over the brackets of a table's head; what is wrong if no key is behind them.
  private mutating func beginLine() -> String? {
    guard depth == 0 else { return nil }
    // The parser passes over a byte order mark.
    if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipBlanks()
    for _ in 0..<2 where byte == UInt8(ascii: "[") {
      position += 1
      depth += 1
      skipBlanks()
    }
    guard depth > 0, let byte, !Self.beginsKey(byte), byte != UInt8(ascii: "]") else { return nil }
    return "no key in the head of a table"
  }

  private static func beginsKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// Reads to the end of a line, and on to the end of a text in three quotes.
  private mutating func readLine() -> String? {
    dots = 0
    while let byte {
      position += 1
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        return nil
      case UInt8(ascii: "#"): while self.byte != nil, self.byte != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): readText(quote: byte)
      case UInt8(ascii: "["), UInt8(ascii: "{"): (depth, dots) = (depth + 1, 0)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): (depth, dots) = (max(depth - 1, 0), 0)
      case UInt8(ascii: "="), UInt8(ascii: ","): dots = 0
      case UInt8(ascii: "."):
        dots += 1
        if dots > Self.dotsInKeyMax { return "a key of more than \(Self.dotsInKeyMax) dots" }
      default: break
      }
    }
    return nil
  }

  /// Reads a text whose first quote was read, with its end.
  private mutating func readText(quote: UInt8) {
    let isLong = bytes[position...].starts(with: [quote, quote])
    if isLong { position += 2 }
    while let byte, isLong || byte != UInt8(ascii: "\n") {
      position += 1
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if self.byte == UInt8(ascii: "\n") { line += 1 }
        position += 1
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      } else if byte == quote, !isLong || bytes[min(position, bytes.count)...].starts(with: [quote, quote]) {
        if isLong { endLongText(quote: quote) }
        return
      }
    }
  }

  /// Two quotes more may belong to the text.
  private mutating func endLongText(quote: UInt8) {
    position += 2
    for _ in 0..<2 where byte == quote { position += 1 }
  }
}
