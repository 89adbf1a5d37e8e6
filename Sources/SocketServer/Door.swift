import Calls
import Logging
import NIOCore
import Synchronization
import TransportSecurity

/// What every new connection of a server gets.
final class Door: Sendable {
  private let desk: CallDesk
  private let tls: ServerTLS?
  private let logger: Logger
  private let connectionCount = Atomic(0)

  init(desk: CallDesk, tls: ServerTLS?, logger: Logger) {
    self.desk = desk
    self.tls = tls
    self.logger = logger
  }

  /// Puts the handlers of a connection into its channel, on the channel's event loop.
  func welcome(_ channel: any Channel, isEncrypted: Bool) throws {
    let number = connectionCount.add(1, ordering: .relaxed).newValue
    if isEncrypted, let tls {
      let handlers = tls.handlers(handshakeSecondsMax: desk.limits.handshakeSecondsMax, logger: logger)
      try channel.pipeline.syncOperations.addHandler(handlers.tls)
      try channel.pipeline.syncOperations.addHandler(handlers.guard)
    }
    try channel.pipeline.syncOperations.addHandler(Connection(desk: desk, number: number, logger: logger))
  }
}
