import Foundation

/// A JSON object while it is put together: its fields are added up, and those that are `nil` are left out.
///
/// The keys of answers are never renamed; more may come.
public struct JSONObject: Encodable, ExpressibleByDictionaryLiteral {
  public typealias Value = (any Encodable)?

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private var fields: [(key: String, value: Value)]

  public init(dictionaryLiteral fields: (String, Value)...) { self.fields = fields.map { ($0.0, $0.1) } }

  /// One field, whose key isn't known before.
  public init(_ key: String, _ value: Value) { fields = [(key, value)] }

  /// The fields of both, in one object.
  public static func + (one: Self, other: Self) -> Self {
    var sum = one
    sum.fields += other.fields
    return sum
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for case (let key, let value?) in fields {
      let name = Name(stringValue: key)
      // JSON has no infinity, and who reads a line wants the rest of it.
      if let number = value as? Double, !number.isFinite {
        try container.encodeNil(forKey: name)
      } else {
        try container.encode(value, forKey: name)
      }
    }
  }
}

/// JSON for machines.
public enum JSONLine {
  /// One line, keys in alphabetical order, with its newline.
  public static func bytes(of value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "no number")
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}

/// Engines count milliseconds and centimetres; more digits are noise.
public enum Rounded {
  /// Seconds to the millisecond.
  public static func thousandths(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
  /// Metres to the centimetre.
  public static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
