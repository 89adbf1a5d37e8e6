import API
import Fleet
import Foundation
import Ledger
import Traffic

extension TocsinEngine {
  public func putUnits(_ units: [ResponseUnit], by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> UnitsAnswer
  {
    try Validation.atMost(limits.unitsMax, "limits.units", units.count, "too many units in one call")
    try Validation.unique(units.map(\.id), .invalidUnit)
    for unit in units { try Validation.unit(unit, profiles: profileNames) }
    let snapshot = currentState().snapshot
    let early = try units.map { unit throws(EngineError) in
      try limit.check()
      return stationed(unit, in: snapshot)
    }
    let values = try units.map { unit throws(EngineError) in try encoded(unit) }
    let committed = try change(by: origin, within: limit) { [self] draft, latest throws(EngineError) in
      let newCount = units.count { draft.fleet[$0.id] == nil }
      try Validation.atMost(limits.unitsMax, "limits.units", draft.fleet.count + newCount, "too many units")
      var drafted = DraftedChange()
      for (unit, value) in zip(units, values) {
        if draft.fleet[unit.id]?.unit.differsInPositionOnly(from: unit) == true {
          drafted.positions[.unit(unit.id)] = value
        } else {
          drafted.changes.append(.put(.unit(unit.id), value))
        }
      }
      let areRoadsTheSame = latest.roadsVersion == snapshot.roadsVersion
      for unit in areRoadsTheSame ? early : units.map({ stationed($0, in: latest) }) {
        draft.fleet.put(unit)
        draft.unitNews.append(UnitNews(id: unit.unit.id, now: unit))
      }
      return drafted
    }
    return UnitsAnswer(version: committed.version, count: units.count)
  }

  public func removeUnits(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> UnitsAnswer {
    try Validation.unique(ids, .invalidUnit)
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      if let id = ids.first(where: { draft.fleet[$0] == nil }) {
        throw EngineError(.unknownUnit, "no unit has this id", value: id)
      }
      for id in ids {
        _ = draft.fleet.remove(id)
        draft.unitNews.append(UnitNews(id: id, now: nil))
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

  /// Puts a unit on the roads of its profile.
  func stationed(_ unit: ResponseUnit, in snapshot: TrafficSnapshot) -> StationedUnit {
    guard let roads = snapshot[profile: unit.profile]?.roads else {
      return StationedUnit(unit, starts: [], snapped: nil)
    }
    let site = doorSite(of: unit, on: roads) ?? originSite(of: unit, on: roads)
    guard let nearest = site?.candidates.first else { return StationedUnit(unit, starts: [], snapped: nil) }
    let places = Site(candidates: [nearest]).places
    let starts = places.map { place in
      let rest = roads.freeFlowParts.costToHead(of: place.arc, from: place.position).weight
      let whole = roads.freeFlowWeights[place.arc.position]
      return UnitStart(place: place, traversedWeight: whole - min(rest, whole))
    }
    return StationedUnit(unit, starts: starts, snapped: nearest)
  }

  private func originSite(of unit: ResponseUnit, on roads: ProfileRoads) -> Site? {
    // A heading that fits no road near is a unit that turns or stands: then its place alone counts.
    sites.site(Place(unit.coordinate, headingDegrees: unit.headingDegrees), role: .origin, on: roads)
      ?? sites.site(Place(unit.coordinate), role: .origin, on: roads)
  }

  /// The road in front of the doors behind which a unit stands; `nil` if it is out, or its station has none on record.
  private func doorSite(of unit: ResponseUnit, on roads: ProfileRoads) -> Site? {
    guard let doors = roads.costs.adjustments.overrides.doors(ofStation: unit.station, at: unit.coordinate) else {
      return nil
    }
    let place = Place(doors.coordinate, headingDegrees: doors.headingDegrees)
    let way = doors.wayOSMID.flatMap { map.network.way(osmID: $0) }
    return way.flatMap { sites.site(place, onWay: $0, on: roads) } ?? sites.site(place, role: .origin, on: roads)
  }
}

extension ResponseUnit {
  /// True if `report` says nothing new about the unit but where it is: the same unit, later or elsewhere.
  fileprivate func differsInPositionOnly(from report: ResponseUnit) -> Bool {
    var moved = self
    (moved.coordinate, moved.headingDegrees, moved.reportedAt) =
      (report.coordinate, report.headingDegrees, report.reportedAt)
    return moved == report
  }
}
