/// Which units count for a question about many of them.
public struct UnitFilter: Hashable, Sendable {
  /// Units of other statuses are left out.
  public var statuses: Set<UnitStatus> = [.available]
  /// A unit must belong to one of these; empty takes all.
  @Composed public var agencies: [String] = []
  /// A unit must have all of these.
  @Composed public var capabilities: [String] = []
  /// Units that drive longer are left out.
  public var travelSecondsMax: Double?
  /// A position that is older is stale.
  public var positionAgeSecondsMax: Double?
  public var stale = StalePosition.leftOut
  /// Units that the caller holds back.
  @Composed public var excludedIDs: [String] = []

  public init() {}
}

/// What becomes of a unit whose position is stale.
public enum StalePosition: String, CaseIterable, Sendable {
  case leftOut = "left_out"
  /// An available unit that has a home counts as standing there, and the answer says so. A unit under way is nowhere.
  case atHome = "at_home"
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value that can't be answered.
  public static func filter(_ filter: UnitFilter, _ limits: EngineLimits) throws(EngineError) {
    try atMost(Limits.capabilitiesMax, "capabilities", filter.capabilities.count, "too many capabilities")
    try atMost(limits.unitsMax, "limits.units", filter.excludedIDs.count, "too many units that are held back")
    try positive(filter.travelSecondsMax, "the largest travel time")
    try positive(filter.positionAgeSecondsMax, "the largest age of a position", max: Limits.timeToLiveSecondsMax)
  }
}
