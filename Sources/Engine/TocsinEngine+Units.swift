import Fleet
import Foundation
import Ledger
import Traffic

extension TocsinEngine {
  public func putUnits(_ units: [ResponseUnit]) throws(EngineError) -> UnitsAnswer {
    try Validation.atMost(Limits.unitsMax, units.count, "too many units in one call")
    try Validation.unique(units.map(\.id), .invalidUnit)
    for unit in units { try Validation.unit(unit, profiles: profileNames) }
    let snapshot = currentState().snapshot
    let early = units.map { stationed($0, in: snapshot) }
    return try writer.withLock { _ throws(EngineError) in
      let state = currentState()
      var fleet = state.fleet
      let areRoadsTheSame = state.snapshot.roadsVersion == snapshot.roadsVersion
      for unit in areRoadsTheSame ? early : units.map({ stationed($0, in: state.snapshot) }) { fleet.put(unit) }
      try Validation.atMost(Limits.unitsMax, fleet.count, "too many units")
      try record(try units.map { unit throws(EngineError) in try .put(.unit(unit.id), encoded(unit)) })
      return publish(fleet, changed: units.count)
    }
  }

  public func removeUnits(_ ids: [String]) throws(EngineError) -> UnitsAnswer {
    try Validation.unique(ids, .invalidUnit)
    return try writer.withLock { _ throws(EngineError) in
      var fleet = currentState().fleet
      for id in ids {
        guard fleet.remove(id) else { throw EngineError(.unknownUnit, "no unit has this id", value: id) }
      }
      try record(ids.map { .remove(.unit($0)) })
      return publish(fleet, changed: ids.count)
    }
  }

  public func listUnits() -> (version: UInt64, units: [ListedUnit]) {
    let state = currentState()
    let units = state.fleet.sorted.map { stationed in
      ListedUnit(unit: stationed.unit, snapped: stationed.snapped.map(sites.snappedPlace))
    }
    return (state.snapshot.version, units)
  }

  private func publish(_ fleet: FleetRegister, changed: Int) -> UnitsAnswer {
    state.withLock { state in
      state.fleet = fleet
      return UnitsAnswer(version: state.snapshot.version, count: changed)
    }
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
      return UnitStart(arc: place.arc, position: place.position, traversedWeight: whole - min(rest, whole))
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
