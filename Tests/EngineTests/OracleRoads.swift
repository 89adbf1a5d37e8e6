import Profiles
import RoadGraph
import Traffic

/// A town as one plain graph: its vertices are the bounds of lanes, its arcs the open parts between them and the turns.
struct OracleRoads {
  struct Turn {
    var from: ArcID
    var to: ArcID
    var cost: TravelCost
  }

  let network: RoadNetwork
  let traffic: OracleTraffic
  private(set) var turnsFrom: [ArcID: [Turn]] = [:]
  private(set) var turnsInto: [ArcID: [Turn]] = [:]
  private var lanes: [OracleLane]
  /// Of each arc: the vertices of its bounds.
  private var vertices: [[Int]] = []
  /// What leads to each vertex.
  private var before: [[(vertex: Int, weight: Weight)]] = []

  init(_ costs: CostModel, _ traffic: OracleTraffic) {
    (network, self.traffic) = (costs.network, traffic)
    let network = costs.network
    lanes = network.arcHead.indices.map { OracleLane(network.arcCourse[$0], cutAt: [], traffic, network) }
    for lane in lanes {
      vertices.append(Array(before.count...before.count + lane.parts.count))
      before += Array(repeating: [], count: lane.parts.count + 1)
    }
    for arc in network.arcHead.indices {
      connect(arc) { _ in true }
      for turn in network.turns(from: arc) {
        let turn = Turn(from: arc, to: network.turnHead[turn], cost: costs.turnCost(turn, from: arc))
        turnsFrom[arc, default: []].append(turn)
        turnsInto[turn.to, default: []].append(turn)
        if turn.cost.isPassable { before[vertex(turn.to, 0)].append((head(of: arc), turn.cost.weight)) }
      }
    }
  }

  func lane(_ arc: ArcID) -> OracleLane { lanes[arc.position] }

  func vertex(_ arc: ArcID, _ bound: Int) -> Int { vertices[arc.position][bound] }

  func head(of arc: ArcID) -> Int { vertex(arc, lanes[arc.position].parts.count) }

  /// Adds the ways along a lane that touch a vertex that is meant.
  private mutating func connect(_ arc: ArcID, where isMeant: (Int) -> Bool) {
    for (from, to, weight) in lane(arc).openWays where isMeant(vertex(arc, from)) || isMeant(vertex(arc, to)) {
      before[vertex(arc, to)].append((vertex(arc, from), weight))
    }
  }

  /// The same roads, cut at some places as well.
  func cut(at places: [RoadPlace]) -> OracleRoads {
    var roads = self
    for (_, there) in Dictionary(grouping: places, by: \.position.segment) {
      let arcs = network.segmentArcs[there[0].position.segment]
      for arc in [arcs.forward, arcs.backward].compactMap(\.self) {
        for lane in network.arcs(along: network.arcCourse[arc]) { roads.recut(lane, at: Set(there.map(\.position))) }
      }
    }
    return roads
  }

  private mutating func recut(_ arc: ArcID, at positions: Set<RoadPosition>) {
    let (old, known) = (lane(arc), vertices[arc.position])
    let new = OracleLane(network.arcCourse[arc], cutAt: positions, traffic, network)
    let first = before.count
    var numbers: [Int] = []
    var bound = 0
    for part in new.parts {
      // A part that begins where an old one did begins at that one's vertex.
      if bound < old.parts.count, Self.start(part) == Self.start(old.parts[bound]) {
        numbers.append(known[bound])
        bound += 1
      } else {
        numbers.append(before.count)
        before.append([])
      }
    }
    (lanes[arc.position], vertices[arc.position]) = (new, numbers + [known[old.parts.count]])
    connect(arc) { $0 >= first }
  }

  private static func start(_ part: OracleLane.Part) -> [UInt32] {
    [part.piece.rawValue, part.piece.isBackward ? part.extent.upperBound : part.extent.lowerBound]
  }

  /// The weight from each vertex to the best of some targets, each with a weight behind it.
  func weights(to targets: [(vertex: Int, weight: Weight)]) -> [Weight] {
    var weights = [Weight](repeating: .infinity, count: before.count)
    var queue = WeightQueue()
    for target in targets { queue.insert(target.vertex, target.weight) }
    while let (vertex, weight) = queue.popLeast() {
      guard weight < weights[vertex] else { continue }
      weights[vertex] = weight
      for (previous, step) in before[vertex] where weight.adding(step) < weights[previous] {
        queue.insert(previous, weight.adding(step))
      }
    }
    return weights
  }
}

/// Vertices by weight, the least first.
private struct WeightQueue {
  private var buckets: [Weight: [Int]] = [:]
  private var keys: [Weight] = []

  mutating func insert(_ vertex: Int, _ weight: Weight) {
    buckets[weight, default: []].append(vertex)
    guard buckets[weight]?.count == 1 else { return }
    // Descending, so that the least one is the last.
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] > weight { low = middle + 1 } else { high = middle }
    }
    keys.insert(weight, at: low)
  }

  mutating func popLeast() -> (vertex: Int, weight: Weight)? {
    guard let weight = keys.last, let vertex = buckets[weight]?.popLast() else { return nil }
    if buckets[weight]?.isEmpty ?? true {
      buckets[weight] = nil
      keys.removeLast()
    }
    return (vertex, weight)
  }
}
