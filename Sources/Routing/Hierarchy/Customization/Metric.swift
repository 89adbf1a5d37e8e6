import RoadGraph

/// One weight for every hierarchy arc: what a search adds up.
///
/// Immutable and shared by any number of searches; ``MetricSetBuilder`` makes it.
///
/// - Invariants: the weight of an arc a→b is the smallest of its turn's weight and of the sums over its lower
///   triangles a→x→b; no weight exceeds infinity.
public final class Metric: @unchecked Sendable {
  // Unchecked: only a workspace that holds the sole reference writes to the weights.

  /// The topology that the weights belong to.
  public let hierarchy: ContractionHierarchy
  /// The upward arcs' weights, then those of the downward arcs.
  let weights: UnsafeMutablePointer<Weight>

  /// Memory alone: the weights have to be set.
  init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    weights = .allocate(capacity: max(hierarchy.arcCount, 1))
  }

  /// Sets the weights at some positions, or all of them. O(positions).
  func copyWeights(of other: Metric, at positions: [UInt32]? = nil) {
    guard let positions else { return weights.update(from: other.weights, count: hierarchy.arcCount) }
    for position in positions { weights[Int(position)] = other.weights[Int(position)] }
  }

  deinit { weights.deallocate() }

  var upward: UnsafeMutablePointer<Weight> { weights }
  var downward: UnsafeMutablePointer<Weight> { weights + hierarchy.upward.arcCount }

  /// The memory that the weights take.
  public var byteCount: Int { hierarchy.arcCount * MemoryLayout<Weight>.stride }

  /// Whether two metrics hold the same weights, arc for arc. O(m).
  public func hasSameWeights(as other: Metric) -> Bool {
    UnsafeBufferPointer(start: weights, count: hierarchy.arcCount)
      .elementsEqual(UnsafeBufferPointer(start: other.weights, count: other.hierarchy.arcCount))
  }
}
