/// Speed limits by law, for cars. Source: OSM wiki, Default speed limits.
enum LegalSpeeds {
  /// A limit by law: `DE:urban`, `FR:zone30`, `RO:rural`.
  static func limit(_ value: String) -> SpeedTags.Limit? {
    guard let colon = value.firstIndex(of: ":") else { return nil }
    let country = String(value[..<colon])
    let zone = String(value[value.index(after: colon)...])
    if zone == "motorway", country == "de" { return .unlimited }
    if let limit = limitsByZone[zone]?[country] { return .kmh(limit) }
    if zone == "urban" { return .kmh(urbanKmh) }
    if zone == "living_street" { return .kmh(livingStreetKmh) }
    let figure = zone.hasPrefix("zone") ? zone.dropFirst(4).drop(while: { $0 == ":" }) : zone[...]
    return figure.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? Double(figure).flatMap(SpeedTags.kmh) : nil
  }

  private static let livingStreetKmh: UInt8 = 10
  /// Inside towns nearly everywhere; other figures are in the table.
  private static let urbanKmh: UInt8 = 50

  /// Limits by law, in km/h. Source: OSM wiki, Default speed limits (cars).
  private static let limitsByZone: [String: [String: UInt8]] = [
    "urban": [
      "ar": 40, "be-bru": 30, "by": 60, "gb": 48, "jp": 60, "ph": 40, "ru": 60, "uk": 48, "us": 40, "za": 60,
    ],
    "rural": [
      "ad": 90, "ar": 110, "at": 100, "be": 90, "be-bru": 70, "be-vlg": 70, "be-wal": 90, "bg": 90, "ca-on": 80,
      "ch": 80, "cz": 90, "de": 100, "dk": 80, "ee": 90, "es": 90, "fi": 80, "fr": 80,
      "gb": 97, "gr": 90, "hr": 90, "hu": 90, "ie": 80, "it": 90, "jp": 60, "kr": 80, "li": 80, "lt": 90, "lu": 90,
      "lv": 90, "md": 90, "nl": 80, "no": 80, "ph": 80, "pl": 90, "pt": 90, "ro": 90, "rs": 80, "ru": 90, "se": 70,
      "si": 90,
      "sk": 90, "th": 90, "tr": 90, "ua": 90, "uk": 97, "vn": 80,
      "za": 100,
    ],
    "trunk": [
      "at": 100, "bg": 120, "ch": 100, "cz": 110, "es": 90, "fr": 110, "hr": 110, "hu": 110, "it": 110, "nl": 100,
      "pl": 100, "ro": 100,
      "ru": 110, "si": 110, "tr": 110,
    ],
    "motorway": [
      "at": 130, "be": 120, "bg": 140, "by": 110, "ch": 120, "cz": 130, "dk": 130,
      "es": 120, "fi": 120, "fr": 130,
      "gb": 113, "gr": 130, "hr": 130, "hu": 130, "ie": 120, "it": 130, "jp": 100, "kr": 100, "lt": 130, "lu": 130,
      "nl": 100, "no": 110, "ph": 100, "pl": 140, "pt": 120, "ro": 130, "rs": 130, "ru": 110, "se": 110, "si": 130,
      "sk": 130,
      "th": 120, "tr": 130, "ua": 130, "uk": 113, "vn": 120,
    ],
    "living_street": [
      "de": 7, "ch": 20, "fr": 20, "pl": 20, "ru": 20, "cz": 20, "hu": 20, "at": 5, "ro": 20, "lv": 20,
    ],
    "expressway": ["pl": 120],
    "nsl_single": ["gb": 97, "uk": 97],
    "nsl_dual": ["gb": 113, "uk": 113],
    "nsl_restricted": ["gb": 48, "uk": 48],
    "bicycle_road": ["de": 30, "at": 30],
  ]
}
