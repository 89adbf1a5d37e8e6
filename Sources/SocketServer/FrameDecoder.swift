import Messages
import NIOCore

/// Cuts a stream of bytes into frames.
struct FrameDecoder: NIOSingleStepByteToMessageDecoder {
  typealias InboundOut = Frame

  /// The next frame, if all of it is there. Throws `FRAME_TOO_LONG`, `MALFORMED_FRAME` as `CallStatus`.
  mutating func decode(buffer: inout ByteBuffer) throws -> Frame? {
    guard let header = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return nil }
    let count = try FrameCodec.frameBytes(header: header)
    guard buffer.readableBytes >= FrameLimits.headerBytes + count else { return nil }
    buffer.moveReaderIndex(forwardBy: FrameLimits.headerBytes)
    defer { buffer.moveReaderIndex(forwardBy: count) }
    return try buffer.withUnsafeReadableBytes { try FrameCodec.decode(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> Frame? {
    try decode(buffer: &buffer)
  }
}
