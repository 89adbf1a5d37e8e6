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
  private var roots: AncestorWalk
  /// The weights of what has been resolved; ``unresolved`` elsewhere.
  private let weight: UnsafeMutablePointer<Weight>
  /// The vertices resolved by requests since the last reset, then room for the way up from the next one.
  private let resolved: UnsafeMutablePointer<Rank>
  private var resolvedCount = 0
  private var touched: UInt32 = 0

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
  }

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    let count = hierarchy.vertexCount
    roots = AncestorWalk(vertexCount: count)
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

  /// Forgets the terminals and the metric. O(vertices touched).
  public func reset() {
    for position in 0..<roots.count { weight[roots[position].position] = Self.unresolved }
    for position in 0..<resolvedCount { weight[resolved[position].position] = Self.unresolved }
    roots.collect([], hierarchy)
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
    roots.collect(terminals, hierarchy)
    labelRoots(terminals, graph)
    resolveRoots(climb)
  }

  /// Labels the terminals' ancestors with their weights by way of lower vertices.
  private func labelRoots(_ terminals: [Terminal], _ graph: WeightedGraph) {
    let (roots, weight) = (roots, weight)
    for position in 0..<roots.count { weight[roots[position].position] = .infinity }
    for terminal in terminals {
      let vertex = hierarchy.rank[terminal.arc].position
      weight[vertex] = min(weight[vertex], terminal.offset)
    }
    for position in 0..<roots.count {
      let vertex = roots[position].position
      let base = weight[vertex]
      if base >= .infinity { continue }
      let upperEnds = graph.graph.upperEnds(of: vertex)
      for arc in graph.graph.row(vertex) {
        let upper = upperEnds[arc].position
        weight[upper] = min(weight[upper], base &+ graph.weights[arc])
      }
    }
  }

  /// Lowers the labels of the terminals' ancestors by ways that lead higher first.
  private func resolveRoots(_ climb: WeightedGraph) {
    let (roots, weight) = (roots, weight)
    for position in (0..<roots.count).reversed() {
      let vertex = roots[position].position
      weight[vertex] = climb.lowest(vertex, weight, atMost: weight[vertex])
    }
  }

  private func resolve(_ requested: Rank) -> Weight {
    guard let climb else { return .infinity }
    let (weight, parent) = (weight, hierarchy.parent.base)
    // The way up goes where the resolved vertices end: exactly these vertices are resolved next.
    let way = resolved + resolvedCount
    let arcCount = climb.graph.arcCount
    var length = 0
    var touched: UInt32 = 0
    var vertex = requested
    while vertex != .none && weight[vertex.position] == Self.unresolved {
      way[length] = vertex
      length &+= 1
      // Fetches the row into the cache while the climb goes on: 12 % of the time of 1,000 scattered requests.
      let row = climb.graph.rows[vertex.position]
      if row.firstArc < arcCount {
        touched &+= climb.weights[Int(row.firstArc)] &+ climb.graph.upperEnds[Int(row.firstUpperEnd)].rawValue
      }
      vertex = parent[vertex.position]
    }
    self.touched = touched
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
