import API
import Foundation
import Ledger
import Traffic

extension TocsinEngine {
  /// Publishes what begins or ends by itself by now, and forgets closures and speeds whose time is over.
  func applyDueChanges() {
    writer.withLock { writer in
      if writer.isRetired { return }
      var draft = StateDraft(currentState())
      let moment = now()
      let expired = writer.timetable.advance(&draft.traffic, to: moment)
      let changes: [LedgerChange] =
        expired.closureIDs.map { .remove(.closure($0)) } + expired.puts.map { .remove(.speeds($0.number)) }
      // A ledger that can't forget them now is asked again when it is read: they are over then, too.
      recordIfPossible(changes, version: writer.publisher.latest.version + 1, at: moment)
      writer.journal?.note(changes)
      publish(draft, by: &writer, at: moment)
    }
  }

  /// Makes a draft the state that queries see, with the version after the latest one.
  ///
  /// - Parameter times: the earlier phases of the change; `nil` for what happens by the clock.
  func publish(_ draft: StateDraft, by writer: inout EngineWriter, at moment: Date, _ times: UpdateTimes? = nil) {
    let snapshot = settle(draft, by: &writer, at: moment, times)
    note(draft, snapshot, writer.publisher)
    scheduleNext(of: writer)
  }

  /// Makes a draft the state that queries see; tells nobody.
  ///
  /// - Parameter floor: the version is above this one, too.
  @discardableResult func settle(
    _ draft: StateDraft, by writer: inout EngineWriter, at moment: Date, _ times: UpdateTimes? = nil,
    above floor: UInt64 = 0
  ) -> TrafficSnapshot {
    let start = ContinuousClock.now
    writer.rules.advance(to: moment)
    writer.timetable.note(draft.traffic.changes, of: draft.traffic)
    let snapshot = writer.publisher.publish(
      draft.traffic, adjustments: writer.rules.adjustments, at: moment, above: floor)
    // On roads that changed a unit may stand elsewhere, and what lies behind it weighs something else.
    let fleet =
      snapshot.roadsVersion == currentState().snapshot.roadsVersion
      ? draft.fleet : draft.fleet.mapped { stationed($0.unit, in: snapshot) }
    state.withLock { state in
      state.snapshot = snapshot
      state.traffic = draft.traffic.published
      (state.fleet, state.feeds) = (fleet, draft.feeds)
      guard var times else { return }
      times.publishMilliseconds = (ContinuousClock.now - start) / .milliseconds(1)
      state.lastUpdate = times
    }
    return snapshot
  }

  /// Wakes the engine when something begins or ends by itself.
  func scheduleNext(of writer: EngineWriter) { schedule(Self.nextChange(of: writer)) }

  private static func nextChange(of writer: EngineWriter) -> Date? {
    [writer.timetable.next, writer.rules.nextChange].compactMap { $0 }.min()
  }

  /// The alarm went off: applies what is due. Nothing is, if the clock was put back, or if the alarm came to see whether it
  /// was put forward.
  func lookAtClock() {
    let isDue = writer.withLock { writer in
      if writer.isRetired { return false }
      if let next = Self.nextChange(of: writer), next <= now() { return true }
      scheduleNext(of: writer)
      return false
    }
    if isDue { applyDueChanges() }
  }

  /// Tells those who watch of a snapshot that queries see by now.
  private func note(_ draft: StateDraft, _ snapshot: TrafficSnapshot, _ publisher: TrafficPublisher) {
    hub.note {
      let causes = draft.traffic.changes.causes.map(WatchCause.traffic)
      return WatchNews(
        generation: generation, version: snapshot.version, publishedAt: snapshot.publishedAt, isTrafficNew: true,
        causes: causes.isEmpty && snapshot.roadsVersion == snapshot.version ? [.rules] : causes,
        arcs: publisher.news, units: draft.unitNews)
    }
  }

  /// Tells those who watch of units that changed alone.
  func noteUnits(of draft: StateDraft) {
    if draft.unitNews.isEmpty { return }
    hub.note {
      var news = WatchNews()
      (news.generation, news.version) = (generation, currentState().snapshot.version)
      (news.causes, news.units) = (draft.unitNews.map { .unit(id: $0.id) }, draft.unitNews)
      return news
    }
  }
}
