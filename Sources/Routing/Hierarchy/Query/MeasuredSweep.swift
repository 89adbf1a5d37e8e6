import RoadGraph

/// A ``WeightSweep`` that also sums up an amount along the way to each arc: its length, or its time without reluctance.
///
/// Weight and amount are one number, the weight above: adding one number and taking the smaller one does for both. Of
/// ways of equal weight the one with the smaller amount counts.
///
/// A workspace, as ``WeightSweep``.
public final class MeasuredSweep: Workspace {
  private let hierarchy: ContractionHierarchy
  private let labels: UnsafeMutablePointer<UInt64>
  private static let unreached = UInt64(Weight.infinity) << 32

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    labels = .allocate(capacity: max(hierarchy.vertexCount, 1))
    labels.initialize(repeating: Self.unreached, count: hierarchy.vertexCount)
  }

  deinit { labels.deallocate() }

  /// Does nothing: every sweep begins by forgetting the one before.
  public func reset() {}

  /// A terminal, and the amount of what is driven there.
  public struct Terminal: Sendable, Hashable {
    public let arc: ArcID
    public let offset: Weight
    public let amount: UInt32

    public init(_ arc: ArcID, offset: Weight, amount: UInt32) {
      (self.arc, self.offset, self.amount) = (arc, offset, amount)
    }
  }

  /// Weighs and measures the ways to all arcs. O(n + m).
  ///
  /// - Parameter isOver: looked at every few thousand vertices: true ends the work.
  /// - Returns: false if the work was ended; then there is nothing to ask for.
  public func run(
    _ direction: SweepDirection, _ terminals: [Terminal], amounts: PathAmounts, isOver: () -> Bool
  ) -> Bool {
    precondition(amounts.hierarchy === hierarchy, "amounts of another hierarchy")
    labels.update(repeating: Self.unreached, count: hierarchy.vertexCount)
    for terminal in terminals where terminal.offset < .infinity {
      let vertex = hierarchy.rank[terminal.arc].position
      labels[vertex] = min(labels[vertex], UInt64(terminal.offset) << 32 | UInt64(terminal.amount))
    }
    let (upward, downward) = (UnsafePointer(amounts.upward), UnsafePointer(amounts.downward))
    let (rising, falling) = direction == .from ? (upward, downward) : (downward, upward)
    return PHAST(hierarchy: hierarchy, direction: direction).run(
      ascending: Labels(labels: labels, arcs: rising), descending: Labels(labels: labels, arcs: falling),
      isOver: isOver)
  }

  /// The weight at the tail of an arc, and the amount of the way; `nil` if there is no way. O(1).
  public func way(at arc: ArcID) -> (weight: Weight, amount: UInt32)? {
    let label = labels[hierarchy.rank[arc].position]
    return label < Self.unreached ? (Weight(label >> 32), UInt32(truncatingIfNeeded: label)) : nil
  }

  private struct Labels: SweepLabels {
    let labels: UnsafeMutablePointer<UInt64>
    let arcs: UnsafePointer<UInt64>

    @inline(__always) func label(_ vertex: Int) -> UInt64 { labels[vertex] }
    @inline(__always) func keep(_ label: UInt64, at vertex: Int) { labels[vertex] = label }
    @inline(__always) func isEmpty(_ label: UInt64) -> Bool { label >= MeasuredSweep.unreached }
    @inline(__always) func lowered(_ label: UInt64, by other: UInt64, over arc: Int) -> UInt64 {
      min(label, other &+ arcs[arc])
    }
  }
}
