import API
import Hierarchy
import Profiles
import RoadGraph
import Traffic

/// A trip through several places in their order, and the way in which a vehicle goes on from each stop.
///
/// At a stop it goes on in the direction in which it came, or turns round at the price that the profile sets for
/// turning round where a road goes on. Which is better shows only at the next stops: of each place that a stop may mean
/// (both directions, both carriageways) the fastest way there is kept, as shortest paths through layers are found. A
/// restriction over several roads still holds after a stop on one of them: a stop on such a road is one place for each
/// of its arcs, the shadows included, and is left on the arc on which it was reached.
struct Itinerary {
  /// A trip to a stop, and what turning round before it takes.
  struct Leg {
    var trip: Trip
    var turnRound: TravelCost
  }

  private let snapshot: ProfileSnapshot
  private let sites: [Site]
  /// True to go on from each stop in the direction in which the vehicle came.
  private let keepsDirection: Bool
  private let limit: WorkLimit

  /// The fastest way known to arrive at one place of a stop.
  private struct Arrival {
    var place: RoadPlace
    var weight: Weight
    var legs: [Leg]
  }

  /// A place of a stop to go on from.
  private struct Departure {
    var place: RoadPlace
    var arrival: Arrival
    var turnRound: TravelCost

    var weight: Weight { arrival.weight.adding(turnRound.weight) }
  }

  /// A position is at a junction if it lies no farther from it than this.
  private static let junctionMeters = 1.0

  /// - Parameter sites: two or more, in their order.
  init(_ sites: [Site], keepsDirection: Bool, in snapshot: ProfileSnapshot, within limit: WorkLimit) {
    (self.sites, self.keepsDirection, self.snapshot, self.limit) = (sites, keepsDirection, snapshot, limit)
  }

  /// The fastest trips from stop to stop; or the position of the first place that can't be reached.
  ///
  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`, looked for before each path query.
  /// - Complexity: one path query for each pair of arcs of adjoining stops' places.
  func fastestLegs(with query: PathQuery) throws(EngineError) -> Result<[Leg], Unreachable> {
    var arrivals: [Arrival] = []
    for index in sites.indices.dropFirst() {
      let find = { (search: TripSearch, origins: [TripOrigin]) throws(EngineError) -> Trip? in
        try limit.check()
        return search.fastestTrip(from: origins, with: query)
      }
      arrivals =
        index == 1 ? try firstArrivals(find) : try nextArrivals(from: arrivals, to: index, find)
      if arrivals.isEmpty { return .failure(Unreachable(index: index)) }
    }
    return .success(arrivals.min { $0.weight < $1.weight }?.legs ?? [])
  }

  /// A place, by its number, that no way leads to from the one before.
  struct Unreachable: Error {
    var index: Int
  }

  /// Finds the fastest trip of a search from some places.
  private typealias Find = (TripSearch, [TripOrigin]) throws(EngineError) -> Trip?

  private func firstArrivals(_ find: Find) throws(EngineError) -> [Arrival] {
    try arrivals(at: 1) { search throws(EngineError) in
      try find(search, sites[0].places.map { TripOrigin($0) }).map { trip in
        (trip.weight, [Leg(trip: trip, turnRound: .zero)])
      }
    }
  }

  private func nextArrivals(from before: [Arrival], to index: Int, _ find: Find) throws(EngineError) -> [Arrival] {
    let departures = before.flatMap { self.departures(after: $0, among: sites[index - 1].places) }
    return try arrivals(at: index) { search throws(EngineError) in
      var best: (weight: Weight, legs: [Leg])?
      for departure in departures {
        let entered = departure.arrival.legs.last?.trip.entered
        guard let trip = try find(search, [TripOrigin(departure.place, entered: entered)]) else { continue }
        let weight = departure.weight.adding(trip.weight)
        guard weight < best?.weight ?? .infinity else { continue }
        best = (weight, departure.arrival.legs + [Leg(trip: trip, turnRound: departure.turnRound)])
      }
      return best
    }
  }

  /// The arrivals at a stop: one for each arc of its places, or, at the last stop, the best one.
  private func arrivals(
    at index: Int, _ best: (TripSearch) throws(EngineError) -> (weight: Weight, legs: [Leg])?
  ) throws(EngineError) -> [Arrival] {
    let places = sites[index].places
    if index == sites.count - 1 {
      let found = try best(TripSearch(to: places, in: snapshot, within: limit))
      return found.map { [Arrival(place: places[0], weight: $0.weight, legs: $0.legs)] } ?? []
    }
    let network = snapshot.roads.network
    var arrivals: [Arrival] = []
    for place in places {
      for arc in network.arcs(along: network.arcCourse[place.arc]) {
        let place = RoadPlace(arc: arc, position: place.position)
        let search = TripSearch(to: [place], in: snapshot, arriving: .onItsArc, within: limit)
        guard let found = try best(search) else { continue }
        arrivals.append(Arrival(place: place, weight: found.weight, legs: found.legs))
      }
    }
    return arrivals
  }

  /// The places from which a vehicle may go on after it stopped at one. O(places).
  private func departures(after arrival: Arrival, among places: [RoadPlace]) -> [Departure] {
    let network = snapshot.roads.network
    let arrived = network.arcCourse[arrival.place.arc]
    return places.compactMap { place in
      guard place.position == arrival.place.position else { return nil }
      if network.arcCourse[place.arc] == arrived {
        return Departure(place: arrival.place, arrival: arrival, turnRound: .zero)
      }
      if keepsDirection { return nil }
      // Who drove nothing of the road turns at the junction, or goes back on the road by which it came.
      if network.vertex(at: place.position) == network.arcTail[arrival.place.arc] { return nil }
      guard let cost = isAtJunction(place.position) ? .zero : turnRoundCost else { return nil }
      return Departure(place: place, arrival: arrival, turnRound: cost)
    }
  }

  /// At a junction a vehicle turns round for nothing. What it came from binds it there: a stop lifts no restriction.
  private func isAtJunction(_ position: RoadPosition) -> Bool {
    let network = snapshot.roads.network
    let ends = network.shape(of: position.segment)
    guard let first = ends.first, let last = ends.last else { return false }
    let place = network.coordinate(at: position)
    return min(place.distanceMeters(to: first), place.distanceMeters(to: last)) <= Self.junctionMeters
  }

  /// What turning round where a road goes on costs; `nil` if the profile never does.
  private var turnRoundCost: TravelCost? {
    let turns = snapshot.roads.profile.turns
    let rule = turns.uTurnAwayFromDeadEnd
    guard rule.use != .never else { return nil }
    let milliseconds = (turns.uTurn + rule.delaySeconds) * 1000
    let time = TravelCost(timeMilliseconds: Weight(min(max(milliseconds.rounded(), 0), Double(Weight.infinity))))
    return rule.use == .lastResort ? time + .lastResort : time
  }
}
