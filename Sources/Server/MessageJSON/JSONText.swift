/// A text in JSON that is read from its beginning to its end, strictly as RFC 8259 has it.
struct JSONText {
  /// With a NUL at the end, which is allowed nowhere: whoever looks at the next byte finds one.
  private let bytes: [UInt8]
  /// Where the next byte is.
  private(set) var position = 0

  /// - Throws: ``MessageJSONError`` for what is not UTF-8. O(bytes).
  init(_ text: some Sequence<UInt8>) throws(MessageJSONError) {
    var bytes = Array(text)
    guard (try? UTF8Span(validating: bytes.span)) != nil else { throw MessageJSONError("not UTF-8") }
    bytes.append(0)
    self.bytes = bytes
  }

  /// The next byte that is no blank, without taking it; NUL at the end.
  mutating func next() -> UInt8 {
    while true {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      case let byte: return byte
      }
    }
  }

  /// Takes a byte behind blanks, if it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Takes a word such as `null` behind blanks, if it comes next.
  mutating func take(word: StaticString) -> Bool {
    _ = next()
    let end = position + word.utf8CodeUnitCount
    guard end < bytes.count else { return false }
    for (byte, place) in zip(bytes[position..<end], 0...) where byte != word.utf8Start[place] { return false }
    position = end
    return true
  }

  /// Takes what must come next.
  mutating func expect(_ character: Unicode.Scalar) throws(MessageJSONError) {
    guard take(character) else { throw unexpected() }
  }

  /// Expects that nothing comes any more.
  mutating func expectEnd() throws(MessageJSONError) {
    guard next() == 0, position == bytes.count - 1 else { throw unexpected() }
  }

  /// Takes a name and its colon, if they come next and are written just so, without escapes.
  mutating func take(name: [UInt8]) -> Bool {
    _ = next()
    let end = position + name.count
    guard end < bytes.count, bytes[position..<end] == name[...] else { return false }
    position = end
    return true
  }

  /// Takes a string and appends what it means as UTF-8.
  mutating func string(to text: inout [UInt8]) throws(MessageJSONError) {
    try expect("\"")
    while true {
      let start = position
      while bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
        position += 1
      }
      text += bytes[start..<position]
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): try escape(to: &text)
      default: throw unexpected()
      }
    }
  }

  /// Takes a number. `nil` if what comes is none.
  mutating func number() -> JSONNumber? {
    _ = next()
    return JSONNumber(bytes, at: &position)
  }

  private mutating func escape(to text: inout [UInt8]) throws(MessageJSONError) {
    position += 1
    let byte = bytes[position]
    guard byte != UInt8(ascii: "u") else { return try unicodeEscape(to: &text) }
    guard let meaning = Self.escapes[byte] else { throw unexpected() }
    text.append(meaning)
    position += 1
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  private mutating func unicodeEscape(to text: inout [UInt8]) throws(MessageJSONError) {
    var code = try codeUnit()
    if 0xD800..<0xDC00 ~= code, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") {
      position += 1
      let low = try codeUnit()
      guard 0xDC00..<0xE000 ~= low else { throw MessageJSONError("half of a pair of \\u escapes") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw MessageJSONError("half of a pair of \\u escapes") }
    text += String(scalar).utf8
  }

  /// The four hexadecimal digits behind the `u` that comes next.
  private mutating func codeUnit() throws(MessageJSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      position += 1
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { throw unexpected() }
      code = code << 4 | UInt32(digit)
    }
    position += 1
    return code
  }

  /// The error for what comes next and should not.
  func unexpected() -> MessageJSONError {
    if position >= bytes.count - 1 { return MessageJSONError("not JSON: cut short") }
    return MessageJSONError("not JSON, from byte \(position)", value: shown(from: position))
  }

  /// True if the value at a position is a string.
  func isString(from start: Int) -> Bool { bytes[start] == UInt8(ascii: "\"") }

  private static let shownMax = 60

  /// The value at a position, shortened, for people.
  func shown(from start: Int) -> String {
    switch bytes[start] {
    case UInt8(ascii: "{"): return "{…}"
    case UInt8(ascii: "["): return "[…]"
    default: break
    }
    // A character takes four bytes at most.
    let rest = bytes[start...].dropLast().prefix(4 * Self.shownMax)
    let end = isString(from: start) ? endOfString(from: start) : rest.firstIndex { ",:]}\r\n\t ".utf8.contains($0) }
    let value = rest.prefix(upTo: min(end ?? rest.endIndex, rest.endIndex))
    let text = String(decoding: value, as: UTF8.self)
    return text.count > Self.shownMax || value.count < (end ?? start + value.count) - start
      ? text.prefix(Self.shownMax) + "…" : text
  }

  /// Where a string ends, behind its quotation mark; `nil` if it is cut short.
  private func endOfString(from start: Int) -> Int? {
    var place = start + 1
    while place < bytes.count - 1 {
      switch bytes[place] {
      case UInt8(ascii: "\""): return place + 1
      case UInt8(ascii: "\\"): place += 2
      default: place += 1
      }
    }
    return nil
  }
}
