import Logging
import Messages
import Synchronization

/// What all connections of a server share.
final class SharedState: Sendable {
  let limits: ServerLimits
  let logger: Logger
  let queue: RequestLanes
  private let counts = Mutex((opened: 0, open: 0))

  init(limits: ServerLimits, logger: Logger, queue: RequestLanes) {
    self.limits = limits
    self.logger = logger
    self.queue = queue
  }

  /// Counts a connection: its number, and how many are open with it.
  func connectionOpened() -> (id: Int, openCount: Int) {
    counts.withLock { counts in
      counts.opened += 1
      counts.open += 1
      return (counts.opened, counts.open)
    }
  }

  func connectionClosed() {
    counts.withLock { $0.open -= 1 }
  }
}
