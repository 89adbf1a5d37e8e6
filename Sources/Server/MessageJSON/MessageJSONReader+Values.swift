/// Numbers, enums, bytes and keys of maps.
extension MessageJSONReader {
  /// Appends a number or an enum; returns true for 0.
  mutating func whole(_ kind: MessageSchema.Kind) throws(MessageJSONError) -> Bool {
    let start = startOfValue()
    if case .choice(let schema) = kind, text.next() == UInt8(ascii: "\"") {
      guard let number = schema[try string()] else { throw refusal("one of the enum's names", from: start) }
      return append(varint: UInt64(bitPattern: Int64(number)))
    }
    guard let number = try number() else { throw refusal("a whole number", from: start) }
    return try append(number, kind, from: start)
  }

  mutating func decimal(_ kind: MessageSchema.Kind) throws(MessageJSONError) -> Bool {
    let start = startOfValue()
    let double = try number()?.double ?? Self.words.first { text.isString(from: start) && $0.word == word }?.number
    guard let double else { throw refusal("a number", from: start) }
    guard case .float = kind else { return append(fixed: double.bitPattern) }
    // What is rounded to the largest one is larger than it.
    let single = Float(double)
    guard single.isFinite || !double.isFinite else { throw refusal("a number of 32 bits", from: start) }
    return append(fixed: single.bitPattern)
  }

  private static let words: [(word: [UInt8], number: Double)] = [
    (Array("NaN".utf8), .nan), (Array("Infinity".utf8), .infinity), (Array("-Infinity".utf8), -.infinity),
  ]

  mutating func base64() throws(MessageJSONError) -> Bool {
    let start = startOfValue()
    guard text.isString(from: start) else { throw refusal("bytes in base64", from: start) }
    _ = try string()
    let block = bytes.openBlock()
    guard bytes.append(base64: word) else { throw refusal("bytes in base64", from: start) }
    let isEmpty = bytes.count == block
    bytes.closeBlock(from: block)
    return isEmpty
  }

  /// Appends the key of an entry of a map, which JSON has as a name.
  mutating func key(_ name: String, _ kind: MessageSchema.Kind, from start: Int) throws(MessageJSONError) {
    switch kind {
    case .text:
      let block = bytes.openBlock()
      bytes += word
      bytes.closeBlock(from: block)
    case .bool:
      guard name == "true" || name == "false" else { throw refusal("true or false", from: start) }
      bytes.append(name == "true" ? 1 : 0)
    default:
      guard let number = JSONNumber(word) else { throw refusal("a whole number", from: start) }
      _ = try append(number, kind, from: start)
    }
  }

  /// The next number, also one that is written as text; `nil` if what comes is something else.
  private mutating func number() throws(MessageJSONError) -> JSONNumber? {
    guard text.isString(from: startOfValue()) else { return text.number() }
    _ = try string()
    return JSONNumber(word)
  }

  private mutating func append(
    _ number: JSONNumber, _ kind: MessageSchema.Kind, from start: Int
  ) throws(MessageJSONError) -> Bool {
    switch kind {
    case .unsigned32: return append(varint: UInt64(try whole(number, from: start) as UInt32))
    case .unsigned64: return append(varint: try whole(number, from: start) as UInt64)
    case .signed64: return append(varint: UInt64(bitPattern: try whole(number, from: start) as Int64))
    case .zigzag32:
      let whole: Int32 = try whole(number, from: start)
      return append(varint: UInt64(UInt32(bitPattern: whole << 1 ^ whole >> 31)))
    case .zigzag64:
      let whole: Int64 = try whole(number, from: start)
      return append(varint: UInt64(bitPattern: whole << 1 ^ whole >> 63))
    case .fixed32: return append(fixed: try whole(number, from: start) as UInt32)
    case .fixed64: return append(fixed: try whole(number, from: start) as UInt64)
    case .signedFixed32: return append(fixed: try whole(number, from: start) as Int32)
    case .signedFixed64: return append(fixed: try whole(number, from: start) as Int64)
    // Enums may have numbers that nobody knows here.
    default: return append(varint: UInt64(bitPattern: Int64(try whole(number, from: start) as Int32)))
    }
  }

  private func whole<Number: FixedWidthInteger>(
    _ number: JSONNumber, from start: Int
  ) throws(MessageJSONError) -> Number {
    guard let whole: Number = number.whole() else {
      throw refusal("a whole number from \(Number.min) to \(Number.max)", from: start)
    }
    return whole
  }

  private mutating func append(varint value: UInt64) -> Bool {
    bytes.append(varint: value)
    return value == 0
  }

  private mutating func append(fixed value: some FixedWidthInteger) -> Bool {
    bytes.append(fixed: value)
    return value == 0
  }
}
