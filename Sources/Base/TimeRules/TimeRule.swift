import Foundation

/// When something holds, week by week: the part of OSM's opening hours that conditional rules of roads use.
///
/// Months or dates, weekdays, times of day, in this order and each optional: `Mo-Fr 07:00-09:00,16:00-18:00`,
/// `Oct-Mar 22:00-06:00`, `Dec 24-Jan 02`, `Sa,Su`, `24/7`. Of several rules with `;` between them, the last one that
/// speaks of a day decides for it; rules with `,` between them add up. Times are local to a time zone; a time that
/// runs past midnight belongs to the day on which it begins. Public holidays, school holidays, sunset, weeks and years
/// are not understood, so they give no rule. Source: OSM wiki, Key:opening_hours/specification.
public struct TimeRule: Hashable, Sendable {
  /// One rule of the text.
  struct Part: Hashable, Sendable {
    var days = DaySelector()
    /// Minutes of the day, the end up to 48 h; empty is never.
    var minutes: [Range<Int>] = [0..<TimeRule.minutesOfDay]
    /// True if the rule adds to the one before it, instead of replacing it on its days.
    var isAdditional = false
  }

  let parts: [Part]

  /// Reads a condition; `nil` if any part of it is not understood. O(length).
  public init?(_ text: String) {
    guard let parts = TimeRuleParser.parts(of: text) else { return nil }
    self.parts = parts
  }

  /// True if the rule holds at `moment`. O(parts).
  public func holds(at moment: Date, in timeZone: TimeZone) -> Bool {
    let calendar = Self.calendar(timeZone)
    let today = calendar.startOfDay(for: moment)
    let clock = calendar.dateComponents([.hour, .minute], from: moment)
    let minute = (clock.hour ?? 0) * 60 + (clock.minute ?? 0)
    let spans = minutes(on: today, calendar)
    guard let yesterday = calendar.date(byAdding: .day, value: -1, to: today) else { return false }
    return Self.holds(minute, spans, minutes(on: yesterday, calendar))
  }

  /// The next moment after `moment` at which the rule begins or ceases to hold, within ``horizonDays``; `nil` if there
  /// is none. O(days looked at).
  public func nextChange(after moment: Date, in timeZone: TimeZone) -> Date? {
    let calendar = Self.calendar(timeZone)
    let isHolding = holds(at: moment, in: timeZone)
    var day = calendar.startOfDay(for: moment)
    guard let yesterday = calendar.date(byAdding: .day, value: -1, to: day) else { return nil }
    var before = minutes(on: yesterday, calendar)
    for _ in 0...Self.horizonDays {
      let spans = minutes(on: day, calendar)
      // A calendar is slow, and there may be a hundred spans in a day of which none changes anything.
      for minute in Self.ends(of: spans, after: before) where Self.holds(minute, spans, before) != isHolding {
        guard let change = calendar.date(bySettingHour: minute / 60, minute: minute % 60, second: 0, of: day),
          change > moment, holds(at: change, in: timeZone) != isHolding
        else { continue }
        return change
      }
      guard let next = calendar.date(byAdding: .day, value: 1, to: day) else { return nil }
      (day, before) = (next, spans)
    }
    return nil
  }

  /// More than a year, so that every date comes round.
  public static let horizonDays = 367

  /// The minutes of a day at which a change may come: its beginning, and the ends of its spans and of yesterday's.
  private static func ends(of spans: [Range<Int>], after before: [Range<Int>]) -> [Int] {
    let ends = spans.flatMap { [$0.lowerBound, $0.upperBound] } + before.map { $0.upperBound - minutesOfDay }
    return Set(ends.filter { (0..<minutesOfDay).contains($0) } + [0]).sorted()
  }

  private static func holds(_ minute: Int, _ spans: [Range<Int>], _ before: [Range<Int>]) -> Bool {
    spans.contains { $0.contains(minute) } || before.contains { $0.contains(minute + minutesOfDay) }
  }

  static let minutesOfDay = 24 * 60

  /// The spans that begin on a day.
  private func minutes(on day: Date, _ calendar: Calendar) -> [Range<Int>] {
    let date = calendar.dateComponents([.month, .day, .weekday], from: day)
    var spans: [Range<Int>] = []
    for part in parts where part.days.contains(date) {
      spans = part.isAdditional ? spans + part.minutes : part.minutes
    }
    return spans
  }

  private static func calendar(_ timeZone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    return calendar
  }
}

/// The days that a rule speaks of.
struct DaySelector: Hashable, Sendable {
  /// Ranges of days of the year as month * 32 + day, both ends included; a range that runs over New Year has its end
  /// before its start. Empty is the whole year.
  var dates: [DateRange] = []
  /// Calendar weekdays, 1 is Sunday; empty is every day.
  var weekdays: Set<Int> = []

  struct DateRange: Hashable, Sendable {
    var first: Int
    var last: Int

    func contains(_ day: Int) -> Bool {
      first <= last ? (first...last).contains(day) : day >= first || day <= last
    }
  }

  func contains(_ date: DateComponents) -> Bool {
    guard let month = date.month, let day = date.day, let weekday = date.weekday else { return false }
    let isInSeason = dates.isEmpty || dates.contains { $0.contains(month * 32 + day) }
    return isInSeason && (weekdays.isEmpty || weekdays.contains(weekday))
  }
}
