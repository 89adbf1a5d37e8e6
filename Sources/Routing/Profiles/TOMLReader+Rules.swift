import TOMLText

/// The values that only profiles have.
extension TOMLReader {
  /// Where a rule applies: a speed limit makes sense only along a way.
  enum RulePlace { case atAPoint, alongAWay }

  /// A speed in km/h, or `"never"`.
  mutating func speed(_ key: String, into target: inout Double?) throws(TOMLError) {
    if has(key, "never") {
      target = nil
    } else if let kmh = try number(key, in: ProfileLimits.kmh, orElse: ", or \"never\"") {
      target = kmh
    }
  }

  /// A cap of speed: `"any"`, km/h or `"never"`.
  mutating func cap(_ key: String, into target: inout SpeedCap) throws(TOMLError) {
    if has(key, "any") {
      target = .any
    } else if has(key, "never") {
      target = .never
    } else if let kmh = try number(key, in: ProfileLimits.kmh, orElse: ", \"any\" or \"never\"") {
      target = .kmh(kmh)
    }
  }

  /// A rule in any of its spellings.
  mutating func rule(_ key: String, _ place: RulePlace, into target: inout PassageRule) throws(TOMLError) {
    switch kind(of: key) {
    case nil: return
    case .table:
      var rule = PassageRule.allowed
      try section(key) { (table) throws(TOMLError) in rule = try PassageRule(&table, place) }
      target = rule
    case .text:
      guard let use = try string(key).flatMap(PassageRule.Use.init(rawValue:)) else { throw notARule(key) }
      target = PassageRule(use)
    case .number:
      target = PassageRule(.allowed, delaySeconds: try number(key, in: ProfileLimits.seconds) ?? 0)
    case .flag, .list, .time: throw notARule(key)
    }
  }

  private func notARule(_ key: String) -> TOMLError {
    bad(
      key, written(key),
      "must be \"allowed\", \"never\", \"last_resort\", a number of seconds or a table like { seconds = 15 }")
  }
}

extension PassageRule {
  fileprivate init(_ table: inout TOMLReader, _ place: TOMLReader.RulePlace) throws(TOMLError) {
    self = .allowed
    try table.number("seconds", in: ProfileLimits.seconds, into: &delaySeconds)
    if place == .alongAWay { maxKmh = try table.number("max_kmh", in: ProfileLimits.kmh) }
    if try table.flag("last_resort") ?? false { use = .lastResort }
  }
}
