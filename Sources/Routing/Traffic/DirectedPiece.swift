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
}
