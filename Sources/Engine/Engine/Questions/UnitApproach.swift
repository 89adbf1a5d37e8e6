import API
import Fleet
import Geometry
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// A unit and its way to the scene.
struct UnitTrip {
  var unit: StationedUnit
  var trip: Trip
  var route: Route
}

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
  /// No way without last resorts weighs more than this times its time, but for ``reluctance(at:)`` at its ends.
  let reluctanceFactorMax: Double

  /// Below this share of the straight line's time no travel time can fall, roundings of lengths and times included.
  static let straightLineShare = 0.98
  /// By less than this the weight of a way and the time of its parts differ: both are rounded, at its two ends.
  private static let roundingMilliseconds: Weight = 4

  /// Begins the search. O(arcs of the ancestors of the site's arcs).
  init(_ snapshot: ProfileSnapshot, to site: Site, with search: LazyRPHAST, within limit: WorkLimit) {
    self.snapshot = snapshot
    trips = TripSearch(to: site.places, in: snapshot, within: limit)
    (self.site, self.search) = (site, search)
    search.setTargets(trips.targets, metric: snapshot.metric)
    turnoutSecondsOfProfile = snapshot.roads.profile.turnoutSeconds
    metersPerSecondMax = snapshot.roads.metersPerSecondMax
    reluctanceFactorMax = snapshot.roads.profile.reluctance.largest
    scenes = Set(site.candidates.map(\.coordinate)).map { SpherePoint($0) }
  }

  /// - Parameter known: the unit's own time, if it has one.
  func turnoutSeconds(_ known: Double?) -> Double { known ?? turnoutSecondsOfProfile }

  private func turnoutMilliseconds(_ known: Double?) -> Weight {
    Weight(saturating: turnoutSeconds(known) * 1000)
  }

  /// A lower bound of a unit's rank: turnout, and the straight line at the highest speed. O(1).
  func rankAtLeast(_ facts: UnitColumns.Facts) -> ResponseRank {
    var meters = Double.infinity
    for scene in scenes { meters = min(meters, scene.chordMeters(to: facts.point)) }
    meters = max(meters - facts.startsWithinMeters, 0)
    let milliseconds = meters / metersPerSecondMax * 1000 * Self.straightLineShare
    return rank(
      turnoutSeconds: facts.turnoutSeconds, travelMilliseconds: Weight(saturating: milliseconds.rounded(.down)))
  }

  /// The first look at a unit: the weight of its way.
  ///
  /// Without last resorts a way takes at least its weight divided by the profile's largest factor. With one it comes
  /// after all that have none, whatever it takes.
  func weigh(_ unit: StationedUnit, _ request: FastestUnitsRequest) -> UnitRanking<UnitTrip>.Finding {
    let weight = travelWeight(unit)
    guard weight < .infinity else { return .leftOut(.unreachable) }
    let atEnds = reluctance(at: unit.starts.map(\.place)).adding(reluctance(at: trips.destinations))
    let scaled = Weight((Double(weight - min(weight, atEnds)) / reluctanceFactorMax).rounded(.down))
    let milliseconds = scaled - min(scaled, Self.roundingMilliseconds)
    let mayHaveLastResort = Double(weight) >= Reluctance.secondsPerUse * 1000
    if !mayHaveLastResort, isTooFar(Double(milliseconds) / 1000, request) { return .leftOut(.tooFar) }
    if needsLastResort(unit) { return .rankAtLeast(ResponseRank(needsLastResort: true, etaMilliseconds: 0)) }
    return .rankAtLeast(rank(turnoutSeconds: unit.unit.turnoutSeconds, travelMilliseconds: milliseconds))
  }

  /// What a way may weigh too much at one end: a part of a piece has the reluctance of all of it. O(places).
  private func reluctance(at places: [RoadPlace]) -> Weight {
    guard reluctanceFactorMax > 1 else { return 0 }
    let costs = snapshot.roads.costs
    return places.reduce(0) { most, place in
      SegmentDirection.allCases.reduce(most) {
        max($0, costs.pieceCost(place.position.piece, $1).reluctanceMilliseconds)
      }
    }
  }

  /// The second look: the way itself.
  func find(_ unit: StationedUnit, _ request: FastestUnitsRequest) -> UnitRanking<UnitTrip>.Finding {
    guard let trip = trip(of: unit) else { return .leftOut(.unreachable) }
    let route = RouteAssembly.line(of: trip, snapshot, detail: request.detail)
    if isTooFar(route.travelSeconds, request) { return .leftOut(.tooFar) }
    return .rank(rank(unit, by: route), id: unit.unit.id, UnitTrip(unit: unit, trip: trip, route: route))
  }

  /// True if a unit can't come without a last resort: the scene lies in a closed region, and the unit elsewhere.
  private func needsLastResort(_ unit: StationedUnit) -> Bool {
    trips.alwaysNeedsLastResort
      && !unit.starts.contains { snapshot.isInClosedStretch($0.place.position, on: $0.place.arc) }
  }

  private func isTooFar(_ travelSeconds: Double, _ request: FastestUnitsRequest) -> Bool {
    request.travelSecondsMax.map { travelSeconds > $0 } ?? false
  }

  /// The rank of a unit that takes this route.
  private func rank(_ unit: StationedUnit, by route: Route) -> ResponseRank {
    var rank = rank(
      turnoutSeconds: unit.unit.turnoutSeconds, travelMilliseconds: Weight(saturating: route.travelSeconds * 1000))
    rank.needsLastResort = route.needsLastResort
    return rank
  }

  private func rank(turnoutSeconds: Double?, travelMilliseconds: Weight) -> ResponseRank {
    ResponseRank(etaMilliseconds: turnoutMilliseconds(turnoutSeconds).adding(travelMilliseconds))
  }

  /// The weight of a unit's travel; infinity if it has no way.
  private func travelWeight(_ unit: StationedUnit) -> Weight {
    unit.starts.reduce(.infinity) { min($0, travelWeight($1)) }
  }

  private func travelWeight(_ start: UnitStart) -> Weight {
    let place = start.place
    if !snapshot.isAffected(place.arc), snapshot.arcWeights[place.arc] < .infinity, !trips.isOnTheSameArc(place) {
      let weight = search.weight(from: place.arc)
      return weight < .infinity ? weight - min(weight, start.traversedWeight) : .infinity
    }
    let direct = trips.nearTrip(from: TripOrigin(place))?.weight ?? .infinity
    return trips.departures(from: TripOrigin(place)).reduce(direct) { best, departure in
      min(best, search.weight(from: departure.arc, after: departure.lead) ?? .infinity)
    }
  }

  /// The way of a unit; `nil` if it has none.
  private func trip(of unit: StationedUnit) -> Trip? {
    trips.fastestTrip(from: unit.starts.map { TripOrigin($0.place) }, with: search)
  }
}
