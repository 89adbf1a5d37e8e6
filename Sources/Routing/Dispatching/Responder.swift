import API

/// When a unit would be at an incident.
public struct Arrival: Hashable, Sendable {
  public var needsLastResort: Bool
  /// Turnout and travel.
  public var etaMilliseconds: Int64
  public var travelMilliseconds: Int64

  public init(needsLastResort: Bool = false, etaMilliseconds: Int64, travelMilliseconds: Int64? = nil) {
    (self.needsLastResort, self.etaMilliseconds) = (needsLastResort, etaMilliseconds)
    self.travelMilliseconds = travelMilliseconds ?? etaMilliseconds
  }
}

/// A unit that may be sent.
public struct Responder: Sendable {
  public var unit: ResponseUnit
  /// At each incident of a question, in their order; `nil` where it can't come.
  public var arrivals: [Arrival?]

  public init(_ unit: ResponseUnit, arrivals: [Arrival?]) { (self.unit, self.arrivals) = (unit, arrivals) }

  public init(_ unit: ResponseUnit, at arrival: Arrival) { self.init(unit, arrivals: [arrival]) }
}

/// A unit that may not be sent, or can't come.
public struct AbsentUnit: Sendable {
  public var unit: ResponseUnit
  public var reason: LeftOutReason
  /// When it would be there, if somebody wanted to know.
  public var arrival: Arrival?

  public init(_ unit: ResponseUnit, _ reason: LeftOutReason, arrival: Arrival? = nil) {
    (self.unit, self.reason, self.arrival) = (unit, reason, arrival)
  }
}

extension UnitNeed {
  /// Whether a unit may fill a place, but for the number of people on board.
  func isMet(by unit: ResponseUnit) -> Bool {
    capabilities.allSatisfy(unit.capabilities.contains) && (agencies.isEmpty || agencies.contains(unit.agency))
  }

  func hasCrew(_ unit: ResponseUnit) -> Bool { crewCountMin.map { (unit.crewCount ?? 0) >= $0 } ?? true }

  var penaltyMilliseconds: Int64 { Int64((penaltySeconds * 1000).rounded()) }
}

extension PlanLine {
  /// The needs that a unit meets, by their positions.
  func needs(metBy unit: ResponseUnit) -> [Int] {
    needs.indices.filter { needs[$0].isMet(by: unit) && needs[$0].hasCrew(unit) }
  }

  /// Whether a unit could fill a place if it had enough people.
  func isMetButForCrew(by unit: ResponseUnit) -> Bool {
    needs.contains { $0.isMet(by: unit) } && needs(metBy: unit).isEmpty
  }

  /// How many places take a unit from however far.
  var minimum: Int { min(minimumCount ?? count, count) }

  var travelMillisecondsMax: Int64? { travelSecondsMax.map { Int64(($0 * 1000).rounded()) } }
}
