import Geometry
import RoadGraph

/// What a camera sees of a piece of road.
struct PieceSight {
  /// A part of the piece.
  struct Part {
    /// As of a ``RoadPosition``.
    var fractions: ClosedRange<UInt32>
    /// Where it is nearest to the camera.
    var nearestFraction: UInt32
    var nearestMeters: Double
    /// The camera lies to the left of the segment's shape there.
    var isLeftOfShape: Bool
  }

  /// In the order of the segment's shape.
  private let parts: [Part]

  /// O(points of the piece).
  init(_ sector: ViewSector, _ piece: PieceID, of segment: SegmentID, in network: RoadNetwork) {
    let points = network.shape(of: segment)[network.pointRange(of: piece, in: segment)]
    let lengths = zip(points, points.dropFirst()).map { $0.distanceMeters(to: $1) }
    let whole = lengths.reduce(0, +)
    var (parts, before) = ([Part](), 0.0)
    for ((start, end), length) in zip(zip(points, points.dropFirst()), lengths) {
      func fraction(_ share: Double) -> UInt32 {
        let along = whole > 0 ? min((before + share * length) / whole, 1) : 0
        return UInt32((along * Double(RoadPosition.fractionMax)).rounded())
      }
      let nearest = sector.plane.nearestPoint(onLineFrom: start, to: end)
      for seen in sector.parts(ofLineFrom: start, to: end) {
        let share = min(max(nearest.fraction, seen.lowerBound), seen.upperBound)
        let place = start.interpolated(to: end, fraction: share)
        let part = Part(
          fractions: fraction(seen.lowerBound)...fraction(seen.upperBound), nearestFraction: fraction(share),
          nearestMeters: sector.plane.distanceMeters(to: place), isLeftOfShape: nearest.isLeftOfLine)
        if let last = parts.last, last.fractions.upperBound == part.fractions.lowerBound {
          var joined = last.nearestMeters <= part.nearestMeters ? last : part
          joined.fractions = last.fractions.lowerBound...part.fractions.upperBound
          parts[parts.count - 1] = joined
        } else {
          parts.append(part)
        }
      }
      before += length
    }
    self.parts = parts
  }

  /// The parts that lie within others, cut off there.
  func parts(within fractions: ClosedRange<UInt32>) -> [Part] {
    parts.compactMap { part in
      guard part.fractions.overlaps(fractions) else { return nil }
      var cut = part
      cut.fractions = part.fractions.clamped(to: fractions)
      // What only touches isn't seen.
      guard cut.fractions.lowerBound < cut.fractions.upperBound else { return nil }
      cut.nearestFraction = min(max(part.nearestFraction, cut.fractions.lowerBound), cut.fractions.upperBound)
      return cut
    }
  }
}
