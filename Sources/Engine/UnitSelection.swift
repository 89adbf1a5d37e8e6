import Fleet
import Foundation

/// Sorts the fleet into units that may be ranked, by profile, and those that are left out, by reason.
struct UnitSelection {
  private(set) var unitsByProfile: [String: [StationedUnit]] = [:]
  private(set) var leftOut: [LeftOutReason: Int] = [:]
  private let request: FastestUnitsRequest
  private let moment: Date

  init(_ request: FastestUnitsRequest, now moment: Date) {
    self.request = request
    self.moment = moment
  }

  mutating func add(_ unit: StationedUnit) {
    if let reason = reasonToLeaveOut(unit) {
      leaveOut(1, reason)
    } else {
      unitsByProfile[unit.unit.profile, default: []].append(unit)
    }
  }

  mutating func leaveOut(_ count: Int, _ reason: LeftOutReason) {
    if count > 0 { leftOut[reason, default: 0] += count }
  }

  private func reasonToLeaveOut(_ stationed: StationedUnit) -> LeftOutReason? {
    let unit = stationed.unit
    if !request.statuses.contains(unit.status) { return .status }
    if !request.agencies.isEmpty && !request.agencies.contains(unit.agency) { return .agency }
    if !request.capabilities.allSatisfy(unit.capabilities.contains) { return .capability }
    if let limit = request.positionAgeSecondsMax, moment.timeIntervalSince(unit.reportedAt) > limit {
      return .stalePosition
    }
    return stationed.starts.isEmpty ? .offMap : nil
  }
}
