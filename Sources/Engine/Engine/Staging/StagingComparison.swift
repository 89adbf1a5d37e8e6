import API
import Fleet
import Geometry
import Hierarchy
import RoadGraph
import Traffic

/// The ways of units to places where they may gather, and from there on, while a hazard is closed.
///
/// The ways on and back have the same ends for all places: one search for each. The ways of units to a place are one
/// search for each place and profile.
struct StagingComparison {
  let engine: TocsinEngine
  let state: EngineState
  let request: StagingRequest
  let hazard: Hazard
  let units: [StationedUnit]
  let limit: WorkLimit

  /// The vehicles that must get in and out, by the name of their profiles.
  var profileNames: [String] {
    Set(units.map(\.unit.profile) + (request.profile.isEmpty ? [] : [request.profile])).sorted()
  }

  /// What a vehicle of a profile finds at one of the places.
  struct Exit {
    var hasWayOut: Bool
    /// To the scene; `nil` if there is no way.
    var onwardSeconds: Double?
    /// A vehicle of the profile without a unit gets there.
    var hasWayIn = true
  }

  /// What becomes of places, in their order.
  func judged(_ places: [StagingPlace]) throws(EngineError) -> [Result<StagingSpot, Refused>] {
    var exits: [String: [Exit?]] = [:]
    for name in profileNames { exits[name] = try self.exits(from: places, name) }
    var judged: [Result<StagingSpot, Refused>] = []
    for (number, place) in places.enumerated() {
      try limit.check()
      judged.append(try judge(place, exits.mapValues { $0[number] }))
    }
    return judged
  }

  /// Why a place is none.
  struct Refused: Error {
    var obstacle: StagingObstacle
    var about = ""
  }

  private func judge(
    _ place: StagingPlace, _ exits: [String: Exit?]
  ) throws(EngineError) -> Result<StagingSpot, Refused> {
    if hazard.contains(place.coordinate) { return .failure(Refused(obstacle: .inHazard)) }
    for name in profileNames where (exits[name] ?? nil) == nil {
      return .failure(Refused(obstacle: .offRoad, about: name))
    }
    if let capacity = place.capacity, capacity < units.count { return .failure(Refused(obstacle: .tooSmall)) }
    var arrivals: [StagingArrival] = []
    var road: SnappedPlace?
    for name in profileNames {
      switch try self.arrivals(at: place, name) {
      case .failure(let refused): return .failure(refused)
      case .success(let found):
        arrivals += found.arrivals
        road = road ?? found.road
      }
    }
    var onward = 0.0
    for name in profileNames {
      guard let exit = exits[name] ?? nil else { continue }
      if !exit.hasWayIn { return .failure(Refused(obstacle: .unreached, about: name)) }
      if !exit.hasWayOut { return .failure(Refused(obstacle: .noWayOut, about: name)) }
      guard let seconds = exit.onwardSeconds else { return .failure(Refused(obstacle: .noWayOn, about: name)) }
      onward = max(onward, seconds)
    }
    guard let road else { return .failure(Refused(obstacle: .offRoad)) }
    arrivals.sort { ($0.etaSeconds, $0.unitID) < ($1.etaSeconds, $1.unitID) }
    return .success(
      StagingSpot(
        place, road: road, assembleSeconds: arrivals.last?.etaSeconds ?? 0, onwardSeconds: onward,
        arrivals: arrivals, wind: request.wind(at: place.coordinate)))
  }

  /// When the units of a profile are at a place.
  private func arrivals(
    at place: StagingPlace, _ name: String
  ) throws(EngineError) -> Result<(road: SnappedPlace?, arrivals: [StagingArrival]), Refused> {
    let profile = try engine.profileSnapshot(name, of: state.snapshot)
    guard let site = engine.sites.site(Place(place.coordinate), role: .destination, on: profile.roads) else {
      return .failure(Refused(obstacle: .offRoad, about: name))
    }
    let ranking = FastestUnitsRequest(incident: Place(place.coordinate), count: 1)
    return engine.manyToOne.withWorkspace { search in
      let approach = UnitApproach(profile, to: site, with: search, within: limit)
      var arrivals: [StagingArrival] = []
      for unit in units where unit.unit.profile == name {
        guard let found = approach.find(unit, ranking), !crosses(found.route, from: unit) else {
          return .failure(Refused(obstacle: .unreached, about: unit.unit.id))
        }
        arrivals.append(
          StagingArrival(unit.unit.id, etaSeconds: Double(approach.rank(found).etaMilliseconds) / 1000))
      }
      return .success((engine.sites.snappedPlace(site.candidates[0]), arrivals))
    }
  }

  /// True for a way into the hazard; out of it a unit may drive that stands there.
  private func crosses(_ route: Route, from unit: StationedUnit) -> Bool {
    !isInHazard(unit) && entersHazard(route)
  }

  /// True for a unit that stands in the hazard, or whose road lies there.
  private func isInHazard(_ unit: StationedUnit) -> Bool {
    hazard.contains(unit.unit.coordinate) || unit.snapped.map { hazard.contains($0.coordinate) } ?? false
  }

  private func entersHazard(_ route: Route) -> Bool {
    route.exemptions.contains { $0.closureIDs.contains(Hazard.closureID) }
  }

  // MARK: Ways on and back

  /// Where a vehicle of a profile gets from each place; `nil` where no road is near.
  private func exits(from places: [StagingPlace], _ name: String) throws(EngineError) -> [Exit?] {
    let profile = try engine.profileSnapshot(name, of: state.snapshot)
    guard let scene = engine.sites.site(request.scene, role: .destination, on: profile.roads) else {
      throw engine.sites.offMap(request.scene, within: SnapReach(), on: [profile.roads])
    }
    let origins = places.map { engine.sites.site(Place($0.coordinate), role: .origin, on: profile.roads) }
    let stops = places.map { engine.sites.site(Place($0.coordinate), role: .destination, on: profile.roads) }
    let onward = try ways(from: origins, to: scene, in: profile)
    guard let base = base(of: name),
      let home = engine.sites.site(Place(base), role: .destination, on: profile.roads)
    else {
      return places.indices.map { number -> Exit? in
        guard let origin = origins[number], let stop = stops[number] else { return nil }
        return Exit(
          hasWayOut: origin.isNoFarther(than: stop), onwardSeconds: onward[number]?.travelSeconds,
          hasWayIn: stop.isNoFarther(than: origin))
      }
    }
    let back = try ways(from: origins, to: home, in: profile)
    let isIn = try hasWayIn(from: base, to: places, name, profile)
    return places.indices.map { number -> Exit? in
      guard let origin = origins[number], let stop = stops[number] else { return nil }
      let isOut = back[number].map { !entersHazard($0) } ?? false
      return Exit(
        hasWayOut: isOut && origin.isNoFarther(than: stop), onwardSeconds: onward[number]?.travelSeconds,
        hasWayIn: isIn[number] && stop.isNoFarther(than: origin))
    }
  }

  /// Where vehicles of a profile come from, out of danger: where its first unit stands, or the first of all.
  private func base(of name: String) -> Coordinate? {
    let outside = units.filter { !isInHazard($0) }
    return (outside.first { $0.unit.profile == name } ?? outside.first)?.unit.coordinate
  }

  /// Whether a vehicle of a profile that no unit has gets to the places; units are looked at one by one.
  private func hasWayIn(
    from base: Coordinate, to places: [StagingPlace], _ name: String, _ profile: ProfileSnapshot
  ) throws(EngineError) -> [Bool] {
    guard !units.contains(where: { $0.unit.profile == name }) else { return places.map { _ in true } }
    guard let start = engine.sites.site(Place(base), role: .origin, on: profile.roads) else {
      return places.map { _ in false }
    }
    return try places.map { place throws(EngineError) in
      guard let site = engine.sites.site(Place(place.coordinate), role: .destination, on: profile.roads) else {
        return false
      }
      return try ways(from: [start], to: site, in: profile)[0].map { !entersHazard($0) } ?? false
    }
  }

  private func ways(
    from origins: [Site?], to site: Site, in profile: ProfileSnapshot
  ) throws(EngineError) -> [Route?] {
    let trips = TripSearch(to: site.places, in: profile, within: limit)
    return try engine.manyToOne.withWorkspace { search throws(EngineError) in
      search.setTargets(trips.targets, metric: profile.metric)
      return try origins.map { origin throws(EngineError) -> Route? in
        try limit.check()
        let trip = origin.flatMap { trips.fastestTrip(from: $0.places.map { TripOrigin($0) }, with: search) }
        return trip.map { RouteAssembly.line(of: $0, profile, detail: []) }
      }
    }
  }
}

extension Site {
  /// True for roads that are as good as others of the same place: those by which a vehicle comes are those by which it
  /// goes, or their other carriageway.
  fileprivate func isNoFarther(than other: Site) -> Bool {
    candidates[0].distanceMeters <= other.candidates[0].distanceMeters + SiteFinder.carriagewayMeters
  }
}
