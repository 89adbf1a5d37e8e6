import RoadGraph

extension CostModel {
  /// The cost of a turn, with the signal or barrier at the junction, without the arc that it leaves. O(turns there).
  ///
  /// - Parameter arc: the arc that the turn leaves.
  public func turnCost(_ turn: TurnID, from arc: ArcID) -> TravelCost {
    cost(turn, network.turnAttributes[turn], from: end(of: arc)) { arcCost($0).isPassable }
  }

  /// What the vehicle needs to make a turn; empty where everybody may, and where it can't. O(turns there).
  public func exemptions(turn: TurnID, from arc: ArcID) -> Exemptions {
    guard let flags = flags(of: turn) else { return [] }
    let used = turnRules.exemptions(flags).union(pointRule(atHeadOf: arc, flags).exemptions)
    return used.isEmpty || !turnCost(turn, from: arc).isPassable ? [] : used
  }

  /// The weights of all turns, by `TurnID`, each without the arc that it leaves, and where there is no more to tell.
  ///
  /// - Parameter arcWeights: those of ``arcWeights()``.
  /// - Complexity: O(turns + pieces).
  public func turnCosts(arcWeights: [Weight]) -> (weights: [Weight], plain: PlainRoads) {
    precondition(arcWeights.count == network.arcCount, "weights of another network")
    // Held here: to fetch a table for each turn would take longer than the turn.
    let attributes = network.turnAttributes.buffer
    var weights: [Weight] = []
    var arePlain: [Bool] = []
    weights.reserveCapacity(attributes.count)
    arePlain.reserveCapacity(attributes.count)
    for arc in network.arcHead.indices {
      let end = end(of: arc)
      for turn in network.turns(from: arc) {
        let cost = cost(turn, attributes[turn.position], from: end) { arcWeights[$0.position] < .infinity }
        weights.append(cost.weight)
        arePlain.append(cost.reluctanceMilliseconds == 0 && isFree(turn, attributes[turn.position], from: end))
      }
    }
    return (weights, PlainRoads(self, isPlainTurn: arePlain))
  }

  /// True if everybody may make a turn.
  private func isFree(_ turn: TurnID, _ attributes: TurnAttributes, from end: ArcEnd) -> Bool {
    guard let flags = flags(of: turn, attributes.flags) else { return false }
    return turnRules.exemptions(flags).isEmpty && end.point.at(flags).exemptions.isEmpty
  }

  /// The weights of all turns, by `TurnID`, each without the arc that it leaves. O(pieces + turns).
  public func turnCosts() -> [Weight] { turnCosts(arcWeights: arcWeights()).weights }

  /// The place where an arc ends.
  private struct ArcEnd {
    let arc: ArcID
    let isJunction: Bool
    let isInZone: Bool
    let point: PointRule
  }

  private func end(of arc: ArcID) -> ArcEnd {
    let vertex = network.arcHead[arc]
    return ArcEnd(
      arc: arc, isJunction: isJunction[vertex.position], isInZone: !zones.isEmpty && zones[arc.position].ends,
      point: points.rule(at: vertex, network.vertexFeature[vertex]))
  }

  private func cost(
    _ turn: TurnID, _ attributes: TurnAttributes, from end: ArcEnd, _ isPassable: (ArcID) -> Bool
  ) -> TravelCost {
    guard let flags = flags(of: turn, attributes.flags) else { return .impassable }
    var place: TurnPlace = end.isJunction ? .junction : []
    if flags.contains(.uTurn), !flags.contains(.deadEnd), turnRules.limitsUTurns, isDeadEnd(end, isPassable) {
      place.insert(.deadEnd)
    }
    var cost = turnRules.cost(angleDegrees: attributes.angleDegrees, flags, at: place)
    cost += end.point.at(flags).cost
    if !zones.isEmpty, !end.isInZone, zones[network.turnHead[turn].position].begins { cost += .lastResort }
    return cost
  }

  /// True if this vehicle can't go on where the arc ends: every road there is closed to it, or banned.
  ///
  /// A vehicle that stops at a gate or drives into a pedestrian zone's last street has to turn round there.
  private func isDeadEnd(_ end: ArcEnd, _ isPassable: (ArcID) -> Bool) -> Bool {
    network.turns(from: end.arc).allSatisfy { turn in
      guard let flags = flags(of: turn), !flags.contains(.uTurn), turnRules.allows(flags) else { return true }
      return !end.point.at(flags).cost.isPassable || !isPassable(network.turnHead[turn])
    }
  }

  /// The flags of a turn for this vehicle at the moment; `nil` where its department forbids the turn.
  func flags(of turn: TurnID) -> TurnFlags? { flags(of: turn, network.turnAttributes[turn].flags) }

  private func flags(of turn: TurnID, _ flags: TurnFlags) -> TurnFlags? {
    turnChanges.isEmpty ? flags : turnChanges[turn] ?? flags
  }

  /// The rule for what a turn passes where an arc ends.
  func pointRule(atHeadOf arc: ArcID, _ turn: TurnFlags) -> PointRule { end(of: arc).point.at(turn) }
}

extension PointRule {
  /// Turning round in front of a barrier doesn't pass it.
  fileprivate func at(_ turn: TurnFlags) -> PointRule { isBarrier && turn.contains(.uTurn) ? .nothing : self }
}

extension RoadAdjustments {
  /// The flags of all turns that adjustments change for a profile; `nil` where its department forbids the turn.
  /// O(adjustments).
  func turnFlags(on network: RoadNetwork, for profile: VehicleProfile) -> [TurnID: TurnFlags?] {
    var changed: [TurnID: TurnFlags?] = [:]
    for (turn, rule) in self.turns.values(for: profile.size) {
      changed[turn] = rule.applied(to: network.turnAttributes[turn].flags)
    }
    for (turn, entries) in overrides.turns {
      switch entries.last(where: { $0.head.isFor(profile.name) })?.rule {
      case .allow: changed[turn] = Self.allowed(network.turnAttributes[turn].flags)
      case .forbid: changed[turn] = .some(nil)
      case nil: break
      }
    }
    return changed
  }

  /// A turn that the department allows is banned to nobody; turning round there is as good as at a dead end.
  private static func allowed(_ flags: TurnFlags) -> TurnFlags {
    let free = flags.subtracting([.banned, .exceptEmergency, .bannedForEmergency, .confined])
    return free.contains(.uTurn) ? free.union(.deadEnd) : free
  }
}
