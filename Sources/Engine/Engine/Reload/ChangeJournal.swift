import API
import Foundation
import Ledger

/// What changed since it was begun, as the ledger has it: the latest value of each key.
struct ChangeJournal: Sendable {
  private var values: [LedgerKey: Data] = [:]
  private var removed: Set<LedgerKey> = []

  var count: Int { values.count + removed.count }

  /// Takes changes in their order, and positions that nothing among them replaces.
  mutating func note(_ changes: [LedgerChange], _ positions: [LedgerKey: Data] = [:]) {
    for change in changes {
      switch change {
      case .put(let key, let value, _):
        values[key] = value
        removed.remove(key)
      case .remove(let key, _):
        values[key] = nil
        removed.insert(key)
      }
    }
    for (key, value) in positions { values[key] = value }
  }

  /// What was noted, and nothing is left.
  ///
  /// - Throws: `LEDGER_FAILED` if a value can't be read.
  mutating func take() throws(EngineError) -> KeptState {
    var kept = try KeptState(values)
    kept.removed = Array(removed)
    self = ChangeJournal()
    return kept
  }
}
