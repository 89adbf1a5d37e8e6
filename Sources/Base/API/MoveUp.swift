import Geometry

/// What moves of units make large, or small.
public enum CoverObjective: String, CaseIterable, Sendable {
  /// The demand that is expected to be covered, as some units are busy when a call comes.
  case expected
  /// Least demand that nobody reaches within the farther limit, then most that two units reach within the nearer one.
  case double
  /// Least demand that nobody reaches in time.
  case gaps
}

/// Which units should move to which posts, so that more demand is covered.
public struct MoveUpRequest: Sendable {
  /// Which units count: by its statuses those that have nothing to do.
  public var units = UnitFilter()
  /// Where they may move; empty for all posts that are known.
  public var posts: [Post] = []
  /// The points of this layer, by their weights, are the demand.
  @Composed public var demandLayer: String
  /// Of turnout and travel.
  public var limitSeconds: Double
  /// For ``CoverObjective/double``; `nil` is the same limit.
  public var farLimitSeconds: Double?
  /// Of the time that a unit is busy; `nil` is ``busyShareDefault``.
  public var busyShare: Double?
  public var objective = CoverObjective.expected
  /// How many units move at most, 1 to ``Limits/moveUpMovesMax``.
  public var movesMax = MoveUpRequest.movesDefault
  /// A move that gains less of all demand isn't worth it.
  public var gainShareMin = MoveUpRequest.gainShareDefault
  /// No unit drives longer to its post.
  public var relocationSecondsMax = MoveUpRequest.relocationSecondsDefault
  /// They stay: resting, moved already in this tour, next in line of a running alarm.
  @Composed public var stayingUnitIDs: [String] = []
  /// Posts that are to be filled, the most important first: then the units for them are found, by the smallest longest
  /// drive, and gains don't count. A post that wants two units is named twice.
  @Composed public var targetPostIDs: [String] = []
  /// How many gaps are listed.
  public var gapCount = MoveUpRequest.gapCountDefault
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []

  public static let busyShareDefault = 0.3
  public static let movesDefault = 3
  public static let gainShareDefault = 0.005
  public static let relocationSecondsDefault = 900.0
  public static let gapCountDefault = 10

  public init(demandLayer: String, limitSeconds: Double) {
    (self.demandLayer, self.limitSeconds) = (demandLayer, limitSeconds)
  }
}

/// Why a move isn't made.
public enum MoveRefusal: String, CaseIterable, Sendable {
  /// The caller lets the unit stay, or it is under way to a post.
  case staying
  /// The unit came from there within the hour.
  case bounce
  /// The post isn't for its agency.
  case agency
  /// The drive is too long.
  case time
  /// There is no room.
  case capacity
  /// Too few would stay where it leaves.
  case keep
  /// It gains too little.
  case gain
  /// As many moves as are wanted are better.
  case moves
}

/// A unit that moves to a post.
public struct PostMove: Hashable, Sendable {
  public var unitID: String
  /// Empty: it is on the road.
  public var fromPostID: String
  public var toPostID: String
  /// Where the unit is, and where the post.
  public var from: Coordinate
  public var to: Coordinate
  public var travelSeconds: Double
  /// Of demand, on top of the moves before it.
  public var gainWeight = 0.0
  public var gainShare = 0.0
  /// Of the demand around the place that it leaves, how much anybody reaches in time before the move and after it.
  public var originShareBefore = 0.0
  public var originShareAfter = 0.0

  public init(
    unitID: String, fromPostID: String, toPostID: String, from: Coordinate, to: Coordinate, travelSeconds: Double
  ) {
    (self.unitID, self.fromPostID, self.toPostID) = (unitID, fromPostID, toPostID)
    (self.from, self.to, self.travelSeconds) = (from, to, travelSeconds)
  }
}

/// How much of the demand is covered.
public struct CoverShares: Hashable, Sendable {
  /// That anybody reaches in time.
  public var covered = 0.0
  /// That is expected to be, as some units are busy.
  public var expected = 0.0
  /// That two units reach in time.
  public var twice = 0.0
  /// Points that nobody reaches in time.
  public var barePointCount = 0

  public init() {}
}

/// Who moves up.
public struct MoveUpAnswer: Equatable, Sendable {
  public var version: UInt64
  /// How many units count.
  public var unitCount = 0
  public var postCount = 0
  public var demand: DemandSummary
  /// That was reckoned with.
  public var busyShare: Double
  public var before = CoverShares()
  public var after = CoverShares()
  /// Best first. Empty: nothing is worth a move, and ``bestRefused`` says by how much.
  public var moves: [PostMove] = []
  /// The move that would gain most of those that aren't made, and why it isn't.
  public var bestRefused: PostMove?
  public var refusedFor: MoveRefusal?
  /// What nobody reaches in time after the moves, the heaviest first.
  public var gapsAfter: [CoverageGap] = []
  /// Posts that were to be filled and that no unit is left for.
  public var unfilledPostIDs: [String] = []
  /// Posts that no road is near: nobody moves there.
  public var offMapPostIDs: [String] = []
  public var leftOut: [LeftOutReason: Int] = [:]
  /// True if times have the reluctance of some profile in them: of one that likes some roads less than others.
  public var isFeltTime = false

  public init(version: UInt64, demand: DemandSummary, busyShare: Double) {
    (self.version, self.demand, self.busyShare) = (version, demand, busyShare)
  }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func moveUp(_ request: MoveUpRequest, _ limits: EngineLimits) throws(EngineError) {
    try filter(request.units, limits)
    if let travelSecondsMax = request.units.travelSecondsMax {
      throw EngineError(
        .invalidArgument, "a move has a limit of its own, relocation_seconds_max", value: "\(travelSecondsMax)")
    }
    if request.demandLayer.isEmpty { throw EngineError(.unknownLayer, "a layer of demand is missing") }
    try reachLimits([request.limitSeconds])
    if let far = request.farLimitSeconds {
      try reachLimits([far])
      guard far >= request.limitSeconds else {
        throw EngineError(.invalidLimit, "the farther limit is at least the nearer one", value: "\(far)")
      }
    }
    if let share = request.busyShare, !(share > 0 && share < 1) {
      throw EngineError(.invalidBusyShare, "a busy share is above 0 and below 1", value: "\(share)")
    }
    try count(request.movesMax, max: Limits.moveUpMovesMax, "moveup_moves")
    guard (0...1).contains(request.gainShareMin) else {
      throw EngineError(.invalidArgument, "the least gain is a share from 0 to 1", value: "\(request.gainShareMin)")
    }
    try positive(request.relocationSecondsMax, "the longest drive", max: Limits.reachSecondsMax)
    try atMost(limits.unitsMax, "limits.units", request.stayingUnitIDs.count, "too many units that stay")
    try atMost(limits.postsMax, "limits.posts", request.posts.count, "too many posts")
    for post in request.posts { try self.post(post) }
    try unique(request.posts.map(\.id), .invalidPost)
    try atMost(Limits.moveUpTargetsMax, "moveup_targets", request.targetPostIDs.count, "too many posts to fill")
    guard request.gapCount >= 0 else {
      throw EngineError(.invalidCount, "a list has 0 or more", value: "\(request.gapCount)")
    }
    try atMost(Limits.coverageListMax, "coverage_list", request.gapCount, "too many asked for")
  }
}
