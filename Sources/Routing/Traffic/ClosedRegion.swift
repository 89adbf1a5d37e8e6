import API
import HeapModule
import Profiles
import RoadGraph

/// The closed stretches that hang together around a place, and the ways between the place and open roads.
///
/// No way leads through a closed stretch. But a crew goes to the very scene for which a road was closed, and a unit
/// that stands behind a barrier gets out: from the region's edges, where open roads meet it, to the place, and from the
/// place to them, as a last resort. Both ends of a closed stretch belong to it. The ways are found by Dijkstra's
/// algorithm over the region's arcs alone.
public struct ClosedRegion {
  /// Which way the place and the edges are connected.
  public enum Sense: Sendable {
    /// From the edges to the place: over as few closed metres as can be.
    case arriving
    /// From the place to the edges: the nearest one in time.
    case leaving
  }

  /// Where a region meets open roads.
  public enum Edge: Hashable, Sendable {
    case vertex(VertexID)
    case within(RoadPosition)
  }

  /// A way between a place in the region and one of its edges.
  public struct Way: Sendable {
    /// In the order of travel; the place lies on the last one if it arrives, on the first one if it leaves.
    public var arcs: [ArcID]
    public var weight: Weight
    /// Of what is open between the edge and the tail of the first arc, or the head of the last one; infinity if another
    /// barrier lies there.
    public var rest: Weight
    public var closedCentimeters: Int
    public var edge: Edge

    /// True if the edge is open all the way to the end of its arc.
    public var leadsOn: Bool { rest < .infinity }
  }

  public let place: RoadPlace
  public private(set) var ways: [Way] = []
  private let snapshot: ProfileSnapshot
  private let sense: Sense
  private let limit: WorkLimit
  private var labels: [Label] = []
  private var labelByArc: [ArcID: Int] = [:]
  private var queue = Heap<Open>()

  /// A way inside, between the place and the far end of an arc all of which is closed, or that the place lies on.
  struct Label {
    var arc: ArcID
    var cost = TravelCost.zero
    var closedCentimeters = 0
    /// The label of the arc next to it, towards the place.
    var link: Int?
  }

  private struct Open: Comparable {
    var key: UInt64
    var label: Int
    static func < (left: Open, right: Open) -> Bool { (left.key, left.label) < (right.key, right.label) }
  }

  /// This many arcs are settled in about a millisecond.
  private static let checkInterval = 128
  /// A region is left by one of the edges that are nearest, if any of those leads on.
  private static let edgesMax = 32

  /// Finds the ways. No ways, if the place lies in no closed stretch, or the region has no edge.
  ///
  /// - Parameter limit: once it is over, the search ends where it is: its caller must look at the limit, too.
  /// - Complexity: O(a log a) for a arcs of the region; of one that is left, those nearest to the place.
  public init(
    around place: RoadPlace, _ sense: Sense, in snapshot: ProfileSnapshot, within limit: WorkLimit = .none
  ) {
    (self.place, self.sense, self.snapshot, self.limit) = (place, sense, snapshot, limit)
    let network = snapshot.roads.network
    for arc in [place.arc, network.reverse(of: place.arc)].compactMap(\.self) {
      guard snapshot.roads.isPassable(arc, at: place.position.piece),
        snapshot.isInClosedStretch(place.position, on: arc)
      else { continue }
      let arcs = sense == .arriving ? Array(network.arcs(along: network.arcCourse[arc])) : [arc]
      for arc in arcs { extend(Label(arc: arc), snapshot.walk(along: arc, from: place.position, sense)) }
    }
    var settledCount = 0
    while let next = queue.popMin(), sense == .arriving || ways.count < Self.edgesMax {
      settledCount += 1
      if settledCount % Self.checkInterval == 0, limit.isOver { break }
      settle(next.label)
    }
    // A place at an edge lies outside as well as inside.
    if ways.contains(where: { $0.closedCentimeters == 0 && $0.leadsOn }) { ways.removeAll { $0.closedCentimeters > 0 } }
  }
}

// MARK: The search

extension ClosedRegion {
  private mutating func settle(_ number: Int) {
    let label = labels[number]
    guard labelByArc[label.arc] == number else { return }
    var isAtEdge = false
    for (arc, cost) in neighbours(of: label.arc) {
      guard snapshot.isClosedAtEnd(of: arc, sense) else {
        isAtEdge = isAtEdge || snapshot.isOpenAtEnd(of: arc, sense)
        continue
      }
      let next = Label(
        arc: arc, cost: label.cost + cost, closedCentimeters: label.closedCentimeters, link: number)
      extend(next, snapshot.walk(along: arc, from: nil, sense))
    }
    if isAtEdge { ways.append(way(label, edge: .vertex(end(of: label.arc)))) }
  }

  /// Takes an arc on from the end where it was reached.
  private mutating func extend(_ start: Label, _ walk: ClosedWalk) {
    var label = start
    label.cost += walk.cost
    label.closedCentimeters += walk.closedCentimeters
    switch walk.end {
    case .blocked: break
    case .edge(let position, let rest): ways.append(way(label, edge: .within(position), rest: rest))
    case .endOfArc:
      if let known = labelByArc[label.arc], key(labels[known]) <= key(label) { return }
      labelByArc[label.arc] = labels.count
      queue.insert(Open(key: key(label), label: labels.count))
      labels.append(label)
    }
  }

  private func key(_ label: Label) -> UInt64 {
    sense == .leaving ? UInt64(label.cost.weight) : UInt64(label.closedCentimeters) << 32 | UInt64(label.cost.weight)
  }

  /// The arcs that turns connect with the far end of an arc, with the costs of the turns.
  private func neighbours(of arc: ArcID) -> [(arc: ArcID, cost: TravelCost)] {
    let network = snapshot.roads.network
    let turns: [(arc: ArcID, turn: TurnID, from: ArcID)] =
      switch sense {
      case .leaving: network.turns(from: arc).map { (network.turnHead[$0], $0, arc) }
      case .arriving:
        network.arcs(into: network.arcTail[arc]).flatMap { before in
          network.turns(from: before).filter { network.turnHead[$0] == arc }.map { (before, $0, before) }
        }
      }
    return turns.compactMap { next in
      let cost = snapshot.turnCost(next.turn, from: next.from)
      return cost.isPassable ? (next.arc, cost) : nil
    }
  }

  private func end(of arc: ArcID) -> VertexID {
    let network = snapshot.roads.network
    return sense == .leaving ? network.arcHead[arc] : network.arcTail[arc]
  }

  private func way(_ label: Label, edge: Edge, rest: Weight = 0) -> Way {
    Way(
      arcs: arcs(label), weight: weight(label), rest: rest, closedCentimeters: label.closedCentimeters, edge: edge)
  }

  /// The arcs between the place and a label, in the order of travel.
  private func arcs(_ label: Label) -> [ArcID] {
    let outwards = Array(sequence(first: label) { $0.link.map { labels[$0] } }.map(\.arc))
    return sense == .arriving ? outwards : outwards.reversed()
  }

  /// A way's weight, in which its closed metres count so much more than their time that none is driven that can be
  /// avoided.
  private func weight(_ label: Label) -> Weight {
    if label.closedCentimeters == 0 { return label.cost.weight }
    let closed =
      sense == .arriving
      ? Double(label.closedCentimeters) * Self.millisecondsPerCentimeter
      : Double(label.cost.timeMilliseconds) * Self.millisecondsPerMillisecond
    return (label.cost + .lastResort).weight.adding(min(Weight(saturating: closed), Self.reluctanceMax))
  }

  /// A minute for each closed metre.
  private static let millisecondsPerCentimeter = 600.0
  /// The same at 36 km/h.
  private static let millisecondsPerMillisecond = 600.0
  /// However far it is, it can be gone.
  private static let reluctanceMax = Weight.infinity / 8
}

// MARK: Both ends in one region

extension ClosedRegion {
  /// The way from another place in the region to its own one, inside; `nil` if there is none.
  ///
  /// It counts like any other, if it takes no more closed metres than the nearest edge does; else only where no way
  /// leads round, over an edge.
  ///
  /// - Returns: the arcs with that of `origin` first, and the weight.
  public func wayInside(from origin: RoadPlace) -> (arcs: [ArcID], weight: Weight)? {
    let network = snapshot.roads.network
    var best: Label?
    for arc in [origin.arc, network.reverse(of: origin.arc)].compactMap(\.self) {
      guard snapshot.roads.isPassable(arc, at: origin.position.piece),
        snapshot.isInClosedStretch(origin.position, on: arc)
      else { continue }
      for label in labels(from: origin.position, on: arc) where best.map({ key(label) < key($0) }) ?? true {
        best = label
      }
    }
    guard let best else { return nil }
    let nearest = ways.filter(\.leadsOn).map(\.closedCentimeters).min() ?? .max
    let detour: Weight = best.closedCentimeters <= nearest ? 0 : Self.detourWeight
    return (arcs(best), weight(best).adding(detour))
  }

  /// More than any way round weighs.
  private static let detourWeight = Weight.infinity / 3

  private func labels(from position: RoadPosition, on arc: ArcID) -> [Label] {
    let network = snapshot.roads.network
    var found: [Label] = []
    if network.arcCourse[arc].segment == place.position.segment,
      let along = snapshot.closedWalk(along: arc, from: position, to: place.position)
    {
      found.append(Label(arc: arc, cost: along.cost, closedCentimeters: along.closedCentimeters))
    }
    let walk = snapshot.walk(along: arc, from: position, .leaving)
    guard case .endOfArc = walk.end else { return found }
    for turn in network.turns(from: arc) {
      let cost = snapshot.turnCost(turn, from: arc)
      guard cost.isPassable, let number = labelByArc[network.turnHead[turn]] else { continue }
      found.append(
        Label(
          arc: arc, cost: walk.cost + cost + labels[number].cost,
          closedCentimeters: walk.closedCentimeters + labels[number].closedCentimeters, link: number))
    }
    return found
  }
}
