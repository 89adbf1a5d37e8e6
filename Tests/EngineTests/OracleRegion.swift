import Profiles
import RoadGraph
import Traffic

/// The closed parts of roads that hang together around a place, searched without any skill.
struct OracleRegion {
  enum Sense {
    case arriving, leaving
  }

  /// Where closed parts meet open ones.
  enum Edge: Hashable {
    /// The tail of an arc that is closed there if one arrives, the head of one if one leaves.
    case end(of: ArcID)
    case within(ArcID, bound: Int)
  }

  struct Way {
    var edge: Edge
    var label: Label
    /// True if all of the arc is open on the far side of the edge.
    var leadsOn: Bool
  }

  /// A way inside, to the place or from it.
  struct Label {
    var cost = TravelCost.zero
    var centimeters = 0
  }

  let roads: OracleRoads
  let place: RoadPlace
  let sense: Sense
  private(set) var ways: [Way] = []
  /// Of arcs that are closed all the way from their far ends.
  private(set) var labels: [ArcID: Label] = [:]
  private var network: RoadNetwork { roads.network }

  init(around place: RoadPlace, _ sense: Sense, on roads: OracleRoads) {
    (self.place, self.sense, self.roads) = (place, sense, roads)
    let starts = Self.arcs(in: place, sense, roads)
    var open = starts.compactMap { extend(Label(), $0, from: roads.lane($0).bound(place.position) ?? 0) }
    while let arc = open.popLast() {
      guard let label = labels[arc] else { continue }
      open += closedNeighbours(of: arc).compactMap { next, turn in
        extend(
          Label(cost: label.cost + turn, centimeters: label.centimeters), next,
          from: sense == .leaving ? 0 : roads.lane(next).parts.count)
      }
    }
    for arc in starts { findEdge(Label(), arc, from: roads.lane(arc).bound(place.position) ?? 0) }
    for (arc, label) in labels {
      if neighbours(of: arc).contains(where: { isOpen($0.arc) }) {
        ways.append(Way(edge: .end(of: arc), label: label, leadsOn: true))
      }
      for (next, turn) in closedNeighbours(of: arc) {
        findEdge(
          Label(cost: label.cost + turn, centimeters: label.centimeters), next,
          from: sense == .leaving ? 0 : roads.lane(next).parts.count)
      }
    }
    // A place at an edge lies outside.
    if ways.contains(where: { $0.leadsOn && $0.label.centimeters == 0 }) {
      ways.removeAll { $0.label.centimeters > 0 }
    }
  }

  /// The arcs of a place's road on which it lies in a closed part.
  static func arcs(in place: RoadPlace, _ sense: Sense, _ roads: OracleRoads) -> [ArcID] {
    [place.arc, roads.network.reverse(of: place.arc)].compactMap(\.self).filter { arc in
      let lane = roads.lane(arc)
      return lane.isClosed(at: place.position)
        && lane.parts.contains { $0.piece.piece == place.position.piece && $0.cost.isPassable }
    }.flatMap { sense == .arriving ? Array(roads.network.arcs(along: roads.network.arcCourse[$0])) : [$0] }
  }

  /// Walks on; returns the arc if its end is reached, better than before.
  private mutating func extend(_ label: Label, _ arc: ArcID, from bound: Int) -> ArcID? {
    let lane = roads.lane(arc)
    let walk = lane.closedWalk(from: bound, towardsHead: sense == .leaving)
    guard case .end = walk.end else { return nil }
    let end = Label(
      cost: label.cost + lane.cost(walk.range), centimeters: label.centimeters + lane.centimeters(walk.range))
    if let known = labels[arc], !isLess(end, known) { return nil }
    labels[arc] = end
    return arc
  }

  private mutating func findEdge(_ label: Label, _ arc: ArcID, from bound: Int) {
    let lane = roads.lane(arc)
    let walk = lane.closedWalk(from: bound, towardsHead: sense == .leaving)
    guard case .open(let edge) = walk.end else { return }
    let end = Label(
      cost: label.cost + lane.cost(walk.range), centimeters: label.centimeters + lane.centimeters(walk.range))
    let rest = sense == .leaving ? edge..<lane.parts.count : 0..<edge
    ways.append(Way(edge: .within(arc, bound: edge), label: end, leadsOn: lane.isOpen(rest)))
  }

  private func isLess(_ one: Label, _ other: Label) -> Bool {
    switch sense {
    case .arriving: (one.centimeters, one.cost.weight) < (other.centimeters, other.cost.weight)
    case .leaving: one.cost.weight < other.cost.weight
    }
  }

  private func neighbours(of arc: ArcID) -> [(arc: ArcID, turn: TravelCost)] {
    let turns = sense == .leaving ? roads.turnsFrom[arc] : roads.turnsInto[arc]
    return (turns ?? []).filter { $0.cost.isPassable }.map { (sense == .leaving ? $0.to : $0.from, $0.cost) }
  }

  private func closedNeighbours(of arc: ArcID) -> [(arc: ArcID, turn: TravelCost)] {
    neighbours(of: arc).filter { roads.lane($0.arc).outermost(atTail: sense == .leaving)?.isClosed ?? false }
  }

  private func isOpen(_ arc: ArcID) -> Bool {
    roads.lane(arc).outermost(atTail: sense == .leaving)?.isOpen ?? false
  }

  /// Closed metres count so much that none is driven that can be avoided: a minute each on the way in, and on the way
  /// out what takes as long at 36 km/h.
  func weight(_ label: Label) -> Weight {
    if label.centimeters == 0 { return label.cost.weight }
    let perUnit = sense == .arriving ? label.centimeters : Int(label.cost.timeMilliseconds)
    let closed = Weight(min(perUnit * 600, Int(Weight.infinity / 8)))
    return label.cost.weight.adding(3_600_000).adding(closed)
  }

  /// The weight of the way from another place to this one inside the region; infinity if there is none.
  func weightInside(from origin: RoadPlace) -> Weight {
    var found: [Label] = []
    for arc in Self.arcs(in: origin, .leaving, roads) {
      let lane = roads.lane(arc)
      guard let start = lane.bound(origin.position) else { continue }
      if network.arcCourse[arc].segment == place.position.segment, let end = lane.bound(place.position), start <= end,
        lane.parts[start..<end].allSatisfy({ $0.isClosed || $0.isPoint }), lane.cost(start..<end).isPassable
      {
        found.append(Label(cost: lane.cost(start..<end), centimeters: lane.centimeters(start..<end)))
      }
      let walk = lane.closedWalk(from: start, towardsHead: true)
      guard case .end = walk.end else { continue }
      for turn in roads.turnsFrom[arc] ?? [] where turn.cost.isPassable {
        guard let label = labels[turn.to] else { continue }
        found.append(
          Label(
            cost: lane.cost(walk.range) + turn.cost + label.cost,
            centimeters: lane.centimeters(walk.range) + label.centimeters))
      }
    }
    guard let best = found.min(by: isLess) else { return .infinity }
    let edges = ways.filter(\.leadsOn).map(\.label.centimeters)
    let isDetour = edges.min().map { best.centimeters > $0 } ?? false
    return weight(best).adding(isDetour ? Weight.infinity / 3 : 0)
  }
}
