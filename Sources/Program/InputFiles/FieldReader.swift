import API
import Foundation
import Geometry

/// Reads the fields of a row; what can't be read is kept as a fault.
struct FieldReader<Column: CSVColumn> {
  let line: Int
  private(set) var faults: [FileFault] = []

  init(line: Int) { self.line = line }

  /// A number within a range; `nil` and a fault for anything else.
  mutating func number(_ column: Column, _ text: String, in range: ClosedRange<Double>) -> Double? {
    if let value = Double(field: text), range.contains(value) { return value }
    fault(column, text, "not a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    return nil
  }

  /// A number that is held to a rule.
  mutating func number(
    _ column: Column, _ text: String, check: (Double) throws(EngineError) -> Void
  ) -> Double? {
    guard let value = Double(field: text) else {
      fault(column, text, "not a number")
      return nil
    }
    do { try check(value) } catch { fault(column, text, error.message) }
    return value
  }

  /// A moment: ISO 8601, with parts of a second or without, or milliseconds since 1970.
  mutating func moment(_ column: Column, _ text: String) -> Date? {
    let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    if let moment = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: fractional)) { return moment }
    if text.utf8.count == 13, let milliseconds = Int64(text), milliseconds > 0 {
      return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
    fault(column, text, "not a moment such as 2026-05-01T12:00:00Z")
    return nil
  }

  /// A place with a heading, which may be missing or empty; `nil` and a fault if it is none.
  mutating func place(
    _ fields: [Column: String], _ latitude: Column, _ longitude: Column, heading: Column
  ) -> Place? {
    let degrees = (
      number(latitude, fields[latitude] ?? "", in: -90...90), number(longitude, fields[longitude] ?? "", in: -180...180)
    )
    let text = fields[heading] ?? ""
    let headingDegrees = text.isEmpty ? nil : number(heading, text, check: Validation.heading)
    guard faults.isEmpty, let latitude = degrees.0, let longitude = degrees.1,
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else { return nil }
    return Place(coordinate, headingDegrees: headingDegrees)
  }

  /// A whole number within a range; `nil` and a fault for anything else.
  mutating func whole(_ column: Column, _ text: String, in range: ClosedRange<Int>) -> Int? {
    if let value = Int(text), range.contains(value) { return value }
    fault(column, text, "not a whole number from \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  mutating func fault(_ column: Column, _ value: String, _ message: String) {
    faults.append(FileFault(line: line, column: column.rawValue, message: message, value: value))
  }
}

extension Date {
  /// ISO 8601, with parts of a second or without, or milliseconds since 1970.
  init?(field text: String) {
    if let moment = try? Date(text, strategy: .iso8601) {
      self = moment
    } else if let moment = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) {
      self = moment
    } else if text.utf8.count == 13, let milliseconds = Int64(text), milliseconds > 0 {
      self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    } else {
      return nil
    }
  }
}
