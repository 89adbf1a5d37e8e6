import RoadGraph
import Synchronization

/// Basic customization: the weights of all hierarchy arcs from the weights of all turns.
///
/// Vertices are done by ascending rank. When v's turn comes, the arcs of all vertices below are final, and the lower
/// triangles of v's arcs are relaxed in batches: v's weights are scattered into an array over the vertices, each
/// vertex x joined to v from below lowers them by way of its own arcs, and they are gathered again. Only v's own arcs
/// are written, so subtrees of the elimination tree can be customized side by side.
///
/// - SeeAlso: Dibbelt, Strasser, Wagner, JEA 2016, doi:10.1145/2886843, section 7; Buchhold, Sanders, Wagner,
///   *Real-Time Traffic Assignment Using Engineered Customizable Contraction Hierarchies*, JEA 2019,
///   doi:10.1145/3362693 (batched triangles).
struct BasicCustomization {
  let hierarchy: ContractionHierarchy
  private let upward: SearchGraphPointers
  private let downward: SearchGraphPointers

  init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    upward = hierarchy.upward.pointers
    downward = hierarchy.downward.pointers
  }

  /// Sets every arc to the weight of its turn, shortcuts to infinity. O(m).
  func respect(_ turnWeights: [Weight], in metric: Metric) {
    metric.weights.update(repeating: .infinity, count: hierarchy.arcCount)
    for (position, weight) in zip(hierarchy.turnPosition.buffer, turnWeights)
    where position != ContractionHierarchy.noPosition {
      metric.weights[Int(position)] = min(metric.weights[Int(position)], weight)
    }
  }

  /// Relaxes all lower triangles on one core. O(triangles).
  func relaxTriangles(of metric: Metric) {
    let scatter = UnsafeMutablePointer<Weight>.allocate(capacity: hierarchy.vertexCount)
    defer { scatter.deallocate() }
    customize(0..<hierarchy.vertexCount, metric, scatter)
  }

  /// Relaxes all lower triangles on all cores; the weights are the same, bit for bit.
  func relaxTrianglesInParallel(of metric: Metric) {
    let scatters = ScatterPool(vertexCount: hierarchy.vertexCount)
    for stage in hierarchy.plan.stages {
      Parallel.forEach(count: stage.count) { position in
        scatters.withScatter { scatter in
          for range in stage[position] { customize(range, metric, scatter) }
        }
      }
    }
  }

  private func customize(_ vertices: Range<Int>, _ metric: Metric, _ scatter: UnsafeMutablePointer<Weight>) {
    let (up, down) = (metric.upward, metric.downward)
    for vertex in vertices {
      Self.customize(vertex, (upward, up), through: (downward, down), scatter)
      Self.customize(vertex, (downward, down), through: (upward, up), scatter)
    }
  }

  typealias WeightedGraph = (graph: SearchGraphPointers, weights: UnsafeMutablePointer<Weight>)

  /// Lowers the weights of the `own` arcs of `vertex` by all their lower triangles.
  ///
  /// For an upward arc v→w these are the pairs v→x, x→w with x below v: a downward arc kept at x, then another upward
  /// arc of x. For a downward arc w→v the same with the directions exchanged.
  @inline(__always)
  static func customize(
    _ vertex: Int, _ own: WeightedGraph, through opposite: WeightedGraph, _ scatter: UnsafeMutablePointer<Weight>
  ) {
    let row = own.graph.row(vertex)
    if row.isEmpty { return }
    let upperEnds = own.graph.upperEnds(of: vertex)
    for arc in row { scatter[upperEnds[arc].position] = own.weights[arc] }
    relaxLowerTriangles(vertex, own, through: opposite, scatter)
    for arc in row { own.weights[arc] = scatter[upperEnds[arc].position] }
  }

  @inline(__always)
  static func relaxLowerTriangles(
    _ vertex: Int, _ own: WeightedGraph, through opposite: WeightedGraph, _ scatter: UnsafeMutablePointer<Weight>
  ) {
    for position in opposite.graph.rowBelow(vertex) {
      let below = opposite.graph.below[position]
      let first = opposite.weights[below.arc.position]
      if first >= .infinity { continue }
      let row = own.graph.row(below.lowerEnd.position)
      let upperEnds = own.graph.upperEnds(of: below.lowerEnd.position)
      var arc = row.upperBound
      // From the far end: the arcs to vertices above v are the last of the row.
      while arc > row.lowerBound {
        arc &-= 1
        let upper = upperEnds[arc].position
        if upper <= vertex { break }
        scatter[upper] = min(scatter[upper], first &+ own.weights[arc])
      }
    }
  }
}

/// Scratch memory for as many threads as happen to customize at once.
private final class ScatterPool: Sendable {
  private struct Scatter: @unchecked Sendable {
    // Unchecked: a thread uses it alone between taking it and giving it back.
    let memory: UnsafeMutablePointer<Weight>
  }

  private let vertexCount: Int
  private let idle = Mutex<[Scatter]>([])

  init(vertexCount: Int) { self.vertexCount = vertexCount }

  deinit { idle.withLock { for scatter in $0 { scatter.memory.deallocate() } } }

  func withScatter(_ body: (UnsafeMutablePointer<Weight>) -> Void) {
    let scatter = idle.withLock { $0.popLast() } ?? Scatter(memory: .allocate(capacity: vertexCount))
    body(scatter.memory)
    idle.withLock { $0.append(scatter) }
  }
}
