import MapFile
import RoadGraph

/// The original arcs into and out of each vertex.
struct VertexArcs {
  /// Arcs are numbered by tail: n + 1 offsets.
  private let firstOut: [UInt32]
  private let firstIn: [UInt32]
  private let arcsIn: [OriginalArcID]

  /// Counting sorts. O(arcs).
  init(_ numbering: Numbering) {
    firstOut = Self.offsets(numbering.arcTail, vertexCount: numbering.vertexNodes.count)
    firstIn = Self.offsets(numbering.arcHead, vertexCount: numbering.vertexNodes.count)
    var next = firstIn
    var arcsIn = [OriginalArcID](repeating: OriginalArcID(UInt32(0)), count: numbering.arcCount)
    for (arc, head) in numbering.arcHead.enumerated() {
      arcsIn[Int(next[head.position])] = OriginalArcID(arc)
      next[head.position] += 1
    }
    self.arcsIn = arcsIn
  }

  private static func offsets(_ vertices: [VertexID], vertexCount: Int) -> [UInt32] {
    var offsets = [UInt32](repeating: 0, count: vertexCount + 1)
    for vertex in vertices { offsets[vertex.position + 1] += 1 }
    for vertex in 0..<vertexCount { offsets[vertex + 1] += offsets[vertex] }
    return offsets
  }

  /// In the order of their numbers. O(1).
  func out(of vertex: VertexID) -> TableIndices<OriginalArcID> {
    TableIndices(start: firstOut[vertex.position], end: firstOut[vertex.position + 1])
  }

  /// In the order of their numbers. O(1).
  func into(_ vertex: VertexID) -> ArraySlice<OriginalArcID> {
    arcsIn[Int(firstIn[vertex.position])..<Int(firstIn[vertex.position + 1])]
  }
}
