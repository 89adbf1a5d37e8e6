import API
import Foundation
import Ledger
import Traffic

extension TocsinEngine {
  /// An engine on other ground that is to take this one's place, with the same ledger and the same watchers.
  func successor(on ground: EngineInputs) -> TocsinEngine {
    TocsinEngine(
      ground,
      EngineContext(
        ledger: ledger, limits: limits, now: now, startedAt: startedAt, hub: hub, generation: generation + 1,
        // Nobody sees its versions before it takes over.
        version: 0))
  }

  /// Begins to note changes, and returns all that there is now.
  ///
  /// - Throws: `LEDGER_FAILED` if the ledger can't be read, `ENGINE_REPLACED`.
  func beginSuccession() throws(EngineError) -> KeptState {
    var kept = try writer.withLock { writer throws(EngineError) in
      if writer.isRetired { throw .replaced }
      writer.journal = ChangeJournal()
      return KeptState(currentState())
    }
    // What is put from here on is in the journal, and may be in the ledger as well.
    let puts = try Self.contents(of: ledger).values.filter { $0.key.kind == .speeds }
    kept.puts = try KeptState(puts).puts
    return kept
  }

  /// Stops to note changes, if no successor came of it.
  func endSuccession() { writer.withLock { $0.journal = nil } }

  /// What changed since the last time, while that is much: what is left, the successor is given when it takes over.
  func journalUnlessShort() throws(EngineError) -> KeptState? {
    try writer.withLock { writer throws(EngineError) in
      guard let count = writer.journal?.count, count > Self.journalShortCount else { return nil }
      return try writer.journal?.take()
    }
  }

  /// So many changes are brought over in a moment.
  private static let journalShortCount = 100

  /// Brings what another engine kept onto this one's roads, before anybody asks it.
  func adopt(_ kept: KeptState) {
    writer.withLock { writer in
      var draft = StateDraft(currentState())
      let moment = now()
      for (source, matches) in bring(kept, into: &draft, at: moment) {
        writer.speedLosses[source, default: SpeedLoss(source: source)].add(matches)
      }
      settle(draft, by: &writer, at: moment)
    }
  }

  /// Lets another engine take over: with the last changes, at a version above all before.
  ///
  /// - Parameters:
  ///   - isNext: makes the successor the one that is asked from now on.
  /// - Returns: how long changes had to wait.
  /// - Throws: `LEDGER_FAILED`, and then this engine goes on.
  func handOver(
    to next: TocsinEngine, by origin: ChangeOrigin, _ isNext: () -> Void
  ) throws(EngineError) -> Duration {
    let held = try writer.withLock { writer throws(EngineError) in
      let start = ContinuousClock.now
      if let journal = writer.journal, journal.count > 0, let last = try writer.journal?.take() { next.adopt(last) }
      try next.takeOver(after: currentState().snapshot.version, by: origin)
      writer.journal = nil
      writer.isRetired = true
      isNext()
      return ContinuousClock.now - start
    }
    schedule(nil)
    return held
  }

  /// Becomes the engine that all are asked for.
  private func takeOver(after version: UInt64, by origin: ChangeOrigin) throws(EngineError) {
    try writer.withLock { writer throws(EngineError) in
      let moment = now()
      var draft = StateDraft(currentState())
      let expired = writer.timetable.advance(&draft.traffic, to: moment)
      let next = max(version, writer.publisher.latest.version) + 1
      let batch = LedgerBatch(
        expired.removals + (try trail()), origin: origin, moment: moment, version: next)
      try record([batch])
      let snapshot = settle(draft, by: &writer, at: moment, above: version)
      precondition(snapshot.version == next, "the version that was recorded")
      hub.move(
        to: self,
        news: WatchNews(
          generation: generation, isMapNew: true, version: next, publishedAt: moment, isTrafficNew: true,
          causes: [.map]))
      scheduleNext(of: writer)
    }
  }

  /// The new map in the audit trail alone: whoever starts an engine names its map.
  private func trail() throws(EngineError) -> [LedgerChange] {
    struct Note: Encodable {
      var map: String
      var vertices: Int
      var arcs: Int
      var profiles: [String]
    }
    let note = Note(
      map: map.path, vertices: map.network.vertexCount, arcs: map.network.arcCount, profiles: profileNames)
    let key = LedgerKey(kind: .map, id: (map.path as NSString).lastPathComponent)
    return [.put(key, try encoded(note)), .remove(key, trail: .none)]
  }
}

extension ExpiredTraffic {
  /// What a ledger has to forget.
  var removals: [LedgerChange] {
    closureIDs.map { .remove(.closure($0)) } + puts.map { .remove(.speeds($0.number)) }
  }
}
