import Foundation
import Synchronization

/// A ledger that lives as long as its process.
public final class MemoryLedger: OperationalLedger {
  private struct State {
    var contents = LedgerContents()
    var sequence: UInt64 = 0
  }

  private let state = Mutex(State())

  public init() {}

  public func record(_ batches: [LedgerBatch]) -> UInt64 {
    state.withLock { state in
      for batch in batches {
        for change in batch.changes {
          let trail: LedgerTrail
          switch change {
          case .put(let key, let value, let kept): (state.contents.values[key], trail) = (value, kept)
          case .remove(let key, let kept): (state.contents.values[key], trail) = (nil, kept)
          }
          if trail != .none { state.sequence += 1 }
        }
        state.contents.version = max(state.contents.version, batch.version)
      }
      return state.sequence
    }
  }

  public func recordSoon(_ values: [LedgerKey: Data]) {
    state.withLock { $0.contents.values.merge(values) { _, new in new } }
  }

  public func contents() -> LedgerContents { state.withLock { $0.contents } }
}
