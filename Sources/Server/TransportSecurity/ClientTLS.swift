#if TLS
import NIOCore
import NIOSSL
import NIOTLS

/// TLS for a client's connection.
public struct ClientTLS: Sendable {
  private let context: NIOSSLContext
  private let serverName: String?

  /// - Parameters:
  ///   - authorities: a file in PEM of those who may sign the server's certificate; `nil` takes the system's.
  ///   - identity: what the client shows, if the server asks.
  ///   - serverName: the name that the server's certificate must have; `nil` takes any that is signed.
  /// - Throws: `TLS_UNREADABLE`, `TLS_UNUSABLE`.
  public init(authorities: String?, identity: CertificateFiles? = nil, serverName: String? = nil) throws(TLSError) {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let authorities { configuration.trustRoots = .certificates(try CertificateFiles.certificates(in: authorities)) }
    if serverName == nil { configuration.certificateVerification = .noHostnameVerification }
    if let identity {
      configuration.certificateChain = try identity.chain()
      configuration.privateKey = try identity.privateKey()
    }
    self.serverName = serverName
    context = try configuration.context(key: identity?.key ?? "")
  }

  /// Puts TLS first into a connection's channel, on its event loop.
  ///
  /// - Parameter agreed: succeeds with the handshake, fails with it.
  public func start(on channel: any Channel, agreed: EventLoopPromise<Void>) throws {
    let operations = channel.pipeline.syncOperations
    do {
      try operations.addHandler(NIOSSLClientHandler(context: context, serverHostname: serverName))
      try operations.addHandler(HandshakeWait(agreed))
    } catch {
      agreed.fail(error)
      throw error
    }
  }
}

/// Tells when a client's handshake is over, and how it went.
private final class HandshakeWait: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let agreed: EventLoopPromise<Void>

  init(_ agreed: EventLoopPromise<Void>) { self.agreed = agreed }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted = event { agreed.succeed() }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    agreed.fail(error)
    context.fireErrorCaught(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    agreed.fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { agreed.fail(ChannelError.eof) }
}
#endif
