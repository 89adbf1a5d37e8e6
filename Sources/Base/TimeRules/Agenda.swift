import Foundation

/// When a rule holds on each of many days, so that rules can be compared with each other: in minutes that a clock on
/// the wall shows.
public struct Agenda: Sendable {
  /// From the beginning of 1970, in their order and apart.
  private let spans: [Range<Int>]

  /// Lays out a rule over days that ``days(toCompare:from:in:)`` gave. O(days).
  public init(_ rule: TimeRule, on days: Range<Int>, in clock: LocalClock) {
    spans = days.reduce(into: []) { spans, number in
      let midnight = number * TimeSpan.minutesOfDay
      for span in rule.coverage(of: CivilDay(number: number), clock) {
        let (start, end) = (span.lowerBound + midnight, span.upperBound + midnight)
        if let last = spans.last, last.upperBound == start {
          spans[spans.count - 1] = last.lowerBound..<end
        } else {
          spans.append(start..<end)
        }
      }
    }
  }

  /// True if it never holds.
  public var isEmpty: Bool { spans.isEmpty }

  /// True if there is a minute at which both hold. O(spans).
  public func overlaps(_ other: Agenda) -> Bool {
    var (mine, others) = (spans[...], other.spans[...])
    while let one = mine.first, let next = others.first {
      if one.overlaps(next) { return true }
      if one.upperBound <= next.upperBound { mine.removeFirst() } else { others.removeFirst() }
    }
    return false
  }

  /// The days, counted from 1970, within which rules that ever hold at the same time from a moment on do so.
  ///
  /// Weekdays come round in a week, the sun in a year. Dates, weeks and weekdays together come round in 28 years: by
  /// then a year has begun on each weekday, with and without a leap day. The years that rules name come before those.
  /// What begins more than a hundred years from now is not looked at.
  public static func days(toCompare rules: [TimeRule], from moment: Date, in clock: LocalClock) -> Range<Int> {
    let (today, _) = clock.reading(at: moment)
    let parts = rules.flatMap(\.parts)
    guard parts.allSatisfy(\.days.isWeekly) else {
      let lastYear = max(parts.compactMap(\.days.lastYear).max() ?? today.year, today.year)
      let end = CivilDay(year: lastYear + 1 + yearsOfRound, month: 1, day: 1).number
      return today.number..<max(today.number + 1, min(end, today.number + daysMax))
    }
    let isOfSun = parts.contains { $0.spans.contains(where: \.isOfSun) }
    return today.number..<today.number + (isOfSun ? daysOfYear : daysOfWeek)
  }

  private static let yearsOfRound = 28
  private static let daysOfYear = 366
  private static let daysOfWeek = 7
  private static let daysMax = 100 * 366
}
