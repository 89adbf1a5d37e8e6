import API
import Geometry
import Hierarchy
import RoadGraph
import Traffic

/// The reach of an answer, from the ways that it found.
extension TocsinEngine {
  /// What may change a route.
  func reach(of found: Routed, _ request: RouteRequest) -> WatchReach {
    let weight = found.legs.reduce(Weight(0)) { $0.adding($1.trip.weight).adding($1.turnRound.weight) }
    let stretch = request.alternatives > 0 ? AlternativePaths.Terms(countMax: 1).stretchMax : 1
    let places = found.stops.map { site in site.candidates.map { SpherePoint($0.coordinate) } }
    var reach = WatchReach()
    reach.arcs[request.profile] = Set(found.legs.flatMap(\.trip.arcs)).sorted()
    reach.bounds[request.profile] = WatchReach.Bounds(
      ends: Set(found.stops.flatMap(\.places).map(\.arc)), origins: places[0],
      destinations: places[places.count - 1], originArcs: found.stops[0].places.map(\.arc),
      destinationArcs: found.stops[found.stops.count - 1].places.map(\.arc),
      weightMax: Weight(saturating: Double(weight) * stretch),
      metersPerSecondMax: found.profile.roads.metersPerSecondMax, isAffectedBySlower: request.alternatives > 0)
    return reach
  }

  /// What may change a ranking.
  func reach(of found: RankedUnits, _ request: FastestUnitsRequest) -> WatchReach {
    var reach = WatchReach()
    reach.asksForUnits = true
    reach.unitIDs = Set(found.answer.units.map(\.unit.id))
    reach.wantsMore = found.answer.units.count < request.count
    let weightMax = found.ranking.best.last?.weight ?? .infinity
    for (profile, approach) in found.approaches {
      let starts = found.ranking.best.filter { $0.unit.unit.profile == profile }.flatMap(\.unit.starts)
      reach.arcs[profile] = Set((found.trips[profile] ?? []).flatMap(\.arcs)).sorted()
      reach.bounds[profile] = WatchReach.Bounds(
        ends: Set(approach.trips.destinations.map(\.arc) + starts.map(\.place.arc)), origins: [],
        destinations: approach.scenes, originArcs: [], destinationArcs: approach.trips.destinations.map(\.arc),
        weightMax: weightMax,
        metersPerSecondMax: approach.snapshot.roads.metersPerSecondMax, isAffectedBySlower: false)
    }
    return reach
  }
}
