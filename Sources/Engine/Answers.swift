import Fleet
import Foundation
import Traffic

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
}

/// A unit that can come, and when.
public struct RankedUnit: Hashable, Sendable {
  public var unit: ResponseUnit
  /// Turnout and travel.
  public var etaSeconds: Double
  public var turnoutSeconds: Double
  public var positionAgeSeconds: Double
  public var route: RouteLine

  public init(
    unit: ResponseUnit, etaSeconds: Double, turnoutSeconds: Double, positionAgeSeconds: Double, route: RouteLine
  ) {
    self.unit = unit
    self.etaSeconds = etaSeconds
    self.turnoutSeconds = turnoutSeconds
    self.positionAgeSeconds = positionAgeSeconds
    self.route = route
  }
}

/// The units that reach an incident first.
public struct FastestUnitsAnswer: Sendable {
  /// The snapshot that the answer comes from.
  public var version: UInt64
  public var incident: SnappedPlace
  /// By ascending turnout and travel weight, equal ones by id. That is by ETA, but that a unit whose way needs a last
  /// resort comes after those that have another way.
  public var units: [RankedUnit]
  /// All other units of the fleet, counted by reason.
  public var leftOut: [LeftOutReason: Int]

  public init(version: UInt64, incident: SnappedPlace, units: [RankedUnit], leftOut: [LeftOutReason: Int]) {
    self.version = version
    self.incident = incident
    self.units = units
    self.leftOut = leftOut
  }
}

/// An OSM way that a closure blocks, and how much of it.
public struct MatchedWay: Hashable, Sendable {
  public var osmID: Int64
  public var name: String
  public var lengthMeters: Double

  public init(osmID: Int64, name: String, lengthMeters: Double) {
    self.osmID = osmID
    self.name = name
    self.lengthMeters = lengthMeters
  }
}

/// A closure as the engine knows it.
public struct ListedClosure: Sendable {
  public var closure: RoadClosure
  /// True while it blocks roads: after `from`, before `until`.
  public var isActive: Bool
  public var ways: [MatchedWay]

  public init(closure: RoadClosure, isActive: Bool, ways: [MatchedWay]) {
    self.closure = closure
    self.isActive = isActive
    self.ways = ways
  }
}

/// Closures that were put, lifted or asked for.
public struct ClosuresAnswer: Sendable {
  /// The first version whose answers know the change.
  public var version: UInt64
  public var closures: [ListedClosure]

  public init(version: UInt64, closures: [ListedClosure]) {
    self.version = version
    self.closures = closures
  }
}

/// What became of a change of the fleet.
public struct UnitsAnswer: Sendable {
  public var version: UInt64
  /// How many units were put or removed.
  public var count: Int

  public init(version: UInt64, count: Int) {
    self.version = version
    self.count = count
  }
}

/// A unit as the engine knows it.
public struct ListedUnit: Sendable {
  public var unit: ResponseUnit
  /// Where it is on the road; `nil` if no road is near.
  public var snapped: SnappedPlace?

  public init(unit: ResponseUnit, snapped: SnappedPlace? = nil) {
    self.unit = unit
    self.snapped = snapped
  }
}

/// What an engine serves and how it is.
public struct StatusAnswer: Sendable {
  public var version: UInt64
  public var mapPath: String
  public var startedAt: Date
  public var snapshotPublishedAt: Date
  /// From the start of the last change to its publication.
  public var lastUpdateMilliseconds: Double
  public var profiles: [String]
  public var vertexCount: Int
  public var arcCount: Int
  public var unitCount: Int
  public var closureCount: Int

  public init(
    version: UInt64, mapPath: String, startedAt: Date, snapshotPublishedAt: Date, lastUpdateMilliseconds: Double,
    profiles: [String], vertexCount: Int, arcCount: Int, unitCount: Int, closureCount: Int
  ) {
    self.version = version
    self.mapPath = mapPath
    self.startedAt = startedAt
    self.snapshotPublishedAt = snapshotPublishedAt
    self.lastUpdateMilliseconds = lastUpdateMilliseconds
    self.profiles = profiles
    self.vertexCount = vertexCount
    self.arcCount = arcCount
    self.unitCount = unitCount
    self.closureCount = closureCount
  }
}
