/// The fields of a message's bytes, one after the other, as protobuf's encoding has them.
struct WireReader {
  /// A value before its type is known.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(UnsafeRawBufferPointer)
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// The next field with its number.
  mutating func field() throws(MessageJSONError) -> (number: UInt32, value: Value) {
    let tag = try varint()
    guard let number = UInt32(exactly: tag >> 3), number > 0 else { throw Self.broken }
    switch tag & 7 {
    case 0: return (number, .varint(try varint()))
    case 1: return (number, .fixed64(try fixed()))
    case 2:
      guard let count = Int(exactly: try varint()), count <= bytes.count - position else { throw Self.broken }
      defer { position += count }
      return (number, .bytes(UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])))
    case 5: return (number, .fixed32(try fixed()))
    default: throw Self.broken
    }
  }

  /// The next value of numbers that stand together.
  mutating func value(_ encoding: MessageSchema.Kind.Encoding) throws(MessageJSONError) -> Value {
    switch encoding {
    case .varint: .varint(try varint())
    case .fixed64: .fixed64(try fixed())
    case .fixed32: .fixed32(try fixed())
    case .bytes: throw Self.broken
    }
  }

  mutating func varint() throws(MessageJSONError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < bytes.count else { throw Self.broken }
      let byte = bytes[position]
      position += 1
      if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
      if byte & 0x80 == 0 { return value }
    }
    throw Self.broken
  }

  mutating func fixed<Number: FixedWidthInteger>() throws(MessageJSONError) -> Number {
    let size = MemoryLayout<Number>.size
    guard size <= bytes.count - position else { throw Self.broken }
    defer { position += size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
  }

  static let broken = MessageJSONError("the bytes are no message")
}
