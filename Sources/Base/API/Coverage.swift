import Foundation
import Geometry

/// A unit that is thought of elsewhere, or away.
public struct UnitMove: Hashable, Sendable {
  public var unitID: String
  /// `nil` if the unit is away.
  public var place: Place?

  public init(unitID: String, place: Place?) { (self.unitID, self.place) = (unitID, place) }
}

/// What of all roads is covered: how much the first, the second ... unit reaches in time.
public struct CoverageRequest: Sendable {
  public var units = UnitFilter()
  /// Of turnout and travel, and of ``handlingSeconds`` on top. As those of a reach.
  public var limitsSeconds: [Double]
  /// From the call to the alarm.
  public var handlingSeconds = 0.0
  /// How many units are to be there, 1 to ``Limits/coverageDepthMax``: up to the third one for 3. Those with one crew
  /// count once.
  public var depth = 1
  /// Of how much demand is covered, beside roads: the points of a layer by their weights; empty asks of roads alone.
  @Composed public var demandLayer = ""
  /// As if these units stood elsewhere or were away, at most ``Limits/coverageMovesMax``.
  public var moves: [UnitMove] = []
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []
  /// When the vehicles leave, at most a year ahead: what is known of traffic then counts. `nil` is now.
  public var departAt: Date?
  public var detail = CoverageDetail()

  public init(limitsSeconds: [Double]) { self.limitsSeconds = limitsSeconds }
}

/// What an answer carries beyond lengths.
public struct CoverageDetail: Hashable, Sendable {
  /// The parts of roads that the unit at the depth asked for reaches in time.
  public var roads = false
  /// How many units are listed with what they alone cover, 0 to ``Limits/coverageListMax``.
  public var soleCount = 10
  /// How many gaps are listed, likewise.
  public var gapCount = 10

  public init() {}
}

/// How much road as many units as ``depth`` reach within a limit.
public struct CoverageLevel: Sendable, Equatable {
  public var limitSeconds: Double
  /// 1 for the first unit.
  public var depth: Int
  /// Of road, each direction of travel for itself.
  public var lengthMeters: Double
  /// Of all road that any profile of the units may drive.
  public var lengthShare: Double
  /// Of demand; 0 without a layer.
  public var demandWeight = 0.0
  /// Of all demand that lies on the map.
  public var demandShare = 0.0

  public init(limitSeconds: Double, depth: Int, lengthMeters: Double, lengthShare: Double) {
    (self.limitSeconds, self.depth) = (limitSeconds, depth)
    (self.lengthMeters, self.lengthShare) = (lengthMeters, lengthShare)
  }
}

/// What nobody but one unit, or one crew, covers: it is bare if the unit leaves.
public struct SoleCover: Sendable, Equatable {
  /// Of those with one crew the first by id.
  public var unitID: String
  public var limitSeconds: Double
  public var lengthMeters: Double
  /// 0 without a layer.
  public var demandWeight = 0.0

  public init(unitID: String, limitSeconds: Double, lengthMeters: Double) {
    (self.unitID, self.limitSeconds, self.lengthMeters) = (unitID, limitSeconds, lengthMeters)
  }
}

/// Roads near each other that no unit reaches within the last limit; with a layer of demand, points of it.
public struct CoverageGap: Sendable, Equatable {
  /// Of the longest of them, or of the road at the heaviest point.
  public var name: String
  /// The middle of that road, or that point.
  public var coordinate: Coordinate
  /// 0 for demand.
  public var lengthMeters: Double
  /// 0 without a layer.
  public var demandWeight = 0.0
  /// When the first unit is there; `nil` if none comes.
  public var seconds: Double?
  /// That unit; empty if none comes.
  public var unitID: String

  public init(name: String, coordinate: Coordinate, lengthMeters: Double, seconds: Double?, unitID: String) {
    (self.name, self.coordinate, self.lengthMeters) = (name, coordinate, lengthMeters)
    (self.seconds, self.unitID) = (seconds, unitID)
  }
}

/// What is covered. Without any unit it is nothing, and that is an answer.
public struct CoverageAnswer: Sendable, Equatable {
  public var version: UInt64
  /// What its times rest on.
  public var basis = SpeedBasis.live
  /// How many units count.
  public var unitCount: Int
  /// By limit, then by depth.
  public var levels: [CoverageLevel] = []
  /// The longest first; the heaviest, with a layer of demand.
  public var sole: [SoleCover] = []
  /// Likewise.
  public var gaps: [CoverageGap] = []
  public var leftOut: [LeftOutReason: Int] = [:]
  /// If asked for.
  public var roads: [ReachedRoad] = []
  /// The levels without moves and without closures of the question's own; empty if it has none.
  public var before: [CoverageLevel] = []
  /// What the layer holds; `nil` without one.
  public var demand: DemandSummary?
  /// True if times have the reluctance of some profile in them: of one that likes some roads less than others.
  public var isFeltTime = false

  public init(version: UInt64, unitCount: Int) { (self.version, self.unitCount) = (version, unitCount) }
}

/// The demand of a layer.
public struct DemandSummary: Sendable, Hashable {
  /// Points, those off the map included.
  public var pointCount: Int
  /// Of the points on the map.
  public var weight: Double
  /// Points that no road of the units' profiles is near: they count as nothing.
  public var offMap: IDList

  public init(pointCount: Int, weight: Double, offMap: IDList) {
    (self.pointCount, self.weight, self.offMap) = (pointCount, weight, offMap)
  }
}

/// A coverage that is answered again while units and roads change.
public struct WatchCoverageRequest: Sendable {
  public var question: CoverageRequest
  /// An answer is sent when a share of roads or of demand differs by as much, above 0, or another gap is listed.
  public var changeShare = WatchCoverageRequest.changeShareDefault

  /// Of what a person calls another coverage, or another reach.
  public static let changeShareDefault = 0.005

  public init(_ question: CoverageRequest) { self.question = question }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func watchCoverage(_ request: WatchCoverageRequest, _ limits: EngineLimits) throws(EngineError) {
    try coverage(request.question, limits)
    guard request.changeShare > 0, request.changeShare <= 1 else {
      throw EngineError(
        .invalidArgument, "a share that changes is above 0 and at most 1", value: "\(request.changeShare)")
    }
  }

  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func coverage(_ request: CoverageRequest, _ limits: EngineLimits) throws(EngineError) {
    try reachLimits(request.limitsSeconds)
    guard (1...Limits.coverageDepthMax).contains(request.depth) else {
      throw EngineError(
        .invalidDepth, "a depth is 1 to coverage_depth = \(Limits.coverageDepthMax)", value: "\(request.depth)")
    }
    try positive(request.handlingSeconds, "the time of handling")
    try filter(request.units, limits)
    if let travelSecondsMax = request.units.travelSecondsMax {
      throw EngineError(
        .invalidArgument, "coverage has limits of its own: travel_seconds_max is for questions of an incident",
        value: "\(travelSecondsMax)")
    }
    try atMost(Limits.coverageMovesMax, "coverage_moves", request.moves.count, "too many moves")
    for move in request.moves {
      try id(move.unitID, .unknownUnit)
      if let place = move.place { try self.place(place) }
    }
    try unique(request.moves.map(\.unitID), .invalidArgument)
    for count in [request.detail.soleCount, request.detail.gapCount] {
      guard count >= 0 else { throw EngineError(.invalidCount, "a list has 0 or more", value: "\(count)") }
      try atMost(Limits.coverageListMax, "coverage_list", count, "too many asked for")
    }
  }
}
