import MapFile

/// The OSM nodes of all shape points as bytes: along each segment in turn, what its id differs by from the one before.
///
/// Differences are zigzag varints of 7 bits a byte, the lowest first. Where a segment begins or ends at a vertex that
/// an earlier segment has already told of, there is none: each vertex is told once.
struct OSMNodeCode {
  let firstPoint: Offsets<SegmentID>
  let segmentArcs: Table<SegmentID, SegmentArcs>
  let arcTail: Table<ArcID, VertexID>
  let arcHead: Table<ArcID, VertexID>
  let vertexCount: Int

  /// The vertices at the two ends of a segment's shape; `nil` if it has none, as only a damaged file can bring about.
  private func ends(of segment: SegmentID) -> (tail: VertexID, head: VertexID)? {
    let arcs = segmentArcs[segment]
    guard let arc = arcs.forward ?? arcs.backward, arc.position < arcHead.count, arc.position < arcTail.count else {
      return nil
    }
    let (tail, head) = (arcTail[arc], arcHead[arc])
    guard tail.position < vertexCount, head.position < vertexCount else { return nil }
    return arcs.forward == nil ? (head, tail) : (tail, head)
  }

  /// The bytes for the OSM nodes of all shape points. O(points).
  ///
  /// Segments that meet at a vertex must agree on its OSM node.
  func encoded(_ pointNodes: [Int64]) -> [UInt8] {
    precondition(pointNodes.count == firstPoint.table.buffer.last.map(Int.init), "a shape point without an OSM node")
    var writer = DifferenceWriter()
    var vertexNodes = [Int64?](repeating: nil, count: vertexCount)
    for segment in firstPoint.indices {
      guard let (tail, head) = ends(of: segment) else { preconditionFailure("a segment without ends") }
      let points = firstPoint[segment]
      for point in points {
        let node = pointNodes[point]
        let vertex = point == points.lowerBound ? tail : point == points.upperBound - 1 ? head : nil
        guard let vertex else {
          writer.append(node)
          continue
        }
        if let known = vertexNodes[vertex.position] {
          precondition(known == node, "a vertex at two OSM nodes")
          writer.follow(node)
        } else {
          vertexNodes[vertex.position] = node
          writer.append(node)
        }
      }
    }
    return writer.bytes
  }

  /// Reads the OSM node of each shape point, in order, and returns those of the vertices (0 at a vertex without roads).
  /// O(points).
  ///
  /// - Returns: `nil` if the bytes are too few or too many, or a number in them is longer than it must be.
  func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ point: (Int64) -> Void) -> [Int64]? {
    var reader = DifferenceReader(bytes)
    var vertexNodes = [Int64](repeating: 0, count: vertexCount)
    var isKnown = [Bool](repeating: false, count: vertexCount)
    for segment in firstPoint.indices {
      let isRead = read(segment, &reader, point) { vertex, reader in
        if isKnown[vertex.position] {
          reader.follow(vertexNodes[vertex.position])
        } else {
          guard let node = reader.next() else { return nil }
          vertexNodes[vertex.position] = node
          isKnown[vertex.position] = true
        }
        return vertexNodes[vertex.position]
      }
      guard isRead else { return nil }
    }
    return reader.isAtEnd ? vertexNodes : nil
  }

  /// Reads the OSM nodes of one segment's points; false if there are too few.
  private func read(
    _ segment: SegmentID, _ reader: inout DifferenceReader, _ point: (Int64) -> Void,
    _ vertexNode: (VertexID, inout DifferenceReader) -> Int64?
  ) -> Bool {
    let count = firstPoint[segment].count
    guard count >= 2, let (tail, head) = ends(of: segment), let first = vertexNode(tail, &reader) else { return false }
    point(first)
    for _ in 0..<count - 2 {
      guard let node = reader.next() else { return false }
      point(node)
    }
    guard let last = vertexNode(head, &reader) else { return false }
    point(last)
    return true
  }
}

// MARK: One segment

/// Where the OSM nodes of each some segments begin among the bytes, so that those of one can be read alone.
struct OSMNodeMarks {
  /// Reading one segment reads at most as many.
  static let segments = 32

  fileprivate var starts: [DifferenceReader.Place] = []
  /// The segment that tells of each vertex.
  fileprivate var tellers: [UInt32]
}

extension OSMNodeCode {
  /// The marks of bytes that are whole. O(points).
  ///
  /// - Parameter vertexNodes: the OSM node of each vertex.
  func marks(in bytes: UnsafeBufferPointer<UInt8>, _ vertexNodes: Table<VertexID, Int64>) -> OSMNodeMarks {
    var marks = OSMNodeMarks(tellers: [UInt32](repeating: .max, count: vertexCount))
    var reader = DifferenceReader(bytes)
    for segment in firstPoint.indices {
      if segment.position % OSMNodeMarks.segments == 0 { marks.starts.append(reader.place) }
      for vertex in [ends(of: segment)?.tail, ends(of: segment)?.head].compactMap(\.self) {
        marks.tellers[vertex.position] = min(marks.tellers[vertex.position], UInt32(segment.position))
      }
      _ = nodes(of: segment, &reader, marks, vertexNodes)
    }
    return marks
  }

  /// The OSM nodes of a segment's points. O(points of ``OSMNodeMarks/segments`` segments).
  func nodes(
    of segment: SegmentID, in bytes: UnsafeBufferPointer<UInt8>, _ marks: OSMNodeMarks,
    _ vertexNodes: Table<VertexID, Int64>
  ) -> [Int64] {
    let mark = segment.position / OSMNodeMarks.segments
    var reader = DifferenceReader(bytes, at: marks.starts[mark])
    for passed in mark * OSMNodeMarks.segments..<segment.position {
      _ = nodes(of: SegmentID(passed), &reader, marks, vertexNodes)
    }
    return nodes(of: segment, &reader, marks, vertexNodes)
  }

  private func nodes(
    of segment: SegmentID, _ reader: inout DifferenceReader, _ marks: OSMNodeMarks,
    _ vertexNodes: Table<VertexID, Int64>
  ) -> [Int64] {
    var nodes: [Int64] = []
    var told: VertexID?
    let note = { (node: Int64) in nodes.append(node) }
    let isRead = read(segment, &reader, note) { vertex, reader in
      guard marks.tellers[vertex.position] == UInt32(segment.position), vertex != told else {
        reader.follow(vertexNodes[vertex])
        return vertexNodes[vertex]
      }
      // One that ends where it begins tells of its vertex once.
      told = vertex
      return reader.next()
    }
    precondition(isRead, "OSM nodes that were read before can't be read again")
    return nodes
  }
}

/// Writes numbers as differences from the ones before.
private struct DifferenceWriter {
  private(set) var bytes: [UInt8] = []
  private var last: Int64 = 0

  /// Goes on from a number that the reader knows already.
  mutating func follow(_ number: Int64) { last = number }

  mutating func append(_ number: Int64) {
    let difference = number &- last
    var rest = UInt64(bitPattern: difference << 1 ^ difference >> 63)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
    last = number
  }
}

/// Reads what a ``DifferenceWriter`` wrote.
private struct DifferenceReader {
  /// How far it is.
  struct Place {
    var position = 0
    var last: Int64 = 0
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var place: Place

  init(_ bytes: UnsafeBufferPointer<UInt8>, at place: Place = Place()) { (self.bytes, self.place) = (bytes, place) }

  var isAtEnd: Bool { place.position == bytes.count }

  mutating func follow(_ number: Int64) { place.last = number }

  /// The next number; `nil` if the bytes end in it, or it has more bytes than it must have.
  mutating func next() -> Int64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard place.position < bytes.count else { return nil }
      let byte = bytes[place.position]
      place.position += 1
      let bits = UInt64(byte & 0x7F)
      guard (bits << shift) >> shift == bits else { return nil }
      value |= bits << shift
      guard byte & 0x80 == 0 else { continue }
      guard byte != 0 || shift == 0 else { return nil }
      let difference = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
      place.last = place.last &+ difference
      return place.last
    }
    return nil
  }
}
