import API
import Foundation
import Ledger
import Traffic

/// Changes that are drafted, and wait for the ledger.
struct PreparedCommit {
  fileprivate var draft: StateDraft
  fileprivate let changes: [StateChange]
  fileprivate let drafted: [Result<DraftedChange, EngineError>]
  /// What the ledger has to have before they are acknowledged.
  fileprivate(set) var batches: [LedgerBatch] = []
  fileprivate var positions: [LedgerKey: Data] = [:]
  fileprivate let moment: Date
  /// As it is recorded: if the clock publishes something meanwhile, it becomes a later one.
  fileprivate let version: UInt64
  fileprivate let roadsVersion: UInt64
  fileprivate let start: ContinuousClock.Instant
  fileprivate let isDrafted: ContinuousClock.Instant
}

/// What happened while the ledger recorded: roads opened and closed by the clock, units moved.
struct CommitInFlight {
  /// What is being recorded.
  let keys: Set<LedgerKey>
  fileprivate(set) var isStateNew = false
  /// What the clock published, how the timetable was before, and what the ledger will forget.
  fileprivate var clockChanges: [TrafficChanges] = []
  fileprivate var timetable: TrafficTimetable?
  fileprivate var forgotten: Set<LedgerKey> = []
  fileprivate var isTurnedBack = false

  /// Another state is published.
  mutating func noteState() { isStateNew = true }

  /// Called before the clock changes anything.
  mutating func noteTimetable(_ timetable: TrafficTimetable, isTurnedBack: Bool) {
    if self.timetable == nil { self.timetable = timetable }
    self.isTurnedBack = self.isTurnedBack || isTurnedBack
  }

  mutating func note(_ changes: TrafficChanges, forgotten keys: [LedgerKey]) {
    clockChanges.append(changes)
    forgotten.formUnion(keys)
  }
}

/// Drafts made by callers: recorded together, published together, acknowledged.
extension EngineWriter {
  /// Drafts changes. Until ``finish(_:)`` or ``drop()`` nothing else is prepared.
  ///
  /// - Throws: `ENGINE_REPLACED`.
  mutating func prepare(_ changes: [StateChange]) throws(EngineError) -> PreparedCommit {
    try checkInService()
    let start = ContinuousClock.now
    let snapshot = published.current.snapshot
    var draft = StateDraft(published.current)
    let drafted = changes.map { change in
      Result { () throws(EngineError) in try change.draft(&draft, snapshot) }
    }
    var prepared = PreparedCommit(
      draft: draft, changes: changes, drafted: drafted, moment: context.now(),
      version: snapshot.version + (draft.isTrafficNew ? 1 : 0), roadsVersion: snapshot.roadsVersion, start: start,
      isDrafted: .now)
    prepared.addWrites()
    inFlight = CommitInFlight(keys: Set(prepared.batches.flatMap(\.changes).map(\.key)).union(prepared.positions.keys))
    return prepared
  }

  /// Forgets what was prepared: the ledger refused it.
  mutating func drop() { inFlight = nil }

  /// Publishes what was recorded.
  mutating func finish(_ prepared: PreparedCommit) -> [Result<CommittedChange, EngineError>] {
    let isRecorded = ContinuousClock.now
    if !prepared.positions.isEmpty { context.ledger.recordSoon(prepared.positions) }
    journal?.note(prepared.batches.flatMap(\.changes), prepared.positions)
    let draft = caughtUp(prepared)
    inFlight = nil
    if draft.isTrafficNew {
      var times = UpdateTimes()
      times.changeCount = prepared.drafted.count
      times.resolveMilliseconds = prepared.changes.map { ($0.ready - $0.start) / .milliseconds(1) }.max() ?? 0
      times.draftMilliseconds = (prepared.isDrafted - prepared.start) / .milliseconds(1)
      times.recordMilliseconds = (isRecorded - prepared.isDrafted) / .milliseconds(1)
      publish(draft, at: context.now(), times)
      if publisher.latest.version > prepared.version { noteVersion(publisher.latest.version) }
    } else {
      publishWithoutTraffic(draft)
    }
    let version = publisher.latest.version
    return prepared.drafted.map {
      $0.map { CommittedChange(version: version, moment: prepared.moment, change: $0) }
    }
  }

  /// Makes a change of which the ledger needs nothing at once, without waiting for what it records; `nil` if the change
  /// is another one, or has to do with what is being recorded.
  ///
  /// - Throws: what its draft throws; `ENGINE_REPLACED`.
  mutating func commitAtOnce(_ change: StateChange) throws(EngineError) -> CommittedChange? {
    try checkInService()
    let snapshot = published.current.snapshot
    var draft = StateDraft(published.current)
    let made = try change.draft(&draft, snapshot)
    guard made.changes.isEmpty, !draft.isTrafficNew else { return nil }
    if let inFlight, made.positions.keys.contains(where: inFlight.keys.contains) { return nil }
    context.ledger.recordSoon(made.positions)
    journal?.note([], made.positions)
    publishWithoutTraffic(draft)
    return CommittedChange(version: snapshot.version, moment: context.now(), change: made)
  }

  /// The draft of a commit on top of what happened while it was being recorded.
  private mutating func caughtUp(_ prepared: PreparedCommit) -> StateDraft {
    var draft = prepared.draft
    guard let inFlight, inFlight.isStateNew else { return draft }
    let state = published.current
    draft.fleet = state.fleet
    for change in draft.unitChanges {
      guard let unit = change.now else {
        _ = draft.fleet.remove(change.id)
        continue
      }
      let areRoadsTheSame = prepared.roadsVersion == publisher.latest.roadsVersion
      draft.fleet.put(areRoadsTheSame ? unit : sites.stationed(unit.unit, in: publisher.latest))
    }
    if !draft.isTrafficNew {
      draft.traffic = state.traffic
    } else if let before = inFlight.timetable {
      timetable = before
      let moment = context.now()
      if inFlight.isTurnedBack { draft.traffic.reconsider(at: moment) }
      let removals = timetable.advance(&draft.traffic, to: moment).removals
      for changes in inFlight.clockChanges { draft.traffic.follow(changes) }
      journal?.note(removals)
      note(removals.filter { !inFlight.forgotten.contains($0.key) }, version: publisher.latest.version + 1, at: moment)
    }
    return draft
  }

  /// Units and feeds alone need no new snapshot.
  private mutating func publishWithoutTraffic(_ draft: StateDraft) {
    published.update { state in
      (state.fleet, state.feeds) = (draft.fleet, draft.feeds)
      (state.plans, state.layers) = (draft.plans, draft.layers)
      (state.hospitals, state.posts) = (draft.hospitals, draft.posts)
    }
    inFlight?.noteState()
    noteHours(of: draft)
    let causes = draft.causes
    if causes.isEmpty { return }
    context.hub.note {
      PublishedChanges(
        generation: context.generation, version: publisher.latest.version, causes: causes, units: draft.unitChanges,
        arePlansNew: draft.arePlansNew, areLayersNew: draft.areLayersNew)
    }
  }
}

extension PreparedCommit {
  /// What the ledger has to keep of drafted changes: what must be safe before they are acknowledged, and positions.
  fileprivate mutating func addWrites() {
    for (change, result) in zip(changes, drafted) {
      guard case .success(let made) = result else { continue }
      for key in made.changes.map(\.key) { positions[key] = nil }
      positions.merge(made.positions) { _, new in new }
      if made.changes.isEmpty { continue }
      batches.append(LedgerBatch(made.changes, origin: change.origin, moment: moment, version: version))
    }
  }
}

extension TocsinEngine {
  /// Commits changes that have their turn together. While the ledger records them the writer is free: the clock and
  /// reports of positions don't wait for the disk. If the ledger refuses, all of them are refused at once.
  func commit(_ changes: [StateChange]) -> [Result<CommittedChange, EngineError>] {
    do throws(EngineError) {
      return try context.backlog.inTurn { () throws(EngineError) in
        let prepared = try writer.withLock { writer throws(EngineError) in try writer.prepare(changes) }
        do throws(EngineError) {
          if !prepared.batches.isEmpty { try context.record(prepared.batches) }
        } catch {
          writer.withLock { $0.drop() }
          throw error
        }
        return writer.withLock { $0.finish(prepared) }
      }
    } catch {
      return changes.map { _ in .failure(error) }
    }
  }

  /// Records what the engine did by itself, if the ledger takes it.
  func recordBacklog() {
    if context.backlog.isEmpty { return }
    try? context.backlog.inTurn { () throws(EngineError) in try context.record([]) }
  }
}
