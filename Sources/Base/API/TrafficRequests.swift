/// What an answer about closures carries beyond the ways. Nothing is computed that nobody asked for.
public struct ClosureDetail: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The lines of the roads that are meant.
  public static let shapes = ClosureDetail(rawValue: 1 << 0)
}

/// Closures to put, all or none.
public struct ClosuresRequest: Hashable, Sendable {
  /// What becomes of a closure that can't be taken.
  public enum Strictness: String, CaseIterable, Sendable {
    /// Nothing is put at all.
    case allOrNone
    /// The others are put: what a feed wants, which brings whatever it has.
    case skipRefused
  }

  public var closures: [RoadClosure]
  /// A closure ends after this time at the latest; `nil` for those that are to be lifted.
  public var timeToLiveSeconds: Double?
  /// A closure without an end of its own ends this long after now, or after it begins if that is later.
  public var endlessTimeToLiveSeconds: Double?
  /// These are all the closures of this source: others that it has put before are lifted.
  @Composed public var completeSource: String?
  public var strictness = Strictness.allOrNone
  /// The feed that brings them.
  public var feed: FeedReport?
  /// Of the answer.
  public var detail: ClosureDetail = []

  public init(_ closures: [RoadClosure]) { self.closures = closures }
}

/// What a feed says of itself when it brings something.
public struct FeedReport: Hashable, Codable, Sendable {
  /// The feed's name, as its closures and speeds have it as their source.
  @Composed public var source: String
  /// How often it comes; if nothing comes for longer, it is stale. 0 for one that is not expected again.
  public var intervalSeconds: Double
  /// The records that it had, and those of them that were not understood.
  public var recordCount: Int
  public var skippedCount: Int

  public init(source: String, intervalSeconds: Double, recordCount: Int = 0, skippedCount: Int = 0) {
    (self.source, self.intervalSeconds) = (source, intervalSeconds)
    (self.recordCount, self.skippedCount) = (recordCount, skippedCount)
  }
}

/// Speeds and turn penalties to put.
public struct SpeedsRequest: Sendable {
  public var update: SpeedUpdate
  /// The feed that brings them.
  public var feed: FeedReport?

  public init(_ update: SpeedUpdate, feed: FeedReport? = nil) { (self.update, self.feed) = (update, feed) }
}
