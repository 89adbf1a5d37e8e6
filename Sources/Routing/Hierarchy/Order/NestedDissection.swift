import RoadGraph

/// An order of the road arcs by nested dissection of the *road graph*.
///
/// An edge cut of the road graph is a vertex separator of the turn-expanded graph: a way from one side to the other
/// uses an arc of the cut. A cell is cut in two, its sides are ordered first, each as one range, and the arcs of
/// the cut come last: first those that lead from left to right, among which no shortcut is ever needed.
///
/// - SeeAlso: George, *Nested Dissection of a Regular Finite Element Mesh*, 1973, doi:10.1137/0710032; Buchhold,
///   Wagner, Zeitz, Zündorf, ATMOS 2020, doi:10.4230/OASIcs.ATMOS.2020.9, section 3.
struct NestedDissection {
  private let graph: TurnExpandedGraph
  private let roads: UndirectedRoads
  private var tree: [SeparatorNode] = []

  /// A cell of the separator tree: its own arcs, to be ordered after those of its children.
  private struct SeparatorNode {
    var children: [Int] = []
    var arcs: [ArcID] = []
  }

  /// A cell that is still to be divided.
  private struct Pending {
    let cell: RoadCell
    let node: Int
  }

  /// All road arcs, the least important one first.
  static func order(of graph: TurnExpandedGraph, progress: ((String, Double) -> Void)?) -> [ArcID] {
    var dissection = NestedDissection(graph)
    dissection.run(progress)
    return dissection.postOrder()
  }

  private init(_ graph: TurnExpandedGraph) {
    self.graph = graph
    roads = UndirectedRoads(graph)
  }

  /// Divides level by level: the cells of a level are independent of each other.
  private mutating func run(_ progress: ((String, Double) -> Void)?) {
    let all = RoadCell(
      vertices: (0..<UInt32(graph.vertexCount)).map { $0 },
      edges: roads.edges.enumerated().map { number, ends in
        RoadCell.Edge(left: Int32(ends.0), right: Int32(ends.1), number: UInt32(number))
      })
    tree = [SeparatorNode()]
    var level = [Pending(cell: all, node: 0)]
    var orderedCount = 0
    while !level.isEmpty {
      progress?("order", Double(orderedCount) / Double(max(graph.arcCount, 1)))
      let connected = level.flatMap { connectedParts(of: $0) }
      let flow = InertialFlow(roads: roads)
      let cuts = Parallel.map(connected) { flow.bestCut(of: $0.cell) }
      level = zip(connected, cuts).flatMap { pending, cut in
        let children = divide(pending, by: cut)
        orderedCount += tree[pending.node].arcs.count
        return children
      }
    }
    progress?("order", 1)
  }

  /// The connected parts of a cell that have something to cut. Loops at a lone vertex are ordered here.
  private mutating func connectedParts(of pending: Pending) -> [Pending] {
    let components = pending.cell.components()
    guard components.count > 1 else { return keepIfDivisible(pending) }
    return components.flatMap { keepIfDivisible(Pending(cell: $0, node: addChild(of: pending.node))) }
  }

  private mutating func keepIfDivisible(_ pending: Pending) -> [Pending] {
    if pending.cell.vertices.count > 1 { return [pending] }
    for vertex in pending.cell.vertices {
      tree[pending.node].arcs += roads.loopsOfVertex[Int(vertex)].map { ArcID($0) }
    }
    return []
  }

  private mutating func divide(_ pending: Pending, by cut: InertialFlow.Cut) -> [Pending] {
    let (sides, edges) = pending.cell.split(by: cut.side, count: 2)
    var toRight: [ArcID] = []
    var toLeft: [ArcID] = []
    for edge in edges {
      let leftVertex = pending.cell.vertices[Int(cut.side[Int(edge.left)] == 0 ? edge.left : edge.right)]
      for number in roads.arcsOfEdge[Int(edge.number)] {
        let arc = ArcID(number)
        if graph.arcTail[arc].rawValue == leftVertex { toRight.append(arc) } else { toLeft.append(arc) }
      }
    }
    tree[pending.node].arcs = toRight + toLeft
    return sides.map { Pending(cell: $0, node: addChild(of: pending.node)) }
  }

  private mutating func addChild(of node: Int) -> Int {
    tree.append(SeparatorNode())
    tree[node].children.append(tree.count - 1)
    return tree.count - 1
  }

  /// The arcs of the separator tree, children before parents.
  private func postOrder() -> [ArcID] {
    var order: [ArcID] = []
    order.reserveCapacity(graph.arcCount)
    var path: [(node: Int, nextChild: Int)] = [(0, 0)]
    while let top = path.last {
      let children = tree[top.node].children
      if top.nextChild < children.count {
        path[path.count - 1].nextChild += 1
        path.append((children[top.nextChild], 0))
      } else {
        order += tree[top.node].arcs
        path.removeLast()
      }
    }
    return order
  }
}
