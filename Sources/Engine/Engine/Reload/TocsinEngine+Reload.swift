import API

/// Reading files again: overrides within this engine, all else in a successor.
extension TocsinEngine {
  public func reload(_ parts: Set<ReloadPart>, by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> ReloadReport
  {
    guard parts == [.overrides] else {
      throw EngineError(.invalidArgument, "this engine stands on its map and its profiles for good")
    }
    guard let overridesPath else {
      throw EngineError(.invalidOverrides, "the engine was started without a file of overrides")
    }
    let overrides = try OverridesFile(path: overridesPath).overrides
    let (resolved, unmatched) = overrides.resolved(on: map.network, profileNames: Set(profileNames))
    let version = try writer.withLock { writer throws(EngineError) in try writer.publish(resolved) }
    recordBacklog()
    var report = ReloadReport(self, self, parts)
    (report.version, report.overrideCount, report.unmatchedOverrides) = (version, overrides.entryCount, unmatched)
    return report
  }

  /// An engine made of other inputs that is to take this one's place, with the same ledger and the same watchers.
  func successor(on inputs: EngineInputs) -> TocsinEngine {
    var next = context
    next.generation += 1
    // Nobody sees its versions before it takes over.
    next.version = 0
    return TocsinEngine(inputs, next)
  }

  /// Begins to note changes, and returns all that there is now.
  ///
  /// - Throws: `LEDGER_FAILED` if the ledger can't be read, `ENGINE_REPLACED`.
  func beginReload() throws(EngineError) -> KeptState {
    var kept = try writer.withLock { writer throws(EngineError) in try writer.beginJournal() }
    // What is put from here on is in the journal, and may be in the ledger as well.
    kept.puts = try KeptState(context.ledger.read().values.filter { $0.key.kind == .speeds }).puts
    return kept
  }

  /// Stops noting changes: no successor came of it.
  func cancelReload() { writer.withLock { $0.journal = nil } }

  /// As ``EngineWriter/replay(_:)``.
  func replay(_ kept: KeptState) { writer.withLock { $0.replay(kept) } }

  /// As ``EngineWriter/handOver(to:by:)``.
  ///
  /// - Parameter makeCurrent: makes the other engine the one that is asked.
  /// - Returns: how long changes had to wait.
  func handOver(
    to next: TocsinEngine, by origin: ChangeOrigin, _ makeCurrent: () -> Void
  ) throws(EngineError) -> Duration {
    try context.backlog.inTurn { () throws(EngineError) in
      try writer.withLock { writer throws(EngineError) in
        let start = ContinuousClock.now
        try writer.handOver(to: next, by: origin)
        makeCurrent()
        return ContinuousClock.now - start
      }
    }
  }
}
