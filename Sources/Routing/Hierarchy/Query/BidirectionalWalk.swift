import RoadGraph

/// The two search spaces of a query, walked together: forward from the sources over upward arcs, backward from the
/// targets over downward arcs, both towards higher ranks.
struct BidirectionalWalk {
  private(set) var forward: LabelledSpace
  private(set) var backward: LabelledSpace

  init(vertexCount: Int) {
    forward = LabelledSpace(vertexCount: vertexCount)
    backward = LabelledSpace(vertexCount: vertexCount)
  }

  func deallocate() {
    forward.deallocate()
    backward.deallocate()
  }

  mutating func begin(from sources: [Terminal], to targets: [Terminal], _ hierarchy: ContractionHierarchy) {
    forward.begin(at: sources, hierarchy)
    backward.begin(at: targets, hierarchy)
  }

  /// Forgets both search spaces with all their labels.
  mutating func clear() {
    forward.clear()
    backward.clear()
  }

  /// Walks both search spaces to their ends, the lower rank first, and relaxes what can be on a way below a bound.
  ///
  /// - Parameter meet: is called with each vertex of both spaces and the weight of the way through it, before that
  ///   vertex is relaxed; returns the bound from there on, which is infinity before.
  @inline(__always)
  func run(_ metric: Metric, meet: (_ vertex: Rank, _ weight: Weight) -> Weight) {
    let (upward, downward) = (metric.hierarchy.upward.pointers, metric.hierarchy.downward.pointers)
    let (forward, backward) = (self.forward, self.backward)
    var bound = Weight.infinity
    var (next, nextBackward) = (0, 0)
    while true {
      let vertex = forward.vertex(next)
      let vertexBackward = backward.vertex(nextBackward)
      if vertex < vertexBackward {
        forward.relax(vertex, upward, metric.upward, below: bound)
        next &+= 1
      } else if vertexBackward < vertex {
        backward.relax(vertexBackward, downward, metric.downward, below: bound)
        nextBackward &+= 1
      } else if vertex == .none {
        return
      } else {
        bound = meet(vertex, forward.weight(vertex) &+ backward.weight(vertex))
        forward.relax(vertex, upward, metric.upward, below: bound)
        backward.relax(vertex, downward, metric.downward, below: bound)
        next &+= 1
        nextBackward &+= 1
      }
    }
  }
}
