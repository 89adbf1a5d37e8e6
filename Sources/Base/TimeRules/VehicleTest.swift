/// A part of a condition that tells vehicles apart by size: `weight>7.5`. Source: OSM wiki, Conditional restrictions.
public struct VehicleTest: Hashable, Sendable {
  /// What is compared.
  public enum Measure: String, Sendable {
    case weight, axleload, height, width, length
  }

  /// How a vehicle is compared with the limit.
  public enum Comparison: String, Sendable {
    case over = ">"
    case atLeast = ">="
    case under = "<"
    case atMost = "<="
    case exactly = "="
  }

  public let measure: Measure
  public let comparison: Comparison
  /// In tonnes or metres.
  public let limit: Double

  /// True for a vehicle of this size, in tonnes or metres. A vehicle of no stated size is small.
  public func holds(for size: Double) -> Bool {
    switch comparison {
    case .over: size > limit
    case .atLeast: size >= limit
    case .under: size < limit
    case .atMost: size <= limit
    case .exactly: size == limit
    }
  }

  /// `nil` if the tokens are no such test.
  init?(_ tokens: [Token]) {
    var reader = TokenReader(tokens)
    guard let measure = reader.word({ Self.measures[$0] }), let comparison = Self.comparison(&reader),
      let number = Self.number(&reader), let factor = Self.factor(&reader, measure), reader.isAtEnd
    else { return nil }
    (self.measure, self.comparison, limit) = (measure, comparison, number * factor)
  }

  private static let measures: [String: Measure] = [
    "weight": .weight, "maxweight": .weight, "weightrating": .weight, "maxweightrating": .weight,
    "axleload": .axleload, "maxaxleload": .axleload, "height": .height, "maxheight": .height, "width": .width,
    "maxwidth": .width, "length": .length, "maxlength": .length,
  ]

  private static func comparison(_ reader: inout TokenReader) -> Comparison? {
    if reader.take("≥") { return .atLeast }
    if reader.take("≤") { return .atMost }
    let sign = [">", "<"].first { reader.take(Character($0)) }
    let isEqual = reader.take("=")
    return Comparison(rawValue: (sign ?? "") + (isEqual ? "=" : ""))
  }

  private static func number(_ reader: inout TokenReader) -> Double? {
    guard let whole = reader.number(0...1_000_000) else { return nil }
    guard reader.take(".") || reader.take(",") else { return Double(whole) }
    guard case .number(let fraction, let digits) = reader.peek() else { return nil }
    reader.position += 1
    return (0..<digits).reduce(Double(fraction)) { value, _ in value / 10 } + Double(whole)
  }

  /// What a number of its unit is in tonnes or metres.
  private static func factor(_ reader: inout TokenReader, _ measure: Measure) -> Double? {
    if reader.isAtEnd { return 1 }
    let isWeight = measure == .weight || measure == .axleload
    return reader.word { (isWeight ? ["t": 1, "kg": 0.001] : ["m": 1, "cm": 0.01])[$0] }
  }
}
