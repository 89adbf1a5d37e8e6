import API
import Foundation
import Profiles
import Traffic

/// From a draft to the state that queries see; what happens by the clock is a draft as well.
extension EngineWriter {
  /// Publishes what begins or ends by itself by now, and forgets closures and speeds whose time is over.
  mutating func advance() {
    if isRetired { return }
    var draft = StateDraft(published.current)
    let moment = context.now()
    let changes = timetable.advance(&draft.traffic, to: moment).removals
    // A ledger that can't forget them now is asked again when it is read: they are over then, too.
    recordIfPossible(changes, version: publisher.latest.version + 1, at: moment)
    journal?.note(changes)
    publish(draft, at: moment)
  }

  /// The alarm went off: applies what is due. Nothing is, if the clock was put back, or if the alarm came to see
  /// whether it was put forward.
  mutating func advanceIfDue() {
    if isRetired { return }
    if let nextChange, nextChange <= context.now() { advance() } else { setTimer() }
  }

  /// Lets other overrides hold from now on, and returns the first version whose answers know them.
  ///
  /// - Throws: `ENGINE_REPLACED`.
  mutating func publish(_ overrides: ResolvedOverrides) throws(EngineError) -> UInt64 {
    try checkInService()
    rules.overrides = overrides
    let moment = context.now()
    recordIfPossible([], version: publisher.latest.version + 1, at: moment)
    publish(StateDraft(published.current), at: moment)
    return publisher.latest.version
  }

  /// Makes a draft the state that queries see, with the version after the latest one.
  ///
  /// - Parameter times: the earlier phases of the change; `nil` for what happens by the clock.
  mutating func publish(_ draft: StateDraft, at moment: Date, _ times: UpdateTimes? = nil) {
    let snapshot = settle(draft, at: moment, times)
    context.hub.note {
      let causes = draft.traffic.changes.causes.map(WatchCause.traffic)
      return PublishedChanges(
        generation: context.generation, version: snapshot.version, publishedAt: snapshot.publishedAt,
        isTrafficNew: true,
        causes: causes.isEmpty && snapshot.roadsVersion == snapshot.version ? [.rules] : causes,
        arcs: publisher.changes, units: draft.unitChanges)
    }
    setTimer()
  }

  /// Makes a draft the state that queries see, without telling watchers.
  ///
  /// - Parameter floor: the version is above this one, too.
  @discardableResult mutating func settle(
    _ draft: StateDraft, at moment: Date, _ times: UpdateTimes? = nil, above floor: UInt64 = 0
  ) -> TrafficSnapshot {
    let start = ContinuousClock.now
    let roadsVersion = publisher.latest.roadsVersion
    rules.advance(to: moment)
    timetable.note(draft.traffic.changes, of: draft.traffic)
    let snapshot = publisher.publish(draft.traffic, adjustments: rules.adjustments, at: moment, above: floor)
    // On roads that changed a unit may stand elsewhere, and what lies behind it weighs something else.
    let fleet =
      snapshot.roadsVersion == roadsVersion
      ? draft.fleet : draft.fleet.mapped { sites.stationed($0.unit, in: snapshot) }
    published.update { state in
      state.snapshot = snapshot
      state.traffic = draft.traffic.published
      (state.fleet, state.feeds) = (fleet, draft.feeds)
      guard var times else { return }
      times.publishMilliseconds = (ContinuousClock.now - start) / .milliseconds(1)
      state.lastUpdate = times
    }
    return snapshot
  }

  var sites: SiteFinder { SiteFinder(network: map.network) }

  /// When the next closure or conditional rule begins or ends by itself.
  private var nextChange: Date? { [timetable.next, rules.nextChange].compactMap { $0 }.min() }

  /// Wakes the engine at the next change that comes by itself.
  func setTimer() { timer.set(secondsFromNow: nextChange.map { $0.timeIntervalSince(context.now()) }) }
}
