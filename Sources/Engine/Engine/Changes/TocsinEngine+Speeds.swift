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
    try Validation.speeds(update)
    try Validation.feed(request.feed)
    let expiresAt = now().addingTimeInterval(update.timeToLiveSeconds)
    let (put, matches) = try resolver.resolve(update, expiresAt: expiresAt) { () throws(EngineError) in
      try limit.check()
    }
    let examples = matches.unmatchedExamples.map(EngineError.init)
    let isEmpty = update.speeds.isEmpty && update.turnPenalties.isEmpty
    if matches.matchedCount == 0, !isEmpty {
      throw EngineError(.nothingMatched, "the map has none of these roads", value: examples.first?.value ?? "")
    }
    let columns = SpeedColumns(update, expiresAt: expiresAt)
    let committed = try change(by: origin, since: start, within: limit) { [self] draft, _ throws(EngineError) in
      var traffic = draft.traffic
      var drafted = DraftedChange()
      let (number, replaced) = try translating { () throws(TrafficError) in try traffic.put(put) }
      draft.traffic = traffic
      drafted.changes = replaced.map { .remove(.speeds($0), trail: .none) }
      let value = try columns.numbered(number)
      drafted.changes.append(.put(.speeds(number), value, trail: .note(try columns.summary.ledgerData())))
      try note(request.feed, in: &draft, &drafted, at: now())
      return drafted
    }
    return SpeedsAnswer(
      version: committed.version, matchedCount: matches.matchedCount, unmatchedCount: matches.unmatchedCount,
      unmatchedExamples: examples)
  }

  /// Notes that a feed has put something.
  func note(
    _ report: FeedReport?, in draft: inout StateDraft, _ drafted: inout DraftedChange, at moment: Date
  ) throws(EngineError) {
    guard let report else { return }
    let entry = FeedRegister.Entry(report: report, lastPutAt: moment)
    let forgotten = draft.feeds.forgetSilent(at: moment)
    draft.feeds.note(entry)
    try Validation.atMost(limits.feedsMax, "limits.feeds", draft.feeds.entries.count, "too many feeds")
    drafted.changes += forgotten.filter { $0 != report.source }.map { .remove(.feed($0), trail: .none) }
    drafted.changes.append(.put(.feed(report.source), try entry.ledgerData(), trail: .none))
  }
}
