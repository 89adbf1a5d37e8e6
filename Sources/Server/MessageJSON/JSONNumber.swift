/// A number as JSON writes it, with all of its digits.
struct JSONNumber {
  private var isNegative = false
  /// The number is `significand * 10^exponent`.
  private var significand: UInt64 = 0
  private var exponent = 0
  /// True once there are more digits than the significand holds.
  private var isFull = false
  /// False if one of those is not 0.
  private var isExact = true
  private var text: ArraySlice<UInt8> = []

  /// Reads a number that begins at a position, which moves behind it; `nil` if there is none. O(digits).
  ///
  /// - Precondition: `bytes` ends with a byte that belongs to no number.
  init?(_ bytes: [UInt8], at position: inout Int) {
    var end = position
    isNegative = bytes[end] == UInt8(ascii: "-")
    if isNegative { end += 1 }
    let first = bytes[end]
    let count = takeDigits(bytes, at: &end, isFraction: false)
    guard count == 1 || count > 1 && first != UInt8(ascii: "0") else { return nil }
    if bytes[end] == UInt8(ascii: ".") {
      end += 1
      guard takeDigits(bytes, at: &end, isFraction: true) > 0 else { return nil }
    }
    if bytes[end] | 0x20 == UInt8(ascii: "e") {
      end += 1
      guard takePower(bytes, at: &end) else { return nil }
    }
    text = bytes[position..<end]
    position = end
  }

  /// Reads a text that is a number and nothing else.
  init?(_ text: [UInt8]) {
    var position = 0
    self.init(text + [0], at: &position)
    if position != text.count { return nil }
  }

  /// Returns how many digits there were.
  private mutating func takeDigits(_ bytes: [UInt8], at end: inout Int, isFraction: Bool) -> Int {
    let start = end
    while let digit = Self.digit(bytes[end]) {
      let (product, isOver) = significand.multipliedReportingOverflow(by: 10)
      let (sum, isSumOver) = product.addingReportingOverflow(UInt64(digit))
      isFull = isFull || isOver || isSumOver
      if !isFull { significand = sum } else if digit != 0 { isExact = false }
      switch (isFraction, isFull) {
      case (true, false): exponent -= 1
      case (false, true): exponent += 1
      default: break
      }
      end += 1
    }
    return end - start
  }

  /// Takes the digits behind the `e`, with their sign; false if there are none.
  private mutating func takePower(_ bytes: [UInt8], at end: inout Int) -> Bool {
    let isBelow = bytes[end] == UInt8(ascii: "-")
    if isBelow || bytes[end] == UInt8(ascii: "+") { end += 1 }
    let start = end
    var power = 0
    while let digit = Self.digit(bytes[end]) {
      power = min(power * 10 + digit, Self.powerMax)
      end += 1
    }
    exponent += isBelow ? -power : power
    return end > start
  }

  /// So large that it counts no more how large.
  private static let powerMax = 1 << 40

  private static func digit(_ byte: UInt8) -> Int? { 0x30...0x39 ~= byte ? Int(byte) - 0x30 : nil }

  /// The number, if it is a whole one that the type holds: `1.0`, `10e-1` and `1e0` are 1.
  func whole<Number: FixedWidthInteger>() -> Number? {
    guard significand != 0 else { return 0 }
    var (magnitude, exponent) = (significand, exponent)
    while exponent < 0, magnitude.isMultiple(of: 10) { (magnitude, exponent) = (magnitude / 10, exponent + 1) }
    guard isExact, exponent >= 0 else { return nil }
    while exponent > 0 {
      let (product, isOver) = magnitude.multipliedReportingOverflow(by: 10)
      if isOver { return nil }
      (magnitude, exponent) = (product, exponent - 1)
    }
    guard isNegative else { return Number(exactly: magnitude) }
    return magnitude <= Int64.min.magnitude ? Number(exactly: Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
  }

  /// The nearest number; `nil` beyond the largest one.
  var double: Double? {
    // Both factors are exact, so that the result is rounded once.
    if isExact, significand <= 1 << 53, abs(exponent) < Self.powersOfTen.count {
      let power = Self.powersOfTen[abs(exponent)]
      let magnitude = exponent < 0 ? Double(significand) / power : Double(significand) * power
      return isNegative ? -magnitude : magnitude
    }
    guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else { return nil }
    return number
  }

  /// Those that a double has exactly.
  private static let powersOfTen: [Double] = (0...22).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }
}
