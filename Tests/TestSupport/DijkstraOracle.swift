import MapFile
import RoadGraph

/// Dijkstra's algorithm on the input graph: what every answer is compared with. Written to be right, not to be fast.
///
/// Its vertices are road arcs, its arcs are turns; the weight of a turn is that of the arc left plus the turn cost.
public struct DijkstraOracle: Sendable {
  /// Where a search starts or ends: an arc, and the weight from there to the place that is meant.
  public struct Label: Hashable, Sendable {
    public var arc: ArcID
    public var weight: Weight

    public init(_ arc: ArcID, _ weight: Weight = 0) {
      self.arc = arc
      self.weight = weight
    }
  }

  public let graph: TurnExpandedGraph
  /// By ``TurnID``.
  public let turnWeights: [Weight]

  public init(_ graph: TurnExpandedGraph, turnWeights: [Weight]) {
    precondition(turnWeights.count == graph.turnCount, "weights of another graph")
    self.graph = graph
    self.turnWeights = turnWeights
  }

  /// The weight from the starts to every arc; infinity where there is no way.
  public func weights(from starts: [Label]) -> [Weight] { search(from: starts).weight }

  /// The path of least weight from a start to an end, both ends' weights included; `nil` if there is none.
  public func path(from starts: [Label], to ends: [Label]) -> (weight: Weight, arcs: [ArcID])? {
    let (weight, parent) = search(from: starts)
    let best = ends.map { (weight: weight[$0.arc.position].adding($0.weight), arc: $0.arc) }.min {
      $0.weight < $1.weight
    }
    guard let best, best.weight < .infinity else { return nil }
    var arcs = [best.arc]
    while let before = parent[arcs[arcs.count - 1].position] { arcs.append(before) }
    return (best.weight, arcs.reversed())
  }

  private func search(from starts: [Label]) -> (weight: [Weight], parent: [ArcID?]) {
    var weight = [Weight](repeating: .infinity, count: graph.arcCount)
    var parent = [ArcID?](repeating: nil, count: graph.arcCount)
    var queue = BinaryHeap()
    for start in starts where start.weight < weight[start.arc.position] {
      weight[start.arc.position] = start.weight
      queue.insert(start)
    }
    while let settled = queue.popLeast() {
      guard settled.weight == weight[settled.arc.position] else { continue }
      for turn in graph.firstTurn[settled.arc] {
        let next = graph.turnHead[TurnID(turn)]
        let tentative = settled.weight.adding(turnWeights[turn])
        guard tentative < weight[next.position] else { continue }
        weight[next.position] = tentative
        parent[next.position] = settled.arc
        queue.insert(Label(next, tentative))
      }
    }
    return (weight, parent)
  }
}

/// A binary heap of labels, least weight first.
private struct BinaryHeap {
  private var labels: [DijkstraOracle.Label] = []

  mutating func insert(_ label: DijkstraOracle.Label) {
    labels.append(label)
    var child = labels.count - 1
    while child > 0, labels[child].weight < labels[(child - 1) / 2].weight {
      labels.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popLeast() -> DijkstraOracle.Label? {
    guard let least = labels.first else { return nil }
    labels.swapAt(0, labels.count - 1)
    labels.removeLast()
    var parent = 0
    while true {
      let children = (2 * parent + 1)..<min(2 * parent + 3, max(labels.count, 2 * parent + 1))
      guard let child = children.min(by: { labels[$0].weight < labels[$1].weight }),
        labels[child].weight < labels[parent].weight
      else { return least }
      labels.swapAt(parent, child)
      parent = child
    }
  }
}
