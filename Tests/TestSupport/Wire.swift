/// Protobuf by hand.
public enum Wire {
  public static func varint(_ value: UInt64) -> [UInt8] {
    var (bytes, rest): ([UInt8], UInt64) = ([], value)
    while rest >= 128 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  public static func field(_ number: Int, varint value: UInt64) -> [UInt8] {
    varint(UInt64(number) << 3) + varint(value)
  }

  public static func field(_ number: Int, double value: Double) -> [UInt8] {
    varint(UInt64(number) << 3 | 1) + withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
  }

  public static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(UInt64(number) << 3 | 2) + varint(UInt64(bytes.count)) + bytes
  }

  public static func coordinate(_ latitude: Double, _ longitude: Double) -> [UInt8] {
    field(1, double: latitude) + field(2, double: longitude)
  }

  public static func place(_ latitude: Double, _ longitude: Double) -> [UInt8] {
    field(1, coordinate(latitude, longitude))
  }

  /// A unit that lacks only its status.
  public static let unit: [UInt8] =
    field(1, Array("u".utf8)) + field(5, Array("car".utf8)) + field(7, coordinate(52, 4))
    + field(9, varint: 1_700_000_000_000)
}
