import MapFile

/// Part of a stretch of road between two OSM nodes of it, in one direction of travel.
public struct NodeStretch: Hashable, Sendable {
  public var segment: SegmentID
  /// Always a stretch, never a point piece.
  public var piece: PieceID
  /// True against the shape of the segment.
  public var isBackward: Bool
  /// Position of its first point in the segment's shape, in the order of the shape.
  public var firstPoint: UInt32
  /// Position of its last point in the segment's shape, in the order of the shape; above ``firstPoint``.
  public var lastPoint: UInt32
  /// Along its points; up to half a centimetre off what a piece says that it covers whole.
  public var lengthMeters: Double

  public init(
    segment: SegmentID, piece: PieceID, isBackward: Bool, points: ClosedRange<UInt32>, lengthMeters: Double
  ) {
    (self.segment, self.piece, self.isBackward, self.lengthMeters) = (segment, piece, isBackward, lengthMeters)
    (firstPoint, lastPoint) = (points.lowerBound, points.upperBound)
  }
}

/// Finds the road between two OSM nodes, by a hash table over the OSM nodes of all shape points.
///
/// Takes about 17 bytes a shape point beside the network. The directions of a road are alike to it: it tells where a
/// pair of OSM nodes lies, and not whether anybody may drive there.
public struct OSMNodeIndex: Sendable {
  let network: RoadNetwork
  /// The OSM node of every shape point.
  let nodes: Table<ShapePointID, Int64>
  /// Where the entries of each bucket begin.
  private let firstEntry: Offsets<NodeBucket>
  /// The shape points by bucket, ascending in each.
  private let entries: Rows<NodeEntry>
  /// The segment of the first point of each block of ``blockPoints`` points.
  private let blockSegment: Rows<SegmentID>

  private static let blockPoints = 32
  /// A bucket is about a cache line, and the table of buckets so small that it stays in the cache.
  private static let bucketEntries = 4

  /// Indexes a network. O(points).
  public init(_ network: RoadNetwork) {
    self.network = network
    let nodes = network.pointOSMNodes()
    let bucketCount = nodes.count / Self.bucketEntries + 1
    let buckets = nodes.buffer.lazy.map { Optional(NodeHash($0).bucket(among: bucketCount)) }
    let (first, points) = Offsets.sorting(buckets, count: bucketCount)
    (self.nodes, firstEntry) = (nodes, first)
    entries = Table(points.map { NodeEntry(ShapePointID($0), among: nodes) })
    blockSegment = Self.blockSegments(network.firstPoint)
  }

  /// The OSM node with this number on a way, from 0 in the way's own order; `nil` where the map lacks that part of the
  /// way. O(stretches of the way).
  public func osmNode(number: Int, ofWay way: WayID) -> Int64? {
    for piece in network.stretches(of: way) {
      let segment = network.segment(of: piece)
      let range = network.pointRange(of: piece, in: segment)
      let offset = number - Int(network.pieces[piece].firstNode)
      guard offset >= 0, offset < range.count else { continue }
      let point = network.pieces[piece].isReversed ? range.upperBound - 1 - offset : range.lowerBound + offset
      return nodes[ShapePointID(network.firstPoint[segment].lowerBound + point)]
    }
    return nil
  }

  /// The road between two OSM nodes, in the direction from the first to the second.
  ///
  /// - Returns:
  ///   - For OSM nodes that are neighbours on a way, the line between them: once for each way, and each time in a way,
  ///     that has it. O(1).
  ///   - Else what ``stretches(onWay:from:to:)`` gives for each way that has both, in the order of the ways' OSM ids.
  ///     O(points of these ways).
  ///   - Nothing if an OSM node is unknown, both are the same, or no way has both.
  public func stretches(from: Int64, to: Int64) -> [NodeStretch] {
    guard from != to else { return [] }
    let found = neighbours(from: from, to: to)
    guard found.isEmpty else { return found }
    let common = ways(at: from).intersection(ways(at: to)).sorted()
    return common.flatMap { stretches(onWay: $0, from: from, to: to) }
  }

  /// The road between two OSM nodes along one way, in the order of travel; nothing if the way does not have both, or
  /// the map lacks what lies between. O(points of the way).
  ///
  /// Where an OSM node occurs more than once, the shortest part of the way between the two counts. A way that ends
  /// where it begins is a ring and may be passed over that place. On a one-way, a part in the direction of its traffic
  /// goes before any other, even if it leads the long way round a roundabout.
  public func stretches(onWay way: WayID, from: Int64, to: Int64) -> [NodeStretch] {
    guard from != to else { return [] }
    let trails = WayTrail.all(of: way, in: self)
    let oneway = network.attributes[network.ways[way].attributes].onewayAgainstWay
    var best: (trail: WayTrail, path: WayTrail.Path)?
    for trail in trails {
      for path in trail.paths(from: from, to: to, onewayAgainstWay: oneway) {
        if let known = best, !(path < known.path) { continue }
        best = (trail, path)
      }
    }
    return best.map { $0.trail.stretches(of: $0.path) } ?? []
  }
}

extension OSMNodeIndex {
  private static func blockSegments(_ firstPoint: Offsets<SegmentID>) -> Rows<SegmentID> {
    var blocks: [SegmentID] = []
    for segment in firstPoint.indices {
      while blocks.count * blockPoints < firstPoint[segment].upperBound { blocks.append(segment) }
    }
    return Table(blocks)
  }

  /// The entries of an OSM node's bucket, valid while this index lives.
  private func bucket(of node: Int64) -> UnsafeBufferPointer<NodeEntry> {
    entries.rows(firstEntry[NodeHash(node).bucket(among: firstEntry.count)])
  }

  /// The lines from one OSM node to another.
  private func neighbours(from: Int64, to: Int64) -> [NodeStretch] {
    let tag = NodeHash(to).tag
    var found: [NodeStretch] = []
    for entry in bucket(of: from) where entry.nextTag == tag || entry.previousTag == tag {
      let point = entry.point.position
      guard nodes[position: point] == from else { continue }
      if point + 1 < nodes.count, nodes[position: point + 1] == to {
        if let line = line(from: point, isBackward: false) { found.append(line) }
      }
      if point > 0, nodes[position: point - 1] == to {
        if let line = line(from: point - 1, isBackward: true) { found.append(line) }
      }
    }
    return found
  }

  private func segment(of point: Int) -> SegmentID {
    var segment = blockSegment[position: point / Self.blockPoints].position
    while network.firstPoint.table[position: segment + 1] <= point { segment += 1 }
    return SegmentID(segment)
  }

  /// The line from a shape point to the next one; `nil` if its segment ends there.
  private func line(from point: Int, isBackward: Bool) -> NodeStretch? {
    let segment = segment(of: point)
    let points = network.firstPoint[segment]
    guard point + 1 < points.upperBound else { return nil }
    let first = UInt32(point - points.lowerBound)
    let end = network.points[position: point + 1]
    return NodeStretch(
      segment: segment, piece: network.stretch(ofLine: first, in: segment), isBackward: isBackward,
      points: first...first + 1, lengthMeters: network.points[position: point].distanceMeters(to: end))
  }

  /// The ways of the lines that touch an OSM node.
  private func ways(at node: Int64) -> Set<WayID> {
    var ways: Set<WayID> = []
    for point in bucket(of: node).lazy.map(\.point.position) where nodes[position: point] == node {
      let segment = segment(of: point)
      let range = network.firstPoint[segment]
      for line in [point - 1, point] where line >= range.lowerBound && line + 1 < range.upperBound {
        let piece = network.stretch(ofLine: UInt32(line - range.lowerBound), in: segment)
        if let way = network.way(of: piece) { ways.insert(way) }
      }
    }
    return ways
  }
}

extension RoadNetwork {
  /// The stretch that the line behind a point of a segment's shape belongs to. O(log pieces).
  func stretch(ofLine line: UInt32, in segment: SegmentID) -> PieceID {
    let own = firstPiece[segment]
    var low = own.dropFirst().partitioningIndex { pieces[position: $0].firstPoint > line } - 1
    while low > own.lowerBound, case .point = pieces[position: low].kind { low -= 1 }
    return PieceID(low)
  }
}

extension RoadAttributes {
  /// True for a one-way whose traffic runs against the OSM way, false for one along it, `nil` for a two-way.
  fileprivate var onewayAgainstWay: Bool? {
    let isContraflow = (forward: forward.access.contains(.contraflow), backward: backward.access.contains(.contraflow))
    return isContraflow.forward == isContraflow.backward ? nil : isContraflow.forward
  }
}

/// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the OSM nodes of a way often follow each other.
private struct NodeHash {
  private let value: UInt64

  init(_ node: Int64) { value = UInt64(bitPattern: node) &* 0x9E37_79B9_7F4A_7C15 }

  func bucket(among count: Int) -> NodeBucket { NodeBucket(UInt32(value.multipliedFullWidth(by: UInt64(count)).high)) }

  /// Tells most other OSM nodes apart.
  var tag: UInt16 { UInt16(truncatingIfNeeded: value >> 48) }
}

/// A shape point in the hash table. With tags of the points beside it, so that few that are not meant are looked at.
private struct NodeEntry: BitwiseCopyable, Sendable {
  let point: ShapePointID
  let nextTag: UInt16
  let previousTag: UInt16

  init(_ point: ShapePointID, among nodes: Table<ShapePointID, Int64>) {
    self.point = point
    nextTag = point.position + 1 < nodes.count ? NodeHash(nodes[position: point.position + 1]).tag : 0
    previousTag = point.position > 0 ? NodeHash(nodes[position: point.position - 1]).tag : 0
  }
}

/// A bucket of the hash table.
private struct NodeBucket: TableIndex {
  let rawValue: UInt32
  init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
