import MapFile
import RoadGraph

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
    var (vertices, upwardArcs, downwardArcs) = (0.0, 0.0, 0.0)
    // By vertex, from the root down: the sums along the way up.
    var sums = [(vertices: Int, upward: Int, downward: Int)](repeating: (0, 0, 0), count: vertexCount)
    for vertex in order.indices.reversed() {
      let above = parent[vertex] == .none ? (vertices: 0, upward: 0, downward: 0) : sums[parent[vertex].position]
      let own = (
        vertices: above.vertices + 1, upward: above.upward + upward.arcs(of: vertex).count,
        downward: above.downward + downward.arcs(of: vertex).count
      )
      sums[vertex.position] = own
      vertices += Double(own.vertices)
      upwardArcs += Double(own.upward)
      downwardArcs += Double(own.downward)
    }
    let count = Double(max(vertexCount, 1))
    return SearchSpaces(
      meanVertexCount: vertices / count, meanUpwardArcCount: upwardArcs / count,
      meanDownwardArcCount: downwardArcs / count)
  }
}
