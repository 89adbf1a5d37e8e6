import Fleet
import Geometry
import Hierarchy
import RoadGraph
import Traffic

/// How the units of one profile get to an incident.
///
/// Usable while its search is: the search belongs to the approach from its making on.
struct UnitApproach {
  let snapshot: ProfileSnapshot
  let trips: TripSearch
  /// Towards the targets of ``trips``.
  private let search: LazyRPHAST
  let site: Site
  /// Where the incident may lie on the road.
  let scenes: [SpherePoint]
  private let turnoutSecondsOfProfile: Double
  private let metersPerSecondMax: Double

  /// Below this share of the straight line's time no travel time can fall, roundings of lengths and times included.
  static let straightLineShare = 0.98

  /// Begins the search. O(arcs of the ancestors of the site's arcs).
  init(_ snapshot: ProfileSnapshot, to site: Site, with search: LazyRPHAST) {
    self.snapshot = snapshot
    trips = TripSearch(to: site.places, in: snapshot)
    (self.site, self.search) = (site, search)
    search.setTargets(trips.targets, metric: snapshot.metric)
    turnoutSecondsOfProfile = snapshot.roads.profile.turnoutSeconds
    metersPerSecondMax = snapshot.roads.metersPerSecondMax
    scenes = Set(site.candidates.map(\.coordinate)).map { SpherePoint($0) }
  }

  /// - Parameter known: the unit's own time, if it has one.
  func turnoutSeconds(_ known: Double?) -> Double { known ?? turnoutSecondsOfProfile }

  func turnoutWeight(_ known: Double?) -> Weight {
    Weight(min(turnoutSeconds(known) * 1000, Double(Weight.infinity)))
  }

  /// A lower bound of turnout and travel: the straight line at the highest speed. O(1).
  func weightAtLeast(_ facts: UnitColumns.Facts) -> Weight {
    var meters = Double.infinity
    for scene in scenes { meters = min(meters, scene.chordMeters(to: facts.point)) }
    meters = max(meters - facts.startsWithinMeters, 0)
    let milliseconds = meters / metersPerSecondMax * 1000 * Self.straightLineShare
    return turnoutWeight(facts.turnoutSeconds).adding(Weight(min(milliseconds, Double(Weight.infinity))))
  }

  /// The weight of a unit's travel; infinity if it has no way.
  func travelWeight(_ unit: StationedUnit) -> Weight {
    unit.starts.reduce(.infinity) { min($0, travelWeight($1)) }
  }

  private func travelWeight(_ start: UnitStart) -> Weight {
    let place = start.place
    if !snapshot.isAffected(place.arc), snapshot.arcWeights[place.arc] < .infinity, !trips.isOnTheSameArc(place) {
      let weight = search.weight(from: place.arc)
      return weight < .infinity ? weight - min(weight, start.traversedWeight) : .infinity
    }
    let direct = trips.directTrip(from: place)?.weight ?? .infinity
    return trips.departures(from: place).reduce(direct) { best, departure in
      min(best, search.weight(from: departure.arc, after: departure.lead) ?? .infinity)
    }
  }

  /// The way of a unit; `nil` if it has none.
  func trip(of unit: StationedUnit) -> Trip? {
    trips.fastestTrip(from: unit.starts.map(\.place), with: search)
  }
}
