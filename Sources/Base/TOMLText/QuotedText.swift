extension String {
  /// The text as TOML has it: in quotes, with quotes, backslashes and control characters escaped.
  public var quotedForTOML: String {
    var quoted = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Double {
  /// The number with no more digits than it needs: `30`, `0.8`.
  public var plainText: String { Int64(exactly: self).map(String.init) ?? String(self) }
}
