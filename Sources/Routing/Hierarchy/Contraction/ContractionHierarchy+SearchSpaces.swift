extension ContractionHierarchy {
  /// The sizes of the search spaces: how much of a hierarchy a query sees from one end. Public for Bench, which
  /// compares orders by them.
  public struct SearchSpaces: Sendable, Equatable {
    /// The ancestors of a vertex, itself included.
    public let meanVertexCount: Double
    /// The upward arcs of these ancestors.
    public let meanUpwardArcCount: Double
    /// The downward arcs of these ancestors.
    public let meanDownwardArcCount: Double
  }

  /// The mean search space over all vertices. O(n).
  public func searchSpaces() -> SearchSpaces {
    // By vertex, from the root down: vertices, upward and downward arcs along the way up.
    var sums = [SIMD3<Int>](repeating: .zero, count: vertexCount)
    var total = SIMD3<Double>.zero
    for vertex in order.indices.reversed() {
      let above = parent[vertex] == .none ? .zero : sums[parent[vertex].position]
      let own = above &+ SIMD3(1, upward.arcs(of: vertex).count, downward.arcs(of: vertex).count)
      sums[vertex.position] = own
      total += SIMD3<Double>(own)
    }
    let mean = total / Double(max(vertexCount, 1))
    return SearchSpaces(meanVertexCount: mean[0], meanUpwardArcCount: mean[1], meanDownwardArcCount: mean[2])
  }
}
