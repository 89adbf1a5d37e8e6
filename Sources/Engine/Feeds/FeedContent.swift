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
  /// What was not understood, up to ``FeedDefaults/problemsKeptMax``.
  public internal(set) var problems: [FeedProblem] = []
  /// All problems, also those that are not kept.
  public internal(set) var problemCount = 0
  /// Records in the feed. Those that are neither skipped nor idle are in the lists above.
  public internal(set) var recordCount = 0
  /// Records that rightly give nothing: over, without effect, speed unknown, too old.
  public internal(set) var idleCount = 0
  /// Records that could not be used; each has a problem of the severity `skipped`.
  public internal(set) var skippedCount = 0

  mutating func add(_ problem: FeedProblem) {
    problemCount += 1
    if problems.count < FeedDefaults.problemsKeptMax { problems.append(problem) }
  }
}
