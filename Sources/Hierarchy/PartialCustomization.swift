import RoadGraph

/// Partial customization: brings a metric up to date after a few turn weights changed, up or down.
///
/// Arcs whose weight may have changed wait in a queue ordered by the rank of their lower end. One that is taken out has
/// only final arcs below it, so its weight is computed anew from its turn and its lower triangles. If it changed, the
/// triangles that it takes part in from below tell which arcs above may change in turn: those that a new sum undercuts,
/// and those whose weight may have come from an old sum that is gone.
///
/// - SeeAlso: Dibbelt, Strasser, Wagner, JEA 2016, doi:10.1145/2886843, section 7.5.
final class PartialCustomization {
  private let hierarchy: ContractionHierarchy
  private let upward: SearchGraphPointers
  private let downward: SearchGraphPointers
  private let upwardCount: Int
  /// Whether an arc waits to be recomputed, by position among upward and downward arcs.
  private let isWaiting: UnsafeMutablePointer<Bool>
  private let isQueued: UnsafeMutablePointer<Bool>
  private var queue = RankQueue()
  private let scatter: UnsafeMutablePointer<Weight>
  /// The weights of the vertex in work before they were recomputed.
  private var oldUpward: [Weight] = []
  private var oldDownward: [Weight] = []

  init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    upward = hierarchy.upward.pointers
    downward = hierarchy.downward.pointers
    upwardCount = hierarchy.upward.arcCount
    isWaiting = .allocate(capacity: hierarchy.arcCount)
    isWaiting.initialize(repeating: false, count: hierarchy.arcCount)
    isQueued = .allocate(capacity: hierarchy.vertexCount)
    isQueued.initialize(repeating: false, count: hierarchy.vertexCount)
    scatter = .allocate(capacity: hierarchy.vertexCount)
  }

  deinit {
    isWaiting.deallocate()
    isQueued.deallocate()
    scatter.deallocate()
  }

  /// Updates `metric` in place; returns the positions of the arcs whose weight changed.
  func update(_ metric: Metric, turnWeights: [Weight], changed: [TurnID]) -> [UInt32] {
    var changes: [UInt32] = []
    for turn in changed {
      let position = hierarchy.turnPosition[turn]
      guard position != ContractionHierarchy.noPosition else { continue }
      enqueue(Int(position), lowerEnd: lowerEnd(of: Int(position)))
    }
    while let vertex = queue.popLowest() {
      isQueued[vertex] = false
      recompute(vertex, metric, turnWeights)
      let before = changes.count
      record(&changes, upward.row(vertex), oldUpward, metric.upward, offset: 0)
      record(&changes, downward.row(vertex), oldDownward, metric.downward, offset: upwardCount)
      if changes.count > before { propagate(from: vertex, metric) }
    }
    return changes
  }

  private func enqueue(_ position: Int, lowerEnd: Int) {
    isWaiting[position] = true
    if !isQueued[lowerEnd] {
      isQueued[lowerEnd] = true
      queue.push(lowerEnd)
    }
  }

  private func lowerEnd(of position: Int) -> Int {
    let isUpward = position < upwardCount
    let graph = isUpward ? upward : downward
    let arc = isUpward ? position : position - upwardCount
    var (start, end) = (0, hierarchy.vertexCount)
    // The last vertex whose row starts at or before the arc.
    while end - start > 1 {
      let middle = (start + end) / 2
      if graph.firstArc[middle] <= arc { start = middle } else { end = middle }
    }
    return start
  }

  private func record(
    _ changes: inout [UInt32], _ row: Range<Int>, _ old: [Weight], _ new: UnsafeMutablePointer<Weight>, offset: Int
  ) {
    for (arc, weight) in zip(row, old) where new[arc] != weight { changes.append(UInt32(offset + arc)) }
  }
}

// MARK: - Recomputing the arcs of a vertex

extension PartialCustomization {
  private typealias WeightedGraph = BasicCustomization.WeightedGraph

  private func recompute(_ vertex: Int, _ metric: Metric, _ turnWeights: [Weight]) {
    let up = WeightedGraph(upward, metric.upward)
    let down = WeightedGraph(downward, metric.downward)
    oldUpward.removeAll(keepingCapacity: true)
    oldUpward.append(contentsOf: UnsafeBufferPointer(start: up.weights, count: upwardCount)[upward.row(vertex)])
    oldDownward.removeAll(keepingCapacity: true)
    for arc in downward.row(vertex) { oldDownward.append(down.weights[arc]) }

    recompute(vertex, up, through: down, offset: 0) { arc in
      self.turnWeight(tail: Rank(vertex), position: arc, turnWeights)
    }
    recompute(vertex, down, through: up, offset: upwardCount) { arc in
      self.turnWeight(tail: self.downward.upperEnd[arc], position: self.upwardCount + arc, turnWeights)
    }
  }

  /// Recomputes the waiting arcs of one half; all arcs at once where that's cheaper.
  private func recompute(
    _ vertex: Int, _ own: WeightedGraph, through opposite: WeightedGraph, offset: Int, inputWeight: (Int) -> Weight
  ) {
    let row = own.graph.row(vertex)
    let waiting = row.count { isWaiting[offset + $0] }
    if waiting == 0 { return }
    if waiting > Self.singleArcsMax {
      for arc in row { scatter[own.graph.upperEnd[arc].position] = inputWeight(arc) }
      BasicCustomization.relaxLowerTriangles(vertex, own, through: opposite, scatter)
      for arc in row { own.weights[arc] = scatter[own.graph.upperEnd[arc].position] }
    } else {
      for arc in row where isWaiting[offset + arc] {
        var weight = inputWeight(arc)
        LowerTriangles(lowerEnd: Rank(vertex), upperEnd: own.graph.upperEnd[arc], own.graph, opposite.graph)
          .visit { _, first, second in
            weight = min(weight, opposite.weights[first] &+ own.weights[second])
            return true
          }
        own.weights[arc] = weight
      }
    }
    for arc in row { isWaiting[offset + arc] = false }
  }

  /// Up to this many waiting arcs of a vertex are recomputed one by one.
  private static let singleArcsMax = 3

  /// The smallest weight of the turns that lie on an arc; infinity for a shortcut.
  private func turnWeight(tail: Rank, position: Int, _ turnWeights: [Weight]) -> Weight {
    var weight = Weight.infinity
    for turn in hierarchy.firstTurn[hierarchy.order[tail]]
    where hierarchy.turnPosition[position: turn] == UInt32(position) {
      weight = min(weight, turnWeights[turn])
    }
    return weight
  }
}

// MARK: - Propagating changes upwards

extension PartialCustomization {
  /// Enqueues the arcs a→b that may change because a→v or v→b did.
  private func propagate(from vertex: Int, _ metric: Metric) {
    let (up, down) = (metric.upward, metric.downward)
    for (secondArc, oldSecond) in zip(upward.row(vertex), oldUpward) {
      let newSecond = up[secondArc]
      for (firstArc, oldFirst) in zip(downward.row(vertex), oldDownward) {
        let newFirst = down[firstArc]
        if newFirst == oldFirst && newSecond == oldSecond { continue }
        let (oldSum, newSum) = (oldFirst &+ oldSecond, newFirst &+ newSecond)
        if oldSum == newSum || min(oldSum, newSum) >= .infinity { continue }
        let (tail, head) = (downward.upperEnd[firstArc], upward.upperEnd[secondArc])
        if tail < head, let arc = upward.arc(lower: tail, upper: head) {
          if newSum < up[arc] || oldSum == up[arc] { enqueue(arc, lowerEnd: tail.position) }
        } else if head < tail, let arc = downward.arc(lower: head, upper: tail) {
          if newSum < down[arc] || oldSum == down[arc] { enqueue(upwardCount + arc, lowerEnd: head.position) }
        }
      }
    }
  }
}

/// The lowest of a set of ranks: a binary heap.
struct RankQueue {
  private var heap: [UInt32] = []

  var isEmpty: Bool { heap.isEmpty }

  mutating func push(_ vertex: Int) {
    heap.append(UInt32(vertex))
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2] > heap[child] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popLowest() -> Int? {
    guard let lowest = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      if heap[parent] <= heap[child] { break }
      heap.swapAt(parent, child)
      parent = child
    }
    return Int(lowest)
  }
}
