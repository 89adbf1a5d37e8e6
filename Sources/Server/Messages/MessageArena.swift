import CMessages
import Foundation

/// The memory of one C message and everything that it points to, freed as a whole.
///
/// protobuf-c makes one allocation per string and submessage; here each is a step of a pointer. The arena also bounds
/// what a message may take: a submessage of two bytes on the wire is a struct of hundreds in memory.
final class MessageArena {
  private var chunks: [UnsafeMutableRawPointer] = []
  private var next: UnsafeMutableRawPointer?
  private var remainingBytes = 0
  private var chunkBytes: Int
  private var unusedBytes: Int
  /// True once an allocation was refused.
  private(set) var isExhausted = false

  private static let chunkBytesMin = 1 << 10
  private static let chunkBytesMax = 1 << 20
  /// Enough for every type in the generated code.
  private static let alignment = 16

  /// - Parameters:
  ///   - expectedBytes: what will probably be needed.
  ///   - bytesMax: beyond this, allocations are refused.
  init(expectedBytes: Int, bytesMax: Int) {
    chunkBytes = min(max(expectedBytes, Self.chunkBytesMin), Self.chunkBytesMax)
    unusedBytes = bytesMax
  }

  deinit { for chunk in chunks { free(chunk) } }

  /// `bytes` of uninitialised memory, aligned to 16; `nil` beyond the limit. O(1).
  func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
    guard bytes >= 0, bytes <= unusedBytes else {
      isExhausted = true
      return nil
    }
    let rounded = (bytes + Self.alignment - 1) & ~(Self.alignment - 1)
    if rounded > remainingBytes || next == nil, !addChunk(of: max(rounded, chunkBytes)) {
      isExhausted = true
      return nil
    }
    defer {
      next = next.map { $0 + rounded }
      remainingBytes -= rounded
      unusedBytes -= rounded
    }
    return next
  }

  private func addChunk(of bytes: Int) -> Bool {
    guard let chunk = malloc(bytes) else { return false }
    chunks.append(chunk)
    next = chunk
    remainingBytes = bytes
    chunkBytes = min(chunkBytes * 2, Self.chunkBytesMax)
    return true
  }

  /// Calls `body` with an allocator for protobuf-c that takes from this arena and frees nothing.
  func withAllocator<Result>(_ body: (UnsafeMutablePointer<ProtobufCAllocator>) -> Result) -> Result {
    var allocator = ProtobufCAllocator(
      alloc: { arena, bytes in
        arena.flatMap { Unmanaged<MessageArena>.fromOpaque($0).takeUnretainedValue().allocate(bytes) }
      },
      free: { _, _ in },
      allocator_data: Unmanaged.passUnretained(self).toOpaque())
    return withExtendedLifetime(self) { body(&allocator) }
  }
}

// MARK: - Building messages

extension MessageArena {
  /// An arena for a message that is built here, from values that are in memory already.
  static func unbounded() -> MessageArena { MessageArena(expectedBytes: 0, bytesMax: .max >> 1) }

  /// Room for `count` values.
  func array<Element>(_ count: Int, of: Element.Type = Element.self) -> UnsafeMutablePointer<Element> {
    guard let memory = allocate(count * MemoryLayout<Element>.stride) else { preconditionFailure("out of memory") }
    return memory.bindMemory(to: Element.self, capacity: count)
  }

  /// A copy of the text's UTF-8.
  func text(_ text: String) -> ProtobufCBinaryData {
    var text = text
    return text.withUTF8 { bytes($0) }
  }

  /// A copy of the bytes.
  func bytes(_ source: UnsafeBufferPointer<UInt8>) -> ProtobufCBinaryData {
    guard let start = source.baseAddress, source.count > 0 else { return ProtobufCBinaryData() }
    let copy = array(source.count, of: UInt8.self)
    copy.initialize(from: start, count: source.count)
    return ProtobufCBinaryData(len: source.count, data: copy)
  }

  /// A list of texts, as the fields of a message have it.
  func texts(_ texts: [String]) -> (Int, UnsafeMutablePointer<ProtobufCBinaryData>?) {
    let list = array(texts.count, of: ProtobufCBinaryData.self)
    for (index, text) in texts.enumerated() { list[index] = self.text(text) }
    return (texts.count, list)
  }

  /// A message of defaults that `fill` fills.
  func message<Message>(
    _ initialize: (UnsafeMutablePointer<Message>?) -> Void, _ fill: (inout Message) -> Void
  ) -> UnsafeMutablePointer<Message> {
    let message = array(1, of: Message.self)
    initialize(message)
    fill(&message.pointee)
    return message
  }

  /// The message of a value.
  func message<Value: WireValue>(_ value: Value) -> UnsafeMutablePointer<Value.Message> {
    message(Value.initialize) { value.write(to: &$0, in: self) }
  }

  /// The messages of a list of values, as the fields of a message have it.
  func messages<Value: WireValue>(_ values: [Value]) -> (
    Int, UnsafeMutablePointer<UnsafeMutablePointer<Value.Message>?>?
  ) {
    let list = array(values.count, of: UnsafeMutablePointer<Value.Message>?.self)
    for (index, value) in values.enumerated() { list[index] = message(value) }
    return (values.count, list)
  }

  /// A column of numbers, and how long it is.
  func column<Number: BitwiseCopyable>(_ numbers: [Number]) -> (Int, UnsafeMutablePointer<Number>?) {
    guard !numbers.isEmpty else { return (0, nil) }
    let column = array(numbers.count, of: Number.self)
    column.initialize(from: numbers, count: numbers.count)
    return (numbers.count, column)
  }
}
