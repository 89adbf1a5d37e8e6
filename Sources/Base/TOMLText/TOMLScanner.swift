/// Reads a text before the parser does: notes the lines of its keys, and checks what must hold before the parser may
/// see it. At many faults the parser ends the process, or does what nobody has defined.
///
/// Brackets must match, a key must begin behind the bracket of a table's head, what stands between texts must be ASCII,
/// and values that are not in quotes must be well formed. A table within a table, which the parser makes for each dot
/// of a key, it frees again by recursion: so there is a bound for dots, too. What the texts hold and whether each
/// thing stands where it may is left to the parser.
struct TOMLScanner {
  /// A fault, and where.
  struct Fault: Error, Equatable {
    var line: Int
    var message: String
  }

  /// More than any file of ours has.
  static let dotsInKeyMax = 32
  private static let keyBytesMax = 256

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  /// Brackets and braces that are open.
  private var open: [UInt8] = []
  /// Since the last sign that parts keys and values.
  private var dots = 0
  /// True behind `=`, and everywhere in a list.
  private var isAtValue = false

  /// What is between the brackets of a table's head, or stands before `=`, quotes taken off.
  private var key: [UInt8] = []
  /// Brackets of the table's head that is being read: 0 to 2.
  private var headBrackets = 0
  private var lines = TOMLLines()

  /// A list or a table that is the value of a key, or lies in one.
  private struct Container {
    /// Brackets and braces that are open within it.
    let depth: Int
    let path: String
    let isList: Bool
    /// Of a list: how many elements have ended.
    var count = 0
  }

  private var containers: [Container] = []
  /// Of the value that comes next, where that is no element of a list.
  private var valuePath = ""
  /// In deeper ones no lines are kept.
  private static let containerDepthMax = 8

  /// Where the keys of a text stand. Throws its first fault: the parser may not see it. O(bytes).
  static func lines(of text: String) throws(Fault) -> TOMLLines {
    var scanner = TOMLScanner(bytes: Array(text.utf8))
    while scanner.position < scanner.bytes.count {
      if let message = scanner.beginLine() ?? scanner.readLine() {
        throw Fault(line: scanner.line, message: message)
      }
    }
    return scanner.lines
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
  }

  /// Passes over the brackets of a table's head; what is wrong if no key is behind them.
  private mutating func beginLine() -> String? {
    guard open.isEmpty else { return nil }
    // The parser passes over a byte order mark.
    if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipBlanks()
    for _ in 0..<2 where byte == UInt8(ascii: "[") {
      position += 1
      open.append(UInt8(ascii: "["))
      skipBlanks()
    }
    headBrackets = open.count
    key = []
    isAtValue = false
    let isKey = byte.map { Self.isBare($0) || Self.isQuote($0) } ?? false
    return open.isEmpty || isKey || byte == UInt8(ascii: "]") ? nil : "no key in the head of a table"
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
      case UInt8(ascii: "\r") where self.byte == UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: if let message = read(byte) { return message }
      }
    }
    return nil
  }

  /// Reads what begins with a byte that was passed; what is wrong with it.
  private mutating func read(_ byte: UInt8) -> String? {
    switch byte {
    case _ where Self.isQuote(byte): readText(quote: byte)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      open.append(byte)
      enterContainer()
      (dots, isAtValue, key) = (0, byte == UInt8(ascii: "["), [])
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      // In ASCII a closing bracket is the opening one's second neighbour.
      guard open.popLast() == byte - 2 else { return "a bracket that was not opened" }
      if containers.last?.depth == open.count + 1 { containers.removeLast() }
      if open.isEmpty, headBrackets > 0 { endHead() }
      (dots, isAtValue) = (0, isInList)
    case UInt8(ascii: "="):
      noteKey()
      (dots, isAtValue) = (0, true)
    case UInt8(ascii: ","):
      if let inner = containers.indices.last, containers[inner].depth == open.count { containers[inner].count += 1 }
      (dots, isAtValue, key) = (0, isInList, [])
    case _ where isAtValue: return readValue()
    case UInt8(ascii: "."):
      dots += 1
      if dots > Self.dotsInKeyMax { return "a key of more than \(Self.dotsInKeyMax) dots" }
      key.append(byte)
    case _ where Self.isBare(byte): key.append(byte)
    default: return "a character that must stand in quotes"
    }
    return nil
  }

  /// Cut short: what a text in quotes makes a long path of, nobody needs to find.
  private var keyText: String { String(decoding: key.prefix(Self.keyBytesMax), as: UTF8.self) }

  /// Notes the key before `=`, at the top of a table or within one that is a value.
  private mutating func noteKey() {
    if open.isEmpty {
      valuePath = lines.note(keyText, line)
    } else if let table = containers.last, table.depth == open.count {
      valuePath = "\(table.path).\(keyText)"
      lines.note(path: valuePath, line)
    }
  }

  /// Notes a list or a table whose bracket was passed.
  private mutating func enterContainer() {
    guard headBrackets == 0, open.count <= Self.containerDepthMax, containers.count == open.count - 1 else { return }
    let isList = open.last == UInt8(ascii: "[")
    guard let outer = containers.indices.last, containers[outer].isList else {
      return containers.append(Container(depth: open.count, path: valuePath, isList: isList))
    }
    let path = "\(containers[outer].path)[\(containers[outer].count + 1)]"
    lines.note(path: path, line)
    containers.append(Container(depth: open.count, path: path, isList: isList))
  }

  private mutating func endHead() {
    if headBrackets == 2 { lines.enterList(keyText, line) } else { lines.enterTable(keyText, line) }
    headBrackets = 0
  }

  private var isInList: Bool { open.last == UInt8(ascii: "[") }

  /// True for what a key without quotes consists of.
  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  /// Reads a text whose first quote was read, with its end.
  private mutating func readText(quote: UInt8) {
    let isLong = bytes[position...].starts(with: [quote, quote])
    if isLong { position += 2 }
    let start = position
    defer { if !isAtValue { key += bytes[start..<max(start, min(position, bytes.count) - 1)] } }
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

/// Values without quotes.
extension TOMLScanner {
  /// The longest, a time with nine digits of a second's fraction and an offset, has 35; numbers may be longer.
  private static let valueBytesMax = 64

  /// Reads a value whose first byte was passed; what is wrong with it.
  ///
  /// A day and a time with a blank between them are two values here.
  private mutating func readValue() -> String? {
    let start = position - 1
    while let byte, Self.isBare(byte) || "+.:".utf8.contains(byte) { position += 1 }
    guard position - start <= Self.valueBytesMax else { return "a value of more than \(Self.valueBytesMax) characters" }
    let value = String(decoding: bytes[start..<position], as: UTF8.self)
    let isWhole = byte.map { " \t,]}#\r\n".utf8.contains($0) } ?? true
    return isWhole && Self.isValue(value) ? nil : "not a value: a text must stand in quotes"
  }

  private static func isValue(_ text: String) -> Bool {
    // Digits first: most values without quotes are nothing else, and a pattern takes a quarter of a millisecond.
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      || text.wholeMatch(of: /[+\-]?[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+\-]?[0-9][0-9_]*)?/) != nil
      || text.wholeMatch(of: /true|false|[+\-]?(?:inf|nan)/) != nil
      || text.wholeMatch(of: /0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+/) != nil
      || text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
      || text.wholeMatch(of: /(?:\d{4}-\d\d-\d\d[Tt])?\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+\-]\d\d:\d\d)?/) != nil
  }
}
