import API
import Foundation
import Profiles
import Traffic

/// From a draft to the state that queries see; what happens by the clock is a draft as well.
extension EngineWriter {
  /// Publishes what begins or ends by itself by now, and forgets closures and speeds whose time is over.
  mutating func advance() {
    if !isRetired { publishByClock(isTurnedBack: false) }
  }

  /// The alarm went off: applies what is due, which is nothing if it came to look at the clock alone. If that was put
  /// back, all that begins and ends by itself is looked at again.
  mutating func advanceIfDue() {
    if isRetired { return }
    let moment = context.now()
    let isTurnedBack = moment < lastLook - Self.turnedBackSeconds
    lastLook = moment
    noteHours(at: moment, isTurnedBack: isTurnedBack)
    if isTurnedBack || (nextChange.map { $0 <= moment } ?? false) {
      publishByClock(isTurnedBack: isTurnedBack)
    } else {
      setTimer()
    }
  }

  /// Tells watchers that other choices of plans hold.
  private mutating func noteHours(at moment: Date, isTurnedBack: Bool) {
    guard planHours.haveChanged(in: published.current.plans, at: moment, isTurnedBack: isTurnedBack) else { return }
    context.hub.note {
      PublishedChanges(
        generation: context.generation, version: publisher.latest.version, causes: [.hours], arePlansNew: true)
    }
  }

  /// Waits for the hours of choices that are new.
  mutating func noteHours(of draft: StateDraft) {
    guard draft.arePlansNew else { return }
    planHours.note(draft.plans, at: context.now())
    setTimer()
  }

  /// Less is what a clock that runs true may be corrected by.
  private static let turnedBackSeconds = 0.1

  private mutating func publishByClock(isTurnedBack: Bool) {
    inFlight?.noteTimetable(timetable, isTurnedBack: isTurnedBack)
    var draft = StateDraft(published.current)
    let moment = context.now()
    let adjustments = rules.adjustments
    if isTurnedBack {
      rules.reconsider()
      rules.advance(to: moment)
      draft.traffic.reconsider(at: moment)
    }
    let changes = timetable.advance(&draft.traffic, to: moment).removals
    if isTurnedBack, draft.traffic.changes.isEmpty, rules.adjustments == adjustments { return setTimer() }
    journal?.note(changes)
    // What is being recorded comes after this in the ledger.
    let forgotten = changes.filter { inFlight?.keys.contains($0.key) != true }
    inFlight?.note(draft.traffic.changes, forgotten: forgotten.map(\.key))
    note(forgotten, version: publisher.latest.version + 1, at: moment)
    publish(draft, at: moment)
  }

  /// Lets other overrides hold from now on, and returns the first version whose answers know them.
  ///
  /// - Throws: `ENGINE_REPLACED`.
  mutating func publish(_ overrides: ResolvedOverrides) throws(EngineError) -> UInt64 {
    try checkInService()
    rules.overrides = overrides
    let moment = context.now()
    noteVersion(publisher.latest.version + 1)
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
        arcs: publisher.changes, units: draft.unitChanges, arePlansNew: draft.arePlansNew,
        areLayersNew: draft.areLayersNew)
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
    inFlight?.noteState()
    noteHours(of: draft)
    published.update { state in
      state.snapshot = snapshot
      state.traffic = draft.traffic.published
      (state.fleet, state.feeds) = (fleet, draft.feeds)
      (state.plans, state.layers) = (draft.plans, draft.layers)
      (state.hospitals, state.posts) = (draft.hospitals, draft.posts)
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
  func setTimer() {
    let next = [nextChange, planHours.next].compactMap(\.self).min()
    timer.set(secondsFromNow: next.map { $0.timeIntervalSince(context.now()) })
  }
}
