extension [UInt8] {
  /// Appends what a text in base64 means, in the alphabet of RFC 4648 or in that for addresses, padded or not.
  ///
  /// False, with nothing said of what was appended, if the text is something else.
  mutating func append(base64 text: [UInt8]) -> Bool {
    let paddingCount = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    let digits = text.dropLast(paddingCount)
    guard digits.count % 4 != 1, paddingCount == 0 || paddingCount <= 2 && text.count % 4 == 0 else { return false }
    var (bits, bitCount): (UInt32, UInt32) = (0, 0)
    for digit in digits {
      guard let six = Self.sixBits(digit) else { return false }
      bits = bits << 6 | six
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        append(UInt8(truncatingIfNeeded: bits >> bitCount))
      }
    }
    return true
  }

  private static func sixBits(_ digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
