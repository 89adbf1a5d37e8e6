import Fleet
import Foundation

/// Sorts the fleet into units that may be ranked, by profile, and those that are left out, by reason.
struct UnitSelection {
  private(set) var unitsByProfile: [String: [StationedUnit]] = [:]
  private let request: FastestUnitsRequest
  private let statuses: [UnitStatus]
  private let moment: Date
  /// How many units are left out, by reason. A short list: faster than hashing a reason for every unit.
  private var tally: [(reason: LeftOutReason, count: Int)] = []

  init(_ request: FastestUnitsRequest, now moment: Date) {
    self.request = request
    self.moment = moment
    statuses = Array(request.statuses)
  }

  /// The number of units left out for each reason.
  var leftOut: [LeftOutReason: Int] { Dictionary(uniqueKeysWithValues: tally.map { ($0.reason, $0.count) }) }

  /// Adds the units of one profile, once. O(units).
  mutating func add(_ units: some Collection<StationedUnit>, of profile: String) {
    var chosen: [StationedUnit] = []
    chosen.reserveCapacity(units.count)
    for unit in units {
      if let reason = reasonToLeaveOut(unit) { leaveOut(1, reason) } else { chosen.append(unit) }
    }
    if !chosen.isEmpty { unitsByProfile[profile] = chosen }
  }

  mutating func leaveOut(_ count: Int, _ reason: LeftOutReason) {
    if count == 0 { return }
    if let known = tally.firstIndex(where: { $0.reason == reason }) {
      tally[known].count += count
    } else {
      tally.append((reason, count))
    }
  }

  /// Looks at single properties: a copy of a unit would count references to all of its texts.
  private func reasonToLeaveOut(_ stationed: StationedUnit) -> LeftOutReason? {
    if !statuses.contains(stationed.unit.status) { return .status }
    if !request.agencies.isEmpty && !request.agencies.contains(stationed.unit.agency) { return .agency }
    if !request.capabilities.allSatisfy({ stationed.unit.capabilities.contains($0) }) { return .capability }
    if let limit = request.positionAgeSecondsMax, moment.timeIntervalSince(stationed.unit.reportedAt) > limit {
      return .stalePosition
    }
    return stationed.starts.isEmpty ? .offMap : nil
  }
}
