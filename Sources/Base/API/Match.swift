import Foundation
import Geometry

/// Where a vehicle said that it was.
public struct TracePoint: Hashable, Sendable {
  public var coordinate: Coordinate
  /// When; each one later than the one before. Without times only the way counts.
  public var at: Date?
  /// The standard deviation of the place, above 0, at most ``Limits/matchAccuracyMetersMax``.
  public var accuracyMeters: Double
  /// The direction of travel: roads that run otherwise are left out.
  public var headingDegrees: Double?

  /// What receivers of satellites usually are good for.
  public static let accuracyMetersDefault = 5.0

  public init(
    _ coordinate: Coordinate, at: Date? = nil, accuracyMeters: Double = Self.accuracyMetersDefault,
    headingDegrees: Double? = nil
  ) {
    (self.coordinate, self.at) = (coordinate, at)
    (self.accuracyMeters, self.headingDegrees) = (accuracyMeters, headingDegrees)
  }
}

/// Which way a vehicle drove that was at some places.
public struct MatchRequest: Sendable {
  /// In the order of the travel, 2 to ``Limits/matchPointsMax``.
  public var points: [TracePoint]
  public var profile: String
  /// Of the ways.
  public var detail: RouteDetail = []
  /// True to begin another way after a minute of silence.
  public var splitsAtGaps = true

  public init(points: [TracePoint], profile: String) { (self.points, self.profile) = (points, profile) }
}

/// A part of a trace on the roads that it followed.
public struct Matching: Hashable, Sendable {
  /// With a leg from each of its points to the next. Its times are those of a route there now, not those of the trace.
  public var route: Route
  /// How well the roads fit, 0 to 1: how near they are, and how alike in length.
  public var confidence: Double

  public init(route: Route, confidence: Double) { (self.route, self.confidence) = (route, confidence) }
}

/// A point of a trace on the road that the vehicle was on.
public struct MatchedPoint: Hashable, Sendable {
  public var place: SnappedPlace
  /// The position of its way among ``MatchAnswer/matchings``.
  public var matching: Int
  /// Its position among the points of this way: the leg of this number begins there.
  public var number: Int
  /// How many other roads are about as likely at this point; 0 where there is no doubt.
  public var alternativesCount: Int

  public init(place: SnappedPlace, matching: Int, number: Int, alternativesCount: Int) {
    (self.place, self.matching, self.number) = (place, matching, number)
    self.alternativesCount = alternativesCount
  }
}

/// The ways of a trace.
public struct MatchAnswer: Hashable, Sendable {
  public var version: UInt64
  /// In the order of the trace; none where it follows no roads.
  public var matchings: [Matching]
  /// One for each point of the trace; `nil` for one that lies on none of the ways.
  public var points: [MatchedPoint?]

  public init(version: UInt64, matchings: [Matching], points: [MatchedPoint?]) {
    (self.version, self.matchings, self.points) = (version, matchings, points)
  }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func match(_ request: MatchRequest) throws(EngineError) {
    guard request.points.count >= 2 else {
      throw EngineError(.invalidArgument, "a trace has two points at least", value: "\(request.points.count) points")
    }
    try atMost(Limits.matchPointsMax, "match_points", request.points.count, "too many points")
    for (number, point) in request.points.enumerated() {
      try named("point \(number)") { () throws(EngineError) in
        try coordinate(point.coordinate)
        try heading(point.headingDegrees)
        try radius(point.accuracyMeters, max: Limits.matchAccuracyMetersMax)
      }
    }
    let times = request.points.map(\.at)
    guard times.allSatisfy({ $0 == nil }) || !times.contains(nil) else {
      throw EngineError(
        .invalidArgument, "all points have a time or none", value: "\(times.count { $0 == nil }) without")
    }
    for (number, pair) in zip(times, times.dropFirst()).enumerated() {
      guard let before = pair.0, let after = pair.1, after <= before else { continue }
      throw EngineError(.invalidArgument, "times of a trace ascend", value: "point \(number + 1)")
    }
  }
}
