import Hierarchy
import RoadGraph
import Traffic

/// A way from one place to another: arcs, entered at `start` on the first one and left at `end` on the last one.
struct Trip: Sendable {
  var arcs: [ArcID]
  var start: RoadPosition
  var end: RoadPosition
  var weight: Weight
}

/// Turns places on arcs into terminals of a hierarchy search.
///
/// The weight of a turn contains the arc that it leaves. So a trip that starts in the middle of an arc starts the
/// search at that arc and takes off what lies behind it, unless the arc itself can't be driven through, or the
/// destination lies behind the start: then it starts at the arcs that follow.
struct TripSearch {
  let snapshot: ProfileSnapshot
  let destinations: [RoadPlace]

  /// The terminals of the destinations that can be reached from their own side: their arcs and the shadows of these.
  var targets: [Terminal] { reachable.map(\.terminal) }

  let reachable: [(place: RoadPlace, terminal: Terminal)]

  /// How a vehicle may have come to a destination.
  enum Arriving {
    /// Over any road: its arc, or one of the shadows of that.
    case anyhow
    /// On the destination's very arc: what restrictions over several roads make of it later is known.
    case onItsArc
  }

  private let arriving: Arriving

  init(to destinations: [RoadPlace], in snapshot: ProfileSnapshot, arriving: Arriving = .anyhow) {
    self.snapshot = snapshot
    self.destinations = destinations
    self.arriving = arriving
    let network = snapshot.roads.network
    reachable = destinations.flatMap { place -> [(RoadPlace, Terminal)] in
      let cost = snapshot.parts.costFromTail(of: place.arc, to: place.position)
      guard cost.isPassable else { return [] }
      let arcs = arriving == .anyhow ? Array(network.arcs(along: network.arcCourse[place.arc])) : [place.arc]
      return arcs.map { (place, Terminal($0, offset: cost.weight)) }
    }
  }

  /// A start of a search: at `arc`, after `before`, less what was added too much.
  struct Departure {
    /// The place that it belongs to, by its number.
    var origin: Int
    var arc: ArcID
    /// Weight from the place to the start of `arc`: negative if the place lies on `arc` itself.
    var lead: Int64
    /// True if the search begins behind the arc of the place.
    var isBehindOrigin: Bool
  }

  /// The ways to drive off from a place. O(pieces of the arc + turns).
  func departures(from place: RoadPlace, number: Int = 0) -> [Departure] {
    let rest = snapshot.parts.costToHead(of: place.arc, from: place.position)
    guard rest.isPassable else { return [] }
    let whole = snapshot.arcWeights[place.arc]
    if whole < .infinity && !needsWayAround(from: place) {
      return [Departure(origin: number, arc: place.arc, lead: Int64(rest.weight) - Int64(whole), isBehindOrigin: false)]
    }
    let network = snapshot.roads.network
    return network.turns(from: place.arc).compactMap { turn in
      let weight = rest.weight.adding(snapshot.turnWeight(turn, from: place.arc))
      guard weight < .infinity else { return nil }
      return Departure(origin: number, arc: network.turnHead[turn], lead: Int64(weight), isBehindOrigin: true)
    }
  }

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

  /// The way along one arc, if a destination lies ahead on the place's own one.
  func directTrip(from place: RoadPlace) -> Trip? {
    destinations.compactMap { destination -> Trip? in
      guard isOnTheArc(of: place, destination),
        let cost = snapshot.parts.costAlong(place.arc, from: place.position, to: destination.position), cost.isPassable
      else { return nil }
      return Trip(arcs: [place.arc], start: place.position, end: destination.position, weight: cost.weight)
    }.min { $0.weight < $1.weight }
  }

  /// The fastest trip from any of `origins`; `nil` if there is no way.
  func fastestTrip(from origins: [RoadPlace], with query: PathQuery) -> Trip? {
    let direct = origins.compactMap(directTrip).min { $0.weight < $1.weight }
    let sources = TripSources(origins, of: self)
    let terminals = sources.terminals
    var arcs: [ArcID] = []
    guard !terminals.isEmpty, !reachable.isEmpty,
      let found = query.path(from: terminals, to: targets, metric: snapshot.metric, into: &arcs)
    else { return direct }
    let weight = sources.unshifted(found.weight)
    if let direct, direct.weight <= weight { return direct }
    return sources.trip(arcs, weight: weight, from: found.source, to: reachable[found.target].place)
  }

  /// The same towards ``targets`` that were set before: for many trips to one place.
  func fastestTrip(from origins: [RoadPlace], with search: LazyRPHAST) -> Trip? {
    let direct = origins.compactMap(directTrip).min { $0.weight < $1.weight }
    let sources = TripSources(origins, of: self)
    guard let (source, weight) = sources.fastest(with: search) else { return direct }
    if let direct, direct.weight <= weight { return direct }
    var arcs: [ArcID] = []
    guard let target = search.path(from: sources.arc(source), into: &arcs) else { return direct }
    return sources.trip(arcs, weight: weight, from: source, to: reachable[target].place)
  }

  /// Other good trips than the fastest one, by ascending weight.
  ///
  /// None where the fastest trip stays on one arc: then all that differs is a detour.
  ///
  /// - Parameters:
  ///   - fastest: the trip of ``fastestTrip(from:with:)``.
  ///   - count: how many are wanted.
  func alternatives(to fastest: Trip, from origins: [RoadPlace], count: Int, with search: AlternativePaths) -> [Trip] {
    let sources = TripSources(origins, of: self)
    guard fastest.arcs.count > 1, !sources.terminals.isEmpty, !reachable.isEmpty else { return [] }
    let terms = AlternativePaths.Terms(countMax: count + 1)
    let found = search.paths(from: sources.terminals, to: targets, metric: snapshot.metric, terms: terms)
    return found.dropFirst().map { path in
      sources.trip(path.arcs, weight: path.weight, from: path.source, to: reachable[path.target].place)
    }
  }
}

/// Where a search begins for trips from some places.
struct TripSources {
  private let origins: [RoadPlace]
  private let departures: [TripSearch.Departure]
  /// Added to all offsets, as none may be negative.
  private let shift: Int64

  init(_ origins: [RoadPlace], of search: TripSearch) {
    self.origins = origins
    departures = origins.enumerated().flatMap { number, origin in search.departures(from: origin, number: number) }
    shift = -min(0, departures.map(\.lead).min() ?? 0)
  }

  var terminals: [Terminal] { departures.map { Terminal($0.arc, offset: Weight($0.lead + shift)) } }

  /// The arc on which a source lies, by its position in ``terminals``.
  func arc(_ source: Int) -> ArcID { departures[source].arc }

  /// The weight of a trip whose search began with the offsets of ``terminals``.
  func unshifted(_ weight: Weight) -> Weight { Weight(max(0, Int64(weight) - shift)) }

  /// The source from which a many-to-one search has the least weight, and the trip's weight; `nil` if there is no way.
  func fastest(with search: LazyRPHAST) -> (source: Int, weight: Weight)? {
    departures.indices.compactMap { source in
      search.weight(from: departures[source].arc, after: departures[source].lead).map { (source, $0) }
    }.min { $0.1 < $1.1 }
  }

  /// The trip of a path that a search found.
  ///
  /// - Parameter source: the position of the path's beginning in ``terminals``.
  func trip(_ arcs: [ArcID], weight: Weight, from source: Int, to destination: RoadPlace) -> Trip {
    let departure = departures[source]
    let origin = origins[departure.origin]
    return Trip(
      arcs: departure.isBehindOrigin ? [origin.arc] + arcs : arcs, start: origin.position, end: destination.position,
      weight: weight)
  }
}

extension LazyRPHAST {
  /// The weight of a trip that begins `lead` before the start of an arc; `nil` if there is no way.
  func weight(from arc: ArcID, after lead: Int64) -> Weight? {
    let weight = weight(from: arc)
    return weight < .infinity ? Weight(max(0, Int64(weight) + lead)) : nil
  }
}
