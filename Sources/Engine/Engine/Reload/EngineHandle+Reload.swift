import API
import Foundation

extension EngineHandle {
  /// Reads files again and lets an engine that is made of them take over, while the current one goes on answering.
  ///
  /// What the new map lacks is reported and stays known, as after a restart. With any fault everything is as it was.
  ///
  /// - Parameter parts: what is read again; what depends on it is made again.
  /// - Throws: `MAP_UNUSABLE`, `INVALID_PROFILES`, `INVALID_LINKS`, `INVALID_TYPICAL_SPEEDS`, `INVALID_OVERRIDES`: a
  ///   file with a fault; `WRONG_MAP`: none of what was on the old map is on the new one; `RELOAD_RUNNING`;
  ///   `LEDGER_FAILED`. `CANCELLED`, `DEADLINE_EXCEEDED` before the new engine took over.
  /// - Complexity: one full customization per profile; changes wait only while the last ones are replayed.
  public func reload(
    _ parts: Set<ReloadPart>, by origin: ChangeOrigin, within limit: WorkLimit
  ) throws(EngineError) -> ReloadReport {
    guard !parts.isEmpty else { throw EngineError(.invalidArgument, "nothing is asked to be read again") }
    guard !isReloading.exchange(true, ordering: .acquiring) else {
      throw EngineError(.reloadRunning, "the files are being read again already")
    }
    defer { isReloading.store(false, ordering: .releasing) }
    let start = ContinuousClock.now
    var report =
      parts == [.overrides]
      ? try current.reload(parts, by: origin, within: limit) : try replaceEngine(parts, by: origin, within: limit)
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  private func replaceEngine(
    _ parts: Set<ReloadPart>, by origin: ChangeOrigin, within limit: WorkLimit
  ) throws(EngineError) -> ReloadReport {
    let old = current
    let inputs = try sources.inputs(parts, else: old)
    try limit.check()
    let next: TocsinEngine
    let held: Duration
    do throws(EngineError) {
      let kept = try old.beginReload()
      next = old.successor(on: inputs)
      try limit.check()
      next.replay(kept)
      try next.checkCity(of: old)
      for _ in 0..<Self.roundsMax {
        try limit.check()
        let more = try old.writer.withLock { writer throws(EngineError) in try writer.takeLongJournal() }
        guard let more else { break }
        next.replay(more)
      }
      held = try old.handOver(to: next, by: origin) { replace(by: next) }
    } catch {
      old.cancelReload()
      throw error
    }
    var report = ReloadReport(old, next, parts)
    report.note(inputs, on: next)
    report.holdMilliseconds = held / .milliseconds(1)
    return report
  }

  /// After this many rounds of replaying changes while others come, changes have to wait for the rest.
  private static let roundsMax = 10
}

extension TocsinEngine {
  /// - Throws: `WRONG_MAP` if nothing of an engine that had units or closures on its roads is on this one's.
  fileprivate func checkCity(of old: TocsinEngine) throws(EngineError) {
    let (before, after) = (old.currentState(), currentState())
    // A unit whose profile is no longer served stands on no road anywhere.
    let served = Set(profileNames)
    guard !before.isAnythingOnRoads(of: served, at: now()) || after.isAnythingOnRoads(of: served, at: now()) else {
      throw EngineError(
        .wrongMap, "no unit and no closure is on a road of this map: is it of another city?", value: map.path)
    }
  }
}

extension EngineState {
  /// A closure whose time is over says nothing: one of the two engines may have noticed already.
  fileprivate func isAnythingOnRoads(of profiles: Set<String>, at moment: Date) -> Bool {
    fleet.byProfile.contains { profiles.contains($0.profile) && $0.columns.units.contains { $0.snapped != nil } }
      || traffic.entries.contains { entry in
        !entry.resolved.stretches.isEmpty && entry.closure.until.map { $0 > moment } ?? true
      }
  }
}
