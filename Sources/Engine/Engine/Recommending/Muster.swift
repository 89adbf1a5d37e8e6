import API
import Dispatching
import Fleet
import Foundation
import Traffic

/// The fleet before an incident: who may be sent, and who may not and why.
struct Muster {
  /// A unit as it counts.
  struct Entry {
    /// Where it stands or is assumed to.
    var stationed: StationedUnit
    /// As it is known.
    var unit: ResponseUnit
    /// `nil` if it counts elsewhere than it was reported.
    var facts: UnitColumns.Facts?
    var isAssumed = false
    /// It is there already, or the dispatcher insists on it.
    var isBound = false
  }

  private(set) var mayGo: [Entry] = []
  /// Their status alone keeps them; they are looked at to be explained, or called off.
  private(set) var busy: [Entry] = []
  private(set) var absent: [AbsentUnit] = []
  /// Units that nothing is wanted of, counted alone.
  private(set) var notNeededCount = 0

  private let filter: UnitFilter
  private let excluded: Set<String>
  private let boundIDs: Set<String>
  private let moves: [String: UnitMove]
  private let snapshot: TrafficSnapshot
  private let sites: SiteFinder
  private let moment: Date

  /// - Parameters:
  ///   - boundIDs: units that count whatever the filter says.
  ///   - moves: units that are thought of elsewhere or away, by id.
  ///   - isWanted: whether a unit could fill any place, or counts for a rule.
  init(
    _ fleet: FleetRegister, _ filter: UnitFilter, boundIDs: Set<String> = [], moves: [String: UnitMove] = [:],
    in snapshot: TrafficSnapshot, _ sites: SiteFinder, at moment: Date, within limit: WorkLimit,
    where isWanted: (ResponseUnit) -> Bool = { _ in true }
  ) throws(EngineError) {
    (self.filter, self.boundIDs, self.moves) = (filter, boundIDs, moves)
    (self.snapshot, self.sites, self.moment) = (snapshot, sites, moment)
    excluded = Set(filter.excludedIDs)
    for (_, columns) in fleet.byProfile {
      try limit.check()
      for index in columns.units.indices {
        let stationed = columns.units[index]
        if boundIDs.contains(stationed.unit.id) || isWanted(stationed.unit) {
          add(stationed, columns.facts[index])
        } else {
          notNeededCount += 1
        }
      }
    }
    leaveOutCrewsThatAreOut(fleet)
  }

  private mutating func add(_ stationed: StationedUnit, _ facts: UnitColumns.Facts) {
    let unit = stationed.unit
    var entry = Entry(stationed: stationed, unit: unit, facts: facts, isBound: boundIDs.contains(unit.id))
    if let move = moves[unit.id] {
      guard let place = move.place else { return }
      entry.stand(at: place, in: snapshot, sites)
    }
    if entry.isBound { return mayGo.append(entry) }
    if excluded.contains(unit.id) { return absent.append(AbsentUnit(unit, .excluded)) }
    let reason = reasonBesidesStatus(&entry)
    if !filter.statuses.contains(unit.status) {
      // Who could not go either way is nobody to be told of.
      if reason == nil { busy.append(entry) }
      return absent.append(AbsentUnit(unit, .status))
    }
    if let reason { return absent.append(AbsentUnit(unit, reason)) }
    mayGo.append(entry)
  }

  private func reasonBesidesStatus(_ entry: inout Entry) -> LeftOutReason? {
    let unit = entry.unit
    if !filter.agencies.isEmpty, !filter.agencies.contains(unit.agency) { return .agency }
    if !filter.capabilities.allSatisfy(unit.capabilities.contains) { return .capability }
    if moves[unit.id] == nil, let limit = filter.positionAgeSecondsMax,
      moment.timeIntervalSince(unit.reportedAt) > limit
    {
      guard filter.stale == .atHome, unit.status == .available, let home = unit.home else { return .stalePosition }
      entry.stand(at: home, in: snapshot, sites)
      entry.isAssumed = true
    }
    return entry.stationed.starts.isEmpty ? .offMap : nil
  }

  /// A crew that is out with one vehicle is not there for its others.
  private mutating func leaveOutCrewsThatAreOut(_ fleet: FleetRegister) {
    let crews = Set(mayGo.map(\.unit.crewID)).subtracting([""])
    if crews.isEmpty { return }
    var out: Set<String> = []
    for (_, columns) in fleet.byProfile {
      for unit in columns.units.lazy.map(\.unit) where crews.contains(unit.crewID) {
        if !filter.statuses.contains(unit.status), unit.status != .outOfService { out.insert(unit.crewID) }
      }
    }
    absent += mayGo.filter { !$0.isBound && out.contains($0.unit.crewID) }.map { AbsentUnit($0.unit, .crew) }
    mayGo.removeAll { !$0.isBound && out.contains($0.unit.crewID) }
  }
}

extension Muster.Entry {
  /// As if it waited at a place: its home, or a post that it is thought at.
  fileprivate mutating func stand(at place: Place, in snapshot: TrafficSnapshot, _ sites: SiteFinder) {
    var counted = unit
    (counted.coordinate, counted.headingDegrees) = (place.coordinate, place.headingDegrees)
    (counted.status, counted.home) = (.available, place)
    stationed = sites.stationed(counted, in: snapshot)
    facts = nil
  }
}
