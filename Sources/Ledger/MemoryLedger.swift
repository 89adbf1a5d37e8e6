import Foundation
import Synchronization

/// A ledger that lives as long as its process.
public final class MemoryLedger: OperationalLedger {
  private struct State {
    var values: [LedgerKey: Data] = [:]
    var sequence: UInt64 = 0
  }

  private let state = Mutex(State())

  public init() {}

  public func record(_ changes: [LedgerChange]) -> UInt64 {
    state.withLock { state in
      for change in changes {
        switch change {
        case .put(let key, let value): state.values[key] = value
        case .remove(let key): state.values[key] = nil
        }
        state.sequence += 1
      }
      return state.sequence
    }
  }

  public func contents() -> [LedgerKey: Data] { state.withLock { $0.values } }
}
