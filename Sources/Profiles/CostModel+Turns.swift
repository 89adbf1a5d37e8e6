import MapFile
import RoadGraph

extension CostModel {
  /// The cost of a turn, with the signal or barrier at the junction, without the arc that it leaves. O(turns there).
  ///
  /// - Parameter arc: the arc that the turn leaves.
  public func turnCost(_ turn: TurnID, from arc: ArcID) -> TravelCost {
    cost(turn, from: arc) { arcCost($0).isPassable }
  }

  /// What the vehicle needs to make a turn; empty where everybody may, and where it can't. O(turns there).
  public func exemptions(turn: TurnID, from arc: ArcID) -> Exemptions {
    guard turnCost(turn, from: arc).isPassable else { return [] }
    let flags = flags(of: turn)
    return turnRules.exemptions(flags).union(pointRule(at: network.arcHead[arc], flags).exemptions)
  }

  /// The weights of all turns, by `TurnID`, each without the arc that it leaves.
  ///
  /// - Parameter arcWeights: those of ``arcWeights()``.
  /// - Complexity: O(turns).
  public func turnCosts(arcWeights: [Weight]) -> [Weight] {
    precondition(arcWeights.count == network.arcCount, "weights of another network")
    var weights: [Weight] = []
    weights.reserveCapacity(network.turnCount)
    for arc in network.arcHead.indices {
      for turn in network.turns(from: arc) {
        weights.append(cost(turn, from: arc) { arcWeights[$0.position] < .infinity }.weight)
      }
    }
    return weights
  }

  /// The weights of all turns, by `TurnID`, each without the arc that it leaves. O(pieces + turns).
  public func turnCosts() -> [Weight] { turnCosts(arcWeights: arcWeights()) }

  private func cost(_ turn: TurnID, from arc: ArcID, _ isPassable: (ArcID) -> Bool) -> TravelCost {
    let change = change(of: turn)
    if change == .forbidden { return .impassable }
    let flags = change?.flags ?? network.turnAttributes[turn].flags
    let vertex = network.arcHead[arc]
    var place: TurnPlace = isJunction[vertex.position] ? .junction : []
    if flags.contains(.uTurn), turnRules.limitsUTurns, isDeadEnd(arc, isPassable) { place.insert(.deadEnd) }
    var cost = turnRules.cost(angleDegrees: network.turnAttributes[turn].angleDegrees, flags, at: place)
    cost += pointRule(at: vertex, flags).cost
    if !zones.isEmpty, zones[network.turnHead[turn].position].begins, !zones[arc.position].ends { cost += .lastResort }
    return cost
  }

  /// True if this vehicle can't go on where the arc ends: every road there is closed to it, or banned.
  ///
  /// A vehicle that stops at a gate or drives into a pedestrian zone's last street has to turn round there.
  private func isDeadEnd(_ arc: ArcID, _ isPassable: (ArcID) -> Bool) -> Bool {
    network.turns(from: arc).allSatisfy { turn in
      let flags = flags(of: turn)
      if flags.contains(.uTurn) { return true }
      if change(of: turn) == .forbidden || turnRules.terms(of: turnRules.exemptions(flags)) == nil { return true }
      return !pointRule(at: network.arcHead[arc], flags).cost.isPassable || !isPassable(network.turnHead[turn])
    }
  }

  private func change(of turn: TurnID) -> TurnChange? { turnChanges.isEmpty ? nil : turnChanges[turn] }

  /// The flags of a turn for this vehicle at the moment.
  func flags(of turn: TurnID) -> TurnFlags { change(of: turn)?.flags ?? network.turnAttributes[turn].flags }

  /// The rule for what lies at a junction. Turning round in front of a barrier doesn't pass it.
  func pointRule(at vertex: VertexID, _ turn: TurnFlags) -> PointRule {
    let rule = points.rule(at: vertex)
    return rule.isBarrier && turn.contains(.uTurn) ? .nothing : rule
  }
}

/// What adjustments make of a turn for one profile.
enum TurnChange: Hashable {
  /// Other facts than the map's.
  case flags(TurnFlags)
  case forbidden

  var flags: TurnFlags? { if case .flags(let flags) = self { flags } else { nil } }

  /// All turns that adjustments change. O(adjustments).
  static func changes(
    by adjustments: RoadAdjustments, on network: RoadNetwork, for profile: String
  ) -> [TurnID: TurnChange] {
    var changes: [TurnID: TurnChange] = [:]
    for (turn, conditional) in adjustments.turnRules {
      changes[turn] = .flags(conditional.applied(to: network.turnAttributes[turn].flags))
    }
    for (turn, entries) in adjustments.overrides.turns {
      switch ResolvedOverrides.rule(by: entries, for: profile) {
      case .allow: changes[turn] = .flags(allowed(network.turnAttributes[turn].flags))
      case .forbid: changes[turn] = .forbidden
      case nil: break
      }
    }
    return changes
  }

  /// A turn that the department allows is banned to nobody; turning round there is as good as at a dead end.
  private static func allowed(_ flags: TurnFlags) -> TurnFlags {
    let free = flags.subtracting([.banned, .exceptEmergency, .bannedForEmergency, .confined])
    return free.contains(.uTurn) ? free.union(.deadEnd) : free
  }
}
