import Foundation

/// An object of JSON whose values may be numbers or text, as the source likes.
struct JSONObject {
  private let fields: [String: Any]

  /// `nil` if the value is no object.
  init?(_ value: Any?) {
    guard let fields = value as? [String: Any] else { return nil }
    self.fields = fields
  }

  /// The object that a file is. Throws if it isn't JSON, or not an object. O(bytes).
  init(file data: Data) throws(FeedError) {
    guard let value = try? JSONSerialization.jsonObject(with: data) else {
      throw FeedError(
        .notJSON, "not JSON, or cut short", value: String(decoding: data.prefix(60), as: UTF8.self).trimmed)
    }
    guard let root = JSONObject(value) else { throw FeedError(.wrongEnvelope, "not an object of JSON") }
    self = root
  }

  var keys: [String] { fields.keys.sorted() }

  /// A text or number as text, without white space around; empty if there is none.
  func text(_ key: String) -> String {
    switch fields[key] {
    case let text as String: text.trimmed
    case let number as NSNumber: number.stringValue
    default: ""
    }
  }

  /// What a field says, as text even if it is neither text nor a number and so can't be what was asked for; empty only
  /// if it says nothing.
  func written(_ key: String) -> String {
    guard has(key), let value = fields[key] else { return "" }
    if value is String || value is NSNumber { return text(key) }
    let json = try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
    return json.map { String(decoding: $0, as: UTF8.self) } ?? "neither text nor a number"
  }

  /// A number, also one that is written as text.
  func number(_ key: String) -> Double? {
    switch fields[key] {
    case let text as String: Double(text.trimmed)
    case let number as NSNumber: number.doubleValue
    default: nil
    }
  }

  func object(_ key: String) -> JSONObject? { JSONObject(fields[key]) }

  /// The elements of a list; `nil` if there is none.
  func list(_ key: String) -> [Any]? { fields[key] as? [Any] }

  /// True if there is such a field, even one that says nothing.
  func names(_ key: String) -> Bool { fields[key] != nil }

  func has(_ key: String) -> Bool { fields[key].map { !($0 is NSNull) } ?? false }
}
