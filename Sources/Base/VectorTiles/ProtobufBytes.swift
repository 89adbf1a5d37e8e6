/// Bytes of a protobuf message that is written field by field.
struct ProtobufBytes {
  private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case varint = 0
    case eightBytes = 1
    case delimited = 2
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Forgets what was written behind the first bytes.
  mutating func cut(to count: Int) { bytes.removeLast(bytes.count - count) }

  mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Small for numbers near 0, below it as well.
  mutating func append(zigzag value: Int64) { append(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  mutating func append(_ field: Int, _ value: UInt64) {
    append(key(field, .varint))
    append(value)
  }

  mutating func append(_ field: Int, zigzag value: Int64) {
    append(key(field, .varint))
    append(zigzag: value)
  }

  mutating func append(_ field: Int, _ value: Double) {
    append(key(field, .eightBytes))
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ field: Int, _ content: some Collection<UInt8>) {
    append(key(field, .delimited))
    append(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  private func key(_ field: Int, _ type: WireType) -> UInt64 { UInt64(field) << 3 | type.rawValue }
}
