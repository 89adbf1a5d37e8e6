/// Walks through the lines of a file in memory without copying them: OSRM's files of a country have millions.
struct CSVLines {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The number of the line that ``next()`` gave last, from 1.
  private(set) var number = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next line without its end (LF or CRLF); `nil` after the last one. O(length).
  mutating func next() -> CSVLine? {
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    var end = position
    position += 1
    number += 1
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return CSVLine(bytes: bytes, rest: start..<end)
  }
}

/// A line, read field by field.
struct CSVLine {
  let bytes: UnsafeBufferPointer<UInt8>
  /// What is not read yet.
  fileprivate(set) var rest: Range<Int>
  /// False after the last field.
  fileprivate var hasMore = true

  var isBlank: Bool { rest.allSatisfy { bytes[$0].isBlank } }
  var first: UInt8? { rest.first { !bytes[$0].isBlank }.map { bytes[$0] } }
  var text: String { String(decoding: bytes[rest].prefix(FeedDefaults.problemValueBytesMax), as: UTF8.self) }

  /// The next field without blanks around it; `nil` if there is none. O(length).
  mutating func field() -> Range<Int>? {
    guard hasMore else { return nil }
    var end = rest.lowerBound
    while end < rest.upperBound, bytes[end] != 0x2C { end += 1 }
    hasMore = end < rest.upperBound
    var (low, high) = (rest.lowerBound, end)
    rest = min(end + 1, rest.upperBound)..<rest.upperBound
    while low < high, bytes[low].isBlank { low += 1 }
    while high > low, bytes[high - 1].isBlank { high -= 1 }
    return low..<high
  }

  /// The next field as an OSM id, below 0 in maps that were drawn and never sent to OSM; `nil` if it is none.
  /// O(length).
  mutating func osmID() -> Int64? {
    guard let field = field(), let first = field.first else { return nil }
    let isNegative = bytes[first] == 0x2D
    let digits = isNegative ? field.dropFirst() : field
    guard !digits.isEmpty, digits.count <= 19 else { return nil }
    var id: Int64 = 0
    for index in digits {
      guard bytes[index].isDigit else { return nil }
      let digit = Int64(bytes[index] - 0x30)
      let (tens, isTooLarge) = id.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = tens.addingReportingOverflow(isNegative ? -digit : digit)
      if isTooLarge || isLarger { return nil }
      id = sum
    }
    return id == 0 ? nil : id
  }

  /// The number in a field; `nil` if it is none. O(length).
  func number(_ field: Range<Int>) -> Double? {
    var (mantissa, decimals, hasPoint) = (0, 0, false)
    for index in field {
      if bytes[index] == 0x2E, !hasPoint {
        hasPoint = true
      } else if bytes[index].isDigit, field.count <= 16 {
        mantissa = mantissa * 10 + Int(bytes[index] - 0x30)
        if hasPoint { decimals += 1 }
      } else {
        return Double(String(decoding: bytes[field], as: UTF8.self))
      }
    }
    // Below 2^53 and 10^22 both are exact, so the quotient is what a full reader gives.
    return field.count > (hasPoint ? 1 : 0) ? Double(mantissa) / Self.powersOfTen[decimals] : nil
  }

  private static let powersOfTen: [Double] = (0...16).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
}
