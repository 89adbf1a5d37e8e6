import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Work that waits for its turn.
protocol TurnTaker: Sendable {
  /// For whom it is done.
  var caller: String { get }
  var arrival: ContinuousClock.Instant { get }
}

/// Work of one kind, and the threads that do it: of each caller in order of arrival, and the callers by turns, so that
/// one who asks a thousand things keeps another one waiting for one of them.
///
/// A thread that was woken takes work until none is left, so that a burst of small pieces costs few wake-ups.
final class TurnQueue<Work: TurnTaker>: Sendable {
  /// How many threads there are, and how they are shared.
  struct Threads {
    var count: Int
    /// At how many threads there is work of one caller at the same time; `nil` for all of them.
    var perCallerMax: Int?
    /// They leave the processors to other threads of the process.
    var isBackground = false
  }

  private struct Line {
    var waiting = CircularBuffer<Work>()
    var runningCount = 0
    /// True while the caller stands among those whose turn comes.
    var isInTurns = false
  }

  private struct State {
    var lines: [String: Line] = [:]
    var turns = CircularBuffer<String>()
    var depth = 0
    /// How many threads are taking work.
    var activeThreads = 0
  }

  private let setup: Threads
  private let pool: NIOThreadPool
  private let work: @Sendable (Work) -> Void
  private let state = Mutex(State())

  /// What a background thread adds to its niceness.
  private static var backgroundNiceness: Int32 { 10 }
  /// On Linux a process and the id 0 mean the calling thread.
  private static var ofThread: __priority_which_t { __priority_which_t(PRIO_PROCESS.rawValue) }

  /// - Parameter work: does a piece, on one of the threads.
  init(_ setup: Threads, _ work: @escaping @Sendable (Work) -> Void) {
    (self.setup, self.work) = (setup, work)
    pool = NIOThreadPool(numberOfThreads: setup.count)
    pool.start()
  }

  deinit { pool.shutdownGracefully { _ in } }

  /// How many pieces wait for their turn.
  var depth: Int { state.withLock { $0.depth } }

  /// How many pieces of a caller wait or are being done, how long the first one has waited, and how many callers wait.
  func load(of caller: String, at now: ContinuousClock.Instant) -> (count: Int, wait: Duration, callers: Int) {
    state.withLock { state in
      guard let line = state.lines[caller] else { return (0, .zero, state.lines.count) }
      let wait = line.waiting.first.map { now - $0.arrival } ?? .zero
      return (line.waiting.count + line.runningCount, wait, state.lines.count)
    }
  }

  /// Adds pieces of one caller; never blocks. O(pieces).
  func add(_ pieces: [Work], of caller: String) {
    let wakeCount = state.withLock { state in
      var line = state.lines.removeValue(forKey: caller) ?? Line()
      line.waiting.append(contentsOf: pieces)
      state.depth += pieces.count
      queueUp(caller, &line, &state)
      state.lines[caller] = line
      let count = min(setup.count - state.activeThreads, pieces.count)
      state.activeThreads += count
      return count
    }
    for _ in 0..<wakeCount {
      pool.submit { _ in
        if self.setup.isBackground { setpriority(Self.ofThread, 0, Self.backgroundNiceness) }
        var last: String?
        while let piece = self.next(after: last) {
          self.work(piece)
          last = piece.caller
        }
      }
    }
  }

  /// Ends the threads after what they are doing.
  func stop() async throws { try await pool.shutdownGracefully() }

  /// Gives a caller a turn who has something to do and may have another thread.
  private func queueUp(_ caller: String, _ line: inout Line, _ state: inout State) {
    guard !line.isInTurns, !line.waiting.isEmpty, line.runningCount < setup.perCallerMax ?? .max else { return }
    line.isInTurns = true
    state.turns.append(caller)
  }

  /// The next piece for a thread that is done with one of `last`; `nil`, and the thread rests, if there is none.
  private func next(after last: String?) -> Work? {
    state.withLock { state in
      if let last, var line = state.lines.removeValue(forKey: last) {
        line.runningCount -= 1
        queueUp(last, &line, &state)
        if line.runningCount > 0 || !line.waiting.isEmpty { state.lines[last] = line }
      }
      guard let caller = state.turns.popFirst(), var line = state.lines.removeValue(forKey: caller) else {
        state.activeThreads -= 1
        return nil
      }
      let piece = line.waiting.popFirst()
      line.isInTurns = false
      line.runningCount += 1
      state.depth -= 1
      queueUp(caller, &line, &state)
      state.lines[caller] = line
      return piece
    }
  }
}
