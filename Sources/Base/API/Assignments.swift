import Foundation

/// One of several incidents that want units at the same time.
public struct IncidentNeed: Sendable {
  /// As the dispatch system calls it, unique in a request; units whose task it is count as committed.
  @Composed public var id: String
  public var place: Place
  /// 1 is the most urgent and never waits for a less urgent one; 0 is not known and comes last.
  public var priority: Int
  public var wanted: RecommendRequest.Wanted
  /// The alarm, from 1; 0 is the first.
  public var level = 1
  @Composed public var committedIDs: [String] = []

  public init(_ id: String, at place: Place, priority: Int = 0, wanted: RecommendRequest.Wanted) {
    (self.id, self.place, self.priority, self.wanted) = (id, place, priority, wanted)
  }
}

/// What is made small among incidents that are as urgent, once as many places as possible are filled.
public enum AssignObjective: String, CaseIterable, Sendable {
  /// Nothing: one incident after the other, in the order given, as a dispatcher would.
  case oneByOne = "one_by_one"
  /// The sum of all arrival times.
  case fastestTotal = "fastest_total"
  /// The latest arrival, then the sum.
  case fairest
}

/// Which units go to which of several incidents.
public struct AssignRequest: Sendable {
  public var incidents: [IncidentNeed]
  public var objective = AssignObjective.oneByOne
  public var units = UnitFilter()
  /// In place of the rules that plans have for the same agencies.
  public var agencies: [AgencyRule] = []
  public var keep: [KeepRule] = []
  /// How many units that were not chosen are explained for each incident, 0 to ``Limits/explainedUnitsMax``.
  public var explainCount = 0
  /// Which units on less urgent calls are offered beside the answer, and swaps; `nil` for none. Its priority is 0: each
  /// incident has its own, and for one whose priority is not known nobody is offered.
  public var diversions: DiversionSearch?
  public var detail: RouteDetail = []
  /// For all incidents.
  public var reach = SnapReach()
  /// Closures that hold for this question only, at most ``Limits/whatIfClosuresMax``. Their times don't matter.
  public var whatIf: [RoadClosure] = []
  /// When the vehicles leave, at most a year ahead: what is known of traffic then counts. `nil` is now.
  public var departAt: Date?

  public init(_ incidents: [IncidentNeed]) { self.incidents = incidents }
}

/// Who goes to one of several incidents, and what that costs it or gains it.
public struct AssignedIncident: Sendable {
  public var incidentID: String
  public var recommended: RecommendAnswer
  /// Against one by one: of the first and of the last unit; negative is earlier. `nil` where nobody comes either way.
  public var firstChangeSeconds: Double?
  public var completeChangeSeconds: Double?

  public init(
    _ incidentID: String, _ recommended: RecommendAnswer, firstChangeSeconds: Double? = nil,
    completeChangeSeconds: Double? = nil
  ) {
    (self.incidentID, self.recommended) = (incidentID, recommended)
    (self.firstChangeSeconds, self.completeChangeSeconds) = (firstChangeSeconds, completeChangeSeconds)
  }
}

/// What the units that are sent now come to.
public struct AssignTotals: Hashable, Sendable {
  public var unitCount: Int
  public var openCount: Int
  /// Of all arrival times.
  public var totalSeconds: Double
  /// `nil` if nobody comes.
  public var latestSeconds: Double?

  public init(unitCount: Int, openCount: Int, totalSeconds: Double, latestSeconds: Double?) {
    (self.unitCount, self.openCount) = (unitCount, openCount)
    (self.totalSeconds, self.latestSeconds) = (totalSeconds, latestSeconds)
  }
}

/// Who goes where, always with what it would be one by one: somebody pays for a joint plan, and it shows who.
public struct AssignAnswer: Sendable {
  /// The snapshot that the answer comes from.
  public var version: UInt64
  /// What its times rest on.
  public var basis = SpeedBasis.live
  /// In the order of the request.
  public var incidents: [AssignedIncident]
  public var totals: AssignTotals
  public var oneByOne: AssignTotals
  /// Pairs of units under way to these incidents that would better change places, if diversions are asked for: the
  /// largest gain first.
  public var swaps: [UnitSwap] = []

  public init(version: UInt64, incidents: [AssignedIncident], totals: AssignTotals, oneByOne: AssignTotals) {
    (self.version, self.incidents, self.totals, self.oneByOne) = (version, incidents, totals, oneByOne)
  }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value of the request that can't be answered; it names the incident.
  public static func assign(_ request: AssignRequest, _ limits: EngineLimits) throws(EngineError) {
    guard !request.incidents.isEmpty else { throw EngineError(.invalidCount, "there is no incident", value: "0") }
    try atMost(Limits.incidentsMax, "incidents", request.incidents.count, "too many incidents")
    for incident in request.incidents {
      try id(incident.id, .invalidArgument)
      try named("incident \(incident.id)") { () throws(EngineError) in
        guard (0...Limits.priorityMax).contains(incident.priority) else {
          throw EngineError(
            .invalidArgument, "a priority is 1, the most urgent, to \(Limits.priorityMax), or 0 if it is not known",
            value: "\(incident.priority)")
        }
        var single = RecommendRequest(incident: incident.place, wanted: incident.wanted)
        (single.level, single.committedIDs) = (incident.level, incident.committedIDs)
        try recommend(single, limits)
      }
    }
    try unique(request.incidents.map(\.id), .duplicateIncident)
    try unique(request.incidents.flatMap(\.committedIDs), .invalidArgument)
    try agencies(request.agencies)
    var common = RecommendRequest(incident: request.incidents[0].place, wanted: request.incidents[0].wanted)
    (common.units, common.keep, common.explainCount) = (request.units, request.keep, request.explainCount)
    common.reach = request.reach
    try recommend(common, limits)
    if let search = request.diversions { try diversions(search, priority: 0...0) }
  }
}
