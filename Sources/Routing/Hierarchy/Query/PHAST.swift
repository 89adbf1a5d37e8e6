import RoadGraph

/// Which way a sweep goes.
public enum SweepDirection: Sendable, Hashable {
  /// From the terminals to all arcs.
  case from
  /// From all arcs to the terminals.
  case towards
}

/// What a sweep keeps at each vertex, and what of it comes over an arc: columns for a hot loop.
protocol SweepLabels {
  associatedtype Label

  func label(_ vertex: Int) -> Label
  func keep(_ label: Label, at vertex: Int)
  /// True if nothing has come to a vertex.
  func isEmpty(_ label: Label) -> Bool
  /// A label lowered by what comes of another one over an arc.
  func lowered(_ label: Label, by other: Label, over arc: Int) -> Label
}

/// The two phases of a search from a few terminals to all vertices: up the hierarchy where something has come, by
/// ascending rank, then down to every vertex, by descending rank.
///
/// All that leads down to a vertex lies above it, so that one pass over the arcs settles all vertices, in the order in
/// which they lie in memory.
///
/// - SeeAlso: Delling, Goldberg, Nowatzyk, Werneck, *PHAST: Hardware-Accelerated Shortest Path Trees*, JPDC 2013,
///   doi:10.1016/j.jpdc.2012.02.007.
struct PHAST {
  let hierarchy: ContractionHierarchy
  let direction: SweepDirection

  /// This many vertices are settled between two looks at the clock.
  private static let checkInterval = 4_096

  /// Settles all vertices. O(n + m).
  ///
  /// - Parameters:
  ///   - ascending: the labels with the weights of the arcs that lead up, and of the terminals at their vertices.
  ///   - descending: the same labels with the weights of the arcs that lead down.
  /// - Returns: false if it was ended: then the labels are worth nothing.
  @inline(__always)
  func run<Labels: SweepLabels>(ascending: Labels, descending: Labels, isOver: () -> Bool) -> Bool {
    let (upward, downward) = (hierarchy.upward.pointers, hierarchy.downward.pointers)
    let (rising, falling) = direction == .from ? (upward, downward) : (downward, upward)
    let count = hierarchy.vertexCount
    for vertex in 0..<count {
      if vertex % Self.checkInterval == 0, isOver() { return false }
      let label = ascending.label(vertex)
      if ascending.isEmpty(label) { continue }
      let upperEnds = rising.upperEnds(of: vertex)
      for arc in rising.row(vertex) {
        let upper = upperEnds[arc].position
        ascending.keep(ascending.lowered(ascending.label(upper), by: label, over: arc), at: upper)
      }
    }
    var vertex = count
    while vertex > 0 {
      if vertex % Self.checkInterval == 0, isOver() { return false }
      vertex &-= 1
      let upperEnds = falling.upperEnds(of: vertex)
      var label = descending.label(vertex)
      for arc in falling.row(vertex) {
        label = descending.lowered(label, by: descending.label(upperEnds[arc].position), over: arc)
      }
      descending.keep(label, at: vertex)
    }
    return true
  }
}

extension Metric {
  /// The weights of the arcs that a sweep goes up and down by.
  func sweepWeights(_ direction: SweepDirection) -> (rising: UnsafePointer<Weight>, falling: UnsafePointer<Weight>) {
    let (upward, downward) = (UnsafePointer(upward), UnsafePointer(downward))
    return direction == .from ? (upward, downward) : (downward, upward)
  }
}
