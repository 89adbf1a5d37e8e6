import MapFile
import RoadGraph

/// One direction of travel over a piece of road: what closures and speeds are about.
public struct DirectedPiece: TableIndex {
  /// The piece, doubled, and one more against the shape of its segment.
  public let rawValue: UInt32

  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  public init(_ piece: PieceID, isBackward: Bool) { rawValue = piece.rawValue << 1 | (isBackward ? 1 : 0) }

  public var piece: PieceID { PieceID(rawValue >> 1) }
  /// True against the shape of the piece's segment.
  public var isBackward: Bool { rawValue & 1 != 0 }

  /// The other direction of the same piece.
  var reversed: DirectedPiece { DirectedPiece(rawValue ^ 1) }
}

/// A part of a piece in one direction of travel: where an effect of traffic holds.
public struct DirectedStretch: Hashable, Sendable {
  public var piece: DirectedPiece
  /// In fractions along the shape of the piece's segment, as in ``RoadGraph/RoadPosition/fraction``.
  public var extent: ClosedRange<UInt32>

  public init(_ piece: DirectedPiece, _ extent: ClosedRange<UInt32> = .wholePiece) {
    (self.piece, self.extent) = (piece, extent)
  }

  /// The other direction of the same stretch.
  var reversed: DirectedStretch { DirectedStretch(piece.reversed, extent) }
}

extension RoadNetwork {
  /// How long a part of a piece is. O(1).
  public func lengthCentimeters(of piece: PieceID, _ extent: ClosedRange<UInt32>) -> UInt32 {
    let whole = pieces[piece].lengthCentimeters
    return RoadPosition.part(extent.upperBound, of: whole) - RoadPosition.part(extent.lowerBound, of: whole)
  }

  /// How long parts of a piece are together; what lies in several of them counts once. O(n log n).
  public func lengthCentimeters(of piece: PieceID, _ extents: [ClosedRange<UInt32>]) -> Int {
    extents.joined.reduce(0) { $0 + Int(lengthCentimeters(of: piece, $1)) }
  }
}

extension [ClosedRange<UInt32>] {
  /// In their order; those that overlap or meet are one.
  public var joined: [ClosedRange<UInt32>] {
    sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, extent in
      if let last = joined.last, extent.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...Swift.max(last.upperBound, extent.upperBound)
      } else {
        joined.append(extent)
      }
    }
  }
}
