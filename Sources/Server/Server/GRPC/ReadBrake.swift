import NIOCore

/// Reads nothing of a client that takes nothing: below HTTP/2, whose answers to what a client sends, even its refusals,
/// wait in memory otherwise.
final class ReadBrake: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer

  /// A read that was asked for while the client took nothing.
  private var isReadHeld = false

  func read(context: ChannelHandlerContext) {
    if context.channel.isWritable { context.read() } else { isReadHeld = true }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if isReadHeld, context.channel.isWritable {
      isReadHeld = false
      context.read()
    }
    context.fireChannelWritabilityChanged()
  }
}
