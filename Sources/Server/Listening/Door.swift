import Calls
import Logging
import NIOCore
import Synchronization
import TransportSecurity

/// What a transport puts into every new connection.
public protocol Door: Sendable {
  /// Adds the transport's own handlers, on the channel's event loop.
  ///
  /// - Parameter number: counts the connections of the server, for its log.
  func welcome(_ channel: any Channel, number: Int) throws
}

/// Puts TLS before a transport's handlers.
final class Entrance: Sendable {
  private let door: any Door
  private let tls: ServerTLS?
  private let limits: CallLimits
  private let logger: Logger
  private let connectionCount = Atomic(0)

  init(door: any Door, tls: ServerTLS?, limits: CallLimits, logger: Logger) {
    self.door = door
    self.tls = tls
    self.limits = limits
    self.logger = logger
  }

  /// Puts the handlers of a connection into its channel, on the channel's event loop.
  func welcome(_ channel: any Channel, isTCP: Bool) throws {
    let number = connectionCount.add(1, ordering: .relaxed).newValue
    if isTCP, let tls {
      let handlers = tls.handlers(handshakeSecondsMax: limits.handshakeSecondsMax, logger: logger)
      try channel.pipeline.syncOperations.addHandler(handlers.tls)
      try channel.pipeline.syncOperations.addHandler(handlers.guard)
    }
    try door.welcome(channel, number: number)
  }
}
