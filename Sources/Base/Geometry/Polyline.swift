/// Lines as short texts: the encoded polyline format with six decimals, as OSRM and Valhalla send it ("polyline6").
///
/// Latitude and longitude by turns, in millionths of a degree (11 cm), each as the difference from the point before:
/// the sign goes to the lowest bit, groups of five bits follow from the lowest one up, each plus 63 as an ASCII
/// character, plus 32 if another one follows. Source: Google, "Encoded Polyline Algorithm Format".
public enum Polyline {
  private static let stepsE7 = 10
  private static let groupBits = 5
  private static let moreFollows: UInt8 = 0x20
  private static let firstCharacter: UInt8 = 63
  /// Differences of longitudes reach ±360e6, which with the sign take 30 bits: six groups.
  private static let groupsMax = 6

  /// The text of a line; empty for no points. O(points).
  public static func encode(_ line: some Sequence<Coordinate>) -> String {
    var text: [UInt8] = []
    var last = (latitude: 0, longitude: 0)
    for point in line {
      let next = (latitude: rounded(point.latitudeE7), longitude: rounded(point.longitudeE7))
      append(next.latitude - last.latitude, to: &text)
      append(next.longitude - last.longitude, to: &text)
      last = next
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The points of a text, good to a millionth of a degree; `nil` if it is no polyline of places on earth. O(bytes).
  public static func decode(_ text: String) -> [Coordinate]? {
    var bytes = text.utf8.makeIterator()
    var line: [Coordinate] = []
    var (latitude, longitude) = (0, 0)
    while let first = bytes.next() {
      guard let north = difference(from: first, &bytes), let next = bytes.next(),
        let east = difference(from: next, &bytes)
      else { return nil }
      latitude += north
      longitude += east
      guard abs(latitude) <= 90_000_000, abs(longitude) <= 180_000_000 else { return nil }
      line.append(
        Coordinate(latitudeE7: Int32(latitude * stepsE7), longitudeE7: Int32(longitude * stepsE7)))
    }
    return line
  }

  /// The nearest millionth of a degree.
  private static func rounded(_ degreesE7: Int32) -> Int {
    (Int(degreesE7) + (degreesE7 < 0 ? -stepsE7 / 2 : stepsE7 / 2)) / stepsE7
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
