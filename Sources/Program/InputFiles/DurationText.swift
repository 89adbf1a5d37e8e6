/// A span of time as people type it: `90m`, `2h`, `1h30m`, `45s`, `2d`.
public enum DurationText {
  private static let units: [(letter: Character, seconds: Double)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]

  /// The longest span: a closure that holds for more than a year has no end.
  public static let secondsMax = 366.0 * 86_400

  /// Seconds of a text; `nil` if it is not numbers with units, each unit once and the larger ones first.
  public static func seconds(_ text: String) -> Double? {
    var rest = text[...]
    var seconds = 0.0
    var units = units[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      guard let letter = rest.popFirst(), let unit = units.firstIndex(where: { $0.letter == letter }),
        let number = Double(digits)
      else { return nil }
      seconds += number * units[unit].seconds
      units = units[(unit + 1)...]
    }
    return text.isEmpty || seconds > secondsMax ? nil : seconds
  }
}
