import RoadGraph

extension CostModel {
  /// The seconds that exemptions add to a piece: their delays, and what the vehicle is slower for them than it would be
  /// if the road were open to it. Part of the piece's time; 0 where none is used. O(1).
  public func exemptionSeconds(piece: PieceID, _ direction: SegmentDirection) -> Double {
    let lengthCentimeters = network.pieces[piece].lengthCentimeters
    return ruled(
      piece, direction, stretch: { $0.exemptionMilliseconds(lengthCentimeters: lengthCentimeters) / 1000 },
      point: { $0.exemptionSeconds })
  }

  /// The seconds that exemptions add to a turn, with the barrier at the junction: part of the turn's time; 0 where none
  /// is used. O(turns there).
  public func exemptionSeconds(turn: TurnID, from arc: ArcID) -> Double {
    guard turnCost(turn, from: arc).isPassable, let flags = flags(of: turn) else { return 0 }
    let ban = turnRules.terms(of: turnRules.exemptions(flags))?.delaySeconds ?? 0
    return ban + pointRule(atHeadOf: arc, flags).exemptionSeconds
  }
}

extension PointRule {
  /// All of the delay at a barrier is the exemption's; a signal takes its time from everybody.
  fileprivate var exemptionSeconds: Double {
    exemptions.isEmpty || !cost.isPassable ? 0 : Double(cost.timeMilliseconds) / 1000
  }
}
