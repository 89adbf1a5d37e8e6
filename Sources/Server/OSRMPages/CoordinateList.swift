import API
import Geometry

/// The coordinates of a URL: `lon,lat;lon,lat`, `polyline(...)` or `polyline6(...)`, with `.json` behind them or not.
enum CoordinateList {
  private static let format = ".json"
  private static let encodings: [(name: String, precision: Polyline.Precision)] = [
    ("polyline(", .fiveDigits), ("polyline6(", .sixDigits),
  ]

  /// - Throws: `InvalidQuery`, `InvalidValue`; `TooBig` for more than any question may have.
  /// - Complexity: O(bytes).
  static func parsed(_ text: String) throws(OSRMError) -> [Coordinate] {
    let text = text.hasSuffix(format) ? String(text.dropLast(format.utf8.count)) : text
    var coordinates = try encoded(text) ?? []
    if coordinates.isEmpty { coordinates = try listed(text) }
    guard !coordinates.isEmpty else { throw OSRMError(.invalidQuery, "Query string malformed: no coordinates") }
    guard coordinates.count <= Limits.matrixPlacesMax else {
      throw OSRMError(.tooBig, "Number of coordinates is higher than current maximum (\(Limits.matrixPlacesMax))")
    }
    return coordinates
  }

  private static func encoded(_ text: String) throws(OSRMError) -> [Coordinate]? {
    for (name, precision) in encodings where text.hasPrefix(name) && text.hasSuffix(")") {
      guard let line = Polyline.decode(String(text.dropFirst(name.count).dropLast()), precision) else {
        throw OSRMError(.invalidQuery, "Query string malformed: \(name)...) is no line on earth")
      }
      return line
    }
    return nil
  }

  private static func listed(_ text: String) throws(OSRMError) -> [Coordinate] {
    var reader = DegreeReader(text.utf8)
    var coordinates: [Coordinate] = []
    repeat {
      guard let longitude = reader.degreesE7(), reader.skip(UInt8(ascii: ",")), let latitude = reader.degreesE7()
      else { throw reader.malformed }
      guard abs(latitude) <= 900_000_000, abs(longitude) <= 1_800_000_000 else {
        throw OSRMError(.invalidValue, "Invalid coordinate value.")
      }
      coordinates.append(Coordinate(latitudeE7: Int32(latitude), longitudeE7: Int32(longitude)))
    } while reader.skip(UInt8(ascii: ";"))
    guard reader.isAtEnd else { throw reader.malformed }
    return coordinates
  }
}

/// Reads degrees as they stand in a URL, exactly.
private struct DegreeReader {
  private let bytes: [UInt8]
  private var position = 0

  /// More digits before the point are no degrees.
  private static let wholeDigitsMax = 3
  private static let decimals = 7

  init(_ text: String.UTF8View) { bytes = Array(text) }

  var isAtEnd: Bool { position == bytes.count }

  var malformed: OSRMError {
    OSRMError(.invalidQuery, "Query string malformed close to position \(position) of the coordinates")
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) else { return nil }
    defer { position += 1 }
    return Int(bytes[position] - UInt8(ascii: "0"))
  }

  /// A number such as `-127.0276`, in 1e-7 degrees, rounded; `nil` if none stands here.
  mutating func degreesE7() -> Int? {
    let isNegative = skip(UInt8(ascii: "-"))
    var (value, count) = (0, 0)
    while let digit = digit() {
      (value, count) = (value * 10 + digit, count + 1)
      if count > Self.wholeDigitsMax { return nil }
    }
    var decimals = 0
    var roundsUp = false
    if skip(UInt8(ascii: ".")) {
      while let digit = digit() {
        if decimals < Self.decimals {
          value = value * 10 + digit
        } else if decimals == Self.decimals {
          roundsUp = digit >= 5
        }
        decimals += 1
      }
    }
    guard count + decimals > 0 else { return nil }
    while decimals < Self.decimals { (value, decimals) = (value * 10, decimals + 1) }
    value += roundsUp ? 1 : 0
    return isNegative ? -value : value
  }
}
