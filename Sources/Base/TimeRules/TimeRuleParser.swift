/// Reads the text of a ``TimeRule``.
enum TimeRuleParser {
  /// All rules of the text; `nil` if anything in it is not understood. O(length).
  static func parts(of text: String) -> [TimeRule.Part]? {
    var parts: [TimeRule.Part] = []
    // A semicolon at the end is common.
    for rule in tightened(text).split(separator: ";").map(\.withoutOuterSpaces) where !rule.isEmpty {
      for (index, addition) in additions(of: rule).enumerated() {
        guard var part = part(addition) else { return nil }
        part.isAdditional = index > 0
        parts.append(part)
      }
    }
    return parts.isEmpty ? nil : parts
  }

  /// Without spaces around the signs that join two words. O(length): a pattern would look at a row of spaces again
  /// from each of them.
  private static func tightened(_ text: String) -> String {
    var (tight, spaces, isBehindSign) = ("", "", false)
    for character in text {
      if character.isWhitespace {
        if !isBehindSign { spaces.append(character) }
        continue
      }
      isBehindSign = "-,;–".contains(character)
      tight += isBehindSign ? "" : spaces
      tight.append(character == "–" ? "-" : character)
      spaces = ""
    }
    return tight + spaces
  }

  /// `Mo-Fr 07:00-09:00,Sa 10:00-12:00` are two rules, `Mo,Sa 10:00-12:00` is one.
  private static func additions(of rule: Substring) -> [Substring] {
    var additions: [Substring] = []
    var start = rule.startIndex
    for match in rule.matches(of: /\d,(?=[A-Z])/) where rule[..<match.range.lowerBound].contains(":") {
      let comma = rule.index(before: match.range.upperBound)
      additions.append(rule[start..<comma])
      start = match.range.upperBound
    }
    return additions + [rule[start...]]
  }

  private static func part(_ rule: Substring) -> TimeRule.Part? {
    if rule == "24/7" { return TimeRule.Part() }
    let pattern =
      /(?<dates>[A-Z][a-z]{2}[A-Za-z0-9 ,-]*?)?\s?(?<weekdays>[A-Z][a-z](?:[,-][A-Z][a-z])*)?\s?(?<times>\d{1,2}:[0-9:,-]+)?\s?(?<off>off|closed)?/
    guard let match = rule.wholeMatch(of: pattern) else { return nil }
    var part = TimeRule.Part()
    if let dates = match.dates {
      guard let ranges = all(dates.split(separator: ","), dateRange) else { return nil }
      part.days.dates = ranges
    }
    if let weekdays = match.weekdays {
      guard let ranges = all(weekdays.split(separator: ","), weekdayRange) else { return nil }
      part.days.weekdays = Set(ranges.joined())
    }
    if let times = match.times {
      guard match.off == nil, let spans = all(times.split(separator: ","), timeSpan) else { return nil }
      part.minutes = spans
    }
    if match.off != nil { part.minutes = [] }
    return rule.isEmpty ? nil : part
  }

  /// Every element read; `nil` if there is none, or one that is not understood.
  private static func all<Value>(_ texts: [Substring], _ read: (Substring) -> Value?) -> [Value]? {
    let values = texts.map(read)
    return values.isEmpty || values.contains { $0 == nil } ? nil : values.compactMap { $0 }
  }

  // MARK: Elements

  /// `Oct`, `Oct-Mar`, `Dec 24`, `Dec 24-Jan 02`, `Jul 01-15`.
  private static func dateRange(_ text: Substring) -> DaySelector.DateRange? {
    guard let match = text.wholeMatch(of: /([A-Z][a-z]{2})(?: (\d{1,2}))?(?:-([A-Z][a-z]{2})?(?: ?(\d{1,2}))?)?/),
      let firstMonth = months[match.1], let firstDay = day(match.2, else: 1)
    else { return nil }
    if !text.contains("-") {
      return DaySelector.DateRange(
        first: firstMonth * 32 + firstDay, last: firstMonth * 32 + (day(match.2, else: 31) ?? 31))
    }
    guard match.3 != nil || match.4 != nil, (match.2 == nil) == (match.4 == nil),
      let lastMonth = match.3.map({ months[$0] }) ?? firstMonth, let lastDay = day(match.4, else: 31)
    else { return nil }
    return DaySelector.DateRange(first: firstMonth * 32 + firstDay, last: lastMonth * 32 + lastDay)
  }

  private static func day(_ digits: Substring?, else missing: Int) -> Int? {
    guard let digits else { return missing }
    return Int(digits).flatMap { (1...31).contains($0) ? $0 : nil }
  }

  /// `Mo`, `Mo-Fr`, `Fr-Mo`, as days of a calendar's week.
  private static func weekdayRange(_ text: Substring) -> [Int]? {
    let names = text.split(separator: "-")
    guard (1...2).contains(names.count), let first = weekdays.firstIndex(of: names[0]),
      let last = weekdays.firstIndex(of: names[names.count - 1])
    else { return nil }
    let count = (last - first + 7) % 7
    return (first...first + count).map { $0 % 7 + 1 }
  }

  /// `07:00-09:00`, `22:00-06:00`, `08:00-24:00`.
  private static func timeSpan(_ text: Substring) -> Range<Int>? {
    guard let match = text.wholeMatch(of: /(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})/),
      let start = minutes(match.1, match.2), let end = minutes(match.3, match.4), start < 24 * 60
    else { return nil }
    return start..<(end > start ? end : end + 24 * 60)
  }

  private static func minutes(_ hour: Substring, _ minute: Substring) -> Int? {
    guard let hour = Int(hour), let minute = Int(minute), minute < 60, hour * 60 + minute <= 24 * 60 else { return nil }
    return hour * 60 + minute
  }

  private static let months: [Substring: Int] = [
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11,
    "Dec": 12,
  ]
  private static let weekdays: [Substring] = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"]
}
