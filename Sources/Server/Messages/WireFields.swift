import API
import CMessages
import Foundation
import Geometry

// Fields of messages, read with their checks.

extension ProtobufCBinaryData {
  /// A text. Throws `MALFORMED_MESSAGE` for one that is not UTF-8, `INVALID_ARGUMENT` for one with a NUL.
  func text(_ field: String) throws(CallStatus) -> String {
    guard let data, len > 0 else { return "" }
    let bytes = UnsafeBufferPointer(start: data, count: len)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CallStatus(
        .malformedMessage, "\(field) is not UTF-8", value: Self.withoutNUL(String(decoding: bytes, as: UTF8.self)))
    }
    guard !bytes.contains(0) else {
      throw CallStatus(EngineError(.invalidArgument, "\(field) has a NUL character", value: Self.withoutNUL(text)))
    }
    return text
  }

  /// A text that nobody else may know: what is wrong with it is told without it. Throws as ``text(_:)``.
  func secret(_ field: String) throws(CallStatus) -> String {
    do throws(CallStatus) { return try text(field) } catch {
      throw CallStatus(grpcCode: error.grpcCode, code: error.code, message: error.message)
    }
  }

  /// The points of an encoded polyline. Throws `MALFORMED_MESSAGE` for one that is none.
  func line(_ field: String) throws(CallStatus) -> [Coordinate] {
    try .line(polyline6: text(field), field)
  }

  /// A refused text as it can be told: answers have no NUL either.
  private static func withoutNUL(_ text: String) -> String { text.replacing("\0", with: "\\0") }

  var bytes: [UInt8] { [UInt8](UnsafeBufferPointer(start: data, count: len)) }
}

extension [String] {
  static func read(
    _ list: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int, _ field: String
  ) throws(CallStatus) -> [String] {
    try UnsafeBufferPointer(start: list, count: count).map { data throws(CallStatus) in try data.text(field) }
  }
}

extension Double {
  /// A number that is one. Throws `code`.
  func finite(_ field: String, _ code: EngineError.Code = .invalidArgument) throws(CallStatus) -> Double {
    guard isFinite else { throw CallStatus(EngineError(code, "\(field) is not a number", value: "\(self)")) }
    return self
  }
}

extension Date {
  /// The times that are taken: 1970 to 9999. Beyond, somebody sent other units than milliseconds.
  fileprivate static let unixMillisecondsRange: ClosedRange<Int64> = 0...253_402_300_799_999

  /// Whole milliseconds since 1970, brought into the years that the wire takes.
  var unixMilliseconds: Int64 {
    let milliseconds = (timeIntervalSince1970 * 1000).rounded()
    let range = Self.unixMillisecondsRange
    guard milliseconds > Double(range.lowerBound) else { return range.lowerBound }
    return milliseconds < Double(range.upperBound) ? Int64(milliseconds) : range.upperBound
  }
}

extension Int64 {
  /// The moment that a field says, in milliseconds since 1970. Throws `code` outside the years 1970 to 9999.
  func moment(_ field: String, _ code: EngineError.Code = .invalidArgument) throws(CallStatus) -> Date {
    guard Date.unixMillisecondsRange.contains(self) else {
      throw CallStatus(EngineError(code, "\(field) is milliseconds from 1970 to 9999", value: "\(self)"))
    }
    return Date(timeIntervalSince1970: Double(self) / 1000)
  }
}

/// A field that may be absent, as it is read.
func given<Value>(_ isThere: protobuf_c_boolean, _ value: Value) -> Value? { isThere == 0 ? nil : value }

/// A field that may be absent, as it is written.
func given<Number: Numeric>(_ value: Number?) -> (protobuf_c_boolean, Number) { value.map { (1, $0) } ?? (0, 0) }
