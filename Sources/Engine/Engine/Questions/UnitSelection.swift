import API
import Fleet
import Foundation

/// Sorts the fleet into units that may be ranked, by profile, and those that are left out, by reason.
struct UnitSelection {
  /// Of the units of a profile those that may be ranked, by their indices in its columns.
  struct Chosen {
    var columns: UnitColumns
    var indices: [UInt32]
  }

  private(set) var chosenByProfile: [String: Chosen] = [:]
  /// Those that their status alone keeps away, if some units are to be explained.
  private(set) var busyByProfile: [String: Chosen] = [:]
  private let request: FastestUnitsRequest
  private let statuses: [UnitStatus]
  private let agencies: Set<String>
  private let moment: Date
  /// How many units are left out, by reason. A short list: faster than hashing a reason for every unit.
  private var tally: [(reason: LeftOutReason, count: Int)] = []

  init(_ request: FastestUnitsRequest, now moment: Date) {
    (self.request, self.moment, statuses) = (request, moment, Array(request.statuses))
    agencies = Set(request.agencies)
  }

  /// The profiles that units drive by which are looked at.
  var profiles: Set<String> { Set(chosenByProfile.keys).union(busyByProfile.keys) }

  /// The number of units left out for each reason.
  var leftOut: [LeftOutReason: Int] { Dictionary(uniqueKeysWithValues: tally.map { ($0.reason, $0.count) }) }

  /// Adds the units of one profile, once. O(units).
  mutating func add(_ columns: UnitColumns, of profile: String) {
    var (indices, busy): ([UInt32], [UInt32]) = ([], [])
    indices.reserveCapacity(columns.facts.count)
    for index in columns.facts.indices {
      if !statuses.contains(columns.facts[index].status) {
        leaveOut(1, .status)
        if request.explainCount > 0, reasonBesidesStatus(index, of: columns) == nil { busy.append(UInt32(index)) }
      } else if let reason = reasonBesidesStatus(index, of: columns) {
        leaveOut(1, reason)
      } else {
        indices.append(UInt32(index))
      }
    }
    if !indices.isEmpty { chosenByProfile[profile] = Chosen(columns: columns, indices: indices) }
    if !busy.isEmpty { busyByProfile[profile] = Chosen(columns: columns, indices: busy) }
  }

  mutating func leaveOut(_ count: Int, _ reason: LeftOutReason) {
    if count == 0 { return }
    if let known = tally.firstIndex(where: { $0.reason == reason }) {
      tally[known].count += count
    } else {
      tally.append((reason, count))
    }
  }

  /// Looks at the unit itself only where the question is about its texts.
  private func reasonBesidesStatus(_ index: Int, of columns: UnitColumns) -> LeftOutReason? {
    let facts = columns.facts[index]
    if !agencies.isEmpty && !agencies.contains(columns.units[index].unit.agency) { return .agency }
    if !request.capabilities.isEmpty {
      let capabilities = columns.units[index].unit.capabilities
      if !request.capabilities.allSatisfy({ capabilities.contains($0) }) { return .capability }
    }
    if let limit = request.positionAgeSecondsMax, moment.timeIntervalSince(facts.reportedAt) > limit {
      return .stalePosition
    }
    return facts.isOnRoad ? nil : .offMap
  }
}
