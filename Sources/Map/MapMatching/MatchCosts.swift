/// What speaks against a choice, as negative logarithms of likelihoods: the line is drawn beside its road with an error
/// that is normally distributed in distance and in bearing, and the road is not much longer or shorter than the line.
///
/// Source: Newson, Krumm, "Hidden Markov map matching through noise and sparseness" (GIS 2009),
/// doi:10.1145/1653771.1653818. There a trace has noise at each point; here a line is off along its length. So what
/// a candidate costs is meant per ``unitMeters`` of line, and the sampling makes no difference.
struct MatchCosts {
  static let unitMeters = 20.0
  /// Where a stretch on a road begins or ends within the line: so that roads that are only crossed, at whatever angle,
  /// cost more than they explain.
  static let gap = 2.0
  /// Metres that the way by road may differ from the line for one unit of cost.
  private static let differenceMeters = 10.0
  private static let bearingDeviationDegrees = 15.0
  /// Metres that a U-turn is worth, a turn that is banned, and leaving the roads of ordinary cars.
  static let uTurnMeters = 30.0
  static let bannedTurnMeters = 10.0
  static let nonCivilMeters = 10.0

  /// Of the distance. A road at the radius of the search is then as likely as none.
  private let deviationMeters: Double
  /// Where ordinary cars may not drive this way, the road counts as if it lay at least this far off.
  private let nonCivilOffsetMeters: Double

  init(radiusMeters: Double) {
    deviationMeters = radiusMeters / 2
    nonCivilOffsetMeters = radiusMeters * 0.8
  }

  /// Following no road.
  static let offRoad = 2.0

  /// Following a road.
  func candidate(distanceMeters: Double, angleDegrees: Double, isCivil: Bool) -> Double {
    let offset = isCivil ? 0 : nonCivilOffsetMeters
    let squared = distanceMeters * distanceMeters + offset * offset
    let bearing = angleDegrees / Self.bearingDeviationDegrees
    return (squared / (deviationMeters * deviationMeters) + bearing * bearing) / 2
  }

  /// Going on by road: the way's length and penalties against the length of the line.
  static func transition(_ way: RoadDistance, lineMeters: Double) -> Double {
    (abs(way.lengthMeters - lineMeters) + way.penaltyMeters) / differenceMeters
  }

  /// A way by road that is longer than the line by more than this costs more than a gap.
  static let slackMeters = 2 * gap * differenceMeters
}

/// The way by road from one candidate to the next.
struct RoadDistance {
  let lengthMeters: Double
  /// What makes it unlikely, in metres.
  let penaltyMeters: Double
}
