/// Fields of a message's bytes, as protobuf's encoding has them.
extension [UInt8] {
  mutating func append(tag number: UInt32, _ encoding: MessageSchema.Kind.Encoding) {
    append(varint: UInt64(number) << 3 | encoding.wireType)
  }

  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func append<Number: FixedWidthInteger>(fixed value: Number) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Begins a block whose length is not known yet; returns where.
  mutating func openBlock() -> Int {
    append(0)
    return count
  }

  /// Ends a block: what was appended since gets its length before it. O(bytes of a long block).
  mutating func closeBlock(from start: Int) {
    let length = count - start
    if length < 0x80 {
      self[start - 1] = UInt8(length)
    } else {
      var prefix: [UInt8] = []
      prefix.append(varint: UInt64(length))
      replaceSubrange(start - 1..<start, with: prefix)
    }
  }
}

extension MessageSchema.Kind {
  /// How values stand on the wire.
  enum Encoding {
    case varint, fixed64, fixed32, bytes

    fileprivate var wireType: UInt64 {
      switch self {
      case .varint: 0
      case .fixed64: 1
      case .bytes: 2
      case .fixed32: 5
      }
    }
  }

  var encoding: Encoding {
    switch self {
    case .bool, .signed32, .signed64, .unsigned32, .unsigned64, .zigzag32, .zigzag64, .choice: .varint
    case .fixed64, .signedFixed64, .double: .fixed64
    case .fixed32, .signedFixed32, .float: .fixed32
    case .text, .bytes, .message: .bytes
    }
  }
}
