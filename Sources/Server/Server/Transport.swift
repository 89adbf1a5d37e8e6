import Calls
import Logging
import NIOCore
import Synchronization
import TransportSecurity

/// What a transport puts into every new connection.
public protocol Transport: Sendable {
  /// Adds the transport's own handlers, on the channel's event loop.
  ///
  /// - Parameter number: counts the connections of the server, for its log.
  func configure(_ channel: any Channel, number: Int) throws
}

/// Puts TLS before a transport's handlers.
final class ChannelSetup: Sendable {
  private let transport: any Transport
  private let tls: ServerTLS?
  private let limits: CallLimits
  private let logger: Logger
  private let connectionCount = Atomic(0)

  init(transport: any Transport, tls: ServerTLS?, limits: CallLimits, logger: Logger) {
    (self.transport, self.tls, self.limits, self.logger) = (transport, tls, limits, logger)
  }

  /// Puts the handlers of a connection into its channel, on the channel's event loop.
  func configure(_ channel: any Channel, isTCP: Bool) throws {
    let number = connectionCount.add(1, ordering: .relaxed).newValue
    if isTCP, let tls { try tls.start(on: channel, handshakeSecondsMax: limits.handshakeSecondsMax, logger: logger) }
    try transport.configure(channel, number: number)
  }
}
