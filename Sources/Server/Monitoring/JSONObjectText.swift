import Foundation

/// Writes a JSON object of texts on one line (RFC 8259).
struct JSONObjectText {
  private var text = "{"

  /// The object with the end of its line.
  var line: String { text + "}\n" }

  /// Adds a member; the caller gives each key once.
  mutating func add(_ key: String, _ value: String) {
    if text.utf8.count > 1 { text += "," }
    add(key)
    text += ":"
    add(value)
  }

  private mutating func add(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // Control characters, and what some readers take for the end of a line.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        text += String(format: "\\u%04x", scalar.value)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
