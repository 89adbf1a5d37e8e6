import HeapModule
import RoadGraph

/// Partial customization: brings a metric up to date after a few turn weights changed, up or down.
///
/// Vertices with arcs that may have changed wait in a queue by rank. One that is taken out has only final arcs below it.
/// A changed arc of it takes part in triangles with the arcs of the same vertex; each tells an arc above what its new
/// sum is. A sum below that arc's weight simply becomes its weight. An old sum that was its weight and has grown makes
/// it *stale*: it's computed anew, from its turn and its lower triangles, when its own vertex comes out of the queue.
///
/// - SeeAlso: Dibbelt, Strasser, Wagner, JEA 2016, doi:10.1145/2886843, section 7.5.
final class PartialCustomization {
  private let hierarchy: ContractionHierarchy
  private let upwardCount: Int
  /// Whether an arc has to be computed anew, by position among upward and downward arcs.
  private let isStale: UnsafeMutablePointer<Bool>
  private let isQueued: UnsafeMutablePointer<Bool>
  private var queue = Heap<UInt32>()
  private let scatter: UnsafeMutablePointer<Weight>
  /// The arcs of the vertex in work whose weights changed.
  private var changedUpward: [Int] = []
  private var changedDownward: [Int] = []

  init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    upwardCount = hierarchy.upward.arcCount
    isStale = .allocate(capacity: hierarchy.arcCount)
    isStale.initialize(repeating: false, count: hierarchy.arcCount)
    isQueued = .allocate(capacity: hierarchy.vertexCount)
    isQueued.initialize(repeating: false, count: hierarchy.vertexCount)
    scatter = .allocate(capacity: hierarchy.vertexCount)
  }

  deinit {
    isStale.deallocate()
    isQueued.deallocate()
    scatter.deallocate()
  }

  /// One direction of a hierarchy while it changes.
  fileprivate struct Half {
    let graph: SearchGraphPointers
    /// Before the update, and now.
    let old: UnsafePointer<Weight>
    let new: UnsafeMutablePointer<Weight>
    /// Where its arcs begin among the positions of all arcs.
    let offset: Int
  }

  /// Updates `metric` in place.
  ///
  /// - Parameters:
  ///   - metric: weighs what `old` weighs.
  ///   - turnWeight: that of any turn, after the change.
  ///   - mayGoOn: asked now and then; false ends the work, and leaves `metric` half changed.
  /// - Returns: the positions of the arcs whose weight changed; `nil` if the work was ended.
  func update(
    _ metric: Metric, from old: Metric, changed: [TurnID], turnWeight: (TurnID) -> Weight, mayGoOn: () -> Bool
  ) -> [UInt32]? {
    let upward = Half(graph: hierarchy.upward.pointers, old: old.upward, new: metric.upward, offset: 0)
    let downward = Half(
      graph: hierarchy.downward.pointers, old: old.downward, new: metric.downward, offset: upwardCount)
    for turn in changed { enqueue(turn, turnWeight(turn), upward, downward) }
    var changes: [UInt32] = []
    var steps = 0
    while let lowest = queue.popMin() {
      let vertex = Int(lowest)
      isQueued[vertex] = false
      if steps % Self.stepsBetweenQuestions == 0, !mayGoOn() {
        abandon(from: vertex, upward.graph, downward.graph)
        return nil
      }
      steps += 1
      recompute(vertex, upward, through: downward, turnWeight)
      recompute(vertex, downward, through: upward, turnWeight)
      collect(&changedUpward, vertex, upward, &changes)
      collect(&changedDownward, vertex, downward, &changes)
      propagate(from: vertex, upward, downward)
    }
    return changes
  }

  private static let stepsBetweenQuestions = 16

  /// Lets the turn's new weight lower its arc, or make it stale.
  private func enqueue(_ turn: TurnID, _ weight: Weight, _ upward: Half, _ downward: Half) {
    let position = Int(hierarchy.turnPosition[turn])
    guard position != ContractionHierarchy.noPosition else { return }
    let half = position < upwardCount ? upward : downward
    let arc = position - half.offset
    let lowerEnd = lowerEnd(of: arc, half.graph)
    if weight < half.new[arc] {
      half.new[arc] = weight
    } else if weight > half.new[arc] {
      isStale[position] = true
    } else {
      return
    }
    enqueue(lowerEnd)
  }

  private func enqueue(_ vertex: Int) {
    if isQueued[vertex] { return }
    isQueued[vertex] = true
    queue.insert(UInt32(vertex))
  }

  /// The last vertex whose row starts at or before the arc. O(log n).
  private func lowerEnd(of arc: Int, _ graph: SearchGraphPointers) -> Int {
    var (start, end) = (0, hierarchy.vertexCount)
    while end - start > 1 {
      let middle = (start + end) / 2
      if graph.rows[middle].firstArc <= arc { start = middle } else { end = middle }
    }
    return start
  }

  private func collect(_ arcs: inout [Int], _ vertex: Int, _ half: Half, _ changes: inout [UInt32]) {
    arcs.removeAll(keepingCapacity: true)
    for arc in half.graph.row(vertex) where half.new[arc] != half.old[arc] {
      arcs.append(arc)
      changes.append(UInt32(half.offset + arc))
    }
  }

  /// Empties the queue.
  private func abandon(from vertex: Int, _ upward: SearchGraphPointers, _ downward: SearchGraphPointers) {
    for vertex in CollectionOfOne(vertex) + queue.unordered.map(Int.init) {
      isQueued[vertex] = false
      for arc in upward.row(vertex) { isStale[arc] = false }
      for arc in downward.row(vertex) { isStale[upwardCount + arc] = false }
    }
    queue = Heap()
  }
}

// MARK: - Computing stale arcs anew

extension PartialCustomization {
  /// Computes the stale arcs of one half of a vertex anew; all its arcs at once where that's cheaper.
  private func recompute(_ vertex: Int, _ own: Half, through opposite: Half, _ turnWeight: (TurnID) -> Weight) {
    let row = own.graph.row(vertex)
    let stale = row.count { isStale[own.offset + $0] }
    if stale == 0 { return }
    let upperEnds = own.graph.upperEnds(of: vertex)
    if stale > Self.singleArcsMax {
      for arc in row { scatter[upperEnds[arc].position] = lowestTurn(arc, vertex, own, turnWeight) }
      BasicCustomization.relaxLowerTriangles(
        vertex, (own.graph, own.new), through: (opposite.graph, opposite.new), scatter)
      for arc in row { own.new[arc] = scatter[upperEnds[arc].position] }
    } else {
      for arc in row where isStale[own.offset + arc] {
        own.new[arc] = weight(of: arc, vertex, own, through: opposite, turnWeight)
      }
    }
    for arc in row { isStale[own.offset + arc] = false }
  }

  /// Up to this many stale arcs of a vertex are computed one by one.
  private static let singleArcsMax = 3

  /// The smallest of the turn's weight and the sums over all lower triangles.
  private func weight(
    of arc: Int, _ vertex: Int, _ own: Half, through opposite: Half, _ turnWeight: (TurnID) -> Weight
  ) -> Weight {
    // Whatever undercut the weight has lowered it already, so nothing below it is left to be found.
    let known = own.new[arc]
    var weight = lowestTurn(arc, vertex, own, turnWeight)
    if weight <= known { return known }
    LowerTriangles(
      lowerEnd: Rank(vertex), upperEnd: own.graph.upperEnds(of: vertex)[arc], own.graph, opposite.graph
    ).visit { _, first, second in
      weight = min(weight, opposite.new[first] &+ own.new[second])
      return weight > known
    }
    return weight
  }

  /// The smallest weight of the turns that lie on an arc; infinity for a shortcut.
  private func lowestTurn(_ arc: Int, _ vertex: Int, _ half: Half, _ turnWeight: (TurnID) -> Weight) -> Weight {
    let isUpward = half.offset == 0
    let tail = isUpward ? Rank(vertex) : half.graph.upperEnds(of: vertex)[arc]
    let position = UInt32(half.offset + arc)
    var weight = Weight.infinity
    for turn in hierarchy.firstTurn[hierarchy.order[tail]]
    where hierarchy.turnPosition[position: turn] == position {
      weight = min(weight, turnWeight(TurnID(turn)))
    }
    return weight
  }
}

// MARK: - Propagating changes upwards

extension PartialCustomization {
  /// Tells the arcs a→b what became of a→v→b.
  private func propagate(from vertex: Int, _ upward: Half, _ downward: Half) {
    let (tails, heads) = (downward.graph.upperEnds(of: vertex), upward.graph.upperEnds(of: vertex))
    for second in changedUpward {
      for first in downward.graph.row(vertex) {
        tell(from: tails[first], to: heads[second], first, second, upward, downward)
      }
    }
    for first in changedDownward {
      for second in upward.graph.row(vertex) where upward.new[second] == upward.old[second] {
        tell(from: tails[first], to: heads[second], first, second, upward, downward)
      }
    }
  }

  @inline(__always)
  private func tell(
    from tail: Rank, to head: Rank, _ first: Int, _ second: Int, _ upward: Half, _ downward: Half
  ) {
    let oldSum = downward.old[first] &+ upward.old[second]
    let newSum = downward.new[first] &+ upward.new[second]
    if oldSum == newSum || min(oldSum, newSum) >= .infinity || tail == head { return }
    let half = tail < head ? upward : downward
    let (lowerEnd, upperEnd) = (min(tail, head), max(tail, head))
    guard let arc = half.graph.arc(lower: lowerEnd, upper: upperEnd) else { return }
    if newSum < half.new[arc] {
      half.new[arc] = newSum
    } else if oldSum == half.new[arc] && newSum > oldSum {
      isStale[half.offset + arc] = true
    } else {
      return
    }
    enqueue(lowerEnd.position)
  }
}
