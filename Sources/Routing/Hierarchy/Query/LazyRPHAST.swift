import RoadGraph

/// Weights between one fixed set of terminals and any number of road arcs, each found when it's asked for.
///
/// One search upwards from the fixed terminals labels their ancestors, which are then resolved from the top down. A
/// requested arc climbs the elimination tree to the first ancestor that is resolved already; those on the way are
/// resolved from the top down and remembered. So neighbours of earlier requests cost next to nothing, and nothing has
/// to be selected beforehand.
///
/// Many-to-one: ``setTargets(_:metric:)``, then ``weight(from:)``. One-to-many: ``setSources(_:metric:)``, then
/// ``weight(to:)``. Weights are composed as for ``PathQuery``; an arc that is itself a terminal weighs no more than its
/// offset.
///
/// A workspace: it belongs to one thread at a time and allocates nothing per query. ``reset()`` lets go of the metric,
/// and cleans up in time proportional to what was touched.
///
/// - SeeAlso: Strasser, Zeitz, *A Fast and Tight Heuristic for A\* in Road Networks*, SEA 2021,
///   doi:10.4230/LIPIcs.SEA.2021.6, section 3.
public final class LazyRPHAST {
  let hierarchy: ContractionHierarchy
  private var metric: Metric?
  private var direction = Direction.none
  /// What requested arcs relax on the way up.
  private var climb: WeightedGraph?
  /// The ancestors of the fixed terminals, with their weights by way of lower vertices.
  private var roots: LabelledSpace
  private var terminals: [Terminal] = []
  private var unpacking = PathUnpacking()
  /// The weights of what has been resolved; ``unresolved`` elsewhere.
  private let weight: UnsafeMutablePointer<Weight>
  /// The vertices resolved by requests since the last reset, then room for the way up from the next one.
  private let resolved: UnsafeMutablePointer<Rank>
  private var resolvedCount = 0
  /// Takes what ``WeightedGraph/prefetchRow(_:)`` reads, so that the compiler keeps the loads; nobody looks at it.
  private var prefetchSink: UInt32 = 0

  private static let unresolved = Weight.max
  private enum Direction { case none, manyToOne, oneToMany }
  private struct WeightedGraph {
    let graph: SearchGraphPointers
    let weights: UnsafePointer<Weight>

    /// The smallest sum of an arc of `vertex` and the weight at its upper end; O(degree).
    ///
    /// The nearest ancestor comes last, since it's the one whose weight was found just before.
    @inline(__always)
    func lowest(_ vertex: Int, _ weight: UnsafeMutablePointer<Weight>, atMost bound: Weight) -> Weight {
      var lowest = bound
      let row = graph.row(vertex)
      let upperEnds = graph.upperEnds(of: vertex)
      var arc = row.upperBound
      while arc > row.lowerBound {
        arc &-= 1
        lowest = min(lowest, weights[arc] &+ weight[upperEnds[arc].position])
      }
      return lowest
    }

    /// Fetches the beginning of the row of `vertex` into the cache by reading it, as Swift has no instruction for that.
    @inline(__always) func prefetchRow(_ vertex: Int) -> UInt32 {
      let row = graph.rows[vertex]
      guard row.firstArc < graph.arcCount else { return 0 }
      return weights[Int(row.firstArc)] &+ graph.upperEnds[Int(row.firstUpperEnd)].rawValue
    }

    /// The arc by which a vertex has its weight, and its upper end; `nil` if it has it by lower vertices. O(degree).
    func best(_ vertex: Rank, _ weight: UnsafeMutablePointer<Weight>) -> (arc: Int, upperEnd: Rank)? {
      let upperEnds = graph.upperEnds(of: vertex.position)
      return graph.row(vertex.position).first {
        weights[$0] &+ weight[upperEnds[$0].position] == weight[vertex.position]
      }.map { ($0, upperEnds[$0]) }
    }
  }

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    let count = hierarchy.vertexCount
    roots = LabelledSpace(vertexCount: count)
    weight = .allocate(capacity: count)
    weight.initialize(repeating: Self.unresolved, count: count)
    resolved = .allocate(capacity: count)
  }

  deinit {
    roots.deallocate()
    weight.deallocate()
    resolved.deallocate()
  }

  /// Begins a many-to-one search towards `targets`.
  ///
  /// - Complexity: O(arcs of the targets' ancestors).
  public func setTargets(_ targets: [Terminal], metric: Metric) {
    begin(
      at: targets, metric, .manyToOne,
      roots: WeightedGraph(graph: hierarchy.downward.pointers, weights: metric.downward),
      climb: WeightedGraph(graph: hierarchy.upward.pointers, weights: metric.upward))
  }

  /// Begins a one-to-many search from `sources`.
  ///
  /// - Complexity: O(arcs of the sources' ancestors).
  public func setSources(_ sources: [Terminal], metric: Metric) {
    begin(
      at: sources, metric, .oneToMany, roots: WeightedGraph(graph: hierarchy.upward.pointers, weights: metric.upward),
      climb: WeightedGraph(graph: hierarchy.downward.pointers, weights: metric.downward))
  }

  /// The smallest weight from `arc` to a target; infinity if there is no way.
  ///
  /// - Complexity: O(arcs of those ancestors that no earlier request has resolved).
  public func weight(from arc: ArcID) -> Weight {
    precondition(direction == .manyToOne, "no targets are set")
    return resolve(hierarchy.rank[arc])
  }

  /// The smallest weight from a source to `arc`; infinity if there is no way.
  ///
  /// - Complexity: O(arcs of those ancestors that no earlier request has resolved).
  public func weight(to arc: ArcID) -> Weight {
    precondition(direction == .oneToMany, "no sources are set")
    return resolve(hierarchy.rank[arc])
  }

  /// The way that ``weight(from:)`` weighs.
  ///
  /// - Parameter path: replaced by the arcs of the path, `arc` and target included; emptied if there is none.
  /// - Returns: the position of the path's end among the targets; `nil` if there is no way.
  /// - Complexity: as ``weight(from:)``, and for each arc of the path a few lists of lower triangles.
  public func path(from arc: ArcID, into path: inout [ArcID]) -> Int? {
    path.removeAll(keepingCapacity: true)
    guard weight(from: arc) < .infinity, let climb, let metric else { return nil }
    var steps: [PathUnpacking.Step] = []
    var vertex = hierarchy.rank[arc]
    // A target's ancestor whose weight is its label has its way by lower vertices.
    while roots.weight(vertex) != weight[vertex.position], let best = climb.best(vertex, weight) {
      steps.append(PathUnpacking.Step(lowerEnd: vertex, upperEnd: best.upperEnd, arc: best.arc, isUpward: true))
      vertex = best.upperEnd
    }
    path.append(arc)
    unpacking.unpack(climbing: steps, to: vertex, backward: roots, metric: metric, into: &path)
    return terminals.cheapest(at: hierarchy.order[roots.origin(of: vertex)])
  }

  /// Forgets the terminals and the metric. O(vertices touched).
  public func reset() {
    for position in 0..<roots.count { weight[roots.vertex(position).position] = Self.unresolved }
    for position in 0..<resolvedCount { weight[resolved[position].position] = Self.unresolved }
    roots.clear()
    terminals.removeAll(keepingCapacity: true)
    resolvedCount = 0
    direction = .none
    climb = nil
    metric = nil
  }

  private func begin(
    at terminals: [Terminal], _ metric: Metric, _ direction: Direction, roots graph: WeightedGraph,
    climb: WeightedGraph
  ) {
    precondition(metric.hierarchy === hierarchy, "a metric of another hierarchy")
    reset()
    self.metric = metric
    self.direction = direction
    self.climb = climb
    self.terminals.append(contentsOf: terminals)
    roots.begin(at: terminals, hierarchy)
    labelRoots(graph)
    resolveRoots(climb)
  }

  /// Labels the terminals' ancestors with their weights by way of lower vertices.
  private func labelRoots(_ graph: WeightedGraph) {
    let (roots, weight) = (roots, weight)
    for position in 0..<roots.count {
      let vertex = roots.vertex(position)
      roots.relax(vertex, graph.graph, graph.weights, below: .infinity)
      weight[vertex.position] = roots.weight(vertex)
    }
  }

  /// Lowers the labels of the terminals' ancestors by ways that lead higher first.
  private func resolveRoots(_ climb: WeightedGraph) {
    let (roots, weight) = (roots, weight)
    for position in (0..<roots.count).reversed() {
      let vertex = roots.vertex(position).position
      weight[vertex] = climb.lowest(vertex, weight, atMost: weight[vertex])
    }
  }

  private func resolve(_ requested: Rank) -> Weight {
    guard let climb else { return .infinity }
    let (weight, parent) = (weight, hierarchy.parent.base)
    // The way up goes where the resolved vertices end: exactly these vertices are resolved next.
    let way = resolved + resolvedCount
    var length = 0
    var fetched: UInt32 = 0
    var vertex = requested
    while vertex != .none && weight[vertex.position] == Self.unresolved {
      way[length] = vertex
      length &+= 1
      // The row comes while the climb goes on: that saves 12 % of the time of 1,000 scattered requests.
      fetched &+= climb.prefetchRow(vertex.position)
      vertex = parent[vertex.position]
    }
    prefetchSink = fetched
    var step = length
    while step > 0 {
      step &-= 1
      let vertex = way[step].position
      weight[vertex] = climb.lowest(vertex, weight, atMost: .infinity)
    }
    resolvedCount += length
    return weight[requested.position]
  }
}
