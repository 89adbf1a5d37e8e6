import RoadGraph

/// An amount of every hierarchy arc under a metric: that of the turns which it stands for.
///
/// So what adds up along a path, its length or its time without reluctance, is had together with the path's weight; see
/// ``MeasuredSweep``. It belongs to one metric and is made again for another.
///
/// - Invariants: the amount of an arc is that of a turn of the arc's weight, or the sum over one of its lower triangles
///   of that weight.
public final class PathAmounts: @unchecked Sendable {
  // Unchecked: written by its initializer alone.

  let hierarchy: ContractionHierarchy
  /// The upward arcs, then the downward arcs: the weight of each, and below it the amount.
  private let arcs: UnsafeMutablePointer<UInt64>

  /// What a turn weighs, with the arc that it leaves, and the amount of both.
  public typealias TurnCost = (weight: Weight, amount: UInt32)

  private static let unmeasured = UInt32.max
  /// This many vertices are measured between two looks at the clock.
  private static let checkInterval = 512

  /// Measures all arcs, those of the lowest vertices first. O(m + lower triangles).
  ///
  /// - Parameters:
  ///   - metric: isn't kept.
  ///   - turnCost: with the weights that the metric was made from.
  ///   - isOver: looked at every few milliseconds: true ends the work.
  /// - Returns: `nil` if the work was ended.
  public init?(_ metric: Metric, turnCost: (TurnID) -> TurnCost, isOver: () -> Bool) {
    hierarchy = metric.hierarchy
    arcs = .allocate(capacity: max(hierarchy.arcCount, 1))
    for position in 0..<hierarchy.arcCount {
      arcs[position] = UInt64(metric.weights[position]) << 32 | UInt64(Self.unmeasured)
    }
    for vertex in 0..<hierarchy.vertexCount {
      if vertex % Self.checkInterval == 0, isOver() { return nil }
      measure(vertex, metric, turnCost)
    }
  }

  deinit { arcs.deallocate() }

  var upward: UnsafeMutablePointer<UInt64> { arcs }
  var downward: UnsafeMutablePointer<UInt64> { arcs + hierarchy.upward.arcCount }

  /// The memory that the amounts take.
  public var byteCount: Int { hierarchy.arcCount * MemoryLayout<UInt64>.stride }

  /// Measures the arcs that are kept at a vertex: by their turns, or else by their lower triangles.
  private func measure(_ vertex: Int, _ metric: Metric, _ turnCost: (TurnID) -> TurnCost) {
    for kept in hierarchy.keptTurns[vertex] {
      let (cost, position) = (turnCost(kept.turn), Int(kept.position))
      if cost.weight == metric.weights[position] {
        arcs[position] = min(arcs[position], UInt64(cost.weight) << 32 | UInt64(cost.amount))
      }
    }
    let (up, down) = ((hierarchy.upward.pointers, upward), (hierarchy.downward.pointers, downward))
    for arc in up.0.row(vertex) { measure(arc, of: vertex, up, opposite: down) }
    for arc in down.0.row(vertex) { measure(arc, of: vertex, down, opposite: up) }
  }

  private func measure(_ arc: Int, of vertex: Int, _ own: MeasuredGraph, opposite: MeasuredGraph) {
    let weight = own.arcs[arc] >> 32
    if weight >= Weight.infinity {
      own.arcs[arc] = UInt64(Weight.infinity) << 32
    } else if UInt32(truncatingIfNeeded: own.arcs[arc]) == Self.unmeasured {
      own.arcs[arc] = weight << 32 | UInt64(sum(vertex, arc, own, opposite))
    }
  }

  private typealias MeasuredGraph = (graph: SearchGraphPointers, arcs: UnsafeMutablePointer<UInt64>)

  /// The amount of a shortcut by one of the triangles that it weighs as much as.
  private func sum(_ vertex: Int, _ arc: Int, _ own: MeasuredGraph, _ opposite: MeasuredGraph) -> UInt32 {
    let weight = own.arcs[arc] >> 32
    let upperEnd = own.graph.upperEnds(of: vertex)[arc]
    var amount: UInt32 = 0
    LowerTriangles(lowerEnd: Rank(UInt32(vertex)), upperEnd: upperEnd, own.graph, opposite.graph)
      .visit { _, first, second in
        let (first, second) = (opposite.arcs[first], own.arcs[second])
        guard first >> 32 + second >> 32 == weight else { return true }
        amount = UInt32(truncatingIfNeeded: first &+ second)
        return false
      }
    return amount
  }
}
