import RoadGraph

/// The road graph as dissection sees it: undirected edges, each a bundle of the arcs between two vertices.
struct UndirectedRoads {
  /// Coordinates on a plane, so that a unit means the same in both directions.
  let x: [Int64]
  let y: [Int64]
  let edges: [(UInt32, UInt32)]
  /// The arcs of each edge.
  let arcsOfEdge: AdjacencyLists
  /// Arcs from a vertex to itself, by vertex.
  let loopsOfVertex: AdjacencyLists

  init(_ graph: TurnExpandedGraph) {
    let scale = Self.longitudeScale(graph.vertexLatitudeE7)
    x = graph.vertexLongitudeE7.map { Int64(Double($0) * scale) }
    y = graph.vertexLatitudeE7.map(Int64.init)

    var keys: [(ends: UInt64, arc: UInt32)] = []
    var loops: [(row: UInt32, value: UInt32)] = []
    keys.reserveCapacity(graph.arcCount)
    for arc in graph.arcTail.indices {
      let (tail, head) = (graph.arcTail[arc].rawValue, graph.arcHead[arc].rawValue)
      if tail == head {
        loops.append((tail, arc.rawValue))
      } else {
        keys.append((UInt64(min(tail, head)) << 32 | UInt64(max(tail, head)), arc.rawValue))
      }
    }
    keys.sort { ($0.ends, $0.arc) < ($1.ends, $1.arc) }

    var edges: [(UInt32, UInt32)] = []
    var arcs: [(row: UInt32, value: UInt32)] = []
    for (position, key) in keys.enumerated() {
      if position == 0 || keys[position - 1].ends != key.ends {
        edges.append((UInt32(key.ends >> 32), UInt32(truncatingIfNeeded: key.ends)))
      }
      arcs.append((UInt32(edges.count - 1), key.arc))
    }
    self.edges = edges
    arcsOfEdge = AdjacencyLists(rowCount: edges.count, pairs: arcs)
    loopsOfVertex = AdjacencyLists(rowCount: graph.vertexCount, pairs: loops)
  }

  /// How much shorter a degree of longitude is than one of latitude, in the middle of the map.
  ///
  /// A short series instead of `cos`: the same on every machine, and good enough to choose directions by.
  private static func longitudeScale(_ latitudesE7: [Int32]) -> Double {
    guard let lowest = latitudesE7.min(), let highest = latitudesE7.max() else { return 1 }
    let latitude = (Double(lowest) + Double(highest)) / 2 * 1e-7 * .pi / 180
    let square = latitude * latitude
    return max(0.05, 1 - square / 2 + square * square / 24)
  }
}

/// A part of the road network with vertices and edges of its own numbering.
struct RoadCell {
  /// The map's number of each vertex.
  var vertices: [UInt32] = []
  var edges: [Edge] = []

  /// An edge between two vertices of the cell.
  struct Edge {
    let left: Int32
    let right: Int32
    /// The map's number of the edge.
    let number: UInt32
  }

  /// Splits the cell by `part`, the number of the part of each vertex. Edges between parts are returned as `cut`.
  /// O(n + m).
  func split(by part: [Int32], count: Int) -> (parts: [RoadCell], cut: [Edge]) {
    var parts = [RoadCell](repeating: RoadCell(), count: count)
    var cut: [Edge] = []
    var number = [Int32](repeating: 0, count: vertices.count)
    for vertex in vertices.indices {
      let target = Int(part[vertex])
      number[vertex] = Int32(parts[target].vertices.count)
      parts[target].vertices.append(vertices[vertex])
    }
    for edge in edges {
      let (left, right) = (Int(edge.left), Int(edge.right))
      if part[left] == part[right] {
        parts[Int(part[left])].edges.append(Edge(left: number[left], right: number[right], number: edge.number))
      } else {
        cut.append(edge)
      }
    }
    return (parts, cut)
  }

  /// The connected components, in the order of their first vertices. O(n + m).
  func components() -> [RoadCell] {
    var root = vertices.indices.map(Int32.init)
    func find(_ vertex: Int32) -> Int32 {
      var top = vertex
      while root[Int(top)] != top {
        root[Int(top)] = root[Int(root[Int(top)])]
        top = root[Int(top)]
      }
      return top
    }
    for edge in edges {
      let (left, right) = (find(edge.left), find(edge.right))
      // The lower number wins, so that a root is the first vertex of its component.
      root[Int(max(left, right))] = min(left, right)
    }
    var part = [Int32](repeating: 0, count: vertices.count)
    var count: Int32 = 0
    for vertex in vertices.indices {
      let top = Int(find(Int32(vertex)))
      if top == vertex {
        part[vertex] = count
        count += 1
      } else {
        part[vertex] = part[top]
      }
    }
    return count == 1 ? [self] : split(by: part, count: Int(count)).parts
  }
}
