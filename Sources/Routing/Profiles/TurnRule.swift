import RoadGraph

/// What a profile makes of turns, by angle and kind; without what lies at the junction.
///
/// A class: a copy of so much for every turn would cost more than the turn.
final class TurnRules: Sendable {
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
    (turns, siren) = (profile.turns, profile.siren)
    (ban, emergencyBan) = (profile.exemptions.turnBans, profile.exemptions.emergencyTurnBans)
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

  /// True if turning round away from a dead end needs more than time.
  var limitsUTurns: Bool { turns.uTurnAwayFromDeadEnd != .allowed }

  /// What a vehicle needs to make a turn, the angle aside.
  func exemptions(_ flags: TurnFlags) -> Exemptions {
    var used: Exemptions = []
    if flags.contains(.banned), !(siren == .on && flags.contains(.exceptEmergency)) { used.insert(.turnBan) }
    if flags.contains(.bannedForEmergency), siren == .on { used.insert(.emergencyTurnBan) }
    return used
  }

  /// The rules for a set of exemptions; nil if one of them says never.
  func terms(of used: Exemptions) -> PassageTerms? {
    var terms = PassageTerms.free
    if used.contains(.turnBan), !terms.addUnlessNever(ban) { return nil }
    if used.contains(.emergencyTurnBan), !terms.addUnlessNever(emergencyBan) { return nil }
    return terms
  }

  /// True if no restriction keeps the vehicle from a turn.
  func allows(_ flags: TurnFlags) -> Bool {
    if flags.isDisjoint(with: [.banned, .bannedForEmergency]) { return true }
    return terms(of: exemptions(flags)) != nil
  }

  /// The cost of a turn. O(1).
  func cost(angleDegrees: Int, _ flags: TurnFlags, at place: TurnPlace) -> TravelCost {
    // Nearly all turns are neither banned nor round.
    if flags.isDisjoint(with: [.banned, .bannedForEmergency, .uTurn]) {
      return TravelCost(milliseconds: angleMilliseconds(angleDegrees, flags, at: place), isLastResort: false)
    }
    guard var terms = terms(of: exemptions(flags)) else { return .impassable }
    var milliseconds = angleMilliseconds(angleDegrees, flags, at: place)
    if flags.contains(.uTurn) {
      guard addUTurn(flags, at: place, to: &terms) else { return .impassable }
      milliseconds = turns.uTurn * 1000
    }
    return TravelCost(milliseconds: milliseconds + terms.delaySeconds * 1000, isLastResort: terms.isLastResort)
  }

  private func angleMilliseconds(_ angleDegrees: Int, _ flags: TurnFlags, at place: TurnPlace) -> Double {
    guard place.contains(.junction) else { return 0 }
    let waiting = flags.contains(.yields) ? turns.yielding * 1000 : 0
    return millisecondsByHalfAngle[angleDegrees / 2 + Self.halfAngleOffset] + waiting
  }

  /// Adds what turning round takes but time; false if the vehicle doesn't.
  ///
  /// Where the road ends, for everybody or as a department says, there is no choice.
  private func addUTurn(_ flags: TurnFlags, at place: TurnPlace, to terms: inout PassageTerms) -> Bool {
    if flags.contains(.deadEnd) { return true }
    if flags.contains(.confined), !terms.addUnlessNever(turns.uTurnConfined) { return false }
    return place.contains(.deadEnd) || terms.addUnlessNever(turns.uTurnAwayFromDeadEnd)
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
