import Fleet
import Geometry
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// How the units of one profile get to an incident.
struct UnitApproach {
  let snapshot: ProfileSnapshot
  let trips: TripSearch
  /// Where the incident may lie on the road.
  let scenes: [SpherePoint]
  private let turnoutSecondsOfProfile: Double
  private let metersPerSecondMax: Double

  /// Below this share of the straight line's time no travel time can fall, roundings of lengths and times included.
  private static let straightLineShare = 0.98

  init(_ snapshot: ProfileSnapshot, to site: Site) {
    self.snapshot = snapshot
    trips = TripSearch(to: site.places, in: snapshot)
    turnoutSecondsOfProfile = snapshot.roads.profile.turnoutSeconds
    metersPerSecondMax = snapshot.roads.metersPerSecondMax
    scenes = site.candidates.map { SpherePoint($0.coordinate) }
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
    let milliseconds = meters / metersPerSecondMax * 1000 * Self.straightLineShare
    return turnoutWeight(facts.turnoutSeconds).adding(Weight(min(milliseconds, Double(Weight.infinity))))
  }

  /// The weight of a unit's travel; infinity if it has no way.
  ///
  /// - Parameter search: a many-to-one search towards the targets of ``trips``.
  func travelWeight(_ unit: StationedUnit, _ search: LazyRPHAST) -> Weight {
    unit.starts.reduce(.infinity) { min($0, travelWeight($1, search)) }
  }

  private func travelWeight(_ start: UnitStart, _ search: LazyRPHAST) -> Weight {
    let place = RoadPlace(arc: start.arc, position: start.position)
    if !snapshot.isAffected(start.arc), snapshot.arcWeights[start.arc] < .infinity, !trips.isOnTheSameArc(place) {
      let weight = search.weight(from: start.arc)
      return weight < .infinity ? weight - min(weight, start.traversedWeight) : .infinity
    }
    let direct = trips.directTrip(from: place)?.weight ?? .infinity
    return trips.departures(from: place).reduce(direct) { best, departure in
      let weight = search.weight(from: departure.arc)
      return weight < .infinity ? min(best, Weight(max(0, Int64(weight) + departure.lead))) : best
    }
  }

  /// The way of a unit; `nil` if it has none.
  func trip(of unit: StationedUnit, with query: PathQuery) -> Trip? {
    let origins = unit.starts.map { RoadPlace(arc: $0.arc, position: $0.position) }
    return trips.fastestTrip(from: origins, with: query)
  }

  /// What is told of a way.
  func line(of trip: Trip, detail: RouteDetail) -> RouteLine {
    RouteAssembly.line(of: trip, snapshot, detail: detail)
  }
}
