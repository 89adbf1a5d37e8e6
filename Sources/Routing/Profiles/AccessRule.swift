import RoadGraph

extension VehicleProfile {
  /// What a vehicle needs to pass where these access tags hold.
  ///
  /// Civil access needs nothing. Of several reasons why civil traffic is kept out, the most telling one counts:
  /// a bus street where cars are tagged `no` is a bus lane.
  func accessExemptions(_ access: AccessFlags, isEmergencyWay: Bool, isPath: Bool) -> Exemptions {
    if access.contains(.highOccupancy) { return .highOccupancy }
    if access.contains(.destinationOnly) { return .destinationOnly }
    // Where people walk and `access=yes` alone lets cars in, units drive as they do among people.
    let isAmongPeople = siren != .none && access.contains(.footOnly)
    if access.contains(.civil), !isAmongPeople { return [] }
    if isEmergencyWay || !access.isDisjoint(with: [.emergency, .emergencyDesignated]) {
      // On a two-way street that responders may also drive against its one-way, the one-way is all there is to say.
      return access.isSubset(of: [.emergency, .contraflow]) && access.contains(.contraflow) && !isEmergencyWay
        ? [] : .emergencyWay
    }
    if access.contains(.bus) { return .busLane }
    var used: Exemptions = access.contains(.footOnly) ? (isPath ? .parkPath : .pedestrianZone) : []
    if access.contains(.restricted) { used.insert(.restrictedAccess) }
    // To a unit a company's yard is no street of houses.
    let isYard = siren != .none && access.contains(.yard)
    if access.contains(.ownersOnly) { used.insert(isYard ? .restrictedAccess : .privateRoad) }
    return used.isEmpty && !access.contains(.contraflow) ? .restrictedAccess : used
  }

  /// All rules for a set of exemptions together. Throws the one that says never.
  func accessTerms(of used: Exemptions, _ access: AccessFlags) throws(RuleReason) -> PassageTerms {
    if siren != .none, access.contains(.noEmergency) { throw .noEmergency }
    var terms = PassageTerms.free
    for exemption in used.list {
      guard let rule = rule(for: exemption, access), rule.use != .never else { throw .exemption(exemption) }
      switch exemption {
      case .destinationOnly, .privateRoad, .highOccupancy: terms.add(zone: rule, of: exemption)
      default: terms.add(rule, of: exemption)
      }
    }
    return terms
  }

  /// The rule for one exemption of a way; nil for those that are none of a way.
  private func rule(for exemption: Exemption, _ access: AccessFlags) -> PassageRule? {
    switch exemption {
    case .contraflow: contraflowRule(access)
    case .privateRoad: exemptions.privateRoads
    case .restrictedAccess: exemptions.restrictedAccess
    case .destinationOnly: exemptions.destinationOnly
    case .busLane: exemptions.busLanes
    case .highOccupancy: exemptions.highOccupancy
    case .pedestrianZone: exemptions.pedestrianZones
    case .parkPath: exemptions.parkPaths
    case .emergencyWay: exemptions.emergencyWays
    case .track: exemptions.tracks
    case .ferry: exemptions.ferries
    case .legalLimit: exemptions.legalLimits
    case .winterRoad: exemptions.winterRoads
    case .ford: exemptions.fords
    case .floodProne: exemptions.floodProne
    case .turnBan, .emergencyTurnBan, .gate, .lockedGate, .bollard, .barrier: nil
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
