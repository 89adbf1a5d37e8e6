import MapFile
import RoadGraph

/// The original arcs into and out of each vertex.
struct VertexArcs {
  /// Arcs are numbered by tail.
  private let firstOut: Offsets<VertexID>
  private let firstIn: Offsets<VertexID>
  private let arcsIn: [OriginalArcID]

  /// Counting sorts. O(arcs).
  init(_ numbering: Numbering) {
    firstOut = Offsets(rows: numbering.arcTail, count: numbering.vertexNodes.count)
    let (first, arcs) = Offsets.sorting(
      numbering.arcHead.lazy.map(Optional.init), count: numbering.vertexNodes.count)
    (firstIn, arcsIn) = (first, arcs.map { OriginalArcID($0) })
  }

  /// In the order of their numbers. O(1).
  func out(of vertex: VertexID) -> TableIndices<OriginalArcID> { TableIndices(firstOut[vertex]) }

  /// In the order of their numbers. O(1).
  func into(_ vertex: VertexID) -> ArraySlice<OriginalArcID> { arcsIn[firstIn[vertex]] }
}
