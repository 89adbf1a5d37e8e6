import API
import Hierarchy
import RoadGraph
import Traffic

/// A way from one place to another: arcs, entered at `start` on the first one and left at `end` on the last one.
struct Trip: Sendable {
  var arcs: [ArcID]
  var start: RoadPosition
  var end: RoadPosition
  var weight: Weight
  /// Where it entered the closed region in which it ends; `nil` if it ends in none.
  var entered: ClosedRegion.Edge?
  /// What turning round at the start takes, before a barrier ahead.
  var turnRoundMilliseconds: Weight = 0
}

/// Where a trip begins.
struct TripOrigin {
  var place: RoadPlace
  /// The edge by which the vehicle came into the closed region in which the place lies: it goes out there again. `nil`
  /// lets it go out by any.
  var entered: ClosedRegion.Edge?

  init(_ place: RoadPlace, entered: ClosedRegion.Edge? = nil) { (self.place, self.entered) = (place, entered) }
}

/// Turns places on arcs into terminals of a hierarchy search.
///
/// The weight of a turn contains the arc that it leaves. So a trip that starts in the middle of an arc starts the
/// search at that arc and takes off what lies behind it, unless the arc itself can't be driven through, or the
/// destination lies behind the start: then it starts at the arcs that follow.
///
/// A class, as its closures would copy all of a structure.
final class TripSearch {
  let snapshot: ProfileSnapshot
  let destinations: [RoadPlace]

  /// The terminals of the destinations: their arcs and the shadows of these; or those at the edges of the closed
  /// regions that they lie in, if no open road leads to any of them.
  var targets: [Terminal] { arrivals.map(\.terminal) }

  let arrivals: [Arrival]
  /// Where destinations lie at a junction.
  let junctions: Set<VertexID>
  /// The closed regions that the destinations lie in, if no open road leads to any of them.
  private let regions: [ClosedRegion]

  /// An end of a search: at the tail of an arc.
  struct Arrival {
    var place: RoadPlace
    var terminal: Terminal
    /// What is driven after the terminal's arc: in a closed region.
    var arcsInside: ArraySlice<ArcID> = []
    var edge: ClosedRegion.Edge?
  }

  /// How a vehicle may have come to a destination.
  enum Arriving {
    /// Over any road: its arc, or one of the shadows of that.
    case anyhow
    /// On the destination's very arc: what restrictions over several roads make of it later is known.
    case onItsArc
  }

  private let arriving: Arriving
  private let limit: WorkLimit

  /// - Parameter limit: once it is over, closed regions are not searched to their ends, and what is found may be wrong.
  init(
    to destinations: [RoadPlace], in snapshot: ProfileSnapshot, arriving: Arriving = .anyhow,
    within limit: WorkLimit = .none
  ) {
    (self.snapshot, self.limit) = (snapshot, limit)
    self.destinations = destinations
    self.arriving = arriving
    junctions = Set(destinations.compactMap { snapshot.roads.network.vertex(at: $0.position) })
    let network = snapshot.roads.network
    let open = destinations.flatMap { place -> [Arrival] in
      let cost = snapshot.parts.costFromTail(of: place.arc, to: place.position)
      guard cost.isPassable else { return [] }
      return Self.arcs(to: place, network, arriving).map {
        Arrival(place: place, terminal: Terminal($0, offset: cost.weight))
      }
    }
    // What is reached without driving on its arc may be the head of a closed cul-de-sac.
    let isOutside = open.contains {
      $0.terminal.offset > 0 || !snapshot.isInClosedStretch($0.place.position, on: $0.place.arc)
    }
    regions =
      isOutside
      ? []
      : snapshot.enclosed(destinations).map { ClosedRegion(around: $0, .arriving, in: snapshot, within: limit) }
    arrivals =
      open
      + regions.flatMap { region in
        region.ways.filter(\.leadsOn).map { way in
          Arrival(
            place: region.place, terminal: Terminal(way.arcs[0], offset: way.weight.adding(way.rest)),
            arcsInside: way.arcs.dropFirst(), edge: way.edge)
        }
      }
  }

  /// The arcs by which one may come to a place.
  private static func arcs(to place: RoadPlace, _ network: RoadNetwork, _ arriving: Arriving) -> [ArcID] {
    arriving == .anyhow ? Array(network.arcs(along: network.arcCourse[place.arc])) : [place.arc]
  }

  /// True if every trip from outside ends in a closed region, over closed metres.
  var alwaysNeedsLastResort: Bool {
    !regions.isEmpty && regions.allSatisfy { $0.ways.allSatisfy { $0.closedCentimeters > 0 } }
  }

  /// A start of a search: at `arc`, after `before`, less what was added too much.
  struct Departure {
    /// The place that it belongs to, by its number.
    var origin: Int
    var arc: ArcID
    /// Weight from the place to the start of `arc`: negative if the place lies on `arc` itself.
    var lead: Int64
    /// What is driven before `arc`: the arc of the place, and what follows in a closed region; none if the place lies
    /// on `arc`.
    var arcsBefore: [ArcID] = []
    var turnRoundMilliseconds: Weight = 0
  }

  /// The ways to drive off from a place. O(pieces of the arc + turns); O(arcs of the region) in a closed one.
  func departures(from origin: TripOrigin, number: Int = 0) -> [Departure] {
    let place = origin.place
    let rest = snapshot.parts.costToHead(of: place.arc, from: place.position)
    guard rest.isPassable else { return departuresFromClosure(origin, number) }
    let whole = snapshot.arcWeights[place.arc]
    if whole < .infinity && !needsWayAround(from: place) {
      return [Departure(origin: number, arc: place.arc, lead: Int64(rest.weight) - Int64(whole))]
    }
    return departures(behind: [place.arc], rest.weight, number)
  }

  /// The ways to drive off that leave the place's own arc, for a search that knows no destination: a place behind on
  /// that arc is reached by a way round, and one ahead on it by ``nearTrip(from:)`` alone.
  func departuresOffArc(from origin: TripOrigin, number: Int = 0) -> [Departure] {
    let rest = snapshot.parts.costToHead(of: origin.place.arc, from: origin.place.position)
    guard rest.isPassable else { return departuresFromClosure(origin, number) }
    return departures(behind: [origin.place.arc], rest.weight, number)
  }

  /// The turns out of the last of some arcs.
  private func departures(
    behind arcs: [ArcID], _ weight: Weight, _ number: Int, where isMeant: (ArcID) -> Bool = { _ in true }
  ) -> [Departure] {
    guard let last = arcs.last else { return [] }
    let network = snapshot.roads.network
    return network.turns(from: last).compactMap { turn in
      let weight = weight.adding(snapshot.turnWeight(turn, from: last))
      guard weight < .infinity, isMeant(network.turnHead[turn]) else { return nil }
      return Departure(origin: number, arc: network.turnHead[turn], lead: Int64(weight), arcsBefore: arcs)
    }
  }

  /// The ways out of a closed region, and back from a barrier ahead: a vehicle can't do anything but turn round there.
  private func departuresFromClosure(_ origin: TripOrigin, _ number: Int) -> [Departure] {
    let place = origin.place
    guard snapshot.isInClosedStretch(place.position, on: place.arc) else {
      return snapshot.isBlockedByClosure(place) ? departuresBack(from: place, number) : []
    }
    let out = waysOut(from: origin).filter(\.leadsOn).flatMap { way in
      departures(behind: way.arcs, way.weight.adding(way.rest), number) { next in
        if case .vertex = way.edge { snapshot.isOpen(enteredOn: next) } else { true }
      }
    }
    return origin.entered == nil ? out + departuresBack(from: place, number) : out
  }

  /// The ways out of the closed region that a place lies in.
  private func waysOut(from origin: TripOrigin) -> [ClosedRegion.Way] {
    ClosedRegion(around: origin.place, .leaving, in: snapshot, within: limit).ways
      .filter { origin.entered == nil || $0.edge == origin.entered }
  }

  private func departuresBack(from place: RoadPlace, _ number: Int) -> [Departure] {
    guard let reverse = snapshot.roads.network.reverse(of: place.arc) else { return [] }
    let back = snapshot.parts.costToHead(of: reverse, from: place.position)
    guard back.isPassable else { return [] }
    return departures(behind: [reverse], back.weight.adding(turnRound), number).map { departure in
      var departure = departure
      departure.turnRoundMilliseconds = turnRound
      return departure
    }
  }

  private var turnRound: Weight { Weight(saturating: snapshot.roads.profile.turns.uTurn * 1000) }

  /// True if a destination lies on the place's own arc, behind it.
  private func needsWayAround(from place: RoadPlace) -> Bool {
    destinations.contains { destination in
      isOnTheArc(of: place, destination)
        && snapshot.parts.costAlong(place.arc, from: place.position, to: destination.position) == nil
    }
  }

  /// True if a destination lies on the place's own arc, ahead or behind.
  func isOnTheSameArc(_ place: RoadPlace) -> Bool { destinations.contains { isOnTheArc(of: place, $0) } }

  /// True if who drives along the arc of a place comes to a destination there, or came past it.
  private func isOnTheArc(of place: RoadPlace, _ destination: RoadPlace) -> Bool {
    if destination.arc == place.arc { return true }
    let courses = snapshot.roads.network.arcCourse
    return arriving == .anyhow && courses[destination.arc] == courses[place.arc]
  }

  /// The way inside a closed region in which the place and a destination lie.
  private func insideTrip(from origin: TripOrigin) -> Trip? {
    regions.compactMap { region -> Trip? in
      guard let inside = region.wayInside(from: origin.place) else { return nil }
      return Trip(
        arcs: inside.arcs, start: origin.place.position, end: region.place.position, weight: inside.weight,
        entered: origin.entered)
    }.min { $0.weight < $1.weight }
  }

  /// False if the place's arc is open, free of traffic and far from all destinations, as most are. O(destinations).
  func mayEndNear(_ place: RoadPlace) -> Bool {
    snapshot.isAffected(place.arc) || snapshot.arcWeights[place.arc] == .infinity
      || isOnTheSameArc(place) || destination(atJunctionOf: place) != nil
  }

  /// A destination at the junction where a place lies, whichever arms of it both are said to be on: nothing is left to
  /// drive.
  private func destination(atJunctionOf place: RoadPlace) -> RoadPlace? {
    let network = snapshot.roads.network
    guard arriving == .anyhow, !junctions.isEmpty, let junction = network.vertex(at: place.position),
      junctions.contains(junction)
    else { return nil }
    return destinations.first { network.vertex(at: $0.position) == junction }
  }

  /// Where a trip on open roads begins within an arc, or ends within one.
  struct NearEnd {
    var arc: ArcID
    var position: RoadPosition
    /// Of what is driven before it begins there, or after it ends there.
    var weight: Weight
  }

  /// Where trips from a place begin: at the place, turned round before a barrier, at the edges of a closed stretch.
  func nearEnds(of origin: TripOrigin) -> [NearEnd] {
    starts(from: origin).map { NearEnd(arc: $0.arc, position: $0.position, weight: $0.weight) }
  }

  /// Where trips to the destinations end. A ``nearTrip(from:)`` is along an arc that has both ends, or inside a closed
  /// stretch.
  var nearEnds: [NearEnd] { ends.map { NearEnd(arc: $0.end.arc, position: $0.end.position, weight: $0.end.weight) } }

  /// True if no open road leads to any destination.
  var endsInClosedRegion: Bool { !regions.isEmpty }

  /// The trip that no search over the hierarchy finds: along one arc, or inside a closed region.
  func nearTrip(from origin: TripOrigin) -> Trip? {
    guard mayEndNear(origin.place) else { return nil }
    if let there = destination(atJunctionOf: origin.place) {
      return Trip(arcs: [there.arc], start: there.position, end: there.position, weight: 0)
    }
    return [directTrip(from: origin), insideTrip(from: origin)].compactMap(\.self).min { $0.weight < $1.weight }
  }

  /// The fastest trip from any of `origins`; `nil` if there is no way.
  func fastestTrip(from origins: [TripOrigin], with query: PathQuery) -> Trip? {
    let direct = origins.compactMap(nearTrip).min { $0.weight < $1.weight }
    let sources = TripSources(origins, of: self)
    let terminals = sources.terminals
    var arcs: [ArcID] = []
    guard !terminals.isEmpty, !arrivals.isEmpty,
      let found = query.path(from: terminals, to: targets, metric: snapshot.metric, into: &arcs)
    else { return direct }
    let weight = sources.unshifted(found.weight)
    if let direct, direct.weight <= weight { return direct }
    return sources.trip(arcs, weight: weight, from: found.source, to: arrivals[found.target])
  }

  /// The same towards ``targets`` that were set before: for many trips to one place.
  func fastestTrip(from origins: [TripOrigin], with search: LazyRPHAST) -> Trip? {
    let direct = origins.compactMap(nearTrip).min { $0.weight < $1.weight }
    let sources = TripSources(origins, of: self)
    guard let (source, weight) = sources.fastest(with: search) else { return direct }
    if let direct, direct.weight <= weight { return direct }
    var arcs: [ArcID] = []
    guard let target = search.path(from: sources.arc(source), into: &arcs) else { return direct }
    return sources.trip(arcs, weight: weight, from: source, to: arrivals[target])
  }

  /// Other good trips than the fastest one, by ascending weight.
  ///
  /// None where the fastest trip stays on one arc: then all that differs is a detour.
  ///
  /// - Parameters:
  ///   - fastest: the trip of ``fastestTrip(from:with:)``.
  ///   - count: how many are wanted.
  func alternatives(to fastest: Trip, from origins: [TripOrigin], count: Int, with search: AlternativePaths) -> [Trip] {
    let sources = TripSources(origins, of: self)
    guard fastest.arcs.count > 1, !sources.terminals.isEmpty, !arrivals.isEmpty else { return [] }
    let terms = AlternativePaths.Terms(countMax: count + 1)
    let found = search.paths(from: sources.terminals, to: targets, metric: snapshot.metric, terms: terms)
    return found.dropFirst().map { path in
      sources.trip(path.arcs, weight: path.weight, from: path.source, to: arrivals[path.target])
    }
  }
}

// MARK: Along one arc

extension TripSearch {
  /// Where a trip on open roads begins or ends within an arc: at a place, or where a closed stretch begins or ends.
  private struct Opening {
    var arc: ArcID
    var position: RoadPosition
    /// Of what lies on the other side of it.
    var weight: Weight = 0
    /// What is driven on the other side, in the order of travel; the arc itself is not among it.
    var others: [ArcID] = []
    var edge: ClosedRegion.Edge?
    var turnRoundMilliseconds: Weight = 0
  }

  /// The way over open road on one arc: between the place and a destination, or the edges of the regions they lie in.
  private func directTrip(from origin: TripOrigin) -> Trip? {
    let starts = starts(from: origin)
    return ends.flatMap { place, end in
      starts.compactMap { start -> Trip? in
        guard start.arc == end.arc,
          let cost = snapshot.parts.costAlong(end.arc, from: start.position, to: end.position), cost.isPassable
        else { return nil }
        return Trip(
          arcs: start.others + [end.arc] + end.others, start: origin.place.position, end: place.position,
          weight: start.weight.adding(cost.weight).adding(end.weight), entered: end.edge,
          turnRoundMilliseconds: start.turnRoundMilliseconds)
      }
    }.min { $0.weight < $1.weight }
  }

  /// The place itself; before a barrier also turned round; in a closed region its edges.
  private func starts(from origin: TripOrigin) -> [Opening] {
    let place = origin.place
    let start = Opening(arc: place.arc, position: place.position)
    let isInside = snapshot.isInClosedStretch(place.position, on: place.arc)
    let isBlocked = !snapshot.parts.costToHead(of: place.arc, from: place.position).isPassable
    guard isBlocked, isInside || snapshot.isBlockedByClosure(place) else { return [start] }
    let out = isInside ? waysOut(from: origin).compactMap { opening($0, $0.arcs.last, others: $0.arcs.dropLast()) } : []
    guard origin.entered == nil, let reverse = snapshot.roads.network.reverse(of: place.arc) else {
      return [start] + out
    }
    let turned = Opening(
      arc: reverse, position: place.position, weight: turnRound, turnRoundMilliseconds: turnRound)
    return [start, turned] + out
  }

  /// Each with the destination that it leads to.
  private var ends: [(place: RoadPlace, end: Opening)] {
    let open = destinations.flatMap { place in
      Self.arcs(to: place, snapshot.roads.network, arriving).map { (place, Opening(arc: $0, position: place.position)) }
    }
    return open
      + regions.flatMap { region in
        region.ways.compactMap { way in
          opening(way, way.arcs.first, others: way.arcs.dropFirst()).map { (region.place, $0) }
        }
      }
  }

  /// An edge within an arc.
  private func opening(_ way: ClosedRegion.Way, _ arc: ArcID?, others: ArraySlice<ArcID>) -> Opening? {
    guard case .within(let position) = way.edge, let arc else { return nil }
    return Opening(arc: arc, position: position, weight: way.weight, others: Array(others), edge: way.edge)
  }
}
