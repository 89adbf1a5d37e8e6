import MapFile
import RoadGraph

/// The points of a layer on the segments of roads that they belong to: a list for each segment, one behind the other.
struct LayerRoads: Sendable {
  /// A point on a road.
  struct Spot: Sendable {
    var piece: PieceID
    /// Along the piece, as of a ``RoadPosition``.
    var fraction: UInt32
    /// Its feature's position in the layer.
    var feature: UInt32
    var distanceMeters: Float
    var isLeftOfShape: Bool
  }

  /// A point with the segment that it belongs to.
  struct Placed: Sendable {
    var segment: SegmentID
    var spot: Spot

    init(_ road: SnapCandidate, feature: Int) {
      segment = road.position.segment
      spot = Spot(
        piece: road.position.piece, fraction: road.position.fraction, feature: UInt32(feature),
        distanceMeters: Float(road.distanceMeters), isLeftOfShape: road.isLeftOfShape)
    }
  }

  /// Where the list of each segment begins, and the end of the last one; empty if there is no point at all.
  private let first: [UInt32]
  private let spots: [Spot]

  /// O(points x log points, and segments).
  init(_ placed: [Placed], segmentCount: Int) {
    let sorted = placed.sorted {
      ($0.segment.rawValue, $0.spot.piece.rawValue, $0.spot.fraction, $0.spot.feature)
        < ($1.segment.rawValue, $1.spot.piece.rawValue, $1.spot.fraction, $1.spot.feature)
    }
    spots = sorted.map(\.spot)
    guard !sorted.isEmpty else {
      first = []
      return
    }
    var first = [UInt32](repeating: 0, count: segmentCount + 1)
    for place in sorted { first[place.segment.position + 1] += 1 }
    for index in 1...segmentCount { first[index] += first[index - 1] }
    self.first = first
  }

  /// The points on a segment, in the order of its shape. O(1).
  subscript(segment: SegmentID) -> ArraySlice<Spot> {
    if first.isEmpty { return [] }
    return spots[Int(first[segment.position])..<Int(first[segment.position + 1])]
  }

  /// The points on a part of a piece of a segment, in the order of its shape. O(log points of the segment).
  func spots(on piece: PieceID, of segment: SegmentID, in part: ClosedRange<UInt32>) -> ArraySlice<Spot> {
    let all = self[segment]
    let begin = all.partitioningIndex { ($0.piece.rawValue, $0.fraction) >= (piece.rawValue, part.lowerBound) }
    let end = all.partitioningIndex { ($0.piece.rawValue, $0.fraction) > (piece.rawValue, part.upperBound) }
    return all[begin..<end]
  }
}
