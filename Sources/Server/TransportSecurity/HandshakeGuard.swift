#if TLS
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Waits for the handshake of a connection, cuts off clients that don't finish it, and finds out who they are.
final class HandshakeGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let secondsMax: Double
  private let logger: Logger
  private var timer: Scheduled<Void>?
  private var isDone = false

  init(secondsMax: Double, logger: Logger) { (self.secondsMax, self.logger) = (secondsMax, logger) }

  /// Starts the clock.
  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(secondsMax * 1e9))) {
      let (handler, context) = bound.value
      guard !handler.isDone else { return }
      handler.logger.warning("no TLS handshake in time", metadata: handler.metadata(context))
      context.close(promise: nil)
    }
  }

  /// Stops the clock.
  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  /// Waits for the end of the handshake, and tells ``HandshakeDone``.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted = event {
      isDone = true
      timer?.cancel()
      context.fireUserInboundEventTriggered(HandshakeDone(clientSubject: subject(context)))
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// Logs a handshake that failed.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if !isDone {
      var metadata = metadata(context)
      metadata["error"] = "\(error)"
      logger.warning("TLS handshake failed", metadata: metadata)
    }
    context.fireErrorCaught(error)
  }

  private func metadata(_ context: ChannelHandlerContext) -> Logger.Metadata {
    ["peer": "\(context.channel.remoteAddress.map(String.init(describing:)) ?? "")"]
  }

  private func subject(_ context: ChannelHandlerContext) -> String? {
    guard let tls = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self),
      let bytes = try? tls.peerCertificate?.toDERBytes()
    else { return nil }
    return try? CertificateSubject.text(inDER: bytes)
  }
}
#endif
