import Fleet
import Foundation
import Ledger
import Traffic

/// The state as it will be once changes are recorded.
struct StateDraft {
  var fleet: FleetRegister
  var closures: ClosureRegistry
  /// True if queries need new weights.
  var areClosuresNew = false

  init(_ state: EngineState) { (fleet, closures) = (state.fleet, state.closures) }
}

/// What a drafted change means for the ledger and for its caller.
struct DraftedChange {
  var changes: [LedgerChange] = []
  /// Positions of units of which nothing else is new.
  var positions: [LedgerKey: Data] = [:]
  var closures: [ClosureRegistry.Entry] = []
}

/// One call that changes the state.
struct StateChange: Sendable {
  let origin: ChangeOrigin
  /// Makes the change in a draft, whole or not at all.
  let draft: @Sendable (inout StateDraft, TrafficSnapshot) throws(EngineError) -> DraftedChange
}

/// A change that is recorded and that every query sees from now on.
struct CommittedChange: Sendable {
  /// The first version whose answers know it.
  var version: UInt64
  var moment: Date
  var closures: [ClosureRegistry.Entry]
}

extension TocsinEngine {
  /// Makes a change together with those that wait at the same time: drafted, recorded, published.
  ///
  /// - Throws: what `draft` throws; `LEDGER_FAILED`, and then nothing has changed.
  func change(
    by origin: ChangeOrigin,
    _ draft: @escaping @Sendable (inout StateDraft, TrafficSnapshot) throws(EngineError) -> DraftedChange
  ) throws(EngineError) -> CommittedChange {
    try changes.run(StateChange(origin: origin, draft: draft)) { changes in
      writer.withLock { writer in commit(changes, by: &writer) }
    }
    .get()
  }

  /// Commits changes together; where the ledger refuses them so, each by itself: a bad one harms no other.
  private func commit(
    _ changes: [StateChange], by writer: inout EngineWriter
  ) -> [Result<CommittedChange, EngineError>] {
    do throws(EngineError) {
      return try commitTogether(changes, by: &writer)
    } catch {
      if changes.count == 1 { return [.failure(error)] }
      return changes.flatMap { commit([$0], by: &writer) }
    }
  }

  /// - Throws: `LEDGER_FAILED`, and then nothing has changed.
  private func commitTogether(
    _ changes: [StateChange], by writer: inout EngineWriter
  ) throws(EngineError) -> [Result<CommittedChange, EngineError>] {
    let snapshot = currentState().snapshot
    var draft = StateDraft(currentState())
    let drafted = changes.map { change in
      Result { () throws(EngineError) in try change.draft(&draft, snapshot) }
    }
    let moment = now()
    let version = snapshot.version + (draft.areClosuresNew ? 1 : 0)
    var positions: [LedgerKey: Data] = [:]
    var batches: [LedgerBatch] = []
    for (change, result) in zip(changes, drafted) {
      guard case .success(let made) = result else { continue }
      for key in made.changes.map(\.key) { positions[key] = nil }
      positions.merge(made.positions) { _, new in new }
      if made.changes.isEmpty { continue }
      batches.append(LedgerBatch(made.changes, origin: change.origin, moment: moment, version: version))
    }
    try record(batches)
    if !positions.isEmpty { ledger.recordSoon(positions) }
    if draft.areClosuresNew {
      publish(draft, by: &writer, at: moment)
    } else {
      state.withLock { $0.fleet = draft.fleet }
    }
    return drafted.map { result in
      result.map { CommittedChange(version: version, moment: moment, closures: $0.closures) }
    }
  }
}
