/// What a load needs to know of a `Frame` with a response: found by stepping over its fields, nothing is unpacked.
/// Source: the wire format of Protocol Buffers, and `FrameResponse` in `tocsin.proto`.
struct ScannedResponse: Equatable {
  var id: UInt64 = 0
  /// 0 is OK.
  var status: UInt64 = 0
  /// Where the stable code stands.
  var code = 0..<0
  /// Where the payload stands.
  var payload = 0..<0
  var more = false

  /// The response in a frame without its header; `nil` if there is none. O(fields).
  init?(frame: UnsafeRawBufferPointer) {
    var outer = FieldCursor(bytes: frame, end: frame.count)
    guard let field = outer.next(), field.number == 2, case .bytes(let range) = field.value else { return nil }
    var cursor = FieldCursor(bytes: frame, end: range.upperBound, position: range.lowerBound)
    while let field = cursor.next() {
      switch (field.number, field.value) {
      case (1, .number(let value)): id = value
      case (2, .number(let value)): status = value
      case (3, .bytes(let range)): code = range
      case (6, .bytes(let range)): payload = range
      case (7, .number(let value)): more = value != 0
      default: break
      }
    }
    guard cursor.isAtEnd else { return nil }
  }
}

/// Steps over the fields of a message.
private struct FieldCursor {
  enum Value {
    case number(UInt64)
    case bytes(Range<Int>)
  }

  let bytes: UnsafeRawBufferPointer
  let end: Int
  var position = 0

  var isAtEnd: Bool { position == end }

  /// The next field; `nil` at the end, and where the bytes are no field of `FrameResponse`.
  mutating func next() -> (number: Int, value: Value)? {
    guard position < end, let key = varint() else { return nil }
    let number = Int(truncatingIfNeeded: key >> 3)
    switch key & 7 {
    case 0: return varint().map { (number, .number($0)) }
    case 2:
      guard let count = varint(), count <= UInt64(end - position) else { return nil }
      defer { position += Int(count) }
      return (number, .bytes(position..<position + Int(count)))
    default: return nil
    }
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < end else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
