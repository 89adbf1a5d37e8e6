import Foundation
import Geometry
import MapFile
import TimeRules

/// Tables that follow from others in one pass: no file holds them.
///
/// Where an input may come from a file, an id in it that leads out of its table gives `nil`.
extension RoadNetwork {
  /// O(vertices).
  static func clock(
    _ timeZone: String, _ holidays: Rows<Holidays.Period>, _ places: Table<VertexID, Coordinate>
  ) -> LocalClock {
    LocalClock(
      TimeZone(identifier: timeZone) ?? .gmt,
      at: Coordinate.middle(of: places.buffer) ?? Coordinate(latitudeE7: 0, longitudeE7: 0),
      holidays: Holidays(Array(holidays.buffer)))
  }

  /// The tail of each arc: arcs are sorted by it. O(arcs).
  static func arcTails(firstOut: Offsets<VertexID>) -> Table<ArcID, VertexID> {
    Table(firstOut.indices.flatMap { repeatElement($0, count: firstOut[$0].count) })
  }

  /// The original arcs of each segment: in each direction the first of those that run so. O(arcs).
  static func segmentArcs(segmentCount: Int, arcCourse: Table<ArcID, ArcCourse>) -> Table<SegmentID, SegmentArcs>? {
    var arcs = [SegmentArcs](repeating: SegmentArcs(forward: nil, backward: nil), count: segmentCount)
    for arc in arcCourse.indices {
      let course = arcCourse[arc]
      guard course.segment.position < segmentCount else { return nil }
      let known = arcs[course.segment.position]
      if course.isBackward && known.backward == nil {
        arcs[course.segment.position] = SegmentArcs(forward: known.forward, backward: arc)
      } else if !course.isBackward && known.forward == nil {
        arcs[course.segment.position] = SegmentArcs(forward: arc, backward: known.backward)
      }
    }
    return Table(arcs)
  }

  /// The OSM node of every shape point, read again at each call. O(points).
  public func pointOSMNodes() -> Table<ShapePointID, Int64> {
    let code = OSMNodeCode(
      firstPoint: firstPoint, segmentArcs: segmentArcs, arcTail: arcTail, arcHead: arcHead, vertexCount: vertexCount)
    var nodes: [Int64] = []
    nodes.reserveCapacity(points.count)
    let isRead = code.decoded(osmNodeBytes.buffer) { nodes.append($0) } != nil
    precondition(isRead, "OSM nodes that were read before can't be read again")
    return Table(nodes)
  }

  /// The stretches of each way, by counting sort. O(pieces).
  static func stretchesByWay(wayCount: Int, pieces: Table<PieceID, Piece>)
    -> (first: Offsets<WayID>, stretches: Rows<PieceID>)?
  {
    let ways = pieces.buffer.lazy.map { piece -> WayID? in
      if case .stretch(let way) = piece.kind { way } else { nil }
    }
    guard ways.allSatisfy({ $0.map { $0.position < wayCount } ?? true }) else { return nil }
    let (first, sorted) = Offsets.sorting(ways, count: wayCount)
    return (first, Table(sorted.map { PieceID($0) }))
  }
}
