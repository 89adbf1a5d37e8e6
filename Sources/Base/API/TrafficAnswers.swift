import Foundation
import Geometry

/// An OSM way that a closure means, how much of it, and in which direction. A way of which some is meant in one
/// direction only and some in both is given once for each.
public struct MatchedWay: Hashable, Sendable {
  public var osmID: Int64
  public var name: String
  public var lengthMeters: Double
  /// Of the OSM way.
  public var direction: WayDirection
  /// What of it is meant, line by line, in the direction in which it is; none unless they are asked for.
  public var shapes: [[Coordinate]] = []

  public init(osmID: Int64, name: String, lengthMeters: Double, direction: WayDirection = .both) {
    (self.osmID, self.name, self.lengthMeters, self.direction) = (osmID, name, lengthMeters, direction)
  }
}

/// A closure as the engine knows it.
public struct ListedClosure: Sendable {
  public var closure: RoadClosure
  /// True while it changes roads: after `from`, before `until`, in its hours.
  public var isActive: Bool
  public var ways: [MatchedWay]

  public init(closure: RoadClosure, isActive: Bool, ways: [MatchedWay]) {
    (self.closure, self.isActive, self.ways) = (closure, isActive, ways)
  }
}

/// A closure that was not taken, where others were.
public struct RefusedClosure: Sendable {
  public var id: String
  public var error: EngineError

  public init(id: String, error: EngineError) { (self.id, self.error) = (id, error) }
}

/// Closures that were put, lifted or asked for.
public struct ClosuresAnswer: Sendable {
  /// The first version whose answers know the change.
  public var version: UInt64
  public var closures: [ListedClosure]
  /// Those that were skipped.
  public var refused: [RefusedClosure]
  /// Closures of a complete source that it doesn't name any more, and that were lifted.
  public var liftedIDs: [String]

  public init(
    version: UInt64, closures: [ListedClosure], refused: [RefusedClosure] = [], liftedIDs: [String] = []
  ) {
    (self.version, self.closures, self.refused, self.liftedIDs) = (version, closures, refused, liftedIDs)
  }
}

/// What became of speeds and turn penalties.
public struct SpeedsAnswer: Sendable {
  /// The first version whose answers know them.
  public var version: UInt64
  /// How many roads and turns they are on.
  public var matchedCount: Int
  /// How many the map or the link table lacks.
  public var unmatchedCount: Int
  /// Some of those.
  public var unmatchedExamples: [EngineError]

  public init(version: UInt64, matchedCount: Int, unmatchedCount: Int, unmatchedExamples: [EngineError]) {
    (self.version, self.matchedCount) = (version, matchedCount)
    (self.unmatchedCount, self.unmatchedExamples) = (unmatchedCount, unmatchedExamples)
  }
}

/// How a feed is doing.
public struct FeedStatus: Hashable, Sendable {
  public var report: FeedReport
  /// When it last brought something.
  public var lastPutAt: Date
  /// True if it has been silent for more than ``staleIntervals`` of its intervals; never of one without an interval.
  public var isStale: Bool
  /// What is known of it now: closures, and speeds and turn penalties by directed piece of road.
  public var knownCount: Int
  /// Those of them that are in force now.
  public var inForceCount: Int
  /// What it brought last that the map or the link table lacks, or that was refused for another reason.
  public var unmatchedCount: Int

  /// One may be missed, or late.
  public static let staleIntervals = 2.5

  public init(
    report: FeedReport, lastPutAt: Date, isStale: Bool, knownCount: Int = 0, inForceCount: Int = 0,
    unmatchedCount: Int = 0
  ) {
    (self.report, self.lastPutAt, self.isStale) = (report, lastPutAt, isStale)
    (self.knownCount, self.inForceCount, self.unmatchedCount) = (knownCount, inForceCount, unmatchedCount)
  }
}

/// How many speeds of a source are known.
public struct SpeedSource: Hashable, Sendable {
  public var source: String
  /// Directed pieces of road.
  public var speedCount: Int
  public var turnPenaltyCount: Int

  public init(source: String, speedCount: Int, turnPenaltyCount: Int) {
    (self.source, self.speedCount, self.turnPenaltyCount) = (source, speedCount, turnPenaltyCount)
  }
}

/// How long the last publication took, phase by phase.
public struct UpdateTimes: Hashable, Sendable {
  /// How many changes it brought together.
  public var changeCount = 0
  /// From a call's beginning: finding the roads that it means. The longest one of them.
  public var resolveMilliseconds = 0.0
  /// Making all changes in a draft.
  public var draftMilliseconds = 0.0
  /// Waiting for the ledger.
  public var recordMilliseconds = 0.0
  /// Weights, customization, and making it what queries see.
  public var publishMilliseconds = 0.0

  public init() {}
}
