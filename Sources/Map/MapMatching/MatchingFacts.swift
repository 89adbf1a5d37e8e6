import RoadGraph

/// What matching needs to know of an arc.
struct MatchingFacts {
  let lengthMeters: Double
  /// Ordinary cars may drive all of it in this direction.
  let isCivil: Bool
}

extension RoadNetwork {
  /// O(pieces).
  func facts(of arc: ArcID) -> MatchingFacts {
    let course = arcCourse[arc]
    let isCivil = pieceIDs(of: course.segment).allSatisfy { self.isCivil($0, isBackward: course.isBackward) }
    return MatchingFacts(lengthMeters: lengthMeters(of: course.segment), isCivil: isCivil)
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
