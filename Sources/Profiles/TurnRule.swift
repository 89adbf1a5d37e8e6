import RoadGraph

/// What a profile makes of turns, by angle and kind; without what lies at the junction.
struct TurnRules {
  /// Milliseconds by change of heading, for junctions of three roads or more.
  private let millisecondsByHalfAngle: [Double]
  private let turns: VehicleProfile.Turns
  private let ban: PassageRule
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
    siren = profile.siren
    millisecondsByHalfAngle = (0..<2 * Self.halfAngleOffset).map { index in
      1000 * Self.seconds(angleDegrees: Double(2 * (index - Self.halfAngleOffset)), profile.turns)
    }
  }

  /// Nothing while straight on, `left` or `right` at 90 degrees, `sharp` from 135 degrees on, smooth in between.
  static func seconds(angleDegrees: Double, _ turns: VehicleProfile.Turns) -> Double {
    let side = angleDegrees < 0 ? turns.left : turns.right
    let angle = abs(angleDegrees)
    if angle <= sideDegrees { return side * smoothStep(angle, from: straightDegrees, to: sideDegrees) }
    return side + (turns.sharp - side) * smoothStep(angle, from: sideDegrees, to: sharpDegrees)
  }

  /// 0 below `start`, 1 above `end`, 3t² − 2t³ in between.
  private static func smoothStep(_ angle: Double, from start: Double, to end: Double) -> Double {
    let t = min(max((angle - start) / (end - start), 0), 1)
    return t * t * (3 - 2 * t)
  }

  /// True if a restriction binds this vehicle's turn, so that it needs an exemption.
  func isBanned(_ flags: TurnFlags) -> Bool {
    flags.contains(.banned) && !(siren == .on && flags.contains(.exceptEmergency))
  }

  /// True if turning round away from a dead end needs more than time.
  var limitsUTurns: Bool { turns.uTurnAwayFromDeadEnd != .allowed }

  /// The cost of a turn. O(1).
  func cost(_ turn: TurnAttributes, at place: TurnPlace) -> TravelCost {
    var milliseconds = 0.0
    var isLastResort = false
    if turn.flags.contains(.uTurn) {
      milliseconds = turns.uTurn * 1000
      if !place.contains(.deadEnd) {
        let rule = turns.uTurnAwayFromDeadEnd
        guard rule.use != .never else { return .impassable }
        milliseconds += rule.delaySeconds * 1000
        isLastResort = rule.use == .lastResort
      }
    } else if place.contains(.junction) {
      milliseconds = millisecondsByHalfAngle[turn.angleDegrees / 2 + Self.halfAngleOffset]
    }
    if isBanned(turn.flags) {
      guard ban.use != .never else { return .impassable }
      milliseconds += ban.delaySeconds * 1000
      isLastResort = isLastResort || ban.use == .lastResort
    }
    return TravelCost(milliseconds: milliseconds, isLastResort: isLastResort)
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
