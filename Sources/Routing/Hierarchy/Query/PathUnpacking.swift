import RoadGraph

/// Turns the upward and downward arcs of a query's answer into the road arcs of the path.
///
/// A shortcut weighs as much as the two arcs of one of its lower triangles; it's replaced by them until only turns are
/// left. That needs neither a search nor anything stored with the metric.
struct PathUnpacking {
  /// A hierarchy arc on the path.
  struct Step {
    let lowerEnd: Rank
    let upperEnd: Rank
    let arc: Int
    let isUpward: Bool

    /// The vertex at which the arc ends.
    var head: Rank { isUpward ? upperEnd : lowerEnd }
  }

  /// What's still to be unpacked, the next step last.
  private var stack: [Step] = []

  /// Appends the arcs of the path through `meeting`. O(steps × lower triangles).
  mutating func unpack(
    through meeting: Rank, _ walk: BidirectionalWalk, metric: Metric, into path: inout [ArcID]
  ) {
    stackDescent(from: meeting, walk.backward, metric.hierarchy)
    appendSteps(from: meeting, walk.forward, metric.hierarchy.upward, isUpward: true)
    path.append(metric.hierarchy.order[walk.forward.origin(of: meeting)])
    unpackStack(metric, into: &path)
  }

  /// Appends the arcs of a path but its first one: upward steps in the order of the path, then down from `meeting`.
  /// O(steps × lower triangles).
  mutating func unpack(
    climbing steps: [Step], to meeting: Rank, backward: LabelledSpace, metric: Metric, into path: inout [ArcID]
  ) {
    stackDescent(from: meeting, backward, metric.hierarchy)
    stack.append(contentsOf: steps.reversed())
    unpackStack(metric, into: &path)
  }

  private mutating func unpackStack(_ metric: Metric, into path: inout [ArcID]) {
    while let step = stack.popLast() {
      if let (first, second) = halves(of: step, metric) {
        stack.append(second)
        stack.append(first)
      } else {
        path.append(metric.hierarchy.order[step.head])
      }
    }
  }

  /// Stacks the downward steps from the meeting vertex to the target, the first one on top.
  private mutating func stackDescent(from meeting: Rank, _ backward: LabelledSpace, _ hierarchy: ContractionHierarchy) {
    stack.removeAll(keepingCapacity: true)
    appendSteps(from: meeting, backward, hierarchy.downward, isUpward: false)
    stack.reverse()
  }

  private mutating func appendSteps(from meeting: Rank, _ space: LabelledSpace, _ graph: SearchGraph, isUpward: Bool) {
    var upper = meeting
    while true {
      let lower = space.predecessor(upper)
      guard lower != upper, let arc = graph.arc(lower: lower, upper: upper) else { return }
      stack.append(Step(lowerEnd: lower, upperEnd: upper, arc: arc.position, isUpward: isUpward))
      upper = lower
    }
  }

  /// The two arcs that a shortcut stands for, in the order of the path; nil for a turn.
  private func halves(of step: Step, _ metric: Metric) -> (Step, Step)? {
    let hierarchy = metric.hierarchy
    let (upward, downward) = (hierarchy.upward.pointers, hierarchy.downward.pointers)
    let (own, opposite) = step.isUpward ? (upward, downward) : (downward, upward)
    let (ownWeights, oppositeWeights) =
      step.isUpward ? (metric.upward, metric.downward) : (metric.downward, metric.upward)
    let weight = ownWeights[step.arc]
    var halves: (Step, Step)?
    LowerTriangles(lowerEnd: step.lowerEnd, upperEnd: step.upperEnd, own, opposite).visit { middle, first, second in
      guard oppositeWeights[first] &+ ownWeights[second] == weight else { return true }
      let atLower = Step(lowerEnd: middle, upperEnd: step.lowerEnd, arc: first, isUpward: !step.isUpward)
      let atUpper = Step(lowerEnd: middle, upperEnd: step.upperEnd, arc: second, isUpward: step.isUpward)
      halves = step.isUpward ? (atLower, atUpper) : (atUpper, atLower)
      return false
    }
    return halves
  }
}
