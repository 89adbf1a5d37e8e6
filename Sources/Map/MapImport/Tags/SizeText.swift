/// A size or weight as the map writes it: `3.5`, `3,5 m`, `12'6"`, `7.5 t`, `3500 kg`. Source: OSM wiki, Map
/// features/Units.
enum SizeText {
  /// What is measured. Weights are kept in tens of kilograms, all else in centimetres.
  enum Quantity {
    case height, width, length, weight

    /// Nothing on a road is larger, in metres or tons: a higher number was meant in another unit.
    var largest: Double {
      switch self {
      case .height: 30
      case .width: 150
      case .length: 300
      case .weight: 600
      }
    }
  }

  enum Meaning: Equatable {
    /// In centimetres or tens of kilograms, above 0.
    case limit(UInt16)
    /// Understood, but there is no number in it.
    case noNumber
    case notUnderstood
  }

  static func meaning(of value: String, _ quantity: Quantity) -> Meaning {
    let numbers = value.listed.map { one($0, quantity) }
    if numbers.contains(.notUnderstood) { return .notUnderstood }
    let limits = numbers.compactMap { if case .limit(let number) = $0 { number } else { nil } }
    return limits.min().map { .limit($0) } ?? .noNumber
  }

  private static func one(_ value: String, _ quantity: Quantity) -> Meaning {
    let value = plain(value)
    if withoutNumber.contains(value) { return .noNumber }
    let amount = quantity == .weight ? tons(value) : meters(value)
    guard let amount, amount > 0, amount <= quantity.largest else { return .notUnderstood }
    // What is less than the least limit there can be lets nothing through either.
    return .limit(UInt16(max((amount * 100).rounded(), 1)))
  }

  private static let withoutNumber: Set<String> = [
    "none", "default", "below_default", "no_sign", "no-sign", "no_indications", "unsigned", "unknown", "no", "narrow",
  ]

  /// In small letters, with plain marks for feet and inches, and without what only says the same again or roughly.
  private static func plain(_ value: String) -> String {
    var value = value.lowercased()
    for (mark, plain) in marks { value = value.replacing(mark, with: plain) }
    if let again = value.firstIndex(of: "("), value.last == ")", again > value.startIndex {
      value = String(value[..<again])
    }
    value = String(value.drop { $0 == "~" || $0 == "≈" || $0 == " " })
    while value.last == " " || value.last == "." && value.count > 1 { value.removeLast() }
    return value
  }

  private static let marks = [
    ("’’", "\""), ("''", "\""), ("′′", "\""), ("″", "\""), ("”", "\""), ("“", "\""), ("’", "'"), ("‘", "'"), ("′", "'"),
    ("´", "'"), ("\u{a0}", " "),
  ]

  /// In metres: a number with a unit, or feet and inches.
  private static func meters(_ value: String) -> Double? {
    guard let (first, rest) = leadingNumber(value) else { return nil }
    if let unit = metersPerUnit[rest] { return first * unit }
    return feetAndInches(first, rest)
  }

  /// `12'6"`, `12 ft 6 in`, `12'-6"`: the inches behind the feet.
  private static func feetAndInches(_ feet: Double, _ rest: Substring) -> Double? {
    guard let mark = feetMarks.first(where: { rest.hasPrefix($0) }),
      let (inches, unit) = leadingNumber(String(rest.dropFirst(mark.count).drop { ". -".contains($0) })),
      unit.isEmpty || metersPerUnit[unit] == metersPerInch, inches < 12
    else { return nil }
    return feet * metersPerFoot + inches * metersPerInch
  }

  private static func tons(_ value: String) -> Double? {
    guard let (number, unit) = leadingNumber(value) else { return nil }
    return tonsPerUnit[unit].map { number * $0 }
  }

  /// The number at the beginning and what follows it, without the space between them.
  private static func leadingNumber(_ value: String) -> (Double, Substring)? {
    let digits = value.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
    let unit = value.dropFirst(digits.count).drop { $0 == " " }
    // A comma before three digits stands for thousands with a unit that needs them, else for a decimal point.
    let comma = digits.firstIndex(of: ",").map { digits[$0...].count == 4 && smallUnits.contains(unit) ? "" : "." }
    guard let number = Double(digits.replacing(",", with: comma ?? "")), number.isFinite else { return nil }
    return (number, unit)
  }

  private static let feetMarks = ["feet", "foot", "ft", "'"]
  private static let smallUnits: Set<Substring> = ["mm", "cm", "kg", "kgs", "lb", "lbs", "pounds"]
  private static let metersPerFoot = 0.3048
  private static let metersPerInch = 0.0254
  private static let metersPerUnit: [Substring: Double] = [
    "": 1, "m": 1, "mt": 1, "mts": 1, "metre": 1, "meter": 1, "metres": 1, "meters": 1, "dm": 0.1, "cm": 0.01,
    "mm": 0.001, "ft": metersPerFoot, "foot": metersPerFoot, "feet": metersPerFoot, "'": metersPerFoot,
    "in": metersPerInch, "inch": metersPerInch, "inches": metersPerInch, "\"": metersPerInch,
  ]
  private static let tonsPerPound = 0.00045359237
  private static let tonsPerShortTon = 2000 * tonsPerPound
  private static let tonsPerUnit: [Substring: Double] = [
    "": 1, "t": 1, "to": 1, "ton": 1, "tons": 1, "tonne": 1, "tonnes": 1, "kg": 0.001, "kgs": 0.001,
    "st": tonsPerShortTon, "short ton": tonsPerShortTon, "short tons": tonsPerShortTon, "us tons": tonsPerShortTon,
    "lt": 2240 * tonsPerPound, "long ton": 2240 * tonsPerPound, "long tons": 2240 * tonsPerPound,
    "cwt": 112 * tonsPerPound, "lb": tonsPerPound, "lbs": tonsPerPound, "pounds": tonsPerPound,
  ]
}
