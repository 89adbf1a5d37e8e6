import API
import Foundation
import Traffic

/// Measured speeds: one put replaces or completes what its source said before.
extension TocsinEngine {
  public func putSpeeds(_ request: SpeedsRequest, by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> SpeedsAnswer
  {
    let start = ContinuousClock.now
    let update = request.update
    let expiresAt = now().addingTimeInterval(update.timeToLiveSeconds)
    let (put, matches) = try resolve(request, expiresAt: expiresAt, within: limit)
    let columns = SpeedColumns(update, expiresAt: expiresAt)
    let committed = try change(by: origin, since: start, within: limit) { [self] draft, _ throws(EngineError) in
      var traffic = draft.traffic
      var drafted = DraftedChange()
      let (number, replaced) = try translating { () throws(TrafficError) in try traffic.put(put) }
      drafted.changes = replaced.map { .remove(.speeds($0), trail: .none) }
      let value = try columns.numbered(number)
      drafted.changes.append(.put(.speeds(number), value, trail: .note(try columns.summary.ledgerData())))
      try note(
        request.feed, by: origin, unmatchedCount: matches.unmatchedCount, in: &draft, &drafted, at: now())
      draft.traffic = traffic
      return drafted
    }
    return SpeedsAnswer(matches, version: committed.version)
  }

  public func previewSpeeds(_ request: SpeedsRequest, within limit: WorkLimit) throws(EngineError) -> SpeedsAnswer {
    let (_, matches) = try resolve(request, expiresAt: now(), within: limit)
    return SpeedsAnswer(matches, version: currentState().snapshot.version)
  }

  /// Checks speeds and finds their roads.
  ///
  /// - Throws: `NOTHING_MATCHED` if there are speeds, and the map has none of their roads.
  private func resolve(
    _ request: SpeedsRequest, expiresAt: Date, within limit: WorkLimit
  ) throws(EngineError) -> (SpeedPut, SpeedMatches) {
    let update = request.update
    try Validation.speeds(update)
    try Validation.feed(request.feed)
    let (put, matches) = try resolver.resolve(update, expiresAt: expiresAt) { () throws(EngineError) in
      try limit.check()
    }
    let isEmpty = update.speeds.isEmpty && update.turnPenalties.isEmpty
    if matches.matchedCount == 0, !isEmpty {
      let example = matches.unmatchedExamples.first.map(EngineError.init)
      throw EngineError(.nothingMatched, "the map has none of these roads", value: example?.value ?? "")
    }
    return (put, matches)
  }

  /// Notes that a feed has put something.
  func note(
    _ report: FeedReport?, by origin: ChangeOrigin, unmatchedCount: Int, in draft: inout StateDraft,
    _ drafted: inout DraftedChange, at moment: Date
  ) throws(EngineError) {
    guard let report else { return }
    let entry = FeedRegister.Entry(
      report: report, lastPutAt: moment, actor: origin.actor, unmatchedCount: unmatchedCount)
    let value = try entry.ledgerData()
    var feeds = draft.feeds
    let isNew = feeds.entries[report.source] == nil
    let forgotten = feeds.forgetSilent(at: moment)
    feeds.note(entry)
    if isNew {
      try Validation.atMost(limits.feedsMax, "limits.feeds", feeds.entries.count, "too many feeds")
      try Validation.atMost(
        limits.feedsPerCallerMax, "limits.feeds_per_caller", feeds.count(of: origin.actor), "too many feeds of yours")
    }
    draft.feeds = feeds
    drafted.changes += forgotten.filter { $0 != report.source }.map { .remove(.feed($0), trail: .none) }
    drafted.changes.append(.put(.feed(report.source), value, trail: .none))
  }
}

extension SpeedsAnswer {
  fileprivate init(_ matches: SpeedMatches, version: UInt64) {
    self.init(
      version: version, matchedCount: matches.matchedCount, unmatchedCount: matches.unmatchedCount,
      unmatchedExamples: matches.unmatchedExamples.map(EngineError.init))
  }
}
