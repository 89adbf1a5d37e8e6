import Profiles
import RoadGraph

/// What parts of arcs cost a vehicle: from the tail to a position, from a position to the head, between two positions.
public struct ArcParts: Sendable {
  private let costs: CostModel
  /// `nil` without traffic.
  private let conditions: ProfileConditions?

  public init(costs: CostModel, conditions: ProfileConditions? = nil) {
    (self.costs, self.conditions) = (costs, conditions)
  }

  /// The cost of the part of an arc before a position on it. O(pieces).
  ///
  /// A closed piece before the position's own one makes it impassable. Into its own piece, if that is closed, a crew
  /// drives from the nearer end to a scene that lies behind the barrier, and a unit that stands there drives out; the
  /// farther end is a last resort, and all of the piece is the way through, which is closed.
  public func costFromTail(of arc: ArcID, to position: RoadPosition) -> TravelCost {
    let (direction, pieces) = course(of: arc)
    let before = pieces.prefix { $0 != position.piece }
    let own = direction == .forward ? 0...position.fraction : position.fraction...RoadPosition.fractionMax
    return sum(before, direction) + cost(ofPart: own, of: position.piece, direction)
  }

  /// The cost of the part of an arc behind a position on it; see ``costFromTail(of:to:)``. O(pieces).
  public func costToHead(of arc: ArcID, from position: RoadPosition) -> TravelCost {
    let (direction, pieces) = course(of: arc)
    let behind = pieces.drop { $0 != position.piece }.dropFirst()
    let own = direction == .forward ? position.fraction...RoadPosition.fractionMax : 0...position.fraction
    return cost(ofPart: own, of: position.piece, direction) + sum(behind, direction)
  }

  /// The cost along an arc from one position to another one ahead of it; `nil` if `end` lies behind `start`.
  public func costAlong(_ arc: ArcID, from start: RoadPosition, to end: RoadPosition) -> TravelCost? {
    let (direction, pieces) = course(of: arc)
    let whole = RoadPosition.fractionMax
    let isForward = direction == .forward
    if start.piece == end.piece {
      let (first, last) = isForward ? (start.fraction, end.fraction) : (end.fraction, start.fraction)
      return first <= last ? cost(ofPart: first...last, of: start.piece, direction) : nil
    }
    let behind = pieces.drop { $0 != start.piece }.dropFirst()
    guard behind.contains(end.piece) else { return nil }
    return cost(ofPart: isForward ? start.fraction...whole : 0...start.fraction, of: start.piece, direction)
      + sum(behind.prefix { $0 != end.piece }, direction)
      + cost(ofPart: isForward ? 0...end.fraction : end.fraction...whole, of: end.piece, direction)
  }

  /// True if a closure blocks a piece in a direction.
  public func isClosed(_ piece: PieceID, _ direction: SegmentDirection) -> Bool {
    conditions?.isClosed(piece, direction) ?? false
  }

  /// The cost of a whole piece, with traffic, but for being closed.
  public func pieceCost(_ piece: PieceID, _ direction: SegmentDirection) -> TravelCost {
    conditions?.pieceCost(piece, direction) ?? costs.pieceCost(piece, direction)
  }

  private func course(of arc: ArcID) -> (SegmentDirection, [PieceID]) {
    (SegmentDirection(costs.network.arcCourse[arc]), costs.network.pieceIDs(along: arc))
  }

  private func sum(_ pieces: some Sequence<PieceID>, _ direction: SegmentDirection) -> TravelCost {
    pieces.reduce(.zero) { sum, piece in
      sum + (isClosed(piece, direction) ? .impassable : pieceCost(piece, direction))
    }
  }

  /// The cost of a part of a piece on which a trip begins or ends.
  ///
  /// Time is shared out by length. Reluctance is not: a few metres against a one-way are contraflow all the same.
  private func cost(ofPart part: ClosedRange<UInt32>, of piece: PieceID, _ direction: SegmentDirection) -> TravelCost {
    let whole = pieceCost(piece, direction)
    guard whole.isPassable else { return .impassable }
    guard part.lowerBound < part.upperBound else { return .zero }
    let milliseconds =
      RoadPosition.part(part.upperBound, of: whole.timeMilliseconds)
      - RoadPosition.part(part.lowerBound, of: whole.timeMilliseconds)
    let cost = TravelCost(timeMilliseconds: milliseconds, reluctanceMilliseconds: whole.reluctanceMilliseconds)
    guard isClosed(piece, direction) else { return cost }
    let share = part.upperBound - part.lowerBound
    if share == RoadPosition.fractionMax { return .impassable }
    return share <= RoadPosition.fractionMax / 2 ? cost : cost + .lastResort
  }
}
