import Foundation

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    // Nearly all text has none, and looking for it costs as much as reading the JSON.
    if let first = utf8.first, let last = utf8.last, first.isVisible, last.isVisible { return self }
    return trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// As many whole characters as fit into a number of bytes of UTF-8. O(bytes).
  func beginning(bytes: Int) -> String {
    guard utf8.count > bytes else { return self }
    var end = utf8.index(startIndex, offsetBy: bytes)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }

  /// Text for people on one line: no control characters, one space where there were more, not too long.
  var asReason: String {
    let words = split { $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control } }
    return words.joined(separator: " ").beginning(bytes: FeedDefaults.reasonBytesMax)
  }

  /// The text as part of an id; throws if it is empty, too long or has control characters.
  func asID(_ field: String) throws(RecordRefusal) -> String {
    guard !isEmpty else { throw RecordRefusal(.missingField, "it has no \(field)") }
    guard utf8.count <= FeedDefaults.idBytesMax,
      unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { throw RecordRefusal(.badValue, "\(field) can't be an id", value: self) }
    return self
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// True for ASCII that is neither white space nor a control character.
  var isVisible: Bool { self > 0x20 && self < 0x7F }
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  var isWhiteSpace: Bool { isBlank || self == 0x0A || self == 0x0D }
}
