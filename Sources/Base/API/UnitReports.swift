import Foundation
import Geometry

/// Where a unit is, as its receiver says.
public struct PositionReport: Hashable, Sendable {
  @Composed public var id: String
  public var coordinate: Coordinate
  /// Degrees clockwise from north.
  public var headingDegrees: Double?
  /// 0 to ``Limits/speedKmhMax``.
  public var speedKmh: Double?
  /// When it was measured; `nil` is now.
  public var reportedAt: Date?

  public init(
    id: String, coordinate: Coordinate, headingDegrees: Double? = nil, speedKmh: Double? = nil, reportedAt: Date? = nil
  ) {
    (self.id, self.coordinate, self.headingDegrees) = (id, coordinate, headingDegrees)
    (self.speedKmh, self.reportedAt) = (speedKmh, reportedAt)
  }

  /// True if the vehicle is too slow for its receiver to know where it heads.
  public var isStanding: Bool { speedKmh.map { $0 < Self.headingKmhMin } ?? false }

  /// Receivers tell the direction between two positions, which below a walking pace are the same but for their errors.
  public static let headingKmhMin = 5.0
}

/// What became of reports of positions.
public struct PositionsAnswer: Hashable, Sendable {
  public var version: UInt64
  /// Reports that were taken.
  public var count = 0
  /// Reports of units that are known where they were later.
  public var olderCount = 0
  /// Units that the fleet lacks.
  public var unknown = IDList()
  /// Reports with an invalid value.
  public var refusedCount = 0
  /// The first ones of those, at most ``refusedMax``.
  public var refused: [RefusedReport] = []

  public static let refusedMax = 100

  public init(version: UInt64) { self.version = version }

  /// Counts a report that was not taken, and lists it if there is room.
  public mutating func refuse(_ report: RefusedReport) {
    refusedCount += 1
    if refused.count < Self.refusedMax { refused.append(report) }
  }
}

/// A report that was not taken, where others were.
public struct RefusedReport: Hashable, Sendable {
  /// The unit's.
  @Composed public var id: String
  public var error: EngineError

  public init(id: String, error: EngineError) { (self.id, self.error) = (id, error) }
}

/// What a unit does, and nothing else of it.
public struct StatusReport: Hashable, Sendable {
  @Composed public var id: String
  public var status: UnitStatus
  /// Since when; `nil` is now.
  public var statusAt: Date?

  public init(id: String, status: UnitStatus, statusAt: Date? = nil) {
    (self.id, self.status, self.statusAt) = (id, status, statusAt)
  }
}

/// What became of a unit's status.
public struct StatusReportAnswer: Hashable, Sendable {
  public var version: UInt64
  /// As it is now.
  public var unit: ResponseUnit
  /// True if a later status is known, and so nothing changed.
  public var isOlder: Bool

  public init(version: UInt64, unit: ResponseUnit, isOlder: Bool) {
    (self.version, self.unit, self.isOlder) = (version, unit, isOlder)
  }
}

/// Checks of reports.
extension Validation {
  /// A position or a status that is true only later would keep all that come before from being taken.
  ///
  /// - Throws: `TIME_AHEAD` for a moment ahead of the clock by more than ``EngineLimits/clockAheadSecondsMax``.
  public static func notAhead(
    _ moment: Date?, of now: Date, _ name: String, _ limits: EngineLimits
  ) throws(EngineError) {
    guard let moment, !(moment <= now + limits.clockAheadSecondsMax) else { return }
    throw EngineError(
      .timeAhead,
      "\(name) is ahead of the server's clock: limits.clock_ahead_seconds = \(limits.clockAheadSecondsMax)",
      value: moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
  }

  /// - Throws: ``EngineError`` for the first value of the report that can't be taken.
  public static func position(_ report: PositionReport, at now: Date, _ limits: EngineLimits) throws(EngineError) {
    try id(report.id, .invalidUnit)
    try coordinate(report.coordinate)
    try heading(report.headingDegrees)
    if let kmh = report.speedKmh, !(kmh >= 0 && kmh <= Limits.speedKmhMax) {
      throw EngineError(.invalidUnit, "a unit's speed is 0 to \(Limits.speedKmhMax) km/h", value: "\(kmh)")
    }
    try notAhead(report.reportedAt, of: now, "the position's time", limits)
  }

  /// - Throws: ``EngineError`` for the first value of the report that can't be taken.
  public static func status(_ report: StatusReport, at now: Date, _ limits: EngineLimits) throws(EngineError) {
    try id(report.id, .invalidUnit)
    try named("unit \(report.id)") { () throws(EngineError) in
      try notAhead(report.statusAt, of: now, "the status' time", limits)
    }
  }
}
