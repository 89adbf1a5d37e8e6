/// JSON that is being written, as UTF-8 without blanks.
public struct JSONOutput {
  public private(set) var text: [UInt8] = []

  public init() {}

  mutating func reserve(_ byteCount: Int) { text.reserveCapacity(byteCount) }

  /// What is JSON already.
  public mutating func append(json ascii: StaticString) {
    text.append(contentsOf: UnsafeBufferPointer(start: ascii.utf8Start, count: ascii.utf8CodeUnitCount))
  }

  mutating func append(json: [UInt8]) { text += json }

  /// A bracket, a comma, a colon.
  public mutating func append(_ character: Unicode.Scalar) { text.append(UInt8(ascii: character)) }

  /// A string with what must be escaped.
  public mutating func append(string: String) {
    var string = string
    string.withUTF8 { append(utf8: UnsafeRawBufferPointer($0)) }
  }

  /// A string from bytes that are UTF-8.
  mutating func append(utf8 bytes: UnsafeRawBufferPointer) {
    append("\"")
    var start = 0
    for (place, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
      text.append(contentsOf: bytes[start..<place])
      escape(byte)
      start = place + 1
    }
    text.append(contentsOf: bytes[start...])
    append("\"")
  }

  private mutating func escape(_ byte: UInt8) {
    if byte == 0x22 || byte == 0x5C {
      text += [0x5C, byte]
    } else {
      append(json: "\\u00")
      text += [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
    }
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// A whole number.
  public mutating func append(number: some FixedWidthInteger) {
    if number < 0 { append("-") }
    var rest = UInt64(number.magnitude)
    let start = text.count
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
  }

  /// A number as text.
  mutating func append(quoted number: some FixedWidthInteger) {
    append("\"")
    append(number: number)
    append("\"")
  }

  /// In as few digits as tell it apart; 1.0 is 1, but -0.0 would lose its sign.
  mutating func append(decimal number: some BinaryFloatingPoint & LosslessStringConvertible) {
    if number.isNaN { return append(json: "\"NaN\"") }
    if number.isInfinite { return append(json: number < 0 ? "\"-Infinity\"" : "\"Infinity\"") }
    var digits = String(number)
    if digits.utf8.suffix(2).elementsEqual(".0".utf8), !(number.isZero && number.sign == .minus) {
      digits.removeLast(2)
    }
    text += digits.utf8
  }

  /// Bytes in base64, padded.
  mutating func append(base64 bytes: UnsafeRawBufferPointer) {
    append("\"")
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      let three = (0..<3).reduce(UInt32(0)) { bits, place in
        bits << 8 | (place < count ? UInt32(bytes[start + place]) : 0)
      }
      for place in 0..<4 {
        let six = Int(three >> (18 - 6 * UInt32(place)) & 63)
        text.append(place <= count ? Self.base64Digits[six] : UInt8(ascii: "="))
      }
    }
    append("\"")
  }

  private static let base64Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
