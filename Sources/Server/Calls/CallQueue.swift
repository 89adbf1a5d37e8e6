import Messages
import NIOCore
import NIOPosix
import Synchronization

/// Calls of one kind, in order of arrival, and the threads that run them.
///
/// A thread that was woken takes calls until none is left, so that a burst of small ones costs few wake-ups.
final class CallQueue: Sendable {
  private struct State {
    var waiting = CircularBuffer<Call>()
    /// How many threads are taking calls.
    var activeThreads = 0
  }

  private let dispatcher: MessageDispatcher
  private let metrics: CallMetrics
  private let threads: NIOThreadPool
  private let threadCount: Int
  private let state = Mutex(State())

  init(dispatcher: MessageDispatcher, metrics: CallMetrics, threadCount: Int) {
    (self.dispatcher, self.metrics, self.threadCount) = (dispatcher, metrics, threadCount)
    threads = NIOThreadPool(numberOfThreads: threadCount)
    threads.start()
  }

  deinit { threads.shutdownGracefully { _ in } }

  /// How many calls wait for their turn.
  var depth: Int { state.withLock { $0.waiting.count } }

  /// Adds calls; never blocks. O(calls).
  func add(_ calls: [Call]) {
    let wakeCount = state.withLock { state in
      state.waiting.append(contentsOf: calls)
      let count = min(threadCount - state.activeThreads, calls.count)
      state.activeThreads += count
      return count
    }
    for _ in 0..<wakeCount {
      threads.submit { _ in
        while let call = self.next() { call.run(on: self.dispatcher, metrics: self.metrics) }
      }
    }
  }

  /// How long the oldest call has waited. O(1).
  func longestWait(at now: ContinuousClock.Instant) -> Duration {
    state.withLock { $0.waiting.first.map { now - $0.arrival } ?? .zero }
  }

  /// Ends the threads after the calls that they are running.
  func stop() async throws { try await threads.shutdownGracefully() }

  private func next() -> Call? {
    state.withLock { state in
      if let call = state.waiting.popFirst() { return call }
      state.activeThreads -= 1
      return nil
    }
  }
}
