import Fleet
import Foundation
import Ledger
import Traffic

extension LedgerKey {
  static func unit(_ id: String) -> LedgerKey { LedgerKey(kind: .unit, id: id) }
  static func closure(_ id: String) -> LedgerKey { LedgerKey(kind: .closure, id: id) }
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

  /// Brings back the units and closures that the ledger holds. A closure whose road the map lacks stays listed.
  func restore(_ contents: [LedgerKey: Data]) throws(EngineError) {
    let snapshot = currentState().snapshot
    var fleet = FleetRegister()
    var closures = ClosureRegistry()
    let resolver = ClosureResolver(map.network)
    for (key, data) in contents {
      switch key.kind {
      case .unit: fleet.put(stationed(try decoded(ResponseUnit.self, key, data), in: snapshot))
      case .closure:
        let closure = try decoded(RoadClosure.self, key, data)
        closures.restore(closure, pieces: (try? resolver.pieces(of: closure.selector)) ?? [])
      }
    }
    state.withLock { state in
      state.fleet = fleet
      state.closures = closures
    }
    recordIfPossible([], version: snapshot.version, at: now())
    if closures.count > 0 { applyDueChanges() } else { writer.withLock { schedule($0.rules.nextChange) } }
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
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw EngineError(.ledgerFailed, "the ledger holds a \(key.kind.rawValue) that can't be read", value: key.id)
    }
  }
}
