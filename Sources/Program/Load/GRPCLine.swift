import Framing
import NIOCore
import NIOHTTP2

/// A connection of gRPC. It writes and reads HTTP/2 frames itself: a channel for each would cost more than the call.
final class GRPCLine: LineHandler {
  typealias InboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  /// Of a stream and, from time to time, of the connection.
  static let windowBytes = 1 << 30
  /// This much of the connection's window is used before it is opened again.
  private static let windowStepBytes = 1 << 24
  private static let firstWindowBytes = 65_535

  let index: Int
  let hub: LineHub
  var context: ChannelHandlerContext?
  private var streamID = -1
  private var ids: [Int: UInt64] = [:]
  private var unacknowledgedBytes = 0
  private var hasWritten = false

  let prefixBytes = GRPCMessage.prefixBytes

  init(index: Int, hub: LineHub) { (self.index, self.hub) = (index, hub) }

  func channelActive(context: ChannelHandlerContext) {
    write(.windowUpdate(windowSizeIncrement: Self.windowBytes - Self.firstWindowBytes), .rootStream, context)
    context.flush()
  }

  func write(_ call: PreparedCall, id: UInt64) {
    guard let context else { return }
    streamID += 2
    ids[streamID] = id
    let stream = HTTP2StreamID(streamID)
    write(.headers(.init(headers: call.headers)), stream, context)
    write(.data(.init(data: .byteBuffer(call.body), endStream: true)), stream, context)
    hasWritten = true
  }

  func flush() {
    guard hasWritten else { return }
    hasWritten = false
    context?.flush()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    let stream = Int(frame.streamID)
    switch frame.payload {
    case .headers(let headers) where headers.endStream:
      end(
        stream, code: GRPCHeaders.refusal(in: headers.headers).map { $0.code.isEmpty ? "GRPC_\($0.grpcCode)" : $0.code }
      )
    case .data(let data):
      take(data, stream, context)
    case .rstStream: end(stream, code: "STREAM_RESET")
    default: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A stream that both sides have ended, or that the server has reset, is no fault of the connection.
    if error is NIOHTTP2Errors.StreamClosed || error is NIOHTTP2Errors.NoSuchStream { return }
    context.close(promise: nil)
  }

  private func take(_ data: HTTP2Frame.FramePayload.Data, _ stream: Int, _ context: ChannelHandlerContext) {
    guard case .byteBuffer(let bytes) = data.data else { return }
    if let id = ids[stream] { bytes.withUnsafeReadableBytes { hub.listener?.received($0, id: id) } }
    unacknowledgedBytes += bytes.readableBytes + (data.paddingBytes ?? 0)
    if unacknowledgedBytes >= Self.windowStepBytes {
      write(.windowUpdate(windowSizeIncrement: unacknowledgedBytes), .rootStream, context)
      context.flush()
      unacknowledgedBytes = 0
    }
    if data.endStream { end(stream, code: "MALFORMED_FRAME") }
  }

  private func write(
    _ payload: HTTP2Frame.FramePayload, _ stream: HTTP2StreamID, _ context: ChannelHandlerContext
  ) {
    context.write(wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: nil)
  }

  private func end(_ stream: Int, code: String?) {
    guard let id = ids.removeValue(forKey: stream) else { return }
    hub.listener?.answered(id: id, code: code)
  }
}
