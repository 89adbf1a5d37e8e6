import MapFile
import RoadGraph

/// What matching needs to know of an arc.
struct ArcFacts {
  let lengthMeters: Double
  /// Ordinary cars may drive all of it in this direction.
  let isCivil: Bool
}

extension RoadNetwork {
  /// O(pieces).
  func facts(of arc: ArcID) -> ArcFacts {
    let course = arcCourse[arc]
    let isCivil = pieceIDs(of: course.segment).allSatisfy { self.isCivil($0, isBackward: course.isBackward) }
    return ArcFacts(lengthMeters: lengthMeters(of: course.segment), isCivil: isCivil)
  }

  /// True if the tags give ordinary cars a direction of a piece; a point on the road is for everybody. O(1).
  func isCivil(_ piece: PieceID, isBackward: Bool) -> Bool {
    guard let way = way(of: piece) else { return true }
    let isAgainstWay = pieces[piece].isReversed != isBackward
    let access = attributes[ways[way].attributes][againstWay: isAgainstWay].access
    return access.contains(.civil) && !access.contains(.contraflow)
  }

  /// The pieces of an arc in the order of travel. O(pieces).
  func pieceIDs(along arc: ArcID) -> [PieceID] {
    let course = arcCourse[arc]
    let pieces = Array(pieceIDs(of: course.segment))
    return course.isBackward ? pieces.reversed() : pieces
  }

  /// Metres from the tail of an arc to a position on its segment. O(pieces).
  func alongMeters(of position: RoadPosition, on arc: ArcID) -> Double {
    let before = pieceIDs(of: position.segment).prefix { $0 < position.piece }
    let centimeters = before.reduce(0.0) { $0 + Double(pieces[$1].lengthCentimeters) }
    let share = Double(position.fraction) / Double(RoadPosition.fractionMax)
    let meters = (centimeters + share * Double(pieces[position.piece].lengthCentimeters)) / 100
    return arcCourse[arc].isBackward ? lengthMeters(of: position.segment) - meters : meters
  }
}
