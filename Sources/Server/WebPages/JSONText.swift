/// JSON as it is written, byte by byte: for answers of many numbers.
///
/// It writes commas and colons by itself, and trusts its user to close what was opened.
public struct JSONText: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  /// True where a value may follow without a comma.
  private var isFirst = true

  public init(reservingBytes count: Int = 0) { bytes.reserveCapacity(count) }

  // MARK: Objects and lists

  /// An object, written by `members`.
  public mutating func object(_ members: (inout JSONText) -> Void) {
    open(UInt8(ascii: "{"))
    members(&self)
    close(UInt8(ascii: "}"))
  }

  /// A list with a value for each element, written by `value`.
  public mutating func list<Element>(_ elements: some Sequence<Element>, _ value: (inout JSONText, Element) -> Void) {
    open(UInt8(ascii: "["))
    for element in elements { value(&self, element) }
    close(UInt8(ascii: "]"))
  }

  /// The name of a member, whose value comes next. Of plain ASCII, without quotation marks and backslashes.
  public mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    isFirst = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    isFirst = true
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    isFirst = false
  }

  private mutating func separate() {
    if isFirst { isFirst = false } else { bytes.append(UInt8(ascii: ",")) }
  }
}

// MARK: Values

extension JSONText {
  /// A text, with what JSON wants escaped.
  public mutating func text(_ text: String) { self.text(utf8: text.utf8) }

  /// A text by its bytes, which are UTF-8.
  public mutating func text(utf8: some Sequence<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20, 0x7F:
        for digit in "\\u00".utf8 { bytes.append(digit) }
        for half in [byte >> 4, byte & 15] { bytes.append(half < 10 ? 48 + half : 87 + half) }
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// `true` or `false`.
  public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  /// Nothing where something may be.
  public mutating func null() { literal("null") }

  private mutating func literal(_ word: StaticString) {
    separate()
    word.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// A whole number.
  public mutating func integer(_ value: Int) { decimal(value, digits: 0) }

  /// A number rounded to this many decimal digits, without trailing zeros; one that is none, or has more than 18
  /// digits, is `null`.
  public mutating func number(_ value: Double, digits: Int) {
    let steps = (value * Self.powers[digits]).rounded()
    guard abs(steps) < 1e18 else { return null() }
    decimal(Int(steps), digits: digits)
  }

  /// Whole steps of a power of ten as a number: 1250 with three digits is 1.25.
  public mutating func decimal(_ steps: Int, digits: Int) {
    separate()
    if steps < 0 { bytes.append(UInt8(ascii: "-")) }
    var (rest, left) = (steps.magnitude, digits)
    while left > 0, rest % 10 == 0 { (rest, left) = (rest / 10, left - 1) }
    let start = bytes.count
    if left > 0 {
      for _ in 0..<left {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      }
      bytes.append(UInt8(ascii: "."))
    }
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private static let powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]
}
