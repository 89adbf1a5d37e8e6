import API
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
    bring(try KeptState(contents), into: &draft, at: moment)
    let isTrafficNew = draft.isTrafficNew
    state.withLock { state in (state.fleet, state.feeds, state.traffic) = (draft.fleet, draft.feeds, draft.traffic) }
    recordIfPossible([], version: snapshot.version, at: moment)
    writer.withLock { writer in
      writer.timetable.note(draft.traffic.changes, of: draft.traffic)
      schedule(writer.rules.nextChange)
    }
    if isTrafficNew { applyDueChanges() }
  }

  /// Brings what was kept into a draft, on the roads of this map. Puts of speeds that it has already are passed over.
  ///
  /// - Returns: how much of its speeds the map has, for each put of a source.
  @discardableResult
  func bring(_ kept: KeptState, into draft: inout StateDraft, at moment: Date) -> [(String, SpeedMatches)] {
    let snapshot = currentState().snapshot
    for unit in kept.units { draft.fleet.put(stationed(unit, in: snapshot)) }
    for closure in kept.closures {
      if let resolved = resolver.restore(closure) { draft.traffic.restore(resolved, at: moment) }
    }
    for entry in kept.feeds { draft.feeds.note(entry) }
    var matches: [(String, SpeedMatches)] = []
    for (number, columns) in kept.puts where number > draft.traffic.lastPut {
      let (put, found) = resolver.resolve(columns.update, expiresAt: columns.expiresAt)
      matches.append((put.source, found))
      draft.traffic.restore(put, number: number)
    }
    for key in kept.removed {
      switch key.kind {
      case .unit: _ = draft.fleet.remove(key.id)
      case .closure: _ = try? draft.traffic.lift(key.id)
      case .speeds: UInt64(key.id).map { draft.traffic.forget(put: $0) }
      case .feed, .map: break
      }
    }
    return matches
  }

  /// - Throws: `LEDGER_FAILED`.
  static func contents(of ledger: any OperationalLedger) throws(EngineError) -> LedgerContents {
    do throws(LedgerError) {
      return try ledger.contents()
    } catch {
      throw EngineError(.ledgerFailed, "the ledger can't be read: \(error.message)", value: error.path)
    }
  }
}
