import API
import Foundation
import Ledger
import Traffic

/// How an engine makes way for its successor: changes are noted while that one is being made, and replayed on it.
extension EngineWriter {
  /// Begins to note changes, and returns the units, closures and feeds of the moment.
  ///
  /// - Throws: `ENGINE_REPLACED`.
  mutating func beginJournal() throws(EngineError) -> KeptState {
    try checkInService()
    journal = ChangeJournal()
    return KeptState(published.current)
  }

  /// What changed since the last time, while that is much: the rest is replayed while changes wait.
  mutating func takeLongJournal() throws(EngineError) -> KeptState? {
    guard let count = journal?.count, count > Self.journalShortCount else { return nil }
    return try journal?.take()
  }

  /// This many changes are replayed in a moment.
  private static let journalShortCount = 100

  /// Replays what another engine kept on the roads of this one, before it is asked.
  mutating func replay(_ kept: KeptState) {
    var draft = StateDraft(published.current)
    let moment = context.now()
    for (source, matches) in replay(kept, into: &draft, at: moment) {
      var loss = speedLosses[source] ?? SpeedLoss(source: source)
      loss.matchedCount += matches.matchedCount
      loss.unmatchedCount += matches.unmatchedCount
      speedLosses[source] = loss
    }
    settle(draft, at: moment)
  }

  /// Lets another engine take over: with the last changes, at a version above all before.
  ///
  /// - Throws: `LEDGER_FAILED`, `OUTCOME_UNKNOWN`, and then this engine goes on.
  mutating func handOver(to next: TocsinEngine, by origin: ChangeOrigin) throws(EngineError) {
    let last = try journal?.count == 0 ? nil : journal?.take()
    let version = publisher.latest.version
    try next.writer.withLock { writer throws(EngineError) in
      if let last { writer.replay(last) }
      try writer.enterService(as: next, after: version, by: origin)
    }
    (journal, isRetired) = (nil, true)
    timer.stop()
  }

  /// Records and publishes the first version of an engine that takes another one's place.
  private mutating func enterService(
    as engine: TocsinEngine, after version: UInt64, by origin: ChangeOrigin
  ) throws(EngineError) {
    let moment = context.now()
    var draft = StateDraft(published.current)
    let expired = timetable.advance(&draft.traffic, to: moment)
    let next = max(version, publisher.latest.version) + 1
    try context.record([
      LedgerBatch(expired.removals + (try trail(engine.profileNames)), origin: origin, moment: moment, version: next)
    ])
    let snapshot = settle(draft, at: moment, above: version)
    precondition(snapshot.version == next, "the version that was recorded")
    context.hub.move(
      to: engine,
      changes: PublishedChanges(
        generation: context.generation, isMapNew: true, version: next, publishedAt: moment, isTrafficNew: true,
        causes: [.map]))
    setTimer()
  }

  /// The new map in the audit trail alone: whoever starts an engine names its map.
  private func trail(_ profiles: [String]) throws(EngineError) -> [LedgerChange] {
    struct Note: Encodable {
      var map: String
      var vertices: Int
      var arcs: Int
      var profiles: [String]
    }
    let note = Note(map: map.path, vertices: map.network.vertexCount, arcs: map.network.arcCount, profiles: profiles)
    let key = LedgerKey(kind: .map, id: (map.path as NSString).lastPathComponent)
    return [.put(key, try note.ledgerData()), .remove(key, trail: .none)]
  }
}

extension ExpiredTraffic {
  /// What a ledger has to forget.
  var removals: [LedgerChange] {
    closureIDs.map { .remove(.closure($0)) } + puts.map { .remove(.speeds($0.number)) }
  }
}
