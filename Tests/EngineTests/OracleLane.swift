import Profiles
import RoadGraph
import Traffic

/// An arc cut into parts, each of which is either closed or open all along: at the bounds of closures, and at places.
struct OracleLane {
  struct Part {
    var piece: DirectedPiece
    /// In the order of the segment's shape.
    var extent: ClosedRange<UInt32>
    var isClosed: Bool
    var centimeters: Int
    /// But for being closed.
    var cost: TravelCost
    /// A gate or the like, which has no length.
    var isPoint: Bool

    var isOpen: Bool { !isClosed && cost.isPassable }
  }

  /// In the order of travel. Bounds are numbered from 0 at the tail to `parts.count` at the head.
  let parts: [Part]

  init(_ course: ArcCourse, cutAt positions: Set<RoadPosition>, _ traffic: OracleTraffic, _ network: RoadNetwork) {
    var parts: [Part] = []
    let ids = Array(network.pieceIDs(of: course.segment))
    for id in course.isBackward ? ids.reversed() : ids {
      let piece = DirectedPiece(id, isBackward: course.isBackward)
      let closed = traffic.closed(piece)
      let bounds = Set(
        closed.flatMap { [$0.lowerBound, $0.upperBound] } + [0, RoadPosition.fractionMax]
          + positions.filter { $0.piece == id }.map(\.fraction)
      ).sorted()
      let reluctance = traffic.free(piece).reluctanceMilliseconds
      let own = zip(bounds, bounds.dropFirst()).map { low, high in
        let extent = low...high
        return Part(
          piece: piece, extent: extent,
          isClosed: closed.contains { $0.lowerBound <= low && $0.upperBound >= high },
          centimeters: network.way(of: id) == nil ? 0 : Int(traffic.centimeters(id, extent)),
          cost: traffic.free(piece).isPassable
            ? TravelCost(
              timeMilliseconds: traffic.milliseconds(piece, extent), reluctanceMilliseconds: reluctance)
            : .impassable,
          isPoint: network.way(of: id) == nil)
      }
      parts += course.isBackward ? own.reversed() : own
    }
    self.parts = parts
  }

  /// The bound at which a position lies, which must be one.
  func bound(_ position: RoadPosition) -> Int? {
    let own = parts.indices.filter { parts[$0].piece.piece == position.piece }
    guard let first = own.first, let last = own.last else { return nil }
    func start(_ part: Part) -> UInt32 { part.piece.isBackward ? part.extent.upperBound : part.extent.lowerBound }
    if let index = own.first(where: { start(parts[$0]) == position.fraction }) { return index }
    let end = parts[first].piece.isBackward ? parts[last].extent.lowerBound : parts[last].extent.upperBound
    return end == position.fraction ? last + 1 : nil
  }

  /// What it costs to drive some parts one after the other; reluctance is that of a piece however short its part is.
  func cost(_ range: Range<Int>) -> TravelCost {
    range.reduce(into: (sum: TravelCost.zero, last: DirectedPiece?.none)) { state, index in
      var cost = parts[index].cost
      if state.last == parts[index].piece { cost.reluctanceMilliseconds = 0 }
      state = (state.sum + cost, parts[index].piece)
    }.sum
  }

  func centimeters(_ range: Range<Int>) -> Int { range.reduce(0) { $0 + parts[$1].centimeters } }

  func isOpen(_ range: Range<Int>) -> Bool { range.allSatisfy { parts[$0].isOpen } }

  /// True if the part before or behind a position is closed, on the position's own piece.
  func isClosed(at position: RoadPosition) -> Bool {
    parts.contains { $0.isClosed && $0.piece.piece == position.piece && $0.extent.contains(position.fraction) }
  }

  /// The ways over one piece between two bounds, with their weights, over open parts alone.
  var openWays: [(from: Int, to: Int, weight: Weight)] {
    parts.indices.flatMap { start in
      let ends = parts.indices[start...].prefix { parts[$0].isOpen && parts[$0].piece == parts[start].piece }
      return ends.map { (start, $0 + 1, cost(start..<$0 + 1).weight) }
    }
  }
}

extension OracleLane {
  /// How a walk through closed parts ends.
  enum End {
    case end
    /// At a bound behind which it is open.
    case open(Int)
    case impassable
  }

  /// The closed parts from a bound on, towards the head or the tail. A gate is as closed as what lies before it.
  func closedWalk(from start: Int, towardsHead: Bool) -> (range: Range<Int>, end: End) {
    var bound = start
    var range: Range<Int> { towardsHead ? start..<bound : bound..<start }
    while bound != (towardsHead ? parts.count : 0) {
      let part = parts[towardsHead ? bound : bound - 1]
      guard part.cost.isPassable else { return (range, .impassable) }
      guard part.isClosed || part.isPoint else { return (range, .open(bound)) }
      bound += towardsHead ? 1 : -1
    }
    return (range, .end)
  }

  /// What is first reached of the road, at the tail or at the head.
  func outermost(atTail: Bool) -> Part? { atTail ? parts.first { !$0.isPoint } : parts.last { !$0.isPoint } }
}
