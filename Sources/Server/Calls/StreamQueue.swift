import NIOPosix

/// The thread that works for all streams of all connections, apart from those who ask and those who change things.
final class StreamQueue: Sendable {
  private let thread = NIOThreadPool(numberOfThreads: 1)

  init() { thread.start() }

  deinit { thread.shutdownGracefully { _ in } }

  /// Adds a piece of work; never blocks. Pieces are done in their order.
  func add(_ work: @escaping @Sendable () -> Void) {
    thread.submit { state in if state == .active { work() } }
  }

  /// Ends the thread after the work that it is doing.
  func stop() async throws { try await thread.shutdownGracefully() }
}
