import Hierarchy
import Profiles
import RoadGraph

/// A part of a road that a vehicle reaches in one direction of travel, or reaches something from.
public struct ReachedPart: Hashable, Sendable {
  public var piece: PieceID
  public var direction: SegmentDirection
  /// Along the shape of the piece's segment, as in ``RoadGraph/RoadPosition/fraction``.
  public var extent: ClosedRange<UInt32>
  /// The first limit within which it lies, from 0.
  public var band: Int
  /// Where the part begins and ends in the direction of travel: from the start of the travel, or to its end.
  public var beginMilliseconds: Weight
  public var endMilliseconds: Weight

  public init(
    piece: PieceID, direction: SegmentDirection, extent: ClosedRange<UInt32>, band: Int, beginMilliseconds: Weight,
    endMilliseconds: Weight
  ) {
    (self.piece, self.direction, self.extent, self.band) = (piece, direction, extent, band)
    (self.beginMilliseconds, self.endMilliseconds) = (beginMilliseconds, endMilliseconds)
  }
}

/// How far along an arc a vehicle gets within some limits of time: on from the tail, or back from the head where it is
/// asked from where one gets somewhere.
///
/// Exact to the millisecond: within a piece of road time goes by length, and a barrier or a closed stretch ends the way
/// where it lies. A point on the other side of one is reached from the other end of the road or not at all.
public struct ArcReach: Sendable {
  private let snapshot: ProfileSnapshot
  private let direction: SweepDirection
  private let limits: [Weight]

  /// - Parameters:
  ///   - direction: on from the tail, or back from the head.
  ///   - limits: in milliseconds, ascending.
  public init(_ direction: SweepDirection, within limits: [Weight], in snapshot: ProfileSnapshot) {
    (self.direction, self.limits, self.snapshot) = (direction, limits, snapshot)
  }

  /// Calls `visit` with the parts of an arc that are reached, the nearest first; a part is cut where it passes from one
  /// limit to the next. O(pieces × (closures there + limits)).
  ///
  /// - Parameters:
  ///   - near: where it begins; `nil` for the end of the arc that is reached first.
  ///   - far: what lies beyond isn't looked at; `nil` for the other end.
  ///   - milliseconds: what it takes to `near`.
  /// - Returns: what it takes to `far`; infinity if that isn't reached.
  public func visitParts(
    of arc: ArcID, from near: RoadPosition?, to far: RoadPosition?, after milliseconds: Weight,
    _ visit: (ReachedPart) -> Void
  ) -> Weight {
    guard let last = limits.last, milliseconds <= last else { return .infinity }
    let network = snapshot.roads.network
    let course = network.arcCourse[arc]
    let parts =
      direction == .from
      ? network.parts(of: arc, from: near, to: far) : network.parts(of: arc, from: far, to: near).backwards
    var walk = Walk(
      direction: SegmentDirection(course), isAscending: (direction == .from) != course.isBackward,
      milliseconds: milliseconds)
    for part in parts {
      walk.even = snapshot.conditions.evenCost(part.piece, walk.direction)
      let whole = walk.even ?? snapshot.conditions.pieceCost(part.piece, walk.direction)
      guard whole.isPassable else { return .infinity }
      if network.way(of: part.piece) == nil {
        guard !snapshot.conditions.isClosed(part.piece, walk.direction) else { return .infinity }
        walk.milliseconds = walk.milliseconds.adding(cost(of: part.piece, part.extent, walk))
        continue
      }
      let open = openPart(of: part, walk)
      guard pass(part.piece, open, &walk, visit), open == part.extent else { return .infinity }
    }
    return walk.milliseconds
  }

  /// Calls `visit` with how much of an arc is first reached within each limit, if it is one stretch of road along which
  /// time goes by evenly and is all that it weighs, as most are. O(limits).
  ///
  /// - Parameter milliseconds: what it takes to the end of the arc that is reached first.
  /// - Returns: false for another arc: nothing of it is visited.
  public func visitLengths(
    ofPlain arc: ArcID, after milliseconds: Weight, _ visit: (_ band: Int, _ centimeters: Int) -> Void
  ) -> Bool {
    let network = snapshot.roads.network
    let course = network.arcCourse[arc]
    let pieces = network.firstPiece[course.segment]
    let weight = snapshot.arcWeights[arc]
    guard pieces.count == 1, weight < .infinity, let length = snapshot.roads.plain.lengthCentimeters(arc),
      snapshot.conditions.isEven(PieceID(UInt32(pieces.lowerBound)), SegmentDirection(course))
    else { return false }
    let cost = TravelCost(timeMilliseconds: weight)
    let isAscending = (direction == .from) != course.isBackward
    let (near, far) = isAscending ? (0, RoadPosition.fractionMax) : (RoadPosition.fractionMax, 0)
    var before: UInt32 = 0
    for (band, limit) in limits.enumerated() where milliseconds <= limit {
      let isWhole = weight <= limit - milliseconds
      let end = isWhole ? far : cost.farthest(from: near, to: far, within: limit - milliseconds)
      let part = RoadPosition.part(end, of: length)
      let reached = isAscending ? part : length - part
      visit(band, Int(reached - before))
      before = reached
      if isWhole { break }
    }
    return true
  }

  /// Where it is.
  private struct Walk {
    let direction: SegmentDirection
    /// Towards higher fractions of pieces.
    let isAscending: Bool
    var milliseconds: Weight
    var band = 0
    /// Of the piece where it is, if nothing holds on it.
    var even: TravelCost?

    func extent(_ near: UInt32, _ far: UInt32) -> ClosedRange<UInt32> { isAscending ? near...far : far...near }
  }

  private func cost(of piece: PieceID, _ extent: ClosedRange<UInt32>, _ walk: Walk) -> Weight {
    walk.even?.part(extent).weight ?? snapshot.conditions.pieceCost(piece, walk.direction, in: extent).weight
  }

  /// What of a part lies before the first closed stretch in it.
  private func openPart(of part: PiecePart, _ walk: Walk) -> ClosedRange<UInt32> {
    if walk.even != nil { return part.extent }
    let near = walk.isAscending ? part.extent.lowerBound : part.extent.upperBound
    let closed = snapshot.conditions.closedExtents(part.piece, walk.direction).filter { $0.overlapsInside(part.extent) }
    guard let barrier = walk.isAscending ? closed.first?.lowerBound : closed.last?.upperBound else {
      return part.extent
    }
    return walk.extent(near, walk.isAscending ? max(barrier, near) : min(barrier, near))
  }

  /// Goes along a part of a piece; false if its end isn't reached within the last limit.
  private func pass(
    _ piece: PieceID, _ part: ClosedRange<UInt32>, _ walk: inout Walk, _ visit: (ReachedPart) -> Void
  ) -> Bool {
    let far = walk.isAscending ? part.upperBound : part.lowerBound
    var near = walk.isAscending ? part.lowerBound : part.upperBound
    while near != far {
      while walk.band < limits.count, walk.milliseconds > limits[walk.band] { walk.band += 1 }
      guard walk.band < limits.count else { return false }
      let cut = farthest(of: piece, from: near, to: far, walk)
      if cut != near {
        let extent = walk.extent(near, cut)
        let end = walk.milliseconds.adding(cost(of: piece, extent, walk))
        let (first, last) = direction == .from ? (walk.milliseconds, end) : (end, walk.milliseconds)
        visit(
          ReachedPart(
            piece: piece, direction: walk.direction, extent: extent, band: walk.band, beginMilliseconds: first,
            endMilliseconds: last))
        walk.milliseconds = end
      }
      if cut != far { walk.band += 1 }
      near = cut
    }
    return true
  }

  /// The farthest position of a piece that is reached within the limit of the band. O(1) where time goes by evenly,
  /// else O(log fractions).
  private func farthest(of piece: PieceID, from near: UInt32, to far: UInt32, _ walk: Walk) -> UInt32 {
    let budget = limits[walk.band] - walk.milliseconds
    if cost(of: piece, walk.extent(near, far), walk) <= budget { return far }
    if let even = walk.even { return even.farthest(from: near, to: far, within: budget) }
    // Distances from `near`, as signs depend on the direction.
    var (reached, beyond) = (UInt32(0), max(near, far) - min(near, far))
    while beyond - reached > 1 {
      let middle = reached + (beyond - reached) / 2
      let position = far > near ? near + middle : near - middle
      if cost(of: piece, walk.extent(near, position), walk) <= budget { reached = middle } else { beyond = middle }
    }
    return far > near ? near + reached : near - reached
  }
}

extension TravelCost {
  /// The farthest position on the way from one to another, of which ``part(_:)`` takes no more than a budget. O(1).
  ///
  /// - Parameter budget: less than all of the way takes.
  fileprivate func farthest(from near: UInt32, to far: UInt32, within budget: Weight) -> UInt32 {
    if reluctanceMilliseconds > budget { return near }
    let (whole, time) = (UInt64(RoadPosition.fractionMax), UInt64(timeMilliseconds))
    let (spent, left) = (UInt64(RoadPosition.part(near, of: timeMilliseconds)), UInt64(budget - reluctanceMilliseconds))
    // The time before a position is rounded down: the last one before the next millisecond, the first one of the last.
    if far > near { return UInt32(((spent + left + 1) * whole - 1) / time) }
    return UInt32(((spent - left) * whole + time - 1) / time)
  }
}
