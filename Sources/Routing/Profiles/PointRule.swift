import RoadGraph

/// What a profile makes of one signal, sign or barrier.
struct PointRule {
  let cost: TravelCost
  let exemptions: Exemptions
  /// Something to be opened or lowered: a vehicle that turns round in front of it doesn't pass it.
  let isBarrier: Bool
  /// Felt by vehicles that drive along its OSM way, or against it.
  var isFeltAlong = true
  var isFeltAgainst = true

  static let nothing = PointRule(cost: .zero, exemptions: [], isBarrier: false)
  static let impassable = PointRule(cost: .impassable, exemptions: [], isBarrier: true)
}

extension VehicleProfile {
  /// The rule for an OSM node that vehicles feel, changed as a department says.
  func pointRule(_ feature: PointFeature, change: NodeChange = NodeChange()) -> PointRule {
    var rule = pointRule(feature, change)
    let (forward, backward) = (feature.flags.contains(.forwardOnly), feature.flags.contains(.backwardOnly))
    if !feature.kind.isBarrier, forward != backward { (rule.isFeltAlong, rule.isFeltAgainst) = (forward, backward) }
    return rule
  }

  /// The rule for an OSM node without anything on it but what a department says.
  func pointRule(change: NodeChange) -> PointRule {
    guard change.use != .never else { return .impassable }
    return PointRule(
      cost: TravelCost(milliseconds: (change.delaySeconds ?? 0) * 1000, isLastResort: change.use == .lastResort),
      exemptions: [], isBarrier: false)
  }

  private func pointRule(_ feature: PointFeature, _ change: NodeChange) -> PointRule {
    let (thing, exemption) = rule(for: feature)
    if let use = change.use {
      let delaySeconds = change.delaySeconds ?? thing.delaySeconds
      guard feature.kind.isBarrier, use != .never else {
        return pointRule(change: NodeChange(use: use, delaySeconds: delaySeconds))
      }
      return passable(PassageTerms(isLastResort: use == .lastResort, delaySeconds: delaySeconds), exemption, feature)
    }
    guard thing.use != .never, let access = accessTerms(at: feature) else { return .impassable }
    var terms = access.terms
    terms.delaySeconds = change.delaySeconds ?? (terms.delaySeconds + thing.delaySeconds)
    if thing.use == .lastResort { terms.isLastResort = true }
    return passable(terms, access.exemptions.union(exemption), feature)
  }

  private func passable(_ terms: PassageTerms, _ exemptions: Exemptions, _ feature: PointFeature) -> PointRule {
    PointRule(
      cost: TravelCost(milliseconds: terms.delaySeconds * 1000, isLastResort: terms.isLastResort),
      exemptions: exemptions, isBarrier: feature.kind.isBarrier)
  }

  /// The rule for the thing itself, whoever may pass it, and what passing it is called.
  private func rule(for feature: PointFeature) -> (PassageRule, Exemptions) {
    switch feature.kind {
    case .trafficSignals: (PassageRule(.allowed, delaySeconds: delays.trafficSignals), [])
    case .stop: (PassageRule(.allowed, delaySeconds: delays.stop), [])
    case .giveWay: (PassageRule(.allowed, delaySeconds: delays.giveWay), [])
    case .crossing: (PassageRule(.allowed, delaySeconds: delays.crossing), [])
    case .trafficCalming: (PassageRule(.allowed, delaySeconds: delays.trafficCalming), [])
    case .tollBooth: (PassageRule(.allowed, delaySeconds: delays.tollBooth), [])
    case .borderControl: (PassageRule(.allowed, delaySeconds: delays.borderControl), [])
    case .gate: gateRule(barriers.gate, feature)
    case .liftGate: gateRule(barriers.liftGate, feature)
    case .swingGate: gateRule(barriers.swingGate, feature)
    case .removableBollard: (barriers.removableBollard, .bollard)
    case .risingBollard: (barriers.risingBollard, .bollard)
    case .bollard: fixedBarrierRule(barriers.bollard, .bollard, feature.access)
    case .block: fixedBarrierRule(barriers.block, .barrier, feature.access)
    case .heightRestrictor: heightRestrictorRule(feature)
    case .otherBarrier: fixedBarrierRule(barriers.other, .barrier, feature.access)
    }
  }

  /// A gate that everybody may pass without asking doesn't stand in the way, unless it is locked.
  private func gateRule(_ rule: PassageRule, _ feature: PointFeature) -> (PassageRule, Exemptions) {
    if feature.isLocked { return (barriers.lockedGate, .lockedGate) }
    return feature.access.contains(.civil) ? (.allowed, []) : (rule, .gate)
  }

  /// A fixed thing that is tagged as open to this vehicle can't be fixed, or leaves room to pass; one that its owner lets
  /// people through can be taken out.
  private func fixedBarrierRule(
    _ rule: PassageRule, _ exemption: Exemptions, _ access: AccessFlags
  ) -> (PassageRule, Exemptions) {
    guard rule.use == .never else { return (rule, exemption) }
    if access.contains(.civil) { return (.allowed, []) }
    let isForResponders = siren == .on && !access.isDisjoint(with: [.emergency, .emergencyDesignated])
    let opens = isForResponders || access.contains(.ownersOnly)
    return opens ? (barriers.removableBollard, exemption) : (rule, exemption)
  }

  /// Where the map tells the height, all there is to know is whether the vehicle fits.
  private func heightRestrictorRule(_ feature: PointFeature) -> (PassageRule, Exemptions) {
    if feature.maxHeightCentimeters > 0 || barriers.heightRestrictor == .allowed { return (.allowed, []) }
    return (barriers.heightRestrictor, .barrier)
  }
}

// MARK: Who may pass, and what fits

extension VehicleProfile {
  /// What a vehicle makes of the limits of a point and, at a barrier, of its access tags; nil if they keep it out.
  private func accessTerms(at feature: PointFeature) -> (terms: PassageTerms, exemptions: Exemptions)? {
    guard size.isWithin(widthCentimeters: feature.maxWidthCentimeters) else { return nil }
    let fitsUnder = size.isWithin(heightCentimeters: feature.maxHeightCentimeters)
    if feature.kind == .heightRestrictor && !fitsUnder { return nil }
    // A barrier with no tag on who may pass is opened by anybody; `emergency=no` says nothing of the others.
    let access = feature.kind.isBarrier ? feature.access : []
    var used =
      access.isSubset(of: .noEmergency) ? [] : accessExemptions(access, isEmergencyWay: false, isPath: false)
    if !fitsUnder { used.insert(.legalLimit) }
    // Where entering a zone is a last resort, the road behind its gate is charged for it.
    return accessTerms(of: used, access).map { ($0, used) }
  }
}
