import Messages
import NIOCore

/// Messages of gRPC as they stand in DATA frames: a byte that says whether it is compressed, a 4-byte big-endian
/// length, the bytes. Source: "gRPC over HTTP2", PROTOCOL-HTTP2.md of grpc/grpc.
public enum GRPCMessage {
  /// The bytes of the prefix.
  public static let prefixBytes = 5

  /// A message that is not compressed, with its prefix. O(bytes).
  public static func encode(_ message: [UInt8]) -> ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: prefixBytes + message.count)
    buffer.writeInteger(UInt8(0))
    buffer.writeInteger(UInt32(message.count))
    buffer.writeBytes(message)
    return buffer
  }
}

/// Cuts the DATA of one stream into messages.
public struct GRPCMessageReader {
  private let bytesMax: Int
  private var rest: ByteBuffer?

  /// - Parameter bytesMax: a longer message is refused when its prefix is seen.
  public init(bytesMax: Int) { self.bytesMax = bytesMax }

  /// The bytes of a message that is not whole yet.
  public var unfinishedBytes: Int { rest?.readableBytes ?? 0 }

  /// True if a whole message is there.
  public var hasMessage: Bool {
    guard let rest, let count: UInt32 = rest.getInteger(at: rest.readerIndex + 1) else { return false }
    return rest.readableBytes >= GRPCMessage.prefixBytes + Int(count)
  }

  /// Takes what came. O(bytes).
  public mutating func add(_ data: ByteBuffer) {
    if unfinishedBytes == 0 {
      rest = data
    } else {
      // What was read before is let go.
      rest?.discardReadBytes()
      rest?.writeImmutableBuffer(data)
    }
  }

  /// The next message, if all of it is there.
  ///
  /// - Throws: `COMPRESSION_UNSUPPORTED` for a compressed one, `MESSAGE_TOO_LARGE`, `MALFORMED_FRAME`.
  public mutating func next() throws(CallStatus) -> [UInt8]? {
    guard let flag: UInt8 = rest?.getInteger(at: rest?.readerIndex ?? 0) else { return nil }
    guard flag == 0 else {
      if flag == 1 { throw CallStatus(.compressionUnsupported, "the message is compressed") }
      throw CallStatus(.malformedFrame, "a message begins with 0 or 1", value: "\(flag)")
    }
    guard let buffer = rest, let count: UInt32 = buffer.getInteger(at: buffer.readerIndex + 1) else { return nil }
    guard count <= bytesMax else {
      throw CallStatus(.messageTooLarge, "a message has at most \(bytesMax) bytes", value: "\(count)")
    }
    guard let message = buffer.getBytes(at: buffer.readerIndex + GRPCMessage.prefixBytes, length: Int(count)) else {
      return nil
    }
    rest?.moveReaderIndex(forwardBy: GRPCMessage.prefixBytes + Int(count))
    return message
  }
}
