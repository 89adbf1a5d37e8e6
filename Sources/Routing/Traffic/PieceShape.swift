import Geometry
import RoadGraph

/// How far along a piece its shape points lie, in fractions as positions have them.
struct PieceShape {
  let piece: PieceID
  /// Of its first shape point, in the segment's shape.
  let firstPoint: Int
  /// Of each shape point, ascending from 0 to ``RoadGraph/RoadPosition/fractionMax``.
  private let fractions: [Double]

  /// Measures a piece. O(points).
  init(_ piece: PieceID, in segment: SegmentID, _ network: RoadNetwork) {
    let shape = network.shape(of: segment)
    let range = network.pointRange(of: piece, in: segment)
    var along = [0.0]
    for index in range.dropLast() {
      along.append(along[along.count - 1] + shape[index].distanceMeters(to: shape[index + 1]))
    }
    let whole = along[along.count - 1]
    let last = Double(along.count - 1)
    fractions = along.enumerated().map { number, meters in
      // A piece without length is passed point by point.
      (whole > 0 ? meters / whole : Double(number) / max(last, 1)) * Double(RoadPosition.fractionMax)
    }
    (self.piece, firstPoint) = (piece, range.lowerBound)
  }

  /// The extent of a part of the straight line behind a shape point, by shares of the line.
  func extent(ofLine line: Int, _ part: ClosedRange<Double>) -> ClosedRange<UInt32> {
    let (start, end) = (fractions[line], fractions[line + 1])
    let (first, last) = (start + part.lowerBound * (end - start), start + part.upperBound * (end - start))
    return Self.extent(UInt32(first.rounded(.down)), UInt32(min(last.rounded(.up), Double(RoadPosition.fractionMax))))
  }

  /// The extent between two shape points of the segment.
  func extent(ofPoints points: ClosedRange<UInt32>) -> ClosedRange<UInt32> {
    let last = fractions.count - 1
    func fraction(_ point: UInt32) -> UInt32 { UInt32(fractions[min(max(Int(point) - firstPoint, 0), last)].rounded()) }
    return Self.extent(fraction(points.lowerBound), fraction(points.upperBound))
  }

  /// What is meant is never without length: a barrier between two OSM nodes at one place can be closed, too.
  private static func extent(_ first: UInt32, _ last: UInt32) -> ClosedRange<UInt32> {
    let start = min(first, RoadPosition.fractionMax - 1)
    return start...max(last, start + 1)
  }
}
