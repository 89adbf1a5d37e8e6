import Foundation

/// Why a unit is not among the ranked ones.
public enum LeftOutReason: String, CaseIterable, Sendable {
  case status
  case agency
  case capability
  case stalePosition = "stale_position"
  case offMap = "off_map"
  case unreachable
  /// Drives longer than the asked limit.
  case tooFar = "too_far"
  /// Could come, but others are faster.
  case outranked
  /// The caller holds it back.
  case excluded
  /// Its crew goes, or is out, with another unit.
  case crew
  /// Nothing that it can do is wanted.
  case notNeeded = "not_needed"
  /// Goes to another incident.
  case taken
  /// A rule keeps it where it is.
  case kept
  /// Too few people on board.
  case underCrewed = "under_crewed"
  /// A hospital that asks to be passed by.
  case diversion
  /// A hospital that takes nobody.
  case closed
}

/// A unit that can come, and when.
public struct RankedUnit: Hashable, Sendable {
  public var unit: ResponseUnit
  /// Turnout and travel.
  public var etaSeconds: Double
  public var turnoutSeconds: Double
  public var positionAgeSeconds: Double
  public var route: Route
  /// Where the vehicle stops: on the incident's road, or at a junction from which its crew walks. `nil` from a server
  /// that doesn't tell.
  public var stop: SnappedPlace?
  /// It is not where it was reported, but assumed at home.
  public var isAssumed = false

  public init(
    unit: ResponseUnit, etaSeconds: Double, turnoutSeconds: Double, positionAgeSeconds: Double, route: Route,
    stop: SnappedPlace? = nil
  ) {
    (self.unit, self.etaSeconds, self.turnoutSeconds) = (unit, etaSeconds, turnoutSeconds)
    (self.positionAgeSeconds, self.route, self.stop) = (positionAgeSeconds, route, stop)
  }
}

/// The units that reach an incident first.
public struct FastestUnitsAnswer: Sendable {
  /// The snapshot that the answer comes from.
  public var version: UInt64
  /// What its times rest on.
  public var basis = SpeedBasis.live
  public var incident: SnappedPlace
  /// By ETA, equal ones by id; units whose way needs a last resort come after all that have another way.
  public var units: [RankedUnit]
  /// All other units of the fleet, counted by reason.
  public var leftOut: [LeftOutReason: Int]
  /// If no unit can come: the closures without which one could, by id; none if there are none.
  public var closureIDsInTheWay: [String]
  /// If fewer units can come than were asked for: agencies of the question that no unit belongs to, as they were asked.
  public var unknownAgencies: [String] = []
  /// Likewise capabilities that no unit has.
  public var unknownCapabilities: [String] = []
  /// The best units that were not chosen, if asked for: first those that are busy but closer.
  public var considered: [ConsideredUnit] = []

  public init(
    version: UInt64, incident: SnappedPlace, units: [RankedUnit], leftOut: [LeftOutReason: Int],
    closureIDsInTheWay: [String] = []
  ) {
    (self.version, self.incident, self.units, self.leftOut) = (version, incident, units, leftOut)
    self.closureIDsInTheWay = closureIDsInTheWay
  }
}

/// What became of a change of the fleet.
public struct UnitsAnswer: Sendable {
  public var version: UInt64
  /// How many units were put or removed.
  public var count: Int
  /// How many of them are known where they were later, and so did not move.
  public var olderPositionCount: Int
  /// How many of them are known with a later status, and so kept what they are and do.
  public var olderStatusCount: Int

  public init(version: UInt64, count: Int, olderPositionCount: Int = 0, olderStatusCount: Int = 0) {
    (self.version, self.count) = (version, count)
    (self.olderPositionCount, self.olderStatusCount) = (olderPositionCount, olderStatusCount)
  }
}

/// A unit as the engine knows it.
public struct ListedUnit: Sendable {
  public var unit: ResponseUnit
  /// Where it is on the road; `nil` if no road is near.
  public var snapped: SnappedPlace?

  public init(unit: ResponseUnit, snapped: SnappedPlace? = nil) { (self.unit, self.snapped) = (unit, snapped) }
}

/// What an engine serves and how it is.
public struct StatusAnswer: Sendable {
  public var version: UInt64
  public var mapPath: String
  /// The IANA name of the zone that the rules of the map's roads are meant in, such as `Asia/Seoul`.
  public var timeZone: String
  public var startedAt: Date
  public var snapshotPublishedAt: Date
  /// Of the last publication by a change; those by the clock wait for no ledger.
  public var lastUpdate: UpdateTimes
  /// Changes that wait for the writer.
  public var waitingChangeCount: Int
  public var profiles: [String]
  public var vertexCount: Int
  public var arcCount: Int
  public var unitCount: Int
  public var closureCount: Int
  /// By name.
  public var feeds: [FeedStatus]
  /// By name.
  public var speedSources: [SpeedSource]
  /// Links of external networks that the engine knows.
  public var linkCount: Int
  /// Roads whose typical speeds are known, and those of the file that the map lacks.
  public var typicalRoadCount = 0
  public var unmatchedTypicalCount = 0
  /// Questions and traffic that are being watched.
  public var subscriptionCount: Int
  /// Why the ledger refuses changes at the moment, with its code; empty if it takes them.
  public var ledgerFault = ""
  /// How often it refused some since the server began.
  public var ledgerRefusedCount = 0
  public var planCount = 0
  public var planChoiceCount = 0
  public var hospitalCount = 0
  public var postCount = 0
  public var layerCount = 0
  /// Of all layers.
  public var layerFeatureCount = 0

  public init(
    version: UInt64, mapPath: String, timeZone: String, startedAt: Date, snapshotPublishedAt: Date,
    lastUpdate: UpdateTimes, waitingChangeCount: Int, profiles: [String], vertexCount: Int, arcCount: Int,
    unitCount: Int, closureCount: Int,
    feeds: [FeedStatus], speedSources: [SpeedSource], linkCount: Int, subscriptionCount: Int
  ) {
    (self.version, self.mapPath, self.timeZone, self.startedAt) = (version, mapPath, timeZone, startedAt)
    (self.snapshotPublishedAt, self.lastUpdate) = (snapshotPublishedAt, lastUpdate)
    (self.waitingChangeCount, self.profiles) = (waitingChangeCount, profiles)
    (self.vertexCount, self.arcCount, self.unitCount) = (vertexCount, arcCount, unitCount)
    (self.closureCount, self.feeds, self.speedSources) = (closureCount, feeds, speedSources)
    (self.linkCount, self.subscriptionCount) = (linkCount, subscriptionCount)
  }
}
