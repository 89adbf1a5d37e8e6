import Foundation
import Geometry

/// Which units are followed on their way to where their tasks send them.
public struct FollowRequest: Hashable, Sendable {
  /// At most ``Limits/followedUnitsMax``; with those of the incident at least one.
  @Composed public var unitIDs: [String]
  /// All units whose task is this incident as well; empty for none.
  @Composed public var incidentID: String
  /// An event tells when the rest of the way takes no longer than one of these; above 0, at most
  /// ``Limits/followThresholdsMax``.
  public var thresholdsSeconds = FollowRequest.thresholdsSecondsUsual
  /// What the rest of the way carries beyond time and length.
  public var detail: RouteDetail = []
  /// A position that is older is stale.
  public var positionAgeSecondsMax = FollowRequest.positionAgeSecondsUsual

  public static let thresholdsSecondsUsual = [300.0, 60]
  public static let positionAgeSecondsUsual = 60.0

  public init(unitIDs: [String], incidentID: String = "") { (self.unitIDs, self.incidentID) = (unitIDs, incidentID) }
}

/// What happened to a unit under way.
public struct FollowEvent: Sendable {
  /// Each is what `tocsin.proto` says of it.
  public enum Kind: String, CaseIterable, Sendable {
    case underWay = "under_way"
    case eta
    case threshold
    case offRoute = "off_route"
    case stopped
    case moving
    case stale
    case near
    case ended
  }

  public var version: UInt64
  public var unitID: String
  public var incidentID: String
  public var kind: Kind
  public var at: Date
  /// When its position was reported.
  public var reportedAt: Date
  /// When it is expected to be there; `nil` if no way leads there.
  public var arrivalAt: Date?
  /// Of an ETA that changed: what was expected before.
  public var arrivalBefore: Date?
  /// The one that was reached.
  public var thresholdSeconds: Double?
  public var coordinate: Coordinate
  /// `nil` once it goes nowhere.
  public var destination: Coordinate?
  /// The rest of the way, if there is one.
  public var route: Route?

  public init(
    version: UInt64, unitID: String, incidentID: String, _ kind: Kind, at: Date, reportedAt: Date,
    coordinate: Coordinate
  ) {
    (self.version, self.unitID, self.incidentID, self.kind) = (version, unitID, incidentID, kind)
    (self.at, self.reportedAt, self.coordinate) = (at, reportedAt, coordinate)
  }

  /// From ``at``, never below 0; `nil` if no way leads there.
  public var etaSeconds: Double? { arrivalAt.map { max($0.timeIntervalSince(at), 0) } }
}

extension Validation {
  /// - Throws: `INVALID_ARGUMENT`, `INVALID_LIMIT`, `LIMIT_EXCEEDED`.
  public static func follow(_ request: FollowRequest) throws(EngineError) {
    guard !request.unitIDs.isEmpty || !request.incidentID.isEmpty else {
      throw EngineError(.invalidArgument, "the request names no unit and no incident to follow")
    }
    try atMost(Limits.followedUnitsMax, "followed_units", request.unitIDs.count, "too many units to follow")
    try atMost(
      Limits.followThresholdsMax, "follow_thresholds", request.thresholdsSeconds.count, "too many thresholds")
    for seconds in request.thresholdsSeconds + [request.positionAgeSecondsMax]
    where !(seconds > 0 && seconds <= Limits.followSecondsMax) {
      throw EngineError(
        .invalidLimit,
        "a threshold, and the age of a position, is above 0 and at most \(Int(Limits.followSecondsMax)) s",
        value: "\(seconds)")
    }
  }
}
