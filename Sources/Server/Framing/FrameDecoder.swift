import Messages
import NIOCore

/// Cuts a stream of bytes into frames, at either end of a connection.
public struct FrameDecoder: NIOSingleStepByteToMessageDecoder {
  public typealias InboundOut = Frame

  private let strangerBytesMax: Int
  private let checkStranger: ((String) throws(CallStatus) -> Void)?

  public init() { (strangerBytesMax, checkStranger) = (.max, nil) }

  /// - Parameter check: called with the token of a frame of which more than these bytes came and others are missing;
  ///   what it throws ends the connection.
  public init(strangerBytesMax: Int, check: @escaping (_ token: String) throws(CallStatus) -> Void) {
    (self.strangerBytesMax, checkStranger) = (strangerBytesMax, check)
  }

  /// The next frame, if all of it is there. Throws `FRAME_TOO_LONG`, `MALFORMED_FRAME` as `CallStatus`.
  public mutating func decode(buffer: inout ByteBuffer) throws -> Frame? {
    guard let header = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return nil }
    if let other = foreignProtocol(buffer, header) {
      throw CallStatus(
        .malformedFrame, "the other end speaks \(other.rawValue), not Tocsin's frames", value: other.rawValue)
    }
    let count = try FrameCodec.frameBytes(header: header)
    guard buffer.readableBytes >= FrameLimits.headerBytes + count else {
      if let checkStranger, buffer.readableBytes > strangerBytesMax {
        try checkStranger(FrameToken.find(in: buffer.readableBytesView.dropFirst(FrameLimits.headerBytes)))
      }
      return nil
    }
    buffer.moveReaderIndex(forwardBy: FrameLimits.headerBytes)
    defer { buffer.moveReaderIndex(forwardBy: count) }
    return try buffer.withUnsafeReadableBytes { try FrameCodec.decode(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  /// Looked for only where no frame can be: its length is too great, or its message begins with a field 0.
  private func foreignProtocol(_ buffer: ByteBuffer, _ header: UInt32) -> ForeignProtocol? {
    let isFrame =
      header <= FrameLimits.frameBytesMax && buffer.getInteger(at: buffer.readerIndex + 4, as: UInt8.self) != 0
    return isFrame ? nil : ForeignProtocol(buffer.readableBytesView)
  }

  /// The next frame of what is left when the stream ends; a frame that is cut off is none.
  public mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> Frame? {
    try decode(buffer: &buffer)
  }
}
