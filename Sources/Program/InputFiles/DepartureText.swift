import Foundation

/// When vehicles leave, as people type it: `Sat 14:00`, `14:00`, `2026-12-05 14:00`, `2026-12-05T14:00:00Z`, `2h`.
///
/// Days and times are those of the map's clock; a weekday or a time alone is the next one.
public struct DepartureText: Hashable, Sendable {
  private enum Form: Hashable {
    case moment(Date)
    case later(seconds: Double)
    /// 1 is Sunday.
    case weekday(Int?, hour: Int, minute: Int)
    case day(year: Int, month: Int, day: Int, hour: Int, minute: Int)
  }

  private let form: Form

  /// `nil` for a text that is no such moment.
  public init?(_ text: String) {
    if let seconds = DurationText.seconds(text) {
      form = .later(seconds: seconds)
    } else if let moment = try? Date(text, strategy: .iso8601) {
      form = .moment(moment)
    } else if let form = Self.day(text) ?? Self.weekday(text) {
      self.form = form
    } else {
      return nil
    }
  }

  /// The moment on the clock of a place; `nil` if no clock there ever shows it.
  public func moment(in timeZone: TimeZone, after now: Date) -> Date? {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    switch form {
    case .moment(let moment): return moment
    case .later(let seconds): return now.addingTimeInterval(seconds)
    case .weekday(let weekday, let hour, let minute):
      let wanted = DateComponents(hour: hour, minute: minute, second: 0, weekday: weekday)
      return calendar.nextDate(after: now, matching: wanted, matchingPolicy: .nextTime)
    case .day(let year, let month, let day, let hour, let minute):
      let wanted = DateComponents(year: year, month: month, day: day, hour: hour, minute: minute)
      guard let moment = calendar.date(from: wanted),
        calendar.dateComponents([.year, .month, .day], from: moment)
          == DateComponents(year: year, month: month, day: day)
      else { return nil }
      return moment
    }
  }

  private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
  private static let weekdayNames = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  private static func weekday(_ text: String) -> Form? {
    let words = text.lowercased().split(separator: " ")
    guard let last = words.last, let (hour, minute) = clock(last) else { return nil }
    if words.count == 1 { return .weekday(nil, hour: hour, minute: minute) }
    guard words.count == 2,
      let number = weekdays.firstIndex(of: String(words[0])) ?? weekdayNames.firstIndex(of: String(words[0]))
    else { return nil }
    return .weekday(number + 1, hour: hour, minute: minute)
  }

  private static func day(_ text: String) -> Form? {
    guard let match = text.wholeMatch(of: #/(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}:\d{2})/#),
      let (hour, minute) = clock(match.4), let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
    else { return nil }
    return .day(year: year, month: month, day: day, hour: hour, minute: minute)
  }

  private static func clock(_ text: Substring) -> (hour: Int, minute: Int)? {
    guard let match = text.wholeMatch(of: #/(\d{1,2}):(\d{2})/#), let hour = Int(match.1), let minute = Int(match.2),
      hour < 24, minute < 60
    else { return nil }
    return (hour, minute)
  }
}
