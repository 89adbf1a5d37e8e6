import Profiles
import RoadGraph

/// What parts of arcs cost a vehicle: from the tail to a position, from a position to the head, between two positions.
public struct ArcParts: Sendable {
  private let costs: CostModel
  private let closedPieces: Set<DirectedPiece>

  public init(costs: CostModel, closedPieces: Set<DirectedPiece>) {
    self.costs = costs
    self.closedPieces = closedPieces
  }

  /// The cost of the part of an arc before a position on it. O(pieces).
  ///
  /// A closed piece before the position's own one makes it impassable. The own piece counts as if it were open: a
  /// crew drives past the barrier to a scene that lies behind it, and a unit that stands there drives out.
  public func costFromTail(of arc: ArcID, to position: RoadPosition) -> TravelCost {
    let (direction, pieces) = course(of: arc)
    return sum(pieces.prefix { $0 != position.piece }, direction) + ownPart(of: position, direction, isBefore: true)
  }

  /// The cost of the part of an arc behind a position on it; see ``costFromTail(of:to:)``. O(pieces).
  public func costToHead(of arc: ArcID, from position: RoadPosition) -> TravelCost {
    let (direction, pieces) = course(of: arc)
    let behind = pieces.drop { $0 != position.piece }.dropFirst()
    return ownPart(of: position, direction, isBefore: false) + sum(behind, direction)
  }

  /// The cost along an arc from one position to another one ahead of it; `nil` if `end` lies behind `start`.
  public func costAlong(_ arc: ArcID, from start: RoadPosition, to end: RoadPosition) -> TravelCost? {
    let (direction, pieces) = course(of: arc)
    if start.piece == end.piece {
      let (first, last) = direction == .forward ? (start, end) : (end, start)
      guard first.fraction <= last.fraction else { return nil }
      let whole = costs.pieceCost(start.piece, direction)
      return whole.part(upTo: last).subtracting(whole.part(upTo: first))
    }
    let behind = pieces.drop { $0 != start.piece }.dropFirst()
    guard behind.contains(end.piece) else { return nil }
    return ownPart(of: start, direction, isBefore: false) + sum(behind.prefix { $0 != end.piece }, direction)
      + ownPart(of: end, direction, isBefore: true)
  }

  private func course(of arc: ArcID) -> (SegmentDirection, [PieceID]) {
    let course = costs.network.arcCourse[arc]
    let pieces = costs.network.pieceIDs(of: course.segment)
    return (SegmentDirection(course), course.isBackward ? pieces.reversed() : Array(pieces))
  }

  private func cost(of piece: PieceID, _ direction: SegmentDirection) -> TravelCost {
    closedPieces.contains(DirectedPiece(piece, isBackward: direction == .backward))
      ? .impassable : costs.pieceCost(piece, direction)
  }

  private func sum(_ pieces: some Sequence<PieceID>, _ direction: SegmentDirection) -> TravelCost {
    pieces.reduce(.zero) { $0 + cost(of: $1, direction) }
  }

  /// The part of the position's own piece before or behind it, in the direction of travel, closures left out.
  private func ownPart(of position: RoadPosition, _ direction: SegmentDirection, isBefore: Bool) -> TravelCost {
    let whole = costs.pieceCost(position.piece, direction)
    let inShapeOrder = whole.part(upTo: position)
    return (direction == .forward) == isBefore ? inShapeOrder : whole.subtracting(inShapeOrder)
  }
}

extension TravelCost {
  /// The share of a piece's cost that lies before a position, in the order of the segment's shape.
  fileprivate func part(upTo position: RoadPosition) -> TravelCost {
    guard isPassable else { return .impassable }
    return TravelCost(
      timeMilliseconds: position.part(of: timeMilliseconds),
      reluctanceMilliseconds: position.part(of: reluctanceMilliseconds))
  }

  fileprivate func subtracting(_ part: TravelCost) -> TravelCost {
    guard isPassable else { return .impassable }
    return TravelCost(
      timeMilliseconds: timeMilliseconds - part.timeMilliseconds,
      reluctanceMilliseconds: reluctanceMilliseconds - part.reluctanceMilliseconds)
  }
}
