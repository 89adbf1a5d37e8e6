import Synchronization

/// Basic customization: the weights of all hierarchy arcs from the weights of all turns, for one metric or for several
/// in one pass over the hierarchy.
///
/// Vertices are done by ascending rank. When v's turn comes, the arcs of all vertices below are final, and the lower
/// triangles of v's arcs are relaxed in batches: the weights of its turns are scattered into an array over the
/// vertices, each vertex x joined to v from below lowers them by way of its own arcs, and they are gathered into v's
/// arcs. Only v's own arcs are written, so subtrees of the elimination tree can be customized side by side.
///
/// - SeeAlso: Dibbelt, Strasser, Wagner, JEA 2016, doi:10.1145/2886843, section 7; Buchhold, Sanders, Wagner,
///   *Real-Time Traffic Assignment Using Engineered Customizable Contraction Hierarchies*, JEA 2019,
///   doi:10.1145/3362693 (batched triangles).
struct BasicCustomization<Lanes: WeightLanes> {
  typealias Sums = Lanes.Weights.Sums
  /// Scratch memory over the vertices.
  typealias Scatter = UnsafeMutablePointer<Sums>
  typealias WeightedGraph = (graph: SearchGraphPointers, weights: Lanes)

  private let hierarchy: ContractionHierarchy
  private let upward: WeightedGraph
  private let downward: WeightedGraph
  private let turnWeights: Lanes

  /// - Parameters:
  ///   - metrics: what is customized, by lane. Whatever their weights are is overwritten.
  ///   - turnWeights: of all turns, by lane.
  init(_ hierarchy: ContractionHierarchy, _ metrics: [Metric], turnWeights: Lanes) {
    self.hierarchy = hierarchy
    upward = (hierarchy.upward.pointers, Lanes(metrics, offset: 0))
    downward = (hierarchy.downward.pointers, Lanes(metrics, offset: hierarchy.upward.arcCount))
    self.turnWeights = turnWeights
  }

  /// On one core. O(triangles).
  func customize() {
    let scatter = Scatter.allocate(capacity: hierarchy.vertexCount)
    defer { scatter.deallocate() }
    customize(0..<hierarchy.vertexCount, scatter)
  }

  /// On all cores; the weights are the same, bit for bit.
  func customizeInParallel() {
    let scatters = ScatterPool<Sums>(vertexCount: hierarchy.vertexCount)
    for stage in hierarchy.plan.stages {
      Parallel.forEach(count: stage.count) { position in
        scatters.withScatter { scatter in
          for range in stage[position] { customize(range, scatter) }
        }
      }
    }
  }

  private func customize(_ vertices: Range<Int>, _ scatter: Scatter) {
    for vertex in vertices {
      respectTurns(of: vertex)
      customize(vertex, upward, through: downward, scatter)
      customize(vertex, downward, through: upward, scatter)
    }
  }

  /// Sets the arcs of a vertex to the weights of their turns, shortcuts to infinity.
  @inline(__always)
  private func respectTurns(of vertex: Int) {
    for arc in upward.graph.row(vertex) { upward.weights[arc] = .infinity }
    for arc in downward.graph.row(vertex) { downward.weights[arc] = .infinity }
    // The downward arcs' weights lie behind those of the upward arcs.
    let all = upward.weights
    for kept in hierarchy.keptTurns[vertex] {
      let position = Int(kept.position)
      all[position] = Sums(all[position]).lowered(by: Sums(turnWeights[kept.turn.position])).weights
    }
  }

  /// Lowers the `own` arcs of `vertex` by all their lower triangles.
  @inline(__always)
  private func customize(_ vertex: Int, _ own: WeightedGraph, through opposite: WeightedGraph, _ scatter: Scatter) {
    let row = own.graph.row(vertex)
    if row.isEmpty { return }
    let upperEnds = own.graph.upperEnds(of: vertex)
    for arc in row { scatter[upperEnds[arc].position] = Sums(own.weights[arc]) }
    Self.relaxLowerTriangles(vertex, own, through: opposite, scatter)
    for arc in row { own.weights[arc] = scatter[upperEnds[arc].position].weights }
  }

  /// Lowers what was scattered for the `own` arcs of `vertex` by all their lower triangles.
  ///
  /// For an upward arc v→w these are the pairs v→x, x→w with x below v: a downward arc kept at x, then another upward
  /// arc of x. For a downward arc w→v the same with the directions exchanged.
  @inline(never)
  static func relaxLowerTriangles(
    _ vertex: Int, _ own: WeightedGraph, through opposite: WeightedGraph, _ scatter: Scatter
  ) {
    for position in opposite.graph.rowBelow(vertex) {
      let below = opposite.graph.below[position]
      let weights = opposite.weights[below.arc.position]
      if weights.isInfinite { continue }
      relax(own, above: vertex, of: below.lowerEnd.position, adding: Sums(weights), scatter)
    }
  }

  /// Relaxes the arcs of `below` that lead to vertices above `vertex`: the last ones of the row, so from the far end.
  @inline(__always)
  private static func relax(
    _ own: WeightedGraph, above vertex: Int, of below: Int, adding first: Sums, _ scatter: Scatter
  ) {
    let row = own.graph.row(below)
    let upperEnds = own.graph.upperEnds(of: below)
    var arc = row.upperBound
    // Four arcs at once pay where they're loaded at once.
    while Lanes.Weights.laneCount == 4, arc &- 4 >= row.lowerBound, upperEnds[arc &- 4].position > vertex {
      arc &-= 4
      let weights = own.weights.four(from: arc)
      lower(scatter + upperEnds[arc].position, first.adding(weights.0))
      lower(scatter + upperEnds[arc &+ 1].position, first.adding(weights.1))
      lower(scatter + upperEnds[arc &+ 2].position, first.adding(weights.2))
      lower(scatter + upperEnds[arc &+ 3].position, first.adding(weights.3))
    }
    while arc > row.lowerBound {
      arc &-= 1
      let upper = upperEnds[arc].position
      if upper <= vertex { break }
      lower(scatter + upper, first.adding(own.weights[arc]))
    }
  }

  @inline(__always) private static func lower(_ scattered: Scatter, _ sums: Sums) {
    scattered.pointee = scattered.pointee.lowered(by: sums)
  }
}

/// Scratch memory for as many threads as happen to customize at once.
private final class ScatterPool<Sums: SumVector>: Sendable {
  private struct Scatter: @unchecked Sendable {
    // Unchecked: a thread uses it alone between taking it and giving it back.
    let memory: UnsafeMutablePointer<Sums>
  }

  private let vertexCount: Int
  private let idle = Mutex<[Scatter]>([])

  init(vertexCount: Int) { self.vertexCount = vertexCount }

  deinit { idle.withLock { for scatter in $0 { scatter.memory.deallocate() } } }

  func withScatter(_ body: (UnsafeMutablePointer<Sums>) -> Void) {
    let scatter = idle.withLock { $0.popLast() } ?? Scatter(memory: .allocate(capacity: vertexCount))
    body(scatter.memory)
    idle.withLock { $0.append(scatter) }
  }
}
