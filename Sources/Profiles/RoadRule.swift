import RoadGraph

/// What a profile makes of one set of road attributes in one direction.
struct RoadRule {
  /// nil where the vehicle can't drive.
  let speedKmh: Double?
  /// Time lost at each piece.
  let delayMilliseconds: Double
  let isLastResort: Bool
  let exemptions: Exemptions

  static let impassable = RoadRule(speedKmh: nil, delayMilliseconds: 0, isLastResort: false, exemptions: [])

  /// The cost of a stretch. O(1).
  func cost(lengthCentimeters: UInt32) -> TravelCost {
    guard let speedKmh else { return .impassable }
    // 1 cm at 1 km/h takes 36 ms. Rounded up, so that no way is faster than its length at the highest speed.
    let milliseconds = Double(lengthCentimeters) * 36 / speedKmh + delayMilliseconds
    return TravelCost(milliseconds: milliseconds.rounded(.up), isLastResort: isLastResort)
  }
}

extension VehicleProfile {
  /// The rule for a road in one of its directions.
  func roadRule(_ attributes: RoadAttributes, againstWay: Bool) -> RoadRule {
    let direction = attributes[againstWay: againstWay]
    let used = exemptions(on: attributes, direction.access)
    guard let terms = terms(of: used, direction.access),
      let speed = speedKmh(attributes, maxspeedKmh: direction.maxspeedKmh)
    else { return .impassable }
    return RoadRule(
      speedKmh: min(speed, terms.maxKmh ?? speed), delayMilliseconds: terms.delaySeconds * 1000,
      isLastResort: terms.use == .lastResort, exemptions: used)
  }

  /// The speed before any exemption slows it; nil where the class is never driven.
  private func speedKmh(_ attributes: RoadAttributes, maxspeedKmh: UInt8) -> Double? {
    guard let classSpeed = speeds.byClass[attributes.roadClass] else { return nil }
    let speed = maxspeedKmh > 0 ? Double(maxspeedKmh) * speeds.maxspeedFactor : classSpeed
    let limit = attributes.surface.isUnpaved ? min(speeds.unpavedMaxKmh, speeds.maxKmh) : speeds.maxKmh
    return min(speed, limit)
  }

  /// What a vehicle needs to drive there.
  private func exemptions(on attributes: RoadAttributes, _ access: AccessFlags) -> Exemptions {
    var used = accessExemptions(access, isEmergencyWay: attributes.flags.contains(.emergencyAccess))
    if access.contains(.contraflow) { used.insert(.contraflow) }
    switch attributes.roadClass {
    case .track: used.insert(.track)
    case .ferry: used.insert(.ferry)
    default: break
    }
    return used
  }

  /// What a vehicle needs to pass where these access tags hold.
  ///
  /// Civil access needs nothing. Of several reasons why civil traffic is kept out, the most telling one counts:
  /// a bus street where cars are tagged `no` is a bus lane.
  private func accessExemptions(_ access: AccessFlags, isEmergencyWay: Bool) -> Exemptions {
    if access.contains(.destinationOnly) { return .destinationOnly }
    if access.contains(.civil) { return [] }
    if isEmergencyWay || !access.isDisjoint(with: [.emergency, .emergencyDesignated]) {
      // On a two-way street that responders may also drive against its one-way, the one-way is all there is to say.
      return access.isSubset(of: [.emergency, .contraflow]) && access.contains(.contraflow) && !isEmergencyWay
        ? [] : .emergencyWay
    }
    if access.contains(.bus) { return .busLane }
    if access.contains(.footOnly) {
      return access.contains(.restricted) ? [.pedestrianZone, .restrictedAccess] : .pedestrianZone
    }
    if access.contains(.restricted) { return .restrictedAccess }
    return access.contains(.contraflow) ? [] : .restrictedAccess
  }

  /// All rules for a set of exemptions together; nil if one of them says never.
  private func terms(of used: Exemptions, _ access: AccessFlags) -> PassageRule? {
    if siren == .on, access.contains(.noEmergency) { return nil }
    var terms = PassageRule.allowed
    for exemption in used.list {
      guard let rule = rule(for: exemption, access), rule.use != .never else { return nil }
      if rule.use == .lastResort { terms.use = .lastResort }
      terms.delaySeconds += rule.delaySeconds
      if let maxKmh = rule.maxKmh { terms.maxKmh = min(maxKmh, terms.maxKmh ?? maxKmh) }
    }
    return terms
  }

  /// The rule for one exemption of a way.
  private func rule(for exemption: Exemption, _ access: AccessFlags) -> PassageRule? {
    switch exemption {
    case .contraflow: contraflowRule(access)
    case .restrictedAccess: exemptions.restrictedAccess
    case .destinationOnly: exemptions.destinationOnly
    case .busLane: exemptions.busLanes
    case .pedestrianZone: exemptions.pedestrianZones
    case .emergencyWay: exemptions.emergencyWays
    case .track: exemptions.tracks
    case .ferry: exemptions.ferries
    case .turnBan, .gate, .lockedGate, .bollard, .barrier: nil
    }
  }

  /// Where traffic is expected from that side, contraflow is no last resort: slow, as the rule says, but lawful.
  ///
  /// That is where `oneway:emergency=no` says so, and on a bus lane against a one-way (whose own rule counts too).
  private func contraflowRule(_ access: AccessFlags) -> PassageRule {
    var rule = exemptions.contraflow
    let isExpected = access.contains(.bus) || siren == .on && access.contains(.emergency)
    if rule.use == .lastResort, isExpected { rule.use = .allowed }
    return rule
  }
}

extension VehicleProfile {
  /// What a vehicle makes of access tags on a barrier; nil if they keep it out.
  func accessTerms(_ access: AccessFlags) -> (rule: PassageRule, exemptions: Exemptions)? {
    // A barrier without a word on who may pass is opened by whoever comes; `emergency=no` says nothing of the others.
    let isSilent = access.isSubset(of: .noEmergency)
    let used = isSilent ? [] : accessExemptions(access, isEmergencyWay: false)
    guard let rule = terms(of: used, access) else { return nil }
    return (rule, used)
  }
}
