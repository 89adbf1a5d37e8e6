import API
import CMessages

/// A Swift value with a C message of `tocsin.proto`. The message lives in an arena and never leaves the scope that
/// reads or packs it.
///
/// Reading checks the form alone: UTF-8, finite numbers, known words, what must be there. What a value means, such as
/// that a radius is above 0, is for the engine to check.
protocol WireValue {
  associatedtype Message
  /// Sets a message to its defaults: the function that protoc-c wrote for it.
  static var initialize: @Sendable (UnsafeMutablePointer<Message>?) -> Void { get }
  /// The value of a message. Throws what is wrong with it.
  static func read(_ message: Message) throws(CallStatus) -> Self
  /// Fills a message of defaults.
  func write(to message: inout Message, in arena: MessageArena)
}

extension WireValue {
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

  /// The message in `bytes`, by the descriptor that each message of its type points to.
  private static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Message>? {
    let descriptor = withUnsafeTemporaryAllocation(of: Message.self, capacity: 1) { blank in
      initialize(blank.baseAddress)
      return UnsafeRawPointer(blank.baseAddress)?.load(as: ProtobufCMessage.self).descriptor
    }
    let message = protobuf_c_message_unpack(descriptor, allocator, bytes.count, bytes.baseAddress)
    return UnsafeMutableRawPointer(message)?.assumingMemoryBound(to: Message.self)
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

// MARK: - Reading submessages

extension WireValue {
  /// A submessage that may be absent.
  static func optional(_ message: UnsafeMutablePointer<Message>?) throws(CallStatus) -> Self? {
    if let message { try read(message.pointee) } else { nil }
  }

  /// A submessage that must be there.
  static func required(_ message: UnsafeMutablePointer<Message>?, _ field: String) throws(CallStatus) -> Self {
    try read(present(message, field))
  }
}

/// A submessage that must be there, as it is.
func present<Message>(_ message: UnsafeMutablePointer<Message>?, _ field: String) throws(CallStatus) -> Message {
  guard let message else { throw CallStatus(EngineError(.invalidArgument, "\(field) is missing")) }
  return message.pointee
}

extension Array where Element: WireValue {
  static func read(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<Element.Message>?>?, _ count: Int
  ) throws(CallStatus) -> [Element] {
    try UnsafeBufferPointer(start: list, count: count).map { message throws(CallStatus) in
      try .required(message, "an element of a list")
    }
  }
}

/// A Swift enum with one of `tocsin.proto`.
protocol WireEnum: CaseIterable {
  associatedtype Number: RawRepresentable<UInt32>
  var wire: Number { get }
}

extension WireEnum {
  /// The value of a field, `nil` for a number that no value has. O(values).
  init?(wire: Number) {
    guard let value = Self.allCases.first(where: { $0.wire.rawValue == wire.rawValue }) else { return nil }
    self = value
  }

  /// The value of a field. Throws `code` for a number that no value has.
  static func read(
    _ wire: Number, _ field: String, _ code: EngineError.Code = .invalidClosure
  ) throws(CallStatus) -> Self {
    if let value = Self(wire: wire) { return value }
    throw CallStatus(EngineError(code, "unknown \(field)", value: "\(wire.rawValue)"))
  }
}
