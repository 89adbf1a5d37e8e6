import Logging
import NIOCore
import NIOSSL
import NIOTLS
import X509

/// TLS was agreed upon: told to the handlers of a connection once.
public struct HandshakeDone: Sendable {
  /// The subject of the client's certificate, as RFC 4514 writes it, such as `CN=cad,O=119`; `nil` without one.
  public let clientSubject: String?
}

/// Waits for the handshake of a connection, cuts off clients that don't finish it, and finds out who they are.
public final class HandshakeGuard: ChannelInboundHandler {
  public typealias InboundIn = ByteBuffer

  private let secondsMax: Double
  private let logger: Logger
  private var timer: Scheduled<Void>?
  private var isDone = false

  init(secondsMax: Double, logger: Logger) {
    self.secondsMax = secondsMax
    self.logger = logger
  }

  /// Starts the clock.
  public func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(secondsMax * 1e9))) {
      let (handler, context) = bound.value
      guard !handler.isDone else { return }
      handler.logger.warning("no TLS handshake in time", metadata: handler.metadata(context))
      context.close(promise: nil)
    }
  }

  /// Stops the clock.
  public func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  /// Waits for the end of the handshake, and tells ``HandshakeDone``.
  public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted = event {
      isDone = true
      timer?.cancel()
      context.fireUserInboundEventTriggered(HandshakeDone(clientSubject: subject(context)))
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// Logs a handshake that failed.
  public func errorCaught(context: ChannelHandlerContext, error: any Error) {
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
      let bytes = try? tls.peerCertificate?.toDERBytes(),
      let certificate = try? Certificate(derEncoded: bytes)
    else { return nil }
    return certificate.subject.description
  }
}
