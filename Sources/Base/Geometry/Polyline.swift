/// Lines as short texts: the encoded polyline format, with six decimals as OSRM and Valhalla send it ("polyline6") or
/// with the five that it was made for.
///
/// Latitude and longitude by turns, in millionths of a degree (11 cm) or steps ten times as long, each as the difference
/// from the point before: the sign goes to the lowest bit, groups of five bits follow from the lowest one up, each plus
/// 63 as an ASCII character, plus 32 if another one follows. Source: Google, "Encoded Polyline Algorithm Format".
public enum Polyline {
  /// How fine a text is, by the size of its steps in 1e-7 degrees.
  public enum Precision: Int, Sendable {
    case fiveDigits = 100
    case sixDigits = 10
  }

  private static let groupBits = 5
  private static let moreFollows: UInt8 = 0x20
  private static let firstCharacter: UInt8 = 63
  /// Differences of longitudes reach ±360e6, which with the sign take 30 bits: six groups.
  private static let groupsMax = 6

  /// The text of a line; empty for no points. O(points).
  public static func encode(_ line: some Sequence<Coordinate>) -> String {
    String(decoding: bytes(of: line, .sixDigits), as: UTF8.self)
  }

  /// The characters of a line's text; none for no points. O(points).
  public static func bytes(of line: some Sequence<Coordinate>, _ precision: Precision) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(line.underestimatedCount * 4)
    var last = (latitude: 0, longitude: 0)
    for point in line {
      let next = (
        latitude: rounded(point.latitudeE7, precision), longitude: rounded(point.longitudeE7, precision)
      )
      append(next.latitude - last.latitude, to: &text)
      append(next.longitude - last.longitude, to: &text)
      last = next
    }
    return text
  }

  /// The points of a text, good to its precision; `nil` if it is no polyline of places on earth. O(bytes).
  public static func decode(_ text: String, _ precision: Precision = .sixDigits) -> [Coordinate]? {
    var bytes = text.utf8.makeIterator()
    var line: [Coordinate] = []
    var (latitude, longitude) = (0, 0)
    let step = precision.rawValue
    while let first = bytes.next() {
      guard let north = difference(from: first, &bytes), let next = bytes.next(),
        let east = difference(from: next, &bytes)
      else { return nil }
      latitude += north
      longitude += east
      guard abs(latitude) * step <= 900_000_000, abs(longitude) * step <= 1_800_000_000 else { return nil }
      line.append(Coordinate(latitudeE7: Int32(latitude * step), longitudeE7: Int32(longitude * step)))
    }
    return line
  }

  /// The nearest step.
  private static func rounded(_ degreesE7: Int32, _ precision: Precision) -> Int {
    let step = precision.rawValue
    return (Int(degreesE7) + (degreesE7 < 0 ? -step / 2 : step / 2)) / step
  }

  private static func append(_ difference: Int, to text: inout [UInt8]) {
    var rest = UInt(bitPattern: (difference << 1) ^ (difference >> (Int.bitWidth - 1)))
    while rest >= UInt(moreFollows) {
      text.append((UInt8(truncatingIfNeeded: rest) & (moreFollows - 1) | moreFollows) + firstCharacter)
      rest >>= groupBits
    }
    text.append(UInt8(rest) + firstCharacter)
  }

  /// The difference that begins with a character; takes the characters that follow it.
  private static func difference(from first: UInt8, _ bytes: inout String.UTF8View.Iterator) -> Int? {
    var (value, byte) = (UInt(0), first)
    for group in 0..<groupsMax {
      guard byte >= firstCharacter, byte < firstCharacter + 2 * moreFollows else { return nil }
      let bits = byte - firstCharacter
      value |= UInt(bits & (moreFollows - 1)) << UInt(group * groupBits)
      if bits < moreFollows { return Int(value >> 1) ^ -Int(value & 1) }
      guard let next = bytes.next() else { return nil }
      byte = next
    }
    return nil
  }
}
