import RoadGraph

/// What a profile makes of one signal, sign or barrier.
struct PointRule {
  let cost: TravelCost
  let exemptions: Exemptions
  /// Something to be opened or lowered: who turns round in front of it doesn't pass it.
  let isBarrier: Bool

  static let nothing = PointRule(cost: .zero, exemptions: [], isBarrier: false)
}

extension VehicleProfile {
  /// The rule for an OSM node that vehicles feel.
  func pointRule(_ feature: PointFeature) -> PointRule {
    switch feature.kind {
    case .trafficSignals: delay(delays.trafficSignals)
    case .stop: delay(delays.stop)
    case .giveWay: delay(delays.giveWay)
    case .crossing: delay(delays.crossing)
    case .trafficCalming: delay(delays.trafficCalming)
    case .tollBooth, .borderControl, .heightRestrictor: .nothing
    default: barrierRule(feature)
    }
  }

  private func delay(_ seconds: Double) -> PointRule {
    PointRule(cost: TravelCost(milliseconds: seconds * 1000, isLastResort: false), exemptions: [], isBarrier: false)
  }

  private func barrierRule(_ feature: PointFeature) -> PointRule {
    let (thing, exemption) = rule(forBarrier: feature)
    guard thing.use != .never, let access = accessTerms(feature.access) else {
      return PointRule(cost: .impassable, exemptions: [], isBarrier: true)
    }
    let cost = TravelCost(
      milliseconds: (thing.delaySeconds + access.rule.delaySeconds) * 1000,
      isLastResort: thing.use == .lastResort || access.rule.use == .lastResort)
    return PointRule(cost: cost, exemptions: access.exemptions.union(exemption), isBarrier: true)
  }

  /// The rule for the thing itself, whoever may pass it, and what passing it is called.
  private func rule(forBarrier feature: PointFeature) -> (PassageRule, Exemptions) {
    switch feature.kind {
    case .gate: feature.isLocked ? (barriers.lockedGate, .lockedGate) : (barriers.gate, .gate)
    case .liftGate: feature.isLocked ? (barriers.lockedGate, .lockedGate) : (barriers.liftGate, .gate)
    case .swingGate: feature.isLocked ? (barriers.lockedGate, .lockedGate) : (barriers.swingGate, .gate)
    case .removableBollard: (barriers.removableBollard, .bollard)
    case .risingBollard: (barriers.risingBollard, .bollard)
    case .bollard: fixedBarrierRule(barriers.bollard, .bollard, feature.access)
    case .block: fixedBarrierRule(barriers.block, .barrier, feature.access)
    default: fixedBarrierRule(barriers.other, .barrier, feature.access)
    }
  }

  /// A fixed thing that is tagged as open to this vehicle can't be fixed, or leaves room to pass.
  private func fixedBarrierRule(
    _ rule: PassageRule, _ exemption: Exemptions, _ access: AccessFlags
  ) -> (PassageRule, Exemptions) {
    guard rule.use == .never else { return (rule, exemption) }
    if access.contains(.civil) { return (.allowed, []) }
    let isForResponders = !access.isDisjoint(with: [.emergency, .emergencyDesignated])
    return siren == .on && isForResponders ? (barriers.removableBollard, exemption) : (rule, exemption)
  }
}
