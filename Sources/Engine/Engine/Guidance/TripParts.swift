import Geometry
import Profiles
import RoadGraph

/// The part of one piece that a trip drives.
struct TripPart {
  let piece: PieceID
  let segment: SegmentID
  let direction: SegmentDirection
  /// In the order of the segment's shape, in ``RoadPosition/fractionMax``-ths.
  var fractions: ClosedRange<UInt32>
  /// The turn onto the part's arc, on the arc's first part.
  let turn: (id: TurnID, from: ArcID)?
  /// What the whole arc takes with the turn onto it, for a part that stands for all pieces of a plain arc.
  var plain: TravelAmount?
}

/// What a part of a trip takes, the turn onto it included.
struct TravelAmount {
  var milliseconds = 0
  var centimeters = 0
}

extension Trip {
  /// The roads that are driven: without a first or a last arc of which nothing is. O(arcs).
  func drivenCourses(in network: RoadNetwork) -> [ArcCourse] {
    var driven = arcs[...]
    if let first = driven.first, driven.count > 1, network.vertex(at: start) == network.arcHead[first] {
      driven.removeFirst()
    }
    if let last = driven.last, driven.count > 1, network.vertex(at: end) == network.arcTail[last] {
      driven.removeLast()
    }
    return driven.map { network.arcCourse[$0] }
  }

  /// The parts in the order of travel. O(pieces).
  ///
  /// - Parameter plain: what an arc takes that shall be one part, with the turn onto it; asked for all arcs between the
  ///   first one and the last one.
  func parts(in network: RoadNetwork, plain: (ArcID, (id: TurnID, from: ArcID)) -> TravelAmount?) -> [TripPart] {
    var parts: [TripPart] = []
    parts.reserveCapacity(2 * arcs.count)
    for (index, arc) in arcs.enumerated() {
      let course = network.arcCourse[arc]
      let direction = SegmentDirection(course)
      let ids = network.pieceIDs(of: course.segment)
      var turn = index == 0 ? nil : Self.turn(from: arcs[index - 1], to: arc, in: network)
      if index < arcs.count - 1, let turn, let amount = plain(arc, turn) {
        parts.append(
          TripPart(
            piece: ids[ids.startIndex], segment: course.segment, direction: direction,
            fractions: 0...RoadPosition.fractionMax, turn: turn, plain: amount))
        continue
      }
      for number in ids.indices {
        let piece = direction == .forward ? ids[number] : ids[ids.endIndex - 1 - (number - ids.startIndex)]
        let starts = index == 0 && piece == start.piece
        let ends = index == arcs.count - 1 && piece == end.piece
        if index == 0 && !starts && parts.isEmpty { continue }
        let first = starts ? start.fraction : (direction == .forward ? 0 : RoadPosition.fractionMax)
        let last = ends ? end.fraction : (direction == .forward ? RoadPosition.fractionMax : 0)
        parts.append(
          TripPart(
            piece: piece, segment: course.segment, direction: direction,
            fractions: min(first, last)...max(first, last), turn: turn))
        turn = nil
        if ends { break }
      }
    }
    return parts
  }

  private static func turn(from: ArcID, to: ArcID, in network: RoadNetwork) -> (id: TurnID, from: ArcID)? {
    network.turns(from: from).first { network.turnHead[$0] == to }.map { ($0, from) }
  }
}

extension TripPart {
  /// True for a stretch of which nothing is driven: a trip that begins or ends at a junction touches one.
  var isEmpty: Bool { fractions.lowerBound == fractions.upperBound }

  /// The share of an amount of the whole piece that lies on the part.
  func share(of amount: UInt32) -> UInt32 {
    RoadPosition.part(fractions.upperBound, of: amount) - RoadPosition.part(fractions.lowerBound, of: amount)
  }

  /// The points of the part in the direction of travel.
  func shape(in network: RoadNetwork) -> [Coordinate] {
    let points = network.shape(of: piece, in: segment, between: fractions)
    return direction == .forward ? points : points.reversed()
  }

  /// Where the part begins and ends, in the direction of travel.
  var start: RoadPosition { position(direction == .forward ? fractions.lowerBound : fractions.upperBound) }
  var end: RoadPosition { position(direction == .forward ? fractions.upperBound : fractions.lowerBound) }

  private func position(_ fraction: UInt32) -> RoadPosition {
    RoadPosition(segment: segment, piece: piece, fraction: fraction)
  }

  /// True if the part is driven against its OSM way.
  func isAgainstWay(in network: RoadNetwork) -> Bool {
    (direction == .backward) != network.pieces[piece].isReversed
  }
}
