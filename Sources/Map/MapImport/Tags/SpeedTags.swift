/// Signed speed limits. Source: OSM wiki, Key:maxspeed, Key:maxspeed:advisory, Key:maxspeed:type, Key:zone:maxspeed,
/// Key:zone:traffic.
enum SpeedTags {
  /// A limit as the map gives it.
  enum Limit: Equatable {
    case kmh(UInt8)
    /// There is a value, but no number in it: one that a sign shows at the moment.
    case open
    case notUnderstood
  }

  private static let maxspeed = DirectionalKey("maxspeed")
  private static let advisory = DirectionalKey("maxspeed:advisory")
  /// Where the number itself is missing, the reason for it tells: `DE:urban`, `IT:zone:30`.
  private static let reasons = ["zone:maxspeed", "maxspeed:type", "source:maxspeed", "zone:traffic"].map(
    DirectionalKey.init)

  /// The limit of one direction in km/h; 0 if the map has none.
  static func limitKmh(_ tags: OSMTags, _ direction: TagDirection) -> UInt8 {
    if let stated = tags[maxspeed, direction].map(limit), stated != .notUnderstood { return stated.kmh }
    return reasons.lazy.compactMap { tags[$0, direction].map(limit) }.first { $0.kmh > 0 }?.kmh ?? 0
  }

  /// The advised speed of one direction in km/h; 0 if the map has none.
  static func advisoryKmh(_ tags: OSMTags, _ direction: TagDirection) -> UInt8 {
    tags[advisory, direction].map(limit)?.kmh ?? 0
  }

  static func isUnderstood(_ value: String) -> Bool { limit(of: value) != .notUnderstood }

  /// Values that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    (tags.values(maxspeed) + tags.values(advisory)).filter { !isUnderstood($0) }
  }

  /// Of a list such as `50;30`, the lowest limit.
  static func limit(of value: String) -> Limit {
    let limits = value.listed.map(one)
    if limits.isEmpty || limits.contains(.notUnderstood) { return .notUnderstood }
    return limits.filter { $0 != .open }.min { $0.kmh < $1.kmh } ?? .open
  }

  private static func one(_ value: String) -> Limit {
    switch value {
    case "none": return .kmh(unlimitedKmh)
    case "signals", "variable", "unposted": return .open
    case "walk": return .kmh(walkingKmh)
    default: return number(value) ?? LegalSpeeds.limit(value.lowercased()) ?? .notUnderstood
    }
  }

  /// A number and its unit: `50`, `50 km/h`, `30 mph`, `10 knots`.
  private static func number(_ value: String) -> Limit? {
    let digits = value.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number.isFinite else { return nil }
    switch value.dropFirst(digits.count).drop(while: { $0 == " " }) {
    case "", "km/h", "kmh", "kph": return kmh(number)
    case "mph", "mp/h": return kmh(number * kmhPerMph)
    case "knots": return kmh(number * kmhPerKnot)
    default: return nil
    }
  }

  static func kmh(_ number: Double) -> Limit? {
    let rounded = number.rounded()
    return rounded >= 1 && rounded <= kmhMax ? .kmh(UInt8(rounded)) : nil
  }

  /// What cars drive where there is no limit.
  static let unlimitedKmh: UInt8 = 140
  private static let kmhPerMph = 1.609344
  private static let kmhPerKnot = 1.852
  private static let kmhMax = 250.0
  private static let walkingKmh: UInt8 = 5
}

extension SpeedTags.Limit {
  /// 0 without a number.
  fileprivate var kmh: UInt8 {
    if case .kmh(let number) = self { return number }
    return 0
  }
}
