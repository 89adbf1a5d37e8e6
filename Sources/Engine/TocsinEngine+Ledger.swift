import Fleet
import Foundation
import Ledger
import Traffic

extension LedgerKey {
  static func unit(_ id: String) -> LedgerKey { LedgerKey(kind: .unit, id: id) }
  static func closure(_ id: String) -> LedgerKey { LedgerKey(kind: .closure, id: id) }
  static func speeds(_ number: UInt64) -> LedgerKey { LedgerKey(kind: .speeds, id: "\(number)") }
  static func feed(_ source: String) -> LedgerKey { LedgerKey(kind: .feed, id: source) }
}

extension TocsinEngine {
  /// Keeps changes before they are acknowledged.
  func record(_ batches: [LedgerBatch]) throws(EngineError) {
    guard !batches.isEmpty else { return }
    do throws(LedgerError) {
      _ = try ledger.record(batches)
    } catch {
      throw EngineError(
        .ledgerFailed, "the change can't be kept, so it was not made: \(error.message)", value: error.path)
    }
  }

  /// Keeps what the engine does by itself, with the version that it becomes.
  ///
  /// Roads open and close by the clock also while the ledger refuses: then its version lags until the next record.
  func recordIfPossible(_ changes: [LedgerChange], version: UInt64, at moment: Date) {
    try? record([LedgerBatch(changes, origin: ChangeOrigin(actor: "tocsin"), moment: moment, version: version)])
  }

  func encoded(_ value: some Encodable) throws(EngineError) -> Data {
    do {
      return try JSONEncoder().encode(value)
    } catch {
      throw EngineError(.ledgerFailed, "a value can't be written: \(error)")
    }
  }

  /// Brings back what the ledger holds. A closure whose road the map lacks stays listed.
  func restore(_ contents: [LedgerKey: Data]) throws(EngineError) {
    let snapshot = currentState().snapshot
    var draft = StateDraft(currentState())
    let moment = now()
    var waves: [(number: UInt64, columns: SpeedColumns)] = []
    for (key, data) in contents {
      switch key.kind {
      case .unit: draft.fleet.put(stationed(try decoded(ResponseUnit.self, key, data), in: snapshot))
      case .closure:
        guard let resolved = resolver.restore(try decoded(RoadClosure.self, key, data)) else { continue }
        draft.traffic.restore(resolved, at: moment)
      case .speeds: waves.append(try reading(key) { try SpeedColumns.read(data) })
      case .feed: draft.feeds.note(try decoded(FeedRegister.Entry.self, key, data))
      }
    }
    for (number, columns) in waves.sorted(by: { $0.number < $1.number }) {
      let wave = resolver.resolve(columns.update, expiresAt: columns.expiresAt).wave
      draft.traffic.restore(wave, number: number)
    }
    let isTrafficNew = draft.isTrafficNew
    state.withLock { state in (state.fleet, state.feeds, state.traffic) = (draft.fleet, draft.feeds, draft.traffic) }
    recordIfPossible([], version: snapshot.version, at: moment)
    writer.withLock { writer in
      writer.timetable.note(draft.traffic.changes, of: draft.traffic)
      schedule(writer.rules.nextChange)
    }
    if isTrafficNew { applyDueChanges() }
  }

  /// - Throws: `LEDGER_FAILED`.
  static func contents(of ledger: any OperationalLedger) throws(EngineError) -> LedgerContents {
    do throws(LedgerError) {
      return try ledger.contents()
    } catch {
      throw EngineError(.ledgerFailed, "the ledger can't be read: \(error.message)", value: error.path)
    }
  }

  private func decoded<Value: Decodable>(_ type: Value.Type, _ key: LedgerKey, _ data: Data) throws(EngineError)
    -> Value
  {
    try reading(key) { try JSONDecoder().decode(type, from: data) }
  }

  private func reading<Value>(_ key: LedgerKey, _ body: () throws -> Value) throws(EngineError) -> Value {
    do {
      return try body()
    } catch {
      throw EngineError(.ledgerFailed, "the ledger holds \(key.kind.rawValue) that can't be read", value: key.id)
    }
  }
}
