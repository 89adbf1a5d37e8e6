/// Signed speed limits. Source: OSM wiki, Key:maxspeed.
enum SpeedTags {
  /// A limit as the map gives it.
  enum Limit: Equatable {
    case kmh(UInt8)
    /// There is a value, but no number in it: no limit, or one that a sign shows at the moment.
    case open
    case notUnderstood
  }

  private static let maxspeed = DirectionalKey("maxspeed", "maxspeed:forward", "maxspeed:backward")

  /// The limit of one direction; `nil` if the map has none.
  static func limit(_ tags: OSMTags, _ direction: WayDirection) -> Limit? { tags[maxspeed, direction].map(limit) }

  /// Values that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    [maxspeed.plain, maxspeed.forward, maxspeed.backward].compactMap { tags[$0] }.filter {
      limit(of: $0) == .notUnderstood
    }
  }

  static func limit(of value: String) -> Limit {
    switch value {
    case "none", "signals", "variable", "unposted": return .open
    case "walk": return .kmh(walkingKmh)
    default: break
    }
    return number(value) ?? zone(value.lowercased()) ?? .notUnderstood
  }

  /// A number and its unit: `50`, `50 km/h`, `30 mph`, `10 knots`.
  private static func number(_ value: String) -> Limit? {
    let digits = value.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number.isFinite else { return nil }
    switch value.dropFirst(digits.count).drop(while: { $0 == " " }) {
    case "", "km/h", "kmh", "kph": return kmh(number)
    case "mph": return kmh(number * kmhPerMph)
    case "knots": return kmh(number * kmhPerKnot)
    default: return nil
    }
  }

  private static func kmh(_ number: Double) -> Limit? {
    let rounded = number.rounded()
    return rounded >= 1 && rounded <= kmhMax ? .kmh(UInt8(rounded)) : nil
  }

  /// A limit by law: `DE:urban`, `FR:zone30`, `RO:rural`.
  private static func zone(_ value: String) -> Limit? {
    guard let colon = value.firstIndex(of: ":") else { return nil }
    let country = String(value[..<colon])
    let zone = String(value[value.index(after: colon)...])
    if let limit = limitsByLaw[zone]?[country] { return limit == 0 ? .open : .kmh(limit) }
    if zone == "urban" { return .kmh(urbanKmh) }
    if zone == "living_street" { return .kmh(livingStreetKmh) }
    let figure = zone.hasPrefix("zone") ? zone.dropFirst(4).drop(while: { $0 == ":" }) : zone[...]
    return Double(figure).flatMap(kmh)
  }

  private static let kmhPerMph = 1.609344
  private static let kmhPerKnot = 1.852
  private static let kmhMax = 250.0
  private static let walkingKmh: UInt8 = 5
  private static let livingStreetKmh: UInt8 = 10
  /// Inside towns nearly everywhere; other figures are in the table.
  private static let urbanKmh: UInt8 = 50

  /// Limits by law, in km/h; 0: no limit. Source: OSM wiki, Default speed limits (cars).
  private static let limitsByLaw: [String: [String: UInt8]] = [
    "urban": ["ru": 60, "by": 60, "ua": 50, "gb": 48, "uk": 48, "us": 40, "jp": 60],
    "rural": [
      "at": 100, "be": 90, "bg": 90, "ch": 80, "cz": 90, "de": 100, "dk": 80, "ee": 90, "es": 90, "fi": 80, "fr": 80,
      "gb": 97, "gr": 90, "hr": 90, "hu": 90, "ie": 80, "it": 90, "jp": 60, "kr": 80, "li": 80, "lt": 90, "lu": 90,
      "lv": 90, "md": 90, "nl": 80, "no": 80, "pl": 90, "pt": 90, "ro": 90, "rs": 80, "ru": 90, "se": 70, "si": 90,
      "sk": 90, "th": 90, "tr": 90, "ua": 90, "uk": 97, "vn": 80,
    ],
    "trunk": [
      "at": 100, "bg": 120, "ch": 100, "cz": 110, "es": 90, "fr": 110, "hr": 110, "hu": 110, "it": 110, "ro": 100,
      "ru": 110, "si": 110, "tr": 110,
    ],
    "motorway": [
      "at": 130, "be": 120, "bg": 140, "ch": 120, "cz": 130, "de": 0, "dk": 130, "es": 120, "fi": 120, "fr": 130,
      "gb": 113, "gr": 130, "hr": 130, "hu": 130, "ie": 120, "it": 130, "jp": 100, "kr": 100, "lt": 130, "lu": 130,
      "nl": 100, "no": 110, "pl": 140, "pt": 120, "ro": 130, "rs": 130, "ru": 110, "se": 110, "si": 130, "sk": 130,
      "th": 120, "tr": 130, "ua": 130, "uk": 113, "vn": 120,
    ],
    "living_street": ["de": 7, "ch": 20, "fr": 20, "pl": 20, "ru": 20, "cz": 20, "hu": 20, "at": 5, "ro": 20],
    "nsl_single": ["gb": 97, "uk": 97],
    "nsl_dual": ["gb": 113, "uk": 113],
    "nsl_restricted": ["gb": 48, "uk": 48],
    "bicycle_road": ["de": 30, "at": 30],
  ]
}
