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
/// Usable while its search is: the search belongs to the approach from its making on. Of one question, so of one
/// thread.
final class UnitApproach {
  let snapshot: ProfileSnapshot
  let trips: TripSearch
  /// Towards the targets of ``trips``.
  private let search: LazyRPHAST
  let site: Site
  /// Where the incident lies on the nearest road, and how far off it may lie on others.
  let scene: SpherePoint
  let sceneReachMeters: Double
  private let turnoutMillisecondsAtHome: Weight
  private let turnoutMillisecondsOnTheRoad: Weight
  /// Of the fastest road, less what roundings of lengths and times may take off.
  private let millisecondsPerMeterMin: Double
  /// Looked for when a unit's way weighs as much as a last resort: most questions never ask.
  private lazy var pocket = LastResortPocket(around: trips.destinations, in: snapshot)
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
    turnoutMillisecondsAtHome = Weight(saturating: snapshot.roads.profile.turnoutSeconds * 1000)
    turnoutMillisecondsOnTheRoad = Weight(saturating: snapshot.roads.profile.turnoutMobileSeconds * 1000)
    millisecondsPerMeterMin = Self.straightLineShare * 1000 / snapshot.roads.metersPerSecondMax
    reluctanceFactorMax = snapshot.roads.profile.reluctance.largest
    let nearest = SpherePoint(site.candidates[0].coordinate)
    scene = nearest
    sceneReachMeters = site.candidates.map { nearest.chordMeters(to: SpherePoint($0.coordinate)) }.max() ?? 0
  }

  func turnoutMilliseconds(_ turnout: Turnout) -> Weight {
    switch turnout {
    case .own(let milliseconds): milliseconds
    case .atHome: turnoutMillisecondsAtHome
    case .onTheRoad: turnoutMillisecondsOnTheRoad
    }
  }

  /// A lower bound of each unit's ETA. O(units).
  func bounds(of chosen: UnitSelection.Chosen, group: Int) -> [UnitRanking.Bound] {
    let facts = chosen.columns.facts
    return chosen.indices.map { index in
      UnitRanking.Bound(.init(group: group, index: index), etaMilliseconds: etaAtLeast(facts[Int(index)]))
    }
  }

  /// A lower bound of a unit's ETA: turnout, and the straight line at the highest speed. O(1).
  func etaAtLeast(_ facts: UnitColumns.Facts) -> Weight {
    let meters = max(scene.chordMeters(to: facts.point) - sceneReachMeters - facts.startsWithinMeters, 0)
    let milliseconds = min(meters * millisecondsPerMeterMin, Double(Weight.infinity))
    return turnoutMilliseconds(facts.turnout).adding(Weight(milliseconds))
  }

  /// The first look at a unit: the weight of its way from where it may start.
  ///
  /// Without last resorts a way takes at least its weight divided by the profile's largest factor. With one it comes
  /// after all that have none, whatever it takes.
  func weigh(_ starts: [UnitStart], _ facts: UnitColumns.Facts, _ request: FastestUnitsRequest) -> UnitRanking.Finding {
    let weight = starts.reduce(.infinity) { min($0, travelWeight($1)) }
    guard weight < .infinity else { return .leftOut(.unreachable) }
    let milliseconds = millisecondsAtLeast(weight, from: starts)
    let mayHaveLastResort = Double(weight) >= Reluctance.secondsPerUse * 1000
    if !mayHaveLastResort, isTooFar(Double(milliseconds) / 1000, request) { return .leftOut(.tooFar) }
    if mayHaveLastResort, needsLastResort(from: starts) {
      return .rankAtLeast(ResponseRank(needsLastResort: true, etaMilliseconds: etaAtLeast(facts)))
    }
    return .rankAtLeast(ResponseRank(etaMilliseconds: turnoutMilliseconds(facts.turnout).adding(milliseconds)))
  }

  /// What a way of such a weight takes at least, if it has no last resort.
  private func millisecondsAtLeast(_ weight: Weight, from starts: [UnitStart]) -> Weight {
    var milliseconds = weight
    if reluctanceFactorMax > 1 {
      let atEnds = reluctance(at: starts.map(\.place)).adding(reluctance(at: trips.destinations))
      milliseconds = Weight(Double(weight - min(weight, atEnds)) / reluctanceFactorMax)
    }
    return milliseconds - min(milliseconds, Self.roundingMilliseconds)
  }

  /// What a way may weigh too much at one end: a part of a piece has the reluctance of all of it. O(places).
  private func reluctance(at places: [RoadPlace]) -> Weight {
    let costs = snapshot.roads.costs
    return places.reduce(0) { most, place in
      SegmentDirection.allCases.reduce(most) {
        max($0, costs.pieceCost(place.position.piece, $1).reluctanceMilliseconds)
      }
    }
  }

  /// The second look: the way itself; `nil` if there is none.
  func find(_ unit: StationedUnit, _ request: FastestUnitsRequest) -> UnitTrip? {
    trip(of: unit).map { trip in
      UnitTrip(unit: unit, trip: trip, route: RouteAssembly.line(of: trip, snapshot, detail: request.detail))
    }
  }

  /// True if a unit can't come without a last resort: the scene lies in a closed region or in a pocket, and the unit
  /// elsewhere.
  private func needsLastResort(from starts: [UnitStart]) -> Bool {
    if trips.alwaysNeedsLastResort {
      return !starts.contains { snapshot.isInClosedStretch($0.place.position, on: $0.place.arc) }
    }
    guard let pocket else { return false }
    return !starts.contains { pocket.contains($0.place) }
  }

  func isTooFar(_ travelSeconds: Double, _ request: FastestUnitsRequest) -> Bool {
    request.travelSecondsMax.map { travelSeconds > $0 } ?? false
  }

  /// The rank of a unit that takes its way.
  func rank(_ found: UnitTrip) -> ResponseRank {
    let travelMilliseconds = Weight(saturating: found.route.travelSeconds * 1000)
    return ResponseRank(
      needsLastResort: found.route.needsLastResort,
      etaMilliseconds: turnoutMilliseconds(found.unit.turnout).adding(travelMilliseconds))
  }

  /// The weight of a way; infinity if there is none.
  private func travelWeight(_ start: UnitStart) -> Weight {
    let place = start.place
    if !trips.mayEndNear(place) {
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

extension VehicleProfile {
  /// From the alarm until the unit's wheels turn.
  func turnoutSeconds(of unit: StationedUnit) -> Double {
    switch unit.turnout {
    case .own(let milliseconds): unit.unit.turnoutSeconds ?? Double(milliseconds) / 1000
    case .atHome: turnoutSeconds
    case .onTheRoad: turnoutMobileSeconds
    }
  }
}
