import API
import Fleet
import Profiles
import Traffic

/// Where a unit stands: in front of its station's doors, or where it reports from.
extension SiteFinder {
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
    site(Place(unit.coordinate, headingDegrees: unit.headingDegrees), role: .origin, on: roads)
      ?? site(Place(unit.coordinate), role: .origin, on: roads)
  }

  /// The road in front of the doors behind which a unit stands; `nil` if it is out, or its station has none on record.
  private func doorSite(of unit: ResponseUnit, on roads: ProfileRoads) -> Site? {
    guard let doors = roads.costs.adjustments.overrides.doors(ofStation: unit.station, at: unit.coordinate) else {
      return nil
    }
    let place = Place(doors.coordinate, headingDegrees: doors.headingDegrees)
    let way = doors.wayOSMID.flatMap { network.way(osmID: $0) }
    return way.flatMap { site(place, onWay: $0, on: roads) } ?? site(place, role: .origin, on: roads)
  }
}
