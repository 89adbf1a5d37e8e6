import API
import Ledger
import Synchronization

/// What an engine did by itself and its ledger does not have yet: roads open and close by the clock, whatever the disk
/// does. It is recorded before the next change, in the order in which it happened.
///
/// It stays small: a closure ends once, and no new ones come while the ledger refuses.
final class LedgerBacklog: Sendable {
  private struct State {
    var batches: [LedgerBatch] = []
    /// How many of them are being recorded.
    var recordingCount = 0
  }

  private let state = Mutex(State())
  private let turn = Mutex(())

  var isEmpty: Bool { state.withLock { $0.batches.isEmpty } }

  func note(_ batch: LedgerBatch) {
    state.withLock { state in
      // Of versions alone the last one counts.
      if state.batches.count > state.recordingCount, state.batches.last?.changes.isEmpty == true {
        state.batches.removeLast()
      }
      state.batches.append(batch)
    }
  }

  /// Records what waits, and other batches behind it, all or none. Within ``inTurn(_:)``.
  func record(_ others: [LedgerBatch], in ledger: any OperationalLedger) throws(LedgerError) {
    let waiting = state.withLock { state in
      state.recordingCount = state.batches.count
      return state.batches
    }
    defer { state.withLock { $0.recordingCount = 0 } }
    guard !waiting.isEmpty || !others.isEmpty else { return }
    _ = try ledger.record(waiting + others)
    state.withLock { $0.batches.removeFirst(waiting.count) }
  }

  /// Does something while nobody else records.
  func inTurn<Value>(_ body: () throws(EngineError) -> Value) throws(EngineError) -> Value {
    try turn.withLock { _ throws(EngineError) in try body() }
  }
}
