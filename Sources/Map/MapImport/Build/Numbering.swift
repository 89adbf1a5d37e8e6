import Geometry
import MapFile
import RoadGraph

/// An arc of the road graph, counted without shadow arcs.
struct OriginalArcID: TableIndex {
  let rawValue: UInt32
  init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// The numbers of vertices, arcs and segments; shadow arcs come in later.
///
/// Vertices follow a Hilbert curve, arcs their tails, segments their first arcs: what is near on the ground is near in
/// memory, and nothing depends on the order of the source.
struct Numbering {
  /// OSM nodes (as positions) of the vertices, in the order of the vertices.
  private(set) var vertexNodes: [UInt32] = []
  /// Per OSM node: its vertex, or `UInt32.max`.
  private(set) var vertexOfNode: [UInt32]
  /// Per segment: its chain, turned so that its forward arc exists.
  private(set) var segmentChains: [[Stretch]] = []
  private(set) var arcTail: [VertexID] = []
  private(set) var arcHead: [VertexID] = []
  private(set) var arcCourse: [ArcCourse] = []

  var arcCount: Int { arcCourse.count }

  /// An arc before it has its number.
  private struct Draft {
    let tail: UInt32
    let head: UInt32
    let chain: UInt32
    let isBackward: Bool
    /// First stretch in the arc's direction: tells parallel arcs apart.
    let start: Stretch

    var key: (UInt32, UInt32, UInt32, UInt32) { (head, start.way, start.from, start.to) }
  }

  init(_ chains: Chains, _ lines: RoadLines, _ source: SourceNodes) {
    vertexOfNode = [UInt32](repeating: .max, count: source.ids.count)
    numberVertices(chains, lines, source)
    let turned = (0..<chains.count).map { turnedChain(chains[$0], lines) }
    numberArcs(drafts(turned, lines), turned)
  }

  private mutating func numberVertices(_ chains: Chains, _ lines: RoadLines, _ source: SourceNodes) {
    var nodes: [UInt32] = []
    for chain in 0..<chains.count {
      let stretches = chains[chain]
      nodes.append(lines.firstNode(of: stretches[stretches.startIndex]))
      nodes.append(lines.lastNode(of: stretches[stretches.endIndex - 1]))
    }
    nodes.sort()
    let unique = nodes.enumerated().filter { $0.offset == 0 || nodes[$0.offset - 1] != $0.element }.map(\.element)
    let box = BoundingBox(of: unique.lazy.map { source.coordinates[Int($0)] })
    let keyed = unique.map { node in
      UInt64(HilbertCurve.position(of: source.coordinates[Int(node)], in: box)) << 32 | UInt64(node)
    }
    vertexNodes = keyed.sorted().map { UInt32(truncatingIfNeeded: $0) }
    for (vertex, node) in vertexNodes.enumerated() { vertexOfNode[Int(node)] = UInt32(vertex) }
  }

  /// The chain from its lower vertex to its higher one, unless it can be driven the other way only.
  private func turnedChain(_ chain: ArraySlice<Stretch>, _ lines: RoadLines) -> [Stretch] {
    let directions = lines.directions(of: chain[chain.startIndex])
    let tail = vertexOfNode[Int(lines.firstNode(of: chain[chain.startIndex]))]
    let head = vertexOfNode[Int(lines.lastNode(of: chain[chain.endIndex - 1]))]
    let isTurned = directions == .backward || directions == [.forward, .backward] && tail > head
    return isTurned ? chain.reversed().map(\.reversed) : Array(chain)
  }

  private func drafts(_ chains: [[Stretch]], _ lines: RoadLines) -> [Draft] {
    var drafts: [Draft] = []
    drafts.reserveCapacity(chains.count * 2)
    for (index, chain) in chains.enumerated() {
      let (first, last) = (chain[0], chain[chain.count - 1])
      let tail = vertexOfNode[Int(lines.firstNode(of: first))]
      let head = vertexOfNode[Int(lines.lastNode(of: last))]
      drafts.append(Draft(tail: tail, head: head, chain: UInt32(index), isBackward: false, start: first))
      if lines.directions(of: first).contains(.backward) {
        drafts.append(Draft(tail: head, head: tail, chain: UInt32(index), isBackward: true, start: last.reversed))
      }
    }
    return drafts
  }

  private mutating func numberArcs(_ drafts: [Draft], _ chains: [[Stretch]]) {
    let order = sortedByTail(drafts)
    var segmentOfChain = [UInt32](repeating: .max, count: chains.count)
    for draftIndex in order {
      let draft = drafts[Int(draftIndex)]
      if segmentOfChain[Int(draft.chain)] == .max {
        segmentOfChain[Int(draft.chain)] = UInt32(segmentChains.count)
        segmentChains.append(chains[Int(draft.chain)])
      }
      let segment = SegmentID(segmentOfChain[Int(draft.chain)])
      arcTail.append(VertexID(draft.tail))
      arcHead.append(VertexID(draft.head))
      arcCourse.append(ArcCourse(segment: segment, isBackward: draft.isBackward))
    }
  }

  /// Positions of the drafts by tail, then by key: a counting sort, then a sort of each vertex's few arcs.
  private func sortedByTail(_ drafts: [Draft]) -> [UInt32] {
    let tails = drafts.lazy.map { Optional(VertexID($0.tail)) }
    var (firstOut, order) = Offsets.sorting(tails, count: vertexNodes.count)
    for vertex in firstOut.indices { order[firstOut[vertex]].sort { drafts[Int($0)].key < drafts[Int($1)].key } }
    return order
  }
}
