import Foundation

/// When and for which vehicles a conditional rule holds: `Mo-Fr 07:00-19:00 AND weight>7.5`.
///
/// Source: OSM wiki, Conditional restrictions.
public struct RuleCondition: Hashable, Sendable {
  /// All of them must hold; always, if there are none.
  public let times: [TimeRule]
  /// All of them must hold; for every vehicle, if there are none.
  public let vehicle: [VehicleTest]

  /// True if its times hold at `moment`. O(parts).
  public func holds(at moment: Date, in clock: LocalClock) -> Bool {
    times.allSatisfy { $0.holds(at: moment, in: clock) }
  }

  /// The next moment after `moment` at which one of its times begins or ceases to hold. O(days looked at).
  public func nextChange(after moment: Date, in clock: LocalClock) -> Date? {
    times.compactMap { $0.nextChange(after: moment, in: clock) }.min()
  }
}

extension RuleCondition {
  /// What a text says.
  public struct Reading: Hashable, Sendable {
    /// The parts with `AND` between them that are understood, as one text; `nil` if one of them is not at all, since
    /// without it the rest would hold too often.
    public fileprivate(set) var condition: RuleCondition?
    /// The text without what is said of responders.
    public fileprivate(set) var text = ""
    /// What is not understood, also within a condition of which the rest is.
    public fileprivate(set) var notUnderstood: [String] = []
    /// True if it holds for vehicles of another kind only: `hgv`, `bicycle`.
    public fileprivate(set) var isForOthers = false
    /// True if it holds for responders only: `emergency`.
    public fileprivate(set) var isForResponders = false
  }

  /// Reads a condition. O(length).
  ///
  /// - Parameter kinds: the holidays whose days are known.
  public static func reading(_ text: String, knowing kinds: Set<Holidays.Kind>) -> Reading {
    var reading = Reading()
    var (times, vehicle, texts): ([TimeRule], [VehicleTest], [String]) = ([], [], [])
    var isLost = false
    for part in Token.tokens(of: text).split(at: .word("and")) {
      if let words = word(of: part) {
        if words == "emergency" { reading.isForResponders = true } else { reading.isForOthers = !cars.contains(words) }
        continue
      }
      texts.append(Token.text(of: part))
      if let test = VehicleTest(part) {
        vehicle.append(test)
        continue
      }
      let time = TimeRuleParser.reading(part, knowing: kinds)
      reading.notUnderstood += time.notUnderstood
      if let rule = time.rule { times.append(rule) } else { isLost = true }
    }
    if texts.isEmpty { (times, texts) = ([.always], ["24/7"]) }
    reading.text = texts.joined(separator: " AND ")
    if !isLost { reading.condition = RuleCondition(times: times, vehicle: vehicle) }
    return reading
  }

  /// A part that names a kind of vehicle.
  private static func word(of part: [Token]) -> String? {
    guard part.count == 1, case .word(let word) = part[0].kind else { return nil }
    return word == "emergency" || cars.contains(word) || others.contains(word) ? word : nil
  }

  private static let cars: Set<String> = ["motorcar", "motor_vehicle", "vehicle"]

  /// Source: OSM wiki, Key:access, transport modes.
  private static let others: Set<String> = [
    "agricultural", "atv", "auto_rickshaw", "bicycle", "bus", "caravan", "carriage", "coach", "cycle_rickshaw", "foot",
    "forestry", "golf_cart", "goods", "hand_cart", "hazmat", "hgv", "hgv_articulated", "horse", "hov", "lhv",
    "military",
    "minibus", "mofa", "moped", "motorcycle", "motorhome", "psv", "share_taxi", "ski", "snowmobile",
    "speed_pedelec", "taxi", "tourist_bus", "trailer", "trailers", "tricycle", "trolleybus",
  ]
}

extension [Token] {
  /// The parts between the tokens of one kind.
  fileprivate func split(at separator: Token.Kind) -> [[Token]] {
    split(omittingEmptySubsequences: false) { $0.kind == separator }.map { Array($0) }
  }
}
