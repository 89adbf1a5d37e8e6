import RoadGraph

/// What a profile makes of one signal, sign or barrier.
struct PointRule {
  let cost: TravelCost
  /// What sets the delay, or keeps the vehicle out; nil where there is nothing.
  let reason: RuleReason?
  let exemptions: Exemptions
  /// Something to be opened or lowered: a vehicle that turns round in front of it doesn't pass it.
  let isBarrier: Bool
  /// Felt by vehicles that drive along its OSM way, or against it.
  var isFeltAlong = true
  var isFeltAgainst = true

  static let nothing = PointRule(cost: .zero, reason: nil, exemptions: [], isBarrier: false)

  static func impassable(because reason: RuleReason) -> PointRule {
    PointRule(cost: .impassable, reason: reason, exemptions: [], isBarrier: true)
  }
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
    guard change.use != .never else { return .impassable(because: .overrides) }
    return PointRule(
      cost: TravelCost(milliseconds: (change.delaySeconds ?? 0) * 1000, isLastResort: change.use == .lastResort),
      reason: .overrides, exemptions: [], isBarrier: false)
  }

  private func pointRule(_ feature: PointFeature, _ change: NodeChange) -> PointRule {
    if feature.flags.contains(.unfelt) { return change == NodeChange() ? .nothing : pointRule(change: change) }
    let (thing, exemption, reason) = rule(for: feature)
    if let use = change.use {
      let delaySeconds = change.delaySeconds ?? thing.delaySeconds
      guard feature.kind.isBarrier, use != .never else {
        return pointRule(change: NodeChange(use: use, delaySeconds: delaySeconds))
      }
      let terms = PassageTerms(isLastResort: use == .lastResort, delaySeconds: delaySeconds)
      return passable(terms, exemption, feature, .overrides)
    }
    do throws(RuleReason) {
      guard thing.use != .never else { throw reason }
      var (terms, exemptions) = try accessTerms(at: feature)
      terms.delaySeconds = change.delaySeconds ?? (terms.delaySeconds + thing.delaySeconds)
      if thing.use == .lastResort { terms.isLastResort = true }
      exemptions.formUnion(exemption)
      return passable(terms, exemptions, feature, change.delaySeconds == nil ? reason : .overrides)
    } catch {
      return .impassable(because: error)
    }
  }

  private func passable(
    _ terms: PassageTerms, _ exemptions: Exemptions, _ feature: PointFeature, _ reason: RuleReason
  ) -> PointRule {
    PointRule(
      cost: TravelCost(milliseconds: terms.delaySeconds * 1000, isLastResort: terms.isLastResort), reason: reason,
      exemptions: exemptions, isBarrier: feature.kind.liesAcross)
  }

  /// The rule for the thing itself, whoever may pass it, what passing it is called, and where the rule stands.
  private func rule(for feature: PointFeature) -> (PassageRule, Exemptions, RuleReason) {
    let reason = RuleReason.point(feature.kind)
    return switch feature.kind {
    case .trafficSignals: (PassageRule(.allowed, delaySeconds: delays.trafficSignals), [], reason)
    case .stop: (PassageRule(.allowed, delaySeconds: delays.stop), [], reason)
    case .giveWay: (PassageRule(.allowed, delaySeconds: delays.giveWay), [], reason)
    case .crossing: (PassageRule(.allowed, delaySeconds: delays.crossing), [], reason)
    case .trafficCalming: (PassageRule(.allowed, delaySeconds: delays.trafficCalming), [], reason)
    case .tollBooth: (PassageRule(.allowed, delaySeconds: delays.tollBooth), [], reason)
    case .borderControl: (PassageRule(.allowed, delaySeconds: delays.borderControl), [], reason)
    case .gate: gateRule(barriers.gate, feature)
    case .liftGate: gateRule(barriers.liftGate, feature)
    case .swingGate: gateRule(barriers.swingGate, feature)
    case .removableBollard: (barriers.removableBollard, .bollard, reason)
    case .risingBollard: (barriers.risingBollard, .bollard, reason)
    case .bollard: fixedBarrierRule(barriers.bollard, .bollard, feature)
    case .block: fixedBarrierRule(barriers.block, .barrier, feature)
    case .heightRestrictor: heightRestrictorRule(feature)
    case .ford: (exemptions.fords, .ford, reason)
    case .accessSign: (.allowed, [], reason)
    case .otherBarrier: fixedBarrierRule(barriers.other, .barrier, feature)
    }
  }

  /// A gate that everybody may pass without asking doesn't stand in the way, unless it is locked.
  private func gateRule(_ rule: PassageRule, _ feature: PointFeature) -> (PassageRule, Exemptions, RuleReason) {
    if feature.isLocked { return (barriers.lockedGate, .lockedGate, .lockedGate) }
    return feature.access.contains(.civil) ? (.allowed, [], .openToAll) : (rule, .gate, .point(feature.kind))
  }

  /// A fixed thing that is tagged as open to this vehicle can't be fixed, or leaves room to pass; one that its owner
  /// lets people through can be taken out.
  private func fixedBarrierRule(
    _ rule: PassageRule, _ exemption: Exemptions, _ feature: PointFeature
  ) -> (PassageRule, Exemptions, RuleReason) {
    let (access, reason) = (feature.access, RuleReason.point(feature.kind))
    guard rule.use == .never else { return (rule, exemption, reason) }
    if access.contains(.civil) { return (.allowed, [], .openToAll) }
    let isForResponders = siren == .on && !access.isDisjoint(with: [.emergency, .emergencyDesignated])
    let isForBuses = siren != .none && access.contains(.bus)
    let opens = isForResponders || isForBuses || access.contains(.ownersOnly)
    return opens ? (barriers.removableBollard, exemption, .openedBarrier) : (rule, exemption, reason)
  }

  /// Where the map tells the height, all there is to know is whether the vehicle fits.
  private func heightRestrictorRule(_ feature: PointFeature) -> (PassageRule, Exemptions, RuleReason) {
    if feature.maxHeightCentimeters > 0 { return (.allowed, [], .size) }
    let rule = barriers.heightRestrictor
    return (rule, rule == .allowed ? [] : .barrier, .point(feature.kind))
  }
}

// MARK: Who may pass, and what fits

extension VehicleProfile {
  /// What a vehicle makes of the limits of a point and, at a barrier, of its access tags. Throws what keeps it out.
  private func accessTerms(
    at feature: PointFeature
  ) throws(RuleReason) -> (terms: PassageTerms, exemptions: Exemptions) {
    guard size.isNarrower(than: feature.maxWidthCentimeters) else { throw .size }
    let fitsUnder = size.isWithin(feature.maxHeightCentimeters, size.heightMeters * 100)
    if feature.kind == .heightRestrictor && !fitsUnder { throw .size }
    // A barrier with no tag on who may pass is opened by anybody; what is said of responders says nothing of the
    // others.
    let access = feature.access
    let isOpen = access.isSubset(of: [.noEmergency, .emergency, .emergencyDesignated])
    var used = isOpen ? [] : accessExemptions(access, isEmergencyWay: false, isPath: false)
    if !fitsUnder { used.insert(.legalLimit) }
    // Where entering a zone is a last resort, the road behind its gate is charged for it.
    return (try accessTerms(of: used, access), used)
  }
}
