import RoadGraph

/// What a profile makes of turns, by angle and kind; without what lies at the junction.
struct TurnRules {
  /// Milliseconds by change of heading, for junctions of three roads or more.
  private let millisecondsByHalfAngle: [Double]
  private let turns: VehicleProfile.Turns
  private let ban: PassageRule
  private let emergencyBan: PassageRule
  private let siren: VehicleProfile.Siren

  /// Up to this change of heading one drives straight on.
  static let straightDegrees = 30.0
  /// The change of heading that `left_seconds` and `right_seconds` speak of.
  static let sideDegrees = 90.0
  /// From this change of heading on a turn is sharp.
  static let sharpDegrees = 135.0
  /// `TurnAttributes` keeps angles to 2 degrees, in 8 bits.
  private static let halfAngleOffset = 128

  init(_ profile: VehicleProfile) {
    turns = profile.turns
    ban = profile.exemptions.turnBans
    emergencyBan = profile.exemptions.emergencyTurnBans
    siren = profile.siren
    millisecondsByHalfAngle = (0..<2 * Self.halfAngleOffset).map { index in
      1000 * Self.seconds(angleDegrees: Double(2 * (index - Self.halfAngleOffset)), profile.turns)
    }
  }

  /// Nothing while straight on, `left` or `right` at 90 degrees, `sharp` from 135 degrees on, smooth in between.
  static func seconds(angleDegrees: Double, _ turns: VehicleProfile.Turns) -> Double {
    let (side, sharp) = angleDegrees < 0 ? (turns.left, turns.sharpLeft) : (turns.right, turns.sharpRight)
    let angle = abs(angleDegrees)
    if angle <= sideDegrees { return side * smoothStep(angle, from: straightDegrees, to: sideDegrees) }
    return side + (sharp - side) * smoothStep(angle, from: sideDegrees, to: sharpDegrees)
  }

  /// 0 below `start`, 1 above `end`, 3t² − 2t³ in between.
  private static func smoothStep(_ angle: Double, from start: Double, to end: Double) -> Double {
    let t = min(max((angle - start) / (end - start), 0), 1)
    return t * t * (3 - 2 * t)
  }

  /// True if a turn round needs more than time, at least away from dead ends.
  var limitsUTurns: Bool { turns.uTurnAwayFromDeadEnd != .allowed || turns.uTurnConfined != .allowed }

  /// What a vehicle needs to make a turn, the angle aside.
  func exemptions(_ flags: TurnFlags) -> Exemptions {
    var used: Exemptions = []
    if flags.contains(.banned), !(siren == .on && flags.contains(.exceptEmergency)) { used.insert(.turnBan) }
    if flags.contains(.bannedForEmergency), siren == .on { used.insert(.emergencyTurnBan) }
    return used
  }

  /// The rules for a set of exemptions; nil if one of them says never.
  func terms(of used: Exemptions) -> PassageTerms? {
    if used.isEmpty { return .free }
    var terms = PassageTerms.free
    for (exemption, rule) in [(Exemptions.turnBan, ban), (.emergencyTurnBan, emergencyBan)]
    where used.contains(exemption) {
      guard rule.use != .never else { return nil }
      terms.add(rule)
    }
    return terms
  }

  /// The cost of a turn. O(1).
  func cost(angleDegrees: Int, _ flags: TurnFlags, at place: TurnPlace) -> TravelCost {
    guard var terms = terms(of: exemptions(flags)) else { return .impassable }
    var milliseconds = 0.0
    if flags.contains(.uTurn) {
      guard addUTurn(flags, at: place, to: &terms) else { return .impassable }
      milliseconds = turns.uTurn * 1000
    } else if place.contains(.junction) {
      milliseconds = millisecondsByHalfAngle[angleDegrees / 2 + Self.halfAngleOffset]
      if flags.contains(.yields) { milliseconds += turns.yielding * 1000 }
    }
    return TravelCost(milliseconds: milliseconds + terms.delaySeconds * 1000, isLastResort: terms.isLastResort)
  }

  /// Adds what turning round takes but time; false if the vehicle doesn't.
  ///
  /// Where the road ends, for everybody or as a department says, there is no choice.
  private func addUTurn(_ flags: TurnFlags, at place: TurnPlace, to terms: inout PassageTerms) -> Bool {
    if flags.contains(.deadEnd) { return true }
    var rules: [PassageRule] = flags.contains(.confined) ? [turns.uTurnConfined] : []
    if !place.contains(.deadEnd) { rules.append(turns.uTurnAwayFromDeadEnd) }
    for rule in rules {
      guard rule.use != .never else { return false }
      terms.add(rule)
    }
    return true
  }
}

/// What the place of a turn is like.
struct TurnPlace: OptionSet {
  let rawValue: UInt8
  /// Three roads or more meet: following a bend where only two do is no turn.
  static let junction = TurnPlace(rawValue: 1 << 0)
  /// There is no other way to go on for this vehicle.
  static let deadEnd = TurnPlace(rawValue: 1 << 1)
}
