import Foundation

/// Which units go to an incident, by the lines of a plan.
public struct RecommendRequest: Sendable {
  /// What says which lines are to be filled.
  public enum Wanted: Hashable, Sendable {
    /// The plan that is chosen for such an incident, there and then.
    case incidentType(String)
    case plan(id: String)
    /// These lines, without a plan.
    case lines(PlanLevel)
  }

  public var incident: Place
  /// As the dispatch system calls it; units whose task it is count as committed.
  @Composed public var incidentID = ""
  public var wanted: Wanted
  /// The alarm, from 1: the lines of all levels up to it are wanted. 0 is the first.
  public var level = 1
  public var units = UnitFilter()
  /// They are at it already and fill places first.
  @Composed public var committedIDs: [String] = []
  /// The dispatcher insists on them: they fill places whatever their time.
  @Composed public var wantedIDs: [String] = []
  public var keep: [KeepRule] = []
  /// Which units on less urgent calls are offered beside the answer; `nil` for none.
  public var diversions: DiversionSearch?
  /// What each unit strips bare if it leaves; `nil` if nobody asks.
  public var strips: StripQuestion?
  /// From the call to the alarm, for the goals: those count from the call then.
  public var handlingSeconds: Double?
  public var detail: RouteDetail = []
  /// How many units that were not chosen are explained, 0 to ``Limits/explainedUnitsMax``.
  public var explainCount = RecommendRequest.explainCountDefault
  /// For the incident; units have their own.
  public var reach = SnapReach()
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []
  /// When the vehicles leave, at most a year ahead: what is known of traffic then counts. `nil` is now.
  public var departAt: Date?

  public static let explainCountDefault = 10

  public init(incident: Place, wanted: Wanted) { (self.incident, self.wanted) = (incident, wanted) }
}

/// What is asked of a unit that leaves: what it alone reaches in time, among the units that may go and could fill its
/// line.
public struct StripQuestion: Hashable, Sendable {
  /// From the alarm, as of a coverage.
  public var limitSeconds: Double
  /// The points of a layer by their weights; empty for metres of road.
  @Composed public var demandLayer = ""

  public init(limitSeconds: Double, demandLayer: String = "") {
    (self.limitSeconds, self.demandLayer) = (limitSeconds, demandLayer)
  }
}

/// A unit that should go.
public struct RecommendedUnit: Hashable, Sendable {
  public var unit: RankedUnit
  /// Empty for a unit that is committed and fits none.
  public var line: String
  /// Its place in the line, from 1; 0 for one beyond its places.
  public var place: Int
  /// Which need it meets; above 0 it stands in.
  public var needIndex: Int
  /// "closest", "committed", "wanted", "mutual_aid", "substitute", "if_first", "crew", "kept_overruled".
  public var why: [String]
  /// Its agency is asked by telephone first.
  public var isOnRequest: Bool
  /// The demand, or the metres of road, that go uncovered if it leaves; `nil` if nobody asks, or if it is gone already.
  public var stripsWeight: Double?

  public init(
    _ unit: RankedUnit, line: String, place: Int, needIndex: Int = 0, why: [String], isOnRequest: Bool = false
  ) {
    (self.unit, self.line, self.place, self.needIndex) = (unit, line, place, needIndex)
    (self.why, self.isOnRequest) = (why, isOnRequest)
  }
}

/// A unit that was thought of and not chosen.
public struct ConsideredUnit: Hashable, Sendable {
  public var unit: RankedUnit
  public var reason: LeftOutReason
  /// A line that it could have filled; empty if there is none.
  public var line: String
  /// It would have been as good as those that were chosen had it come so much earlier. Only if it was outranked.
  public var shortBySeconds: Double?
  /// The incident or the unit that has it or its crew; empty if there is none.
  public var heldBy: String

  public init(
    _ unit: RankedUnit, reason: LeftOutReason, line: String = "", shortBySeconds: Double? = nil, heldBy: String = ""
  ) {
    (self.unit, self.reason, self.line) = (unit, reason, line)
    (self.shortBySeconds, self.heldBy) = (shortBySeconds, heldBy)
  }
}

/// What has become of a line.
public struct LineReport: Hashable, Sendable {
  public var line: String
  public var askedCount: Int
  public var filledCount: Int
  /// From the alarm, of its last unit.
  public var completeSeconds: Double?
  public var goalSeconds: Double?
  /// Its last unit comes after the goal, from the call on if the question says how long that took.
  public var isLate: Bool

  public init(
    _ line: String, askedCount: Int, filledCount: Int, completeSeconds: Double? = nil, goalSeconds: Double? = nil,
    isLate: Bool = false
  ) {
    (self.line, self.askedCount, self.filledCount) = (line, askedCount, filledCount)
    (self.completeSeconds, self.goalSeconds, self.isLate) = (completeSeconds, goalSeconds, isLate)
  }
}

/// Places of a line that nobody fills.
public struct OpenPlaces: Hashable, Sendable {
  public var line: String
  public var count: Int
  /// Units that could fill them but for one reason.
  public var leftOut: [LeftOutReason: Int]
  /// When the first busy one of them is expected to be free.
  public var freeAt: Date?

  public init(_ line: String, count: Int, leftOut: [LeftOutReason: Int] = [:], freeAt: Date? = nil) {
    (self.line, self.count, self.leftOut, self.freeAt) = (line, count, leftOut, freeAt)
  }
}

/// Who should go, who not, and why. Never an error where a dispatcher needs a list: what can't be filled is open.
public struct RecommendAnswer: Sendable {
  /// The snapshot that the answer comes from.
  public var version: UInt64
  /// What its times rest on.
  public var basis = SpeedBasis.live
  public var incident: SnappedPlace
  /// Empty for lines without a plan.
  public var planID = ""
  public var planName = ""
  public var level = 1
  /// By time of arrival.
  public var units: [RecommendedUnit] = []
  public var open: [OpenPlaces] = []
  public var lines: [LineReport] = []
  /// Of the first unit, and of the last one; `nil` without any.
  public var firstSeconds: Double?
  public var completeSeconds: Double?
  /// People that come together; those of a unit that doesn't say count as none.
  public var crewTotal = 0
  /// How many the plan wants.
  public var crewTotalMin: Int?
  /// Of some unit it is not known how many people are on board.
  public var isCrewUnknown = false
  public var considered: [ConsideredUnit] = []
  /// All other units of the fleet, counted by reason.
  public var leftOut: [LeftOutReason: Int] = [:]
  /// Units that could be called off for this incident, if asked for: for open places first, then the largest gain.
  public var diversions: [Diversion] = []
  /// Units come along different carriageways of a divided road.
  public var isSplit = false
  /// When the last one would be there if all came along the better one of them.
  public var singleSideCompleteSeconds: Double?

  public init(version: UInt64, incident: SnappedPlace) { (self.version, self.incident) = (version, incident) }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered.
  public static func recommend(_ request: RecommendRequest, _ limits: EngineLimits) throws(EngineError) {
    try place(request.incident)
    try text(request.incidentID, "the incident's id", .invalidArgument)
    if case .lines(let level) = request.wanted {
      try self.level(level)
      try atMost(
        Limits.planPlacesMax, "plan_places", level.lines.reduce(0) { $0 + $1.count }, "too many places")
    }
    guard request.level >= 0 else {
      throw EngineError(.unknownLevel, "levels are counted from 1", value: "\(request.level)")
    }
    try filter(request.units, limits)
    for ids in [request.committedIDs, request.wantedIDs] {
      try atMost(Limits.planPlacesMax, "plan_places", ids.count, "too many units that are committed or wanted")
      try unique(ids, .invalidArgument)
    }
    try keepRules(request.keep)
    try positive(request.handlingSeconds, "the time from the call to the alarm")
    try explainCount(request.explainCount)
    if let strips = request.strips { try reachLimits([strips.limitSeconds]) }
    if let search = request.diversions { try diversions(search, priority: 1...Limits.priorityMax) }
    try reach(request.reach)
  }

  /// - Throws: `INVALID_COUNT`, `LIMIT_EXCEEDED`.
  static func explainCount(_ count: Int) throws(EngineError) {
    guard count >= 0 else { throw EngineError(.invalidCount, "0 or more units are explained", value: "\(count)") }
    try atMost(Limits.explainedUnitsMax, "explained_units", count, "too many units to explain")
  }
}
