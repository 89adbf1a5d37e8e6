import API
import Fleet
import Foundation
import Ledger
import Traffic

/// Units: what reports make of them is worked out as they come in, and again when the change has its turn if they were
/// changed meanwhile.
extension TocsinEngine {
  public func putUnits(_ units: [ResponseUnit], by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> UnitsAnswer
  {
    try Validation.atMost(limits.unitsMax, "limits.units", units.count, "too many units in one call")
    try Validation.unique(units.map(\.id), .invalidUnit)
    let moment = now()
    for unit in units { try Validation.unit(unit, profiles: profileNames, at: moment, limits) }
    let committed = try take(units.map(UnitReport.whole), at: moment, by: origin, within: limit)
    let reported = committed.change.units
    return UnitsAnswer(
      version: committed.version, count: units.count, olderPositionCount: reported.count { $0.outcome.isPositionOlder },
      olderStatusCount: reported.count { $0.outcome.isStatusOlder })
  }

  public func setStatus(_ report: StatusReport, by origin: ChangeOrigin) throws(EngineError) -> StatusReportAnswer {
    let moment = now()
    try Validation.status(report, at: moment, limits)
    let committed = try take([.status(report)], at: moment, by: origin, within: .none)
    guard let outcome = committed.change.units.first?.outcome else { throw .unknownUnit(report.id) }
    return StatusReportAnswer(version: committed.version, unit: outcome.unit, isOlder: outcome.isStatusOlder)
  }

  public func reportPositions(_ reports: [PositionReport], by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> PositionsAnswer
  {
    try Validation.atMost(limits.unitsMax, "limits.units", reports.count, "too many positions in one call")
    let moment = now()
    var taken: [UnitReport] = []
    var answer = PositionsAnswer(version: 0)
    for report in reports {
      do throws(EngineError) {
        try Validation.position(report, at: moment, limits)
        taken.append(.position(report))
      } catch {
        answer.refuse(RefusedReport(id: report.id, error: error))
      }
    }
    let committed = try take(taken, at: moment, by: origin, within: limit)
    answer.version = committed.version
    answer.unknown = IDList(Array(committed.change.unknownUnitIDs))
    answer.olderCount = committed.change.units.count { $0.outcome.isPositionOlder }
    answer.count = committed.change.units.count - answer.olderCount
    return answer
  }

  public func removeUnits(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> UnitsAnswer {
    let ids = ids.composed
    try Validation.unique(ids, .invalidUnit)
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      if let id = ids.first(where: { draft.fleet[$0] == nil }) { throw .unknownUnit(id) }
      for id in ids {
        _ = draft.fleet.remove(id)
        draft.unitChanges.append(UnitChange(id: id, now: nil))
      }
      return DraftedChange(changes: ids.map { .remove(.unit($0)) })
    }
    return UnitsAnswer(version: committed.version, count: ids.count)
  }

  public func listUnits() -> (version: UInt64, units: [ListedUnit]) {
    let state = currentState()
    let units = state.fleet.sorted.map { stationed in
      ListedUnit(unit: stationed.unit, snapped: stationed.snapped.map(sites.snappedPlace))
    }
    return (state.snapshot.version, units)
  }
}

extension EngineError {
  fileprivate static func unknownUnit(_ id: String) -> EngineError {
    EngineError(.unknownUnit, "no unit has this id", value: id)
  }
}

/// A unit that a report is about: as it was, and as it is now.
struct ReportedUnit: Sendable {
  /// `nil` for one that is new.
  let known: StationedUnit?
  let now: StationedUnit
  let outcome: UnitReport.Outcome
  /// How the ledger keeps it.
  let encoding: Data

  /// True if it is new, or differs in something else than where it is and since when: what must be safe at once.
  var isNews: Bool { !(known?.unit.goesOn(as: now.unit) ?? false) }
}

// MARK: - Reports in a change

extension TocsinEngine {
  /// Makes reports a change, in their order. Those about units that would have to be known and aren't are left out.
  private func take(
    _ reports: [UnitReport], at moment: Date, by origin: ChangeOrigin, within limit: WorkLimit
  ) throws(EngineError) -> CommittedChange {
    let clock = ReportClock(now: moment, limits)
    let state = currentState()
    let early = try reported(by: reports, clock, on: state.fleet, in: state.snapshot) { _, _ throws(EngineError) in
      try limit.check()
      return nil
    }
    let areMoves = early.allSatisfy { !($0?.isNews ?? false) }
    let committed = try change(by: origin, within: limit, as: areMoves ? .move : .kept) {
      [self] draft, latest throws(EngineError) in
      let areRoadsTheSame = latest.roadsVersion == state.snapshot.roadsVersion
      let units = try reported(by: reports, clock, on: draft.fleet, in: latest) { index, known in
        early[index].flatMap { areRoadsTheSame && $0.known === known ? $0 : nil }
      }
      let newCount = units.count { $0.map { $0.known == nil } ?? false }
      try Validation.atMost(limits.unitsMax, "limits.units", draft.fleet.count + newCount, "too many units")
      return enter(units, of: reports, into: &draft)
    }
    if !areMoves { context.postMoves.note(committed.change.units, at: moment) }
    return committed
  }

  /// What each report makes of its unit; `nil` for units that would have to be known and aren't.
  ///
  /// - Parameter earlier: what was worked out before for a report, if it still holds for a unit known like this.
  private func reported(
    by reports: [UnitReport], _ clock: ReportClock, on fleet: FleetRegister, in snapshot: TrafficSnapshot,
    earlier: (Int, StationedUnit?) throws(EngineError) -> ReportedUnit?
  ) throws(EngineError) -> [ReportedUnit?] {
    // Of units that are reported more than once.
    var latest: [String: StationedUnit] = [:]
    var units: [ReportedUnit?] = []
    units.reserveCapacity(reports.count)
    for (index, report) in reports.enumerated() {
      let known = latest[report.id] ?? fleet[report.id]
      var unit = try earlier(index, known)
      if unit == nil { unit = try reported(by: report, clock, on: known, in: snapshot) }
      if let unit { latest[report.id] = unit.now }
      units.append(unit)
    }
    return units
  }

  private func reported(
    by report: UnitReport, _ clock: ReportClock, on known: StationedUnit?, in snapshot: TrafficSnapshot
  ) throws(EngineError) -> ReportedUnit? {
    guard let outcome = report.outcome(on: known?.unit, by: clock) else { return nil }
    let now = known?.staying(as: outcome.unit) ?? sites.stationed(outcome.unit, in: snapshot)
    return ReportedUnit(known: known, now: now, outcome: outcome, encoding: try outcome.unit.ledgerData())
  }

  /// Enters units into a draft: what is news must be recorded first, the rest soon.
  private func enter(_ units: [ReportedUnit?], of reports: [UnitReport], into draft: inout StateDraft) -> DraftedChange
  {
    var drafted = DraftedChange()
    for (report, unit) in zip(reports, units) {
      guard let unit else {
        drafted.unknownUnitIDs.insert(report.id)
        continue
      }
      drafted.units.append(unit)
      if unit.known === unit.now { continue }
      if unit.isNews {
        drafted.changes.append(.put(.unit(report.id), unit.encoding))
      } else {
        drafted.positions[.unit(report.id)] = unit.encoding
      }
      draft.fleet.put(unit.now)
      draft.unitChanges.append(UnitChange(id: report.id, now: unit.now))
    }
    return drafted
  }
}

extension StationedUnit {
  /// The unit after a report, if it stands where it stood, for the same roads: itself if nothing changed at all.
  fileprivate func staying(as report: ResponseUnit) -> StationedUnit? {
    if unit == report { return self }
    guard unit.profile == report.profile, unit.station == report.station, unit.coordinate == report.coordinate,
      unit.headingDegrees == report.headingDegrees
    else { return nil }
    return StationedUnit(report, starts: starts, snapped: snapped, startsWithinMeters: startsWithinMeters)
  }
}

extension ResponseUnit {
  /// True if `report` says nothing new about the unit but where it is and since when: the same, later or elsewhere.
  fileprivate func goesOn(as report: ResponseUnit) -> Bool {
    var later = self
    (later.coordinate, later.headingDegrees, later.reportedAt, later.statusAt) =
      (report.coordinate, report.headingDegrees, report.reportedAt, report.statusAt)
    return later == report
  }
}
