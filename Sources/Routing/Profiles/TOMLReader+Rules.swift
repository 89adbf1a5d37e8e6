import RoadGraph
import TOMLText

/// The values that only profiles have.
extension TOMLReader: ProfileVisitor {
  mutating func speed(_ key: String, into target: inout Double?) throws(FileError) {
    if has(key, "never") {
      target = nil
    } else if let kmh = try number(key, in: ProfileLimits.kmh, orElse: ", or \"never\"") {
      target = kmh
    }
  }

  mutating func cap(_ key: String, into target: inout SpeedCap) throws(FileError) {
    if has(key, "any") {
      target = .any
    } else if has(key, "never") {
      target = .never
    } else if let kmh = try number(key, in: ProfileLimits.kmh, orElse: ", \"any\" or \"never\"") {
      target = .kmh(kmh)
    }
  }

  mutating func rule(_ key: String, _ place: RulePlace, into target: inout PassageRule) throws(FileError) {
    switch kind(of: key) {
    case nil: return
    case .table:
      var rule = PassageRule.allowed
      try section(key) { (table) throws(FileError) in rule = try PassageRule(&table, place) }
      target = rule
    case .text:
      guard let use = try string(key).flatMap(PassageRule.Use.init(rawValue:)) else { throw notARule(key) }
      target = PassageRule(use)
    case .number:
      target = PassageRule(.allowed, delaySeconds: try number(key, in: ProfileLimits.seconds) ?? 0)
    case .flag, .list, .time: throw notARule(key)
    }
  }

  /// What a file says of the default, it says of all classes that it doesn't name.
  mutating func shares(into target: inout KindTable<RoadClass, Double>) throws(FileError) {
    if let share = try number("default", in: ProfileLimits.share) { target = KindTable(repeating: share) }
    for roadClass in RoadClass.allCases {
      try number(roadClass.osmName, in: ProfileLimits.share, into: &target[roadClass])
    }
  }

  private func notARule(_ key: String) -> FileError {
    bad(
      key, written(key),
      "must be \"allowed\", \"never\", \"last_resort\", a number of seconds or a table like { seconds = 15 }")
  }
}

extension PassageRule {
  fileprivate init(_ table: inout TOMLReader, _ place: RulePlace) throws(FileError) {
    self = .allowed
    try table.number("seconds", in: ProfileLimits.seconds, into: &delaySeconds)
    if place == .alongAWay { maxKmh = try table.number("max_kmh", in: ProfileLimits.kmh) }
    if try table.flag("last_resort") ?? false { use = .lastResort }
  }
}
