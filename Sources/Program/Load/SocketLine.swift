import Messages
import NIOCore

/// A connection of the framed socket.
final class SocketLine: LineHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  let index: Int
  let hub: LineHub
  var context: ChannelHandlerContext?
  private var outgoing = ByteBuffer()
  private var incoming = ByteBuffer()

  let prefixBytes = 0

  init(index: Int, hub: LineHub) { (self.index, self.hub) = (index, hub) }

  func write(_ call: PreparedCall, id: UInt64) { outgoing.writeFrame(of: call, id: id) }

  func flush() {
    guard outgoing.readableBytes > 0 else { return }
    context?.writeAndFlush(wrapOutboundOut(outgoing), promise: nil)
    outgoing = ByteBuffer()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if incoming.readableBytes == 0 { incoming = bytes } else { incoming.writeBuffer(&bytes) }
    while let frame = nextFrame() { tell(frame) }
    incoming.discardReadBytes()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func nextFrame() -> ByteBuffer? {
    guard let count: UInt32 = incoming.getInteger(at: incoming.readerIndex),
      let frame = incoming.getSlice(at: incoming.readerIndex + FrameLimits.headerBytes, length: Int(count))
    else { return nil }
    incoming.moveReaderIndex(forwardBy: FrameLimits.headerBytes + Int(count))
    return frame
  }

  /// A frame that is no response, or a word about the connection itself, ends it.
  private func tell(_ frame: ByteBuffer) {
    frame.withUnsafeReadableBytes { bytes in
      guard let response = ScannedResponse(frame: bytes), response.id != 0 else { return close() }
      if !response.payload.isEmpty {
        hub.listener?.received(UnsafeRawBufferPointer(rebasing: bytes[response.payload]), id: response.id)
      }
      guard !response.more else { return }
      let code = response.status == 0 ? nil : String(decoding: bytes[response.code], as: UTF8.self)
      hub.listener?.answered(id: response.id, code: code)
    }
  }
}
