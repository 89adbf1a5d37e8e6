import Profiles
import RoadGraph

/// What parts of arcs cost a vehicle: from the tail to a position, from a position to the head, between two positions.
///
/// A part with a closed stretch in it is impassable; see ``ClosedRegions`` for places in closed stretches. One that
/// only ends at a closed stretch is not.
public struct ArcParts: Sendable {
  private let costs: CostModel
  /// `nil` without traffic.
  private let conditions: ProfileConditions?

  public init(costs: CostModel, conditions: ProfileConditions? = nil) {
    (self.costs, self.conditions) = (costs, conditions)
  }

  /// The cost of the part of an arc before a position on it. O(pieces).
  public func costFromTail(of arc: ArcID, to position: RoadPosition) -> TravelCost {
    cost(of: costs.network.parts(of: arc, from: nil, to: position), on: arc)
  }

  /// The cost of the part of an arc behind a position on it. O(pieces).
  public func costToHead(of arc: ArcID, from position: RoadPosition) -> TravelCost {
    cost(of: costs.network.parts(of: arc, from: position, to: nil), on: arc)
  }

  /// The cost along an arc from one position to another one ahead of it; `nil` if `end` lies behind `start`.
  public func costAlong(_ arc: ArcID, from start: RoadPosition, to end: RoadPosition) -> TravelCost? {
    let parts = costs.network.parts(of: arc, from: start, to: end)
    return parts.isEmpty ? nil : cost(of: parts, on: arc)
  }

  /// The length of the part of an arc before a position on it. O(pieces).
  public func centimetersFromTail(of arc: ArcID, to position: RoadPosition) -> UInt32 {
    length(of: costs.network.parts(of: arc, from: nil, to: position))
  }

  /// The length of the part of an arc behind a position on it. O(pieces).
  public func centimetersToHead(of arc: ArcID, from position: RoadPosition) -> UInt32 {
    length(of: costs.network.parts(of: arc, from: position, to: nil))
  }

  private func length(of parts: PieceParts) -> UInt32 {
    parts.reduce(0) { $0 + costs.network.lengthCentimeters(of: $1.piece, $1.extent) }
  }

  /// The cost of a whole piece, with traffic, but for being closed.
  public func pieceCost(_ piece: PieceID, _ direction: SegmentDirection) -> TravelCost {
    cost(of: PiecePart(piece: piece, extent: .wholePiece), direction)
  }

  private func cost(of parts: PieceParts, on arc: ArcID) -> TravelCost {
    let direction = SegmentDirection(costs.network.arcCourse[arc])
    return parts.reduce(.zero) { sum, part in
      sum + (isClosed(part, direction) ? .impassable : cost(of: part, direction))
    }
  }

  /// True if a closed stretch has more than an end in common with a part.
  private func isClosed(_ part: PiecePart, _ direction: SegmentDirection) -> Bool {
    guard let conditions, !part.isEmpty else { return false }
    return conditions.closedExtents(part.piece, direction).contains { $0.overlapsInside(part.extent) }
  }

  private func cost(of part: PiecePart, _ direction: SegmentDirection) -> TravelCost {
    conditions?.pieceCost(part.piece, direction, in: part.extent)
      ?? costs.pieceCost(part.piece, direction).part(part.extent)
  }
}

extension ClosedRange<UInt32> {
  /// True if both have more than an end in common.
  func overlapsInside(_ other: ClosedRange<UInt32>) -> Bool {
    lowerBound < other.upperBound && upperBound > other.lowerBound
  }
}
