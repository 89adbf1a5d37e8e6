import Profiles
import RoadGraph

/// What lies between a point of an arc in a closed stretch and the first open point or the end of the arc.
struct ClosedWalk {
  enum End {
    /// The end of the arc, all the way to which it is closed.
    case endOfArc
    /// Where it is open again, and what is left of the arc; infinity if another barrier lies there.
    case edge(RoadPosition, rest: Weight)
    /// Something that the vehicle can't pass.
    case blocked
  }

  /// Of the closed part.
  var cost = TravelCost.zero
  var closedCentimeters = 0
  var end = End.endOfArc
}

extension ProfileSnapshot {
  /// Walks along an arc, towards its head or, to find how it is arrived at, towards its tail. O(pieces).
  ///
  /// - Parameter position: where it begins; `nil` for the end of the arc that is reached first.
  func walk(along arc: ArcID, from position: RoadPosition?, _ sense: ClosedRegion.Sense) -> ClosedWalk {
    let network = roads.network
    let course = network.arcCourse[arc]
    let direction = SegmentDirection(course)
    let parts =
      sense == .leaving
      ? network.parts(of: arc, from: position, to: nil) : network.parts(of: arc, from: nil, to: position).backwards
    // Towards higher fractions of pieces or towards lower ones.
    let isAscending = (sense == .leaving) != course.isBackward
    var walk = ClosedWalk()
    for part in parts {
      let closed = closedPart(of: part, direction, isAscending)
      guard conditions.pieceCost(part.piece, direction).isPassable else {
        walk.end = .blocked
        return walk
      }
      walk.cost += conditions.pieceCost(part.piece, direction, in: closed)
      if network.way(of: part.piece) != nil {
        walk.closedCentimeters += Int(network.lengthCentimeters(of: part.piece, closed))
      }
      if closed == part.extent { continue }
      let fraction = isAscending ? closed.upperBound : closed.lowerBound
      let edge = RoadPosition(segment: course.segment, piece: part.piece, fraction: fraction)
      let rest =
        sense == .leaving ? self.parts.costToHead(of: arc, from: edge) : self.parts.costFromTail(of: arc, to: edge)
      walk.end = .edge(edge, rest: min(rest.weight, .infinity))
      return walk
    }
    return walk
  }

  /// What of a part is closed from the end where it is entered on. What lies on a road without length, such as a gate,
  /// is as closed as the road beside it.
  private func closedPart(of part: PiecePart, _ direction: SegmentDirection, _ isAscending: Bool) -> ClosedRange<UInt32>
  {
    if part.isEmpty || roads.network.way(of: part.piece) == nil { return part.extent }
    let start = isAscending ? part.extent.lowerBound : part.extent.upperBound
    let closed = conditions.closedExtents(part.piece, direction).first {
      $0.contains(start) && (isAscending ? $0.upperBound > start : $0.lowerBound < start)
    }
    guard let closed else { return start...start }
    return closed.clamped(to: part.extent)
  }

  /// The walk from one position of an arc to another one ahead of it, if all between them is closed.
  func closedWalk(along arc: ArcID, from start: RoadPosition, to end: RoadPosition) -> ClosedWalk? {
    let network = roads.network
    let direction = SegmentDirection(network.arcCourse[arc])
    let parts = network.parts(of: arc, from: start, to: end)
    if parts.isEmpty { return nil }
    var walk = ClosedWalk()
    for part in parts {
      guard closedPart(of: part, direction, true) == part.extent else { return nil }
      let cost = conditions.pieceCost(part.piece, direction, in: part.extent)
      guard cost.isPassable else { return nil }
      walk.cost += cost
      if network.way(of: part.piece) != nil {
        walk.closedCentimeters += Int(network.lengthCentimeters(of: part.piece, part.extent))
      }
    }
    return walk
  }

  /// True if a position lies in a closed stretch of an arc or at an end of one. O(closures there).
  public func isInClosedStretch(_ position: RoadPosition, on arc: ArcID) -> Bool {
    let direction = SegmentDirection(roads.network.arcCourse[arc])
    return conditions.closedExtents(position.piece, direction).contains { $0.contains(position.fraction) }
  }

  /// True if an arc is closed where it is entered from a neighbour. O(pieces).
  func isClosedAtEnd(of arc: ArcID, _ sense: ClosedRegion.Sense) -> Bool {
    guard let (piece, direction, fraction) = end(of: arc, sense) else { return false }
    return conditions.closedExtents(piece, direction).contains { $0.contains(fraction) }
  }

  /// True if the vehicle may drive there, but for closures. O(pieces).
  func isOpenAtEnd(of arc: ArcID, _ sense: ClosedRegion.Sense) -> Bool {
    guard let (piece, direction, _) = end(of: arc, sense) else { return false }
    return conditions.pieceCost(piece, direction).isPassable
  }

  /// The first stretch of an arc if one leaves onto it, the last one if one arrives from it, and the end there.
  private func end(
    of arc: ArcID, _ sense: ClosedRegion.Sense
  ) -> (piece: PieceID, direction: SegmentDirection, fraction: UInt32)? {
    let network = roads.network
    let course = network.arcCourse[arc]
    let isFirst = (sense == .leaving) != course.isBackward
    let pieces = network.pieceIDs(of: course.segment).filter { network.way(of: $0) != nil }
    guard let piece = isFirst ? pieces.first : pieces.last else { return nil }
    return (piece, SegmentDirection(course), isFirst ? 0 : RoadPosition.fractionMax)
  }
}

// MARK: Places

extension ProfileSnapshot {
  /// Those of some places that lie in a closed stretch, each position once. O(closures there).
  public func enclosed(_ places: [RoadPlace]) -> [RoadPlace] {
    var known: Set<RoadPosition> = []
    return places.filter { isInClosedStretch($0.position, on: $0.arc) && known.insert($0.position).inserted }
  }

  /// True if a vehicle on an arc could go on to its head, if nothing were closed. O(pieces).
  public func isBlockedByClosure(_ place: RoadPlace) -> Bool {
    roads.freeFlowParts.costToHead(of: place.arc, from: place.position).isPassable
      && !parts.costToHead(of: place.arc, from: place.position).isPassable
  }

  /// True if the vehicle may drive onto an arc, and it isn't closed there. O(pieces).
  public func isOpen(enteredOn arc: ArcID) -> Bool {
    !isClosedAtEnd(of: arc, .leaving) && isOpenAtEnd(of: arc, .leaving)
  }
}
