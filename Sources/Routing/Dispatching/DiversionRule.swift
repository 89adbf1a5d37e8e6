import API

/// Which units may be called off for an incident, and at what price.
public struct DiversionRule: Sendable {
  /// Of the incident; 0 if it is not known, and then nobody is called off.
  public let priority: Int
  public let gainMillisecondsMin: Int64
  public let lossMillisecondsMax: Int64
  private let statuses: Set<UnitStatus>

  public init(_ search: DiversionSearch, priority: Int) {
    self.priority = priority
    gainMillisecondsMin = Int64((search.gainSecondsMin * 1000).rounded())
    lossMillisecondsMax = Int64((search.lossSecondsMax * 1000).rounded())
    statuses = search.statuses.intersection(DiversionSearch.statusesAllowed)
  }

  /// Whether a unit is at a call of which it is known that it is less urgent, and may still be called off from it.
  public func mayCallOff(_ unit: ResponseUnit) -> Bool { statuses.contains(unit.status) && stepsBelow(unit) > 0 }

  /// Whether its call may lose a unit.
  ///
  /// - Parameter lossMilliseconds: how much later the call has somebody; `nil` if nobody knows that it ever has.
  public func accepts(_ unit: ResponseUnit, lossMilliseconds: Int64?) -> Bool {
    stepsBelow(unit) >= DiversionSearch.priorityStepsThatDecide
      || (lossMilliseconds.map { $0 <= lossMillisecondsMax } ?? false)
  }

  /// By how many priorities its call is less urgent; 0 if one of them is not known.
  private func stepsBelow(_ unit: ResponseUnit) -> Int {
    guard priority > 0, let other = unit.task?.priority, other > 0 else { return 0 }
    return max(other - priority, 0)
  }
}
