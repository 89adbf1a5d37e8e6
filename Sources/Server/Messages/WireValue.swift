import API
import CMessages

/// A Swift value with a C message of `tocsin.proto`. The message lives in an arena and never leaves the scope that
/// reads or packs it.
protocol WireValue {
  associatedtype Message
  /// Sets a message to its defaults.
  static func initialize(_ message: UnsafeMutablePointer<Message>)
  /// The value of a message. Throws what is wrong with it.
  static func read(_ message: Message) throws(CallStatus) -> Self
  /// Fills a message of defaults.
  func write(to message: UnsafeMutablePointer<Message>, in arena: MessageArena)
}

/// A value that is sent by itself: a request, an answer or a frame.
protocol WireRoot: WireValue {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Message>?
}

extension WireRoot {
  /// The value of a packed message that may take `memoryBytesMax` when read.
  /// Throws `MALFORMED_MESSAGE`, `MESSAGE_TOO_LARGE` or what is wrong with the value.
  static func unpacked(_ bytes: UnsafeBufferPointer<UInt8>, memoryBytesMax: Int) throws(CallStatus) -> Self {
    let arena = MessageArena(expectedBytes: bytes.count * 4, bytesMax: memoryBytesMax)
    guard let message = arena.withAllocator({ unpack($0, bytes) }) else {
      if arena.isExhausted {
        throw CallStatus(.messageTooLarge, "the message takes over \(memoryBytesMax) bytes of memory")
      }
      throw CallStatus(.malformedMessage, "not a \(Self.self) message", value: "\(bytes.count) bytes")
    }
    defer { withExtendedLifetime(arena) {} }
    return try read(message.pointee)
  }

  /// The value of a packed message, or what is wrong with it.
  static func unpacked(_ bytes: [UInt8], memoryBytesMax: Int) -> Result<Self, CallStatus> {
    bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(CallStatus) in try unpacked(buffer, memoryBytesMax: memoryBytesMax) }
    }
  }

  /// The packed message, after `headerBytes` that are left to the caller to fill.
  func packed(headerBytes: Int = 0) -> [UInt8] {
    let arena = MessageArena.unbounded()
    defer { withExtendedLifetime(arena) {} }
    let message = UnsafeRawPointer(arena.message(self)).assumingMemoryBound(to: ProtobufCMessage.self)
    let count = headerBytes + protobuf_c_message_get_packed_size(message)
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      buffer[..<headerBytes].initialize(repeating: 0)
      if let start = buffer.baseAddress { _ = protobuf_c_message_pack(message, start + headerBytes) }
      initializedCount = count
    }
  }
}

// MARK: - Reading

/// The parts that messages are made of, read with their checks.
enum WireReader {
  /// The times that are taken: 1970 to 9999. Beyond, somebody sent other units than milliseconds.
  static let unixMillisecondsRange: ClosedRange<Int64> = 0...253_402_300_799_999

  static func text(_ data: ProtobufCBinaryData, _ field: String) throws(CallStatus) -> String {
    guard let start = data.data, data.len > 0 else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: data.len)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CallStatus(
        .malformedMessage, "\(field) is not UTF-8", value: withoutNUL(String(decoding: bytes, as: UTF8.self)))
    }
    guard !bytes.contains(0) else {
      throw CallStatus(
        EngineError(.invalidArgument, "\(field) has a NUL character", value: withoutNUL(text)))
    }
    return text
  }

  /// A refused text as it can be told: answers have no NUL either.
  private static func withoutNUL(_ text: String) -> String { text.replacing("\0", with: "\\0") }

  static func texts(
    _ list: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int, _ field: String
  ) throws(CallStatus) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(count)
    for index in 0..<count {
      guard let list else { break }
      texts.append(try text(list[index], field))
    }
    return texts
  }

  static func messages<Value: WireValue>(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<Value.Message>?>?, _ count: Int, of: Value.Type = Value.self
  ) throws(CallStatus) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for index in 0..<count {
      guard let message = list?[index] else { break }
      values.append(try Value.read(message.pointee))
    }
    return values
  }

  /// A submessage that must be there.
  static func required<Value: WireValue>(
    _ message: UnsafeMutablePointer<Value.Message>?, _ field: String, of: Value.Type = Value.self
  ) throws(CallStatus) -> Value {
    guard let message else { throw CallStatus(EngineError(.invalidArgument, "\(field) is missing")) }
    return try Value.read(message.pointee)
  }

  /// A number that is one.
  static func finite(
    _ number: Double, _ field: String, _ code: EngineError.Code = .invalidArgument
  ) throws(CallStatus) -> Double {
    guard number.isFinite else {
      throw CallStatus(EngineError(code, "\(field) is not a number", value: "\(number)"))
    }
    return number
  }

  /// A number that is one and not negative.
  static func notNegative(
    _ number: Double, _ field: String, _ code: EngineError.Code = .invalidArgument
  ) throws(CallStatus) -> Double {
    guard try finite(number, field, code) >= 0 else {
      throw CallStatus(EngineError(code, "\(field) is negative", value: "\(number)"))
    }
    return number
  }

  /// Degrees clockwise from north, 0 to below 360.
  static func heading(_ degrees: Double, _ field: String) throws(CallStatus) -> Double {
    guard degrees >= 0, degrees < 360 else {
      throw CallStatus(EngineError(.invalidHeading, "\(field) is from 0 to below 360", value: "\(degrees)"))
    }
    return degrees
  }
}
