import API

/// What a feed says at one moment, in the order of the feed.
public struct FeedContent: Hashable, Sendable {
  /// Closures and slowdowns, each id once. One record may give several: its own id, and with `#speed`, `#size` and
  /// `#access` behind it what binds in another way or for others.
  public internal(set) var closures: [RoadClosure] = []
  /// Speeds, each road once.
  public internal(set) var speeds: [RoadSpeed] = []
  /// Turn penalties, each turn once.
  public internal(set) var turnPenalties: [TurnPenalty] = []
  /// Hospitals, each id once.
  public internal(set) var hospitals: [Hospital] = []
  /// What was not understood, and which records give nothing: up to ``FeedDefaults/problemsKeptMax``, of those that
  /// were understood up to ``FeedDefaults/ignoredKeptMax``.
  public internal(set) var problems: [FeedProblem] = []
  /// All problems by what became of the record and why, also those that are not kept.
  public internal(set) var problemCounts: [FeedProblem.Kind: Int] = [:]
  /// Records in the feed. Those that are neither skipped nor idle are in the lists above.
  public internal(set) var recordCount = 0
  /// Records that rightly give nothing: over, without effect, speed unknown, too old.
  public internal(set) var idleCount = 0
  /// Records that could not be used; each has a problem of the severity `skipped`.
  public internal(set) var skippedCount = 0

  public var problemCount: Int { problemCounts.values.reduce(0, +) }
  private var ignoredCount = 0

  /// Counts a problem, and keeps it while there is room.
  mutating func add(_ severity: FeedProblem.Severity, _ refusal: RecordRefusal, at place: RecordPlace) {
    problemCounts[FeedProblem.Kind(severity: severity, code: refusal.code), default: 0] += 1
    if severity == .ignored { ignoredCount += 1 }
    guard problems.count < FeedDefaults.problemsKeptMax,
      severity != .ignored || ignoredCount <= FeedDefaults.ignoredKeptMax
    else { return }
    problems.append(FeedProblem(severity, refusal, at: place))
  }

  /// A file of another kind must not look like a feed in which nothing happens.
  ///
  /// - Throws: `FEED_NOTHING_UNDERSTOOD` if there are records and every one of them has a fault.
  public func checkUnderstood() throws(FeedError) {
    guard recordCount > 0, skippedCount == recordCount else { return }
    let first = problems.first { $0.severity == .skipped }
    throw FeedError(
      .nothingUnderstood, "none of the records is understood, \(recordCount) in all", value: first.map { "\($0)" } ?? ""
    )
  }
}
