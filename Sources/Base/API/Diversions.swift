/// Which units on less urgent calls are looked at for an incident, and offered to the dispatcher; never chosen.
///
/// A unit under way to a call, or at it, may be called off if it is known that the call is less urgent: one of unknown
/// priority is left alone. It is offered where it would be earlier than the last unit of a line that it fits, or fills
/// an open place; and if its call loses little, or is less urgent by two or more. A unit that transports somebody never
/// is.
public struct DiversionSearch: Hashable, Sendable {
  /// Of the new incident; 1 is the most urgent.
  public var priority: Int
  /// How much earlier a unit is at the least.
  public var gainSecondsMin = DiversionSearch.gainSecondsMinDefault
  /// From which it may be called off: of dispatched, en route, on scene.
  public var statuses: Set<UnitStatus> = [.dispatched, .enRoute]
  /// How much later somebody else may be at its call, if that is less urgent by one.
  public var lossSecondsMax = DiversionSearch.lossSecondsMaxDefault

  public init(priority: Int = 0) { self.priority = priority }

  public static let gainSecondsMinDefault = 60.0
  public static let lossSecondsMaxDefault = 120.0
  /// In which a unit is at a call from which it can be called off.
  public static let statusesAllowed: [UnitStatus] = [.dispatched, .enRoute, .onScene]
  /// A call that is less urgent by so much loses its unit whatever that costs it.
  public static let priorityStepsThatDecide = 2
  /// What a swap of two units gains both incidents together, at the least.
  public static let swapGainSecondsMin = 120.0
  /// How much later than now no unit is at one of them after a swap.
  public static let swapLossSecondsMax = 30.0
}

/// A unit that could be called off.
public struct Diversion: Hashable, Sendable {
  public var unit: RankedUnit
  /// Empty if nobody said which it is.
  public var fromIncidentID: String
  /// In place of whom; empty for one that fills an open place.
  public var insteadOfUnitID: String
  public var line: String
  /// How much earlier it is; `nil` for an open place.
  public var gainSeconds: Double?
  /// Who goes to its old place then: of those that can do all that it can the best one, with the units of the new
  /// incident taken. `nil` if nobody can, or if nobody knows where the place is.
  public var replacement: RankedUnit?
  /// How much later that one is there; negative is earlier.
  public var lossSeconds: Double?

  public init(_ unit: RankedUnit, from incidentID: String, insteadOf unitID: String = "", line: String) {
    (self.unit, fromIncidentID, insteadOfUnitID, self.line) = (unit, incidentID, unitID, line)
  }
}

/// Two units under way that would better change their incidents.
public struct UnitSwap: Hashable, Sendable {
  /// One of them, at its new incident in place of the other one.
  public struct Side: Hashable, Sendable {
    public var unit: RankedUnit
    public var fromIncidentID: String
    public var toIncidentID: String
    /// There.
    public var line: String
    /// How much earlier it is there than the other one; negative is later.
    public var gainSeconds: Double

    public init(
      _ unit: RankedUnit, from incidentID: String, to otherID: String, line: String, gainSeconds: Double
    ) {
      (self.unit, fromIncidentID, toIncidentID) = (unit, incidentID, otherID)
      (self.line, self.gainSeconds) = (line, gainSeconds)
    }
  }

  public var one: Side
  public var other: Side

  public init(_ one: Side, _ other: Side) { (self.one, self.other) = (one, other) }

  /// Of both incidents together.
  public var gainSeconds: Double { ((one.gainSeconds + other.gainSeconds) * 1000).rounded() / 1000 }
}

extension Validation {
  /// - Throws: `INVALID_ARGUMENT` for the first value that can't be answered.
  static func diversions(_ search: DiversionSearch, priority: ClosedRange<Int>) throws(EngineError) {
    guard priority.contains(search.priority) else {
      throw EngineError(
        .invalidArgument,
        priority == 0...0
          ? "incidents that are assigned together have their own priorities: that of the search is 0"
          : "diversions are looked for if the incident's priority is known: 1, the most urgent, to \(Limits.priorityMax)",
        value: "\(search.priority)")
    }
    try positive(search.gainSecondsMin, "the least gain of a diversion")
    try positive(search.lossSecondsMax, "the largest loss of a diversion")
    if let status = search.statuses.subtracting(DiversionSearch.statusesAllowed).map(\.rawValue).min() {
      throw EngineError(
        .invalidArgument, "units are called off while they are dispatched, en route or on scene", value: status)
    }
  }
}
