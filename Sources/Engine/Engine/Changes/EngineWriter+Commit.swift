import API
import Foundation
import Ledger

/// Drafts made by callers: recorded together, published together, acknowledged.
extension EngineWriter {
  /// Commits changes together; where the ledger refuses them so, each by itself: a bad one harms no other.
  mutating func commit(_ changes: [StateChange]) -> [Result<CommittedChange, EngineError>] {
    do throws(EngineError) {
      return try commitTogether(changes)
    } catch {
      if changes.count == 1 { return [.failure(error)] }
      return changes.flatMap { commit([$0]) }
    }
  }

  /// - Throws: `LEDGER_FAILED`, `ENGINE_REPLACED`, and then nothing has changed.
  private mutating func commitTogether(
    _ changes: [StateChange]
  ) throws(EngineError) -> [Result<CommittedChange, EngineError>] {
    try checkInService()
    let start = ContinuousClock.now
    let state = published.current
    let snapshot = state.snapshot
    var draft = StateDraft(state)
    let drafted = changes.map { change in
      Result { () throws(EngineError) in try change.draft(&draft, snapshot) }
    }
    let moment = context.now()
    let version = snapshot.version + (draft.isTrafficNew ? 1 : 0)
    let (batches, positions) = Self.writes(of: drafted, for: changes, version: version, at: moment)
    let isDrafted = ContinuousClock.now
    try record(batches)
    if !positions.isEmpty { context.ledger.recordSoon(positions) }
    journal?.note(batches.flatMap(\.changes), positions)
    if draft.isTrafficNew {
      var times = UpdateTimes()
      times.changeCount = drafted.count
      times.resolveMilliseconds = changes.map { ($0.ready - $0.start) / .milliseconds(1) }.max() ?? 0
      times.draftMilliseconds = (isDrafted - start) / .milliseconds(1)
      times.recordMilliseconds = (ContinuousClock.now - isDrafted) / .milliseconds(1)
      publish(draft, at: moment, times)
    } else {
      publishWithoutTraffic(draft, version: version)
    }
    return drafted.map { $0.map { CommittedChange(version: version, moment: moment, change: $0) } }
  }

  /// Units and feeds alone need no new snapshot.
  private func publishWithoutTraffic(_ draft: StateDraft, version: UInt64) {
    published.update { state in (state.fleet, state.feeds) = (draft.fleet, draft.feeds) }
    if draft.unitChanges.isEmpty { return }
    context.hub.note {
      PublishedChanges(
        generation: context.generation, version: version, causes: draft.unitChanges.map { .unit(id: $0.id) },
        units: draft.unitChanges)
    }
  }

  /// What the ledger has to keep of drafted changes: what must be safe before they are acknowledged, and positions.
  private static func writes(
    of drafted: [Result<DraftedChange, EngineError>], for changes: [StateChange], version: UInt64, at moment: Date
  ) -> (batches: [LedgerBatch], positions: [LedgerKey: Data]) {
    var positions: [LedgerKey: Data] = [:]
    var batches: [LedgerBatch] = []
    for (change, result) in zip(changes, drafted) {
      guard case .success(let made) = result else { continue }
      for key in made.changes.map(\.key) { positions[key] = nil }
      positions.merge(made.positions) { _, new in new }
      if made.changes.isEmpty { continue }
      batches.append(LedgerBatch(made.changes, origin: change.origin, moment: moment, version: version))
    }
    return (batches, positions)
  }
}
