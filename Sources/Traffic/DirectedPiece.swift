import MapFile
import RoadGraph

/// One direction of travel over a piece of road: what a closure closes.
public struct DirectedPiece: Hashable, Sendable {
  private let value: UInt32

  public init(_ piece: PieceID, isBackward: Bool) { value = piece.rawValue << 1 | (isBackward ? 1 : 0) }

  public var piece: PieceID { PieceID(value >> 1) }
  /// True against the shape of the piece's segment.
  public var isBackward: Bool { value & 1 != 0 }
}
