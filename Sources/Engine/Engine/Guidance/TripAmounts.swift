import Profiles
import RoadGraph
import Traffic

/// What trips take, part by part: the same for whoever walks along one.
extension ProfileSnapshot {
  /// What an arc with the turn onto it takes, if nothing else is told of them; `nil` if its pieces must be looked at.
  func plainAmount(_ arc: ArcID, _ turn: (id: TurnID, from: ArcID)) -> TravelAmount? {
    guard roads.plain.contains(turn.id), let length = roads.plain.lengthCentimeters(arc), !isAffected(arc) else {
      return nil
    }
    let weight = roads.freeFlowWeights[arc.position].adding(turnWeight(turn.id, from: turn.from))
    return TravelAmount(milliseconds: Int(weight), centimeters: Int(length))
  }

  /// Of the turn onto a part; 0 without one.
  func turnMilliseconds(onto part: TripPart) -> Int {
    part.turn.map {
      Int(roads.costs.turnCost($0.id, from: $0.from).timeMilliseconds)
        + Int(conditions.turnDelayMilliseconds($0.id, from: $0.from))
    } ?? 0
  }

  /// Of the road of a part, up to a fraction of its piece; without the turn onto it.
  func amount(of part: TripPart, until fraction: UInt32) -> TravelAmount {
    var driven = part
    driven.fractions =
      part.direction == .forward
      ? part.fractions.lowerBound...fraction : fraction...part.fractions.upperBound
    let cost = conditions.pieceCost(part.piece, part.direction, in: driven.fractions)
    return TravelAmount(
      milliseconds: Int(cost.timeMilliseconds),
      centimeters: Int(driven.share(of: roads.network.pieces[part.piece].lengthCentimeters)))
  }

  /// Of all the road of a part; without the turn onto it.
  func amount(of part: TripPart) -> TravelAmount {
    amount(of: part, until: part.direction == .forward ? part.fractions.upperBound : part.fractions.lowerBound)
  }
}

extension TravelAmount {
  static func + (left: TravelAmount, right: TravelAmount) -> TravelAmount {
    TravelAmount(
      milliseconds: left.milliseconds + right.milliseconds, centimeters: left.centimeters + right.centimeters)
  }
}
