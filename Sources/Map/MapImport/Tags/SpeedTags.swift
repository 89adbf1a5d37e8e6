import RoadGraph

/// Signed speed limits. Source: OSM wiki, Key:maxspeed, Key:maxspeed:advisory, Key:maxspeed:type, Key:zone:maxspeed,
/// Key:zone:traffic.
enum SpeedTags {
  /// A limit as the map gives it.
  enum Limit: Equatable {
    case kmh(UInt8)
    /// `none`: as fast as one likes. Believed of motorways and trunk roads only; on other roads it says that there is
    /// no sign, or is a mistake.
    case unlimited
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
  static func limitKmh(_ tags: OSMTags, _ direction: TagDirection, on roadClass: RoadClass) -> UInt8 {
    let stated = tags[maxspeed, direction].map(limit) ?? .notUnderstood
    let isBelieved = stated != .notUnderstood && (stated != .unlimited || roadClass.mayBeUnlimited)
    if isBelieved { return stated.kmh(on: roadClass) }
    return reasons.lazy.map { tags[$0, direction].map { limit(of: $0).kmh(on: roadClass) } ?? 0 }.first { $0 > 0 } ?? 0
  }

  /// The advised speed of one direction in km/h; 0 if the map has none.
  static func advisoryKmh(_ tags: OSMTags, _ direction: TagDirection, on roadClass: RoadClass) -> UInt8 {
    tags[advisory, direction].map { limit(of: $0).kmh(on: roadClass) } ?? 0
  }

  /// Values that say that there is no limit, where that is not believed.
  static func disbelievedValues(_ tags: OSMTags, on roadClass: RoadClass) -> [String] {
    guard !roadClass.mayBeUnlimited else { return [] }
    return (tags.values(maxspeed) + tags.values(advisory)).filter { limit(of: $0) == .unlimited }
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
    let lowest = limits.compactMap { if case .kmh(let number) = $0 { number } else { nil } }.min()
    return lowest.map { .kmh($0) } ?? (limits.contains(.unlimited) ? .unlimited : .open)
  }

  private static func one(_ value: String) -> Limit {
    switch value {
    case "none", "unlimited", "no_limit": return .unlimited
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

  private static let kmhPerMph = 1.609344
  private static let kmhPerKnot = 1.852
  private static let kmhMax = 250.0
  private static let walkingKmh: UInt8 = 5
}

extension SpeedTags.Limit {
  /// What cars drive where there is no limit.
  private static let unlimitedKmh: UInt8 = 140

  /// 0 where it sets none.
  fileprivate func kmh(on roadClass: RoadClass) -> UInt8 {
    switch self {
    case .kmh(let number): number
    case .unlimited: roadClass.mayBeUnlimited ? Self.unlimitedKmh : 0
    case .open, .notUnderstood: 0
    }
  }
}

extension RoadClass {
  /// Of these alone it is believed that they have no speed limit.
  fileprivate var mayBeUnlimited: Bool { self == .motorway || self == .trunk }
}
