import API
import Foundation
import Ledger
import Traffic

extension LedgerKey {
  static func unit(_ id: String) -> LedgerKey { LedgerKey(kind: .unit, id: id) }
  static func closure(_ id: String) -> LedgerKey { LedgerKey(kind: .closure, id: id) }
  static func speeds(_ number: UInt64) -> LedgerKey { LedgerKey(kind: .speeds, id: "\(number)") }
  static func feed(_ source: String) -> LedgerKey { LedgerKey(kind: .feed, id: source) }
  static func plan(_ id: String) -> LedgerKey { LedgerKey(kind: .plan, id: id) }
  /// All choices of plans.
  static let choices = LedgerKey(kind: .choices, id: "all")
  static func hospital(_ id: String) -> LedgerKey { LedgerKey(kind: .hospital, id: id) }
  static func post(_ id: String) -> LedgerKey { LedgerKey(kind: .post, id: id) }
  static func layer(_ name: String) -> LedgerKey { LedgerKey(kind: .layer, id: name) }
}

/// What the ledger is given, and what it gives back.
extension EngineWriter {
  /// Notes what the engine does by itself, with the version that it becomes, for the ledger to be told.
  ///
  /// Roads open and close by the clock also while the ledger refuses: then its version lags until the next record.
  func note(_ changes: [LedgerChange], version: UInt64, at moment: Date) {
    context.backlog.note(
      LedgerBatch(changes, origin: ChangeOrigin(actor: "tocsin"), moment: moment, version: version))
  }

  /// Notes a version of which the ledger knows nothing else.
  func noteVersion(_ version: UInt64) { note([], version: version, at: context.now()) }

  /// Brings back what the ledger holds. A closure whose road the map lacks stays listed.
  mutating func restore(_ kept: KeptState) {
    var draft = StateDraft(published.current)
    let moment = context.now()
    replay(kept, into: &draft, at: moment)
    published.update { state in
      (state.fleet, state.feeds, state.traffic) = (draft.fleet, draft.feeds, draft.traffic)
      (state.plans, state.layers) = (draft.plans, draft.layers)
      (state.hospitals, state.posts) = (draft.hospitals, draft.posts)
    }
    noteVersion(publisher.latest.version)
    timetable.note(draft.traffic.changes, of: draft.traffic)
    if draft.isTrafficNew { advance() } else { setTimer() }
  }

  /// Replays what was kept into a draft, on the roads of this map. Puts of speeds that it has already are passed over.
  ///
  /// - Returns: how much of its speeds the map has, for each put of a source.
  @discardableResult
  func replay(_ kept: KeptState, into draft: inout StateDraft, at moment: Date) -> [(String, SpeedMatches)] {
    for unit in kept.units { draft.fleet.put(sites.stationed(unit, in: publisher.latest)) }
    for closure in kept.closures {
      if let resolved = resolver.restore(closure) { draft.traffic.restore(resolved, at: moment) }
    }
    for entry in kept.feeds { draft.feeds.note(entry) }
    for layer in kept.layers { draft.layers.put(KeptLayer(layer, on: map.network) {}) }
    for hospital in kept.hospitals { draft.hospitals.put(hospital) }
    for post in kept.posts { draft.posts.put(post) }
    for plan in kept.plans { draft.plans.put(KeptPlan(plan)) }
    if let choices = kept.choices { draft.plans.put(KeptChoices(choices, by: map.network.clock)) }
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
      case .plan: draft.plans.remove(key.id)
      case .layer: draft.layers.remove(key.id)
      case .hospital: draft.hospitals.remove(key.id)
      case .post: draft.posts.remove(key.id)
      case .choices, .feed, .map: break
      }
    }
    return matches
  }
}

extension EngineContext {
  /// Keeps changes before they are acknowledged, and what waits. In the ``LedgerBacklog``'s turn.
  ///
  /// - Throws: `LEDGER_FAILED`, and then nothing has changed; `OUTCOME_UNKNOWN`.
  func record(_ batches: [LedgerBatch]) throws(EngineError) {
    do throws(LedgerError) {
      try backlog.record(batches, in: ledger)
    } catch {
      if error.code == .outcomeUnknown {
        throw EngineError(
          .outcomeUnknown, "the change is not made, but a restart may find it on the disk: \(error.message)",
          value: error.path)
      }
      let why = error.code == .failed ? error.message : "\(error.code.rawValue): \(error.message)"
      throw EngineError(.ledgerFailed, "the change can't be kept, so it was not made: \(why)", value: error.path)
    }
  }
}

extension OperationalLedger {
  /// All that the ledger holds.
  ///
  /// - Throws: `LEDGER_FAILED`.
  func read() throws(EngineError) -> LedgerContents {
    do throws(LedgerError) {
      return try contents()
    } catch {
      throw EngineError(.ledgerFailed, "\(error.code.rawValue): \(error.message)", value: error.path)
    }
  }
}

extension Encodable {
  /// The value as a ledger keeps it.
  ///
  /// - Throws: `LEDGER_FAILED`.
  func ledgerData() throws(EngineError) -> Data {
    do {
      return try JSONEncoder().encode(self)
    } catch {
      throw EngineError(.ledgerFailed, "a value can't be written: \(error)")
    }
  }
}
