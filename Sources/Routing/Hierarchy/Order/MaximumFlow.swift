/// A flow network of undirected edges with small capacities, and its minimum cuts by Dinic's algorithm.
///
/// Many sources and many sinks: each vertex has a role. The buffers are allocated once and serve every direction in
/// which a cell is tried.
///
/// - SeeAlso: Dinic, *Algorithm for Solution of a Problem of Maximum Flow in Networks with Power Estimation*, 1970.
final class MaximumFlow {
  enum Role: UInt8 { case free, source, sink }

  let vertexCount: Int
  private let halfEdgeCount: Int
  private let firstEdge: UnsafeMutablePointer<Int32>
  private let neighbor: UnsafeMutablePointer<Int32>
  private let twin: UnsafeMutablePointer<Int32>
  private let capacity: UnsafeMutablePointer<Int32>
  private let residual: UnsafeMutablePointer<Int32>
  private let role: UnsafeMutablePointer<Role>
  /// Steps from the sources in the residual network; -1 if not reached.
  private let level: UnsafeMutablePointer<Int32>
  private let nextEdge: UnsafeMutablePointer<Int32>
  private let queue: UnsafeMutablePointer<Int32>
  private let path: UnsafeMutablePointer<Int32>

  init(_ cell: RoadCell, capacityOf: (RoadCell.Edge) -> Int32) {
    vertexCount = cell.vertices.count
    halfEdgeCount = 2 * cell.edges.count
    firstEdge = .allocate(capacity: vertexCount + 1)
    neighbor = .allocate(capacity: halfEdgeCount)
    twin = .allocate(capacity: halfEdgeCount)
    capacity = .allocate(capacity: halfEdgeCount)
    residual = .allocate(capacity: halfEdgeCount)
    role = .allocate(capacity: vertexCount)
    level = .allocate(capacity: vertexCount)
    nextEdge = .allocate(capacity: vertexCount + 1)
    queue = .allocate(capacity: vertexCount)
    path = .allocate(capacity: vertexCount + 1)
    addEdges(cell, capacityOf)
  }

  deinit {
    for column in [firstEdge, neighbor, twin, capacity, residual, level, nextEdge, queue, path] { column.deallocate() }
    role.deallocate()
  }

  private func addEdges(_ cell: RoadCell, _ capacityOf: (RoadCell.Edge) -> Int32) {
    firstEdge.update(repeating: 0, count: vertexCount + 1)
    for edge in cell.edges {
      firstEdge[Int(edge.left) + 1] += 1
      firstEdge[Int(edge.right) + 1] += 1
    }
    for vertex in 0..<vertexCount { firstEdge[vertex + 1] += firstEdge[vertex] }
    nextEdge.update(from: firstEdge, count: vertexCount + 1)
    for edge in cell.edges {
      let (left, right) = (Int(edge.left), Int(edge.right))
      let (there, back) = (nextEdge[left], nextEdge[right])
      nextEdge[left] += 1
      nextEdge[right] += 1
      (neighbor[Int(there)], neighbor[Int(back)]) = (edge.right, edge.left)
      (twin[Int(there)], twin[Int(back)]) = (back, there)
      let edgeCapacity = capacityOf(edge)
      (capacity[Int(there)], capacity[Int(back)]) = (edgeCapacity, edgeCapacity)
    }
  }

  /// The value of a minimum cut between two sets of vertices; nil as soon as it's known to exceed `limit`.
  ///
  /// The cut itself is told by ``isReachedFromSources(_:)`` and ``markSinkSide()``.
  func minimumCut(sources: some Sequence<Int>, sinks: some Sequence<Int>, limit: Int) -> Int? {
    residual.update(from: capacity, count: halfEdgeCount)
    role.update(repeating: .free, count: vertexCount)
    for vertex in sources { role[vertex] = .source }
    for vertex in sinks { role[vertex] = .sink }
    var value = 0
    while levelsReachSink() {
      value += blockingFlow()
      if value > limit { return nil }
    }
    return value
  }

  /// After ``minimumCut(sources:sinks:limit:)``: whether a vertex lies on the sources' side of the cut nearest to them.
  func isReachedFromSources(_ vertex: Int) -> Bool { level[vertex] >= 0 }

  /// After ``minimumCut(sources:sinks:limit:)``: the sinks' side of the cut nearest to them, as a flag per vertex.
  func markSinkSide() -> [Bool] {
    var isReached = [Bool](repeating: false, count: vertexCount)
    var end = 0
    for vertex in 0..<vertexCount where role[vertex] == .sink {
      isReached[vertex] = true
      queue[end] = Int32(vertex)
      end += 1
    }
    var start = 0
    while start < end {
      let vertex = Int(queue[start])
      start += 1
      for edge in Int(firstEdge[vertex])..<Int(firstEdge[vertex + 1]) {
        let other = Int(neighbor[edge])
        if !isReached[other] && residual[Int(twin[edge])] > 0 {
          isReached[other] = true
          queue[end] = Int32(other)
          end += 1
        }
      }
    }
    return isReached
  }

  /// Breadth-first levels from the sources, up to the first level that holds a sink.
  private func levelsReachSink() -> Bool {
    level.update(repeating: -1, count: vertexCount)
    var (start, end) = (0, 0)
    for vertex in 0..<vertexCount where role[vertex] == .source {
      level[vertex] = 0
      queue[end] = Int32(vertex)
      end += 1
    }
    var sinkLevel = Int32.max
    while start < end {
      let vertex = Int(queue[start])
      start += 1
      if level[vertex] >= sinkLevel { break }
      for edge in Int(firstEdge[vertex])..<Int(firstEdge[vertex + 1]) where residual[edge] > 0 {
        let other = Int(neighbor[edge])
        guard level[other] < 0 else { continue }
        level[other] = level[vertex] + 1
        if role[other] == .sink { sinkLevel = level[other] }
        queue[end] = Int32(other)
        end += 1
      }
    }
    return sinkLevel != .max
  }

  /// Saturates all shortest ways from sources to sinks.
  private func blockingFlow() -> Int {
    nextEdge.update(from: firstEdge, count: vertexCount)
    var value = 0
    for source in 0..<vertexCount where role[source] == .source {
      while let pushed = augment(from: source) { value += pushed }
    }
    return value
  }

  /// Pushes flow along one shortest way from `source` to a sink, if there still is one.
  private func augment(from source: Int) -> Int? {
    var vertex = source
    var depth = 0
    while role[vertex] != .sink {
      if let edge = advance(from: vertex) {
        path[depth] = edge
        depth += 1
        vertex = Int(neighbor[Int(edge)])
      } else if depth > 0 {
        // A dead end: no way through this vertex in this phase.
        level[vertex] = -1
        depth -= 1
        vertex = Int(neighbor[Int(twin[Int(path[depth])])])
      } else {
        return nil
      }
    }
    var pushed = Int32.max
    for step in 0..<depth { pushed = min(pushed, residual[Int(path[step])]) }
    for step in 0..<depth {
      residual[Int(path[step])] -= pushed
      residual[Int(twin[Int(path[step])])] += pushed
    }
    return Int(pushed)
  }

  /// The next usable edge out of `vertex` to the next level.
  private func advance(from vertex: Int) -> Int32? {
    while nextEdge[vertex] < firstEdge[vertex + 1] {
      let edge = nextEdge[vertex]
      if residual[Int(edge)] > 0 && level[Int(neighbor[Int(edge)])] == level[vertex] + 1 { return edge }
      nextEdge[vertex] += 1
    }
    return nil
  }
}
