import API
import Fleet
import Foundation
import Ledger
import Traffic

/// The state as it will be once changes are recorded.
struct StateDraft {
  var fleet: FleetRegister
  var traffic: TrafficState
  var feeds: FeedRegister
  /// Units that were put or removed.
  var unitNews: [UnitNews] = []
  /// True if queries need a new snapshot.
  var isTrafficNew: Bool { !traffic.changes.isEmpty }

  init(_ state: EngineState) { (fleet, traffic, feeds) = (state.fleet, state.traffic, state.feeds) }
}

/// What a drafted change means for the ledger and for its caller.
struct DraftedChange {
  var changes: [LedgerChange] = []
  /// Positions of units of which nothing else is new.
  var positions: [LedgerKey: Data] = [:]
  /// Those that were put or lifted.
  var closures: [ResolvedClosure] = []
  /// Those that a complete source doesn't name any more.
  var liftedIDs: [String] = []
}

/// One call that changes the state.
struct StateChange: Sendable {
  let origin: ChangeOrigin
  /// When the call began.
  let start: ContinuousClock.Instant
  /// When its roads were found.
  let ready = ContinuousClock.now
  /// Makes the change in a draft, whole or not at all.
  let draft: @Sendable (inout StateDraft, TrafficSnapshot) throws(EngineError) -> DraftedChange
}

/// A change that is recorded and that every query sees from now on.
struct CommittedChange: Sendable {
  /// The first version whose answers know it.
  var version: UInt64
  var moment: Date
  var closures: [ResolvedClosure]
  var liftedIDs: [String]
}

extension TocsinEngine {
  /// Makes a change together with those that wait at the same time: drafted, recorded, published.
  ///
  /// - Parameters:
  ///   - start: when the call began, for ``UpdateTimes``.
  ///   - limit: looked at a last time when the change's turn has come.
  /// - Throws: what `draft` throws; `LEDGER_FAILED`, `ENGINE_REPLACED`, and then nothing has changed.
  func change(
    by origin: ChangeOrigin, since start: ContinuousClock.Instant = .now, within limit: WorkLimit = .none,
    _ draft: @escaping @Sendable (inout StateDraft, TrafficSnapshot) throws(EngineError) -> DraftedChange
  ) throws(EngineError) -> CommittedChange {
    let inTime = { @Sendable (state: inout StateDraft, snapshot: TrafficSnapshot) throws(EngineError) in
      try limit.check()
      return try draft(&state, snapshot)
    }
    return try changes.run(StateChange(origin: origin, start: start, draft: inTime)) { changes in
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

  /// - Throws: `LEDGER_FAILED`, `ENGINE_REPLACED`, and then nothing has changed.
  private func commitTogether(
    _ changes: [StateChange], by writer: inout EngineWriter
  ) throws(EngineError) -> [Result<CommittedChange, EngineError>] {
    if writer.isRetired { throw .replaced }
    let start = ContinuousClock.now
    let snapshot = currentState().snapshot
    var draft = StateDraft(currentState())
    let drafted = changes.map { change in
      Result { () throws(EngineError) in try change.draft(&draft, snapshot) }
    }
    let moment = now()
    let version = snapshot.version + (draft.isTrafficNew ? 1 : 0)
    let (batches, positions) = writes(of: drafted, for: changes, version: version, at: moment)
    let isDrafted = ContinuousClock.now
    try record(batches)
    if !positions.isEmpty { ledger.recordSoon(positions) }
    writer.journal?.note(batches.flatMap(\.changes), positions)
    if draft.isTrafficNew {
      var times = UpdateTimes()
      times.changeCount = drafted.count
      times.resolveMilliseconds = changes.map { ($0.ready - $0.start) / .milliseconds(1) }.max() ?? 0
      times.draftMilliseconds = (isDrafted - start) / .milliseconds(1)
      times.recordMilliseconds = (ContinuousClock.now - isDrafted) / .milliseconds(1)
      publish(draft, by: &writer, at: moment, times)
    } else {
      state.withLock { state in (state.fleet, state.feeds) = (draft.fleet, draft.feeds) }
      noteUnits(of: draft)
    }
    return drafted.map { result in
      result.map {
        CommittedChange(version: version, moment: moment, closures: $0.closures, liftedIDs: $0.liftedIDs)
      }
    }
  }

  /// What the ledger has to keep of drafted changes: what must be safe before they are acknowledged, and positions.
  private func writes(
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
