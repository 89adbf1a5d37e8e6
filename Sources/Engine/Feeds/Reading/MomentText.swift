/// A date as text has it, with or without a time of day and a zone: ISO 8601, and what is written for it and can mean
/// one thing only: a blank for the `T`, `z`, `UTC`, an offset without its colon, a `T` with nothing behind it.
struct MomentText {
  let year: Int
  let month: Int
  let day: Int
  /// Hour, minute, second, up to 24:00:00; `nil` for a date alone.
  private(set) var time: (hour: Int, minute: Int, second: Int)?
  /// East of Greenwich; `nil` without a zone.
  private(set) var offsetSeconds: Int?

  private static let bytesMax = 50

  /// `nil` if the text is something else. Whether there is such a day is for a calendar to say.
  init?(_ text: String) {
    guard text.utf8.count <= Self.bytesMax else { return nil }
    var scanner = DigitScanner(text)
    guard let year = scanner.number(digits: 4), year > 0 else { return nil }
    let isLong = scanner.take("-")
    guard let month = scanner.number(digits: 2), !isLong || scanner.take("-"), let day = scanner.number(digits: 2)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    let hasTime = scanner.take("T", "t", " ") && scanner.isAtDigit || !isLong && scanner.isAtDigit
    guard !hasTime || takeTime(&scanner), takeZone(&scanner), scanner.isAtEnd else { return nil }
  }

  /// `08:00`, `0800`, `08:00:00.123`; false if it is something else. An hour alone behind digits may be a count.
  private mutating func takeTime(_ scanner: inout DigitScanner) -> Bool {
    guard let hour = scanner.number(digits: 2), scanner.take(":") || scanner.isAtDigit,
      let minute = scanner.number(digits: 2)
    else { return false }
    var second = 0
    if scanner.take(":") || scanner.isAtDigit {
      guard let seconds = scanner.number(digits: 2), scanner.skipFraction() else { return false }
      second = seconds
    }
    time = (hour, minute, second)
    // The second 60 is one that was put in to keep step with the earth.
    return hour < 24 && minute < 60 && second <= (minute == 59 ? 60 : 59) || (hour, minute, second) == (24, 0, 0)
  }

  /// Nothing, `Z`, `+01:00`, `+0100`, `+01`; false if it is something else.
  private mutating func takeZone(_ scanner: inout DigitScanner) -> Bool {
    _ = scanner.take(" ")
    if scanner.take("Z", "z", "UTC", "GMT") {
      offsetSeconds = 0
      return true
    }
    let isWest = scanner.take("-")
    guard isWest || scanner.take("+") else { return true }
    guard let hours = scanner.number(digits: 2) else { return false }
    let hasMinutes = scanner.take(":") || scanner.isAtDigit
    // A date with two more digits, 2026-12-20-06, may be anything.
    guard hasMinutes || time != nil, let minutes = hasMinutes ? scanner.number(digits: 2) : 0 else { return false }
    offsetSeconds = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    return hours <= 18 && minutes < 60
  }
}

/// Walks through short text from left to right.
private struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  var isAtDigit: Bool { rest.first?.isDigit ?? false }

  /// Takes the first of some words that comes next; false if none does.
  mutating func take(_ words: String...) -> Bool {
    guard let word = words.first(where: { rest.starts(with: $0.utf8) }) else { return false }
    rest = rest.dropFirst(word.utf8.count)
    return true
  }

  /// A number of exactly as many digits; `nil` if fewer come next.
  mutating func number(digits count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Skips the parts of a second, if there are any; false for a point without digits behind it.
  mutating func skipFraction() -> Bool {
    guard take(".", ",") else { return true }
    let hasDigits = isAtDigit
    rest = rest.drop(while: \.isDigit)
    return hasDigits
  }
}
