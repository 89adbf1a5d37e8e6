import RoadGraph

/// The union of the ways from some vertices up to their roots in the elimination tree, by ascending rank.
///
/// It's the search space of a query that starts at these vertices: all that they can reach upwards lies in it.
struct AncestorWalk {
  private let vertices: UnsafeMutablePointer<Rank>
  private(set) var count = 0
  /// The next vertex of each way that hasn't joined another one yet.
  private var climbers: [Rank] = []

  init(vertexCount: Int) {
    vertices = .allocate(capacity: vertexCount + 1)
    vertices[0] = .none
  }

  func deallocate() { vertices.deallocate() }

  mutating func clear() {
    count = 0
    vertices[0] = .none
  }

  /// The vertex at a position; ``Rank/none`` at the end.
  @inline(__always) subscript(position: Int) -> Rank { vertices[position] }

  /// Collects the ancestors of the terminals, these included. O(ancestors × ways that haven't joined).
  mutating func collect(_ terminals: [Terminal], _ hierarchy: ContractionHierarchy) {
    climbers.removeAll(keepingCapacity: true)
    for terminal in terminals { climbers.append(hierarchy.rank[terminal.arc]) }
    count = 0
    while climbers.count > 1 { climbTogether(hierarchy) }
    if let last = climbers.first { climbAlone(from: last, hierarchy) }
    vertices[count] = .none
  }

  /// Takes the lowest vertex and moves all climbers on it to its parent.
  private mutating func climbTogether(_ hierarchy: ContractionHierarchy) {
    var lowest = climbers[0]
    for climber in climbers { lowest = min(lowest, climber) }
    let parent = hierarchy.parent[lowest]
    var kept = 0
    var isParentKept = parent == .none
    for climber in climbers {
      if climber == lowest {
        if isParentKept { continue }
        isParentKept = true
        climbers[kept] = parent
      } else {
        climbers[kept] = climber
      }
      kept += 1
    }
    climbers.removeLast(climbers.count - kept)
    append(lowest)
  }

  private mutating func climbAlone(from start: Rank, _ hierarchy: ContractionHierarchy) {
    let parent = hierarchy.parent.base
    var vertex = start
    while vertex != .none {
      append(vertex)
      vertex = parent[vertex.position]
    }
  }

  private mutating func append(_ vertex: Rank) {
    vertices[count] = vertex
    count += 1
  }
}

/// A search space with its labels: the tentative weight of each vertex and the vertex it was reached from.
///
/// A label is one number, weight above predecessor, so that relaxing an arc is one minimum, and ties fall to the
/// predecessor of lowest rank.
struct LabelledSpace {
  private let labels: UnsafeMutablePointer<UInt64>
  private let vertexCount: Int
  private var walk: AncestorWalk
  private static let unreached = UInt64(Weight.infinity) << 32

  init(vertexCount: Int) {
    self.vertexCount = vertexCount
    labels = .allocate(capacity: vertexCount)
    labels.initialize(repeating: Self.unreached, count: vertexCount)
    walk = AncestorWalk(vertexCount: vertexCount)
  }

  func deallocate() {
    labels.deallocate()
    walk.deallocate()
  }

  /// How many vertices the walk has.
  var count: Int { walk.count }

  /// The vertex at a position of the walk; ``Rank/none`` at the end.
  @inline(__always) func vertex(_ position: Int) -> Rank { walk[position] }
  @inline(__always) func weight(_ vertex: Rank) -> Weight { Weight(labels[vertex.position] >> 32) }

  /// The vertex that this one was reached from; itself at an origin.
  func predecessor(_ vertex: Rank) -> Rank { Rank(UInt32(truncatingIfNeeded: labels[vertex.position])) }

  /// The terminal's vertex from which `vertex` was reached.
  func origin(of vertex: Rank) -> Rank {
    var origin = vertex
    while predecessor(origin) != origin { origin = predecessor(origin) }
    return origin
  }

  mutating func begin(at terminals: [Terminal], _ hierarchy: ContractionHierarchy) {
    walk.collect(terminals, hierarchy)
    for terminal in terminals {
      let vertex = hierarchy.rank[terminal.arc]
      // An offset above infinity loses against the unreached label.
      labels[vertex.position] = min(labels[vertex.position], UInt64(terminal.offset) << 32 | UInt64(vertex.rawValue))
    }
  }

  /// Relaxes the arcs of `vertex` unless nothing shorter than `bound` can come of it.
  @inline(__always)
  func relax(_ vertex: Rank, _ graph: SearchGraphPointers, _ weights: UnsafePointer<Weight>, below bound: Weight) {
    let weight = weight(vertex)
    if weight >= bound { return }
    let base = UInt64(weight) << 32 | UInt64(vertex.rawValue)
    let upperEnds = graph.upperEnds(of: vertex.position)
    for arc in graph.row(vertex.position) {
      let upper = upperEnds[arc].position
      labels[upper] = min(labels[upper], base &+ UInt64(weights[arc]) << 32)
    }
  }

  /// Forgets the search space with all its labels.
  mutating func clear() {
    for position in 0..<walk.count { labels[walk[position].position] = Self.unreached }
    walk.clear()
  }
}
