import Geometry
import MapFile

/// Finds road segments near a coordinate: a packed R-tree over short runs of shape points.
public struct SpatialIndex: Sendable {
  /// A run of up to ``spanLines`` straight lines of one segment's shape.
  public struct Span: Sendable, BitwiseCopyable {
    public var segment: SegmentID
    /// Position of its first point in the segment's shape.
    public var firstPoint: UInt32
  }

  /// Straight lines per span: long segments are found by the part that is near.
  public static let spanLines = 8

  /// Runs that end at a vertex have boxes that reach it; what distances are rounded by is less.
  static let vertexMeters = 0.1

  /// In the order of the tree.
  public let spans: Rows<Span>
  /// The tree's boxes: first those of the spans, then level by level up to the root.
  public let boxes: Rows<BoundingBox>

  /// Indexes all segments. O(points log points).
  public init(firstPoint: Offsets<SegmentID>, points: Table<ShapePointID, Coordinate>) {
    var spans: [Span] = []
    for segment in firstPoint.indices {
      let lines = max(firstPoint[segment].count - 1, 1)
      for first in stride(from: 0, to: lines, by: Self.spanLines) {
        spans.append(Span(segment: segment, firstPoint: UInt32(first)))
      }
    }
    let boxes = spans.map { Self.box(of: $0, firstPoint, points) }
    let order = PackedRTree.order(of: boxes)
    self.spans = Table(order.map { spans[$0] })
    self.boxes = Table(PackedRTree.boxes(of: order.map { boxes[$0] }))
  }

  private static func box(
    of span: Span, _ firstPoint: Offsets<SegmentID>, _ points: Table<ShapePointID, Coordinate>
  ) -> BoundingBox {
    let shape = points.rows(firstPoint[span.segment])
    let first = Int(span.firstPoint)
    let run = shape[first...min(first + Self.spanLines, shape.count - 1)]
    let box = BoundingBox(of: run)
    return zip(run, run.dropFirst()).contains(where: BoundingBox.spansMeridian) ? box.roundTheEarth : box
  }

  /// The tree over ``spans``, valid while this index lives.
  var tree: PackedRTree { PackedRTree(itemCount: spans.count, boxes: boxes.buffer) }

  /// Visits the segments that have an indexed run whose box has a point in common with `box`, which doesn't span the
  /// 180th meridian. A segment may be visited more than once. O(log spans + matches).
  public func visitSegments<Failure: Error>(
    in box: BoundingBox, visit: (SegmentID) throws(Failure) -> Void
  ) throws(Failure) {
    try tree.visit(where: box.intersects) { (item) throws(Failure) in try visit(spans[position: item].segment) }
  }

  /// Visits the segments that have an indexed run whose box reaches within `radiusMeters` of the origin of `plane`.
  /// A segment may be visited more than once. O(log spans + matches).
  public func visitSegments<Failure: Error>(
    in plane: LocalPlane, radiusMeters: Double, visit: (SegmentID) throws(Failure) -> Void
  ) throws(Failure) {
    try tree.visit { box in
      box.distanceMeters(in: plane) <= radiusMeters
    } _: { (item) throws(Failure) in
      try visit(spans[position: item].segment)
    }
  }
}
