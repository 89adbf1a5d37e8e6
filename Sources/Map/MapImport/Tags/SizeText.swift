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
    if withoutNumber.contains(value) { return .noNumber }
    let amount = quantity == .weight ? tons(value) : meters(value)
    guard let amount, amount <= quantity.largest else { return .notUnderstood }
    let hundredths = (amount * 100).rounded()
    return hundredths >= 1 ? .limit(UInt16(hundredths)) : .notUnderstood
  }

  private static let withoutNumber: Set<String> = [
    "none", "default", "below_default", "no_sign", "no-sign", "no_indications", "unsigned", "unknown", "no",
  ]

  /// In metres: a number with a unit, or feet and inches.
  private static func meters(_ value: String) -> Double? {
    guard let (first, rest) = leadingNumber(value) else { return nil }
    switch rest {
    case "", "m", "mt", "meter", "meters", "metres": return first
    case "cm": return first / 100
    case "ft", "feet", "'", "′": return first * metersPerFoot
    case "in", "\"", "″", "''": return first * metersPerInch
    default: return feetAndInches(first, rest)
    }
  }

  /// `12'6"`, `12 ft 6 in`: the inches behind the feet.
  private static func feetAndInches(_ feet: Double, _ rest: Substring) -> Double? {
    guard let mark = ["ft", "feet", "'", "′"].first(where: { rest.hasPrefix($0) }),
      let (inches, unit) = leadingNumber(String(rest.dropFirst(mark.count).drop { $0 == " " })),
      ["", "in", "\"", "″", "''"].contains(unit), inches < 12
    else { return nil }
    return feet * metersPerFoot + inches * metersPerInch
  }

  private static func tons(_ value: String) -> Double? {
    guard let (number, unit) = leadingNumber(value) else { return nil }
    switch unit {
    case "", "t", "tons", "tonnes": return number
    case "kg": return number / 1000
    case "st": return number * tonsPerShortTon
    case "lt": return number * tonsPerLongTon
    case "lb", "lbs": return number * tonsPerPound
    case "cwt": return number * tonsPerHundredweight
    default: return nil
    }
  }

  /// The number at the beginning and what follows it, without the space between them.
  private static func leadingNumber(_ value: String) -> (Double, Substring)? {
    let digits = value.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
    // A comma before three digits may stand for thousands or for a decimal point.
    if let comma = digits.firstIndex(of: ","), digits[comma...].count == 4 { return nil }
    guard let number = Double(digits.replacing(",", with: ".")), number.isFinite else { return nil }
    return (number, value.dropFirst(digits.count).drop { $0 == " " })
  }

  private static let metersPerFoot = 0.3048
  private static let metersPerInch = 0.0254
  private static let tonsPerShortTon = 0.90718474
  private static let tonsPerLongTon = 1.0160469088
  private static let tonsPerPound = 0.00045359237
  private static let tonsPerHundredweight = 0.05080234544
}
