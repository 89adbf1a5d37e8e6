import Foundation

/// Reads moments as feeds write them, one way for all formats.
///
/// What isn't a moment beyond doubt isn't read: 12/20/2026 may be a day of two months, and words are for people.
struct FeedClock {
  /// Which end of its day a date without hours means.
  enum DayEnd {
    case first, last
  }

  /// The zone of times that come without one.
  private let calendar: Calendar

  init(timeZone: TimeZone) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    self.calendar = calendar
  }

  /// The moment that a text means: see ``MomentText``, or a count since 1970; `nil` if it is none, or on no day that
  /// there is. 24:00 is the end of its day. A time that clocks skip in spring is the one an hour later.
  func moment(_ text: String, _ dayEnd: DayEnd) -> Date? {
    if let moment = Self.sinceEpoch(text) { return moment }
    guard let text = MomentText(text) else { return nil }
    guard let offsetSeconds = text.offsetSeconds else { return moment(text, dayEnd) }
    return Self.utc.moment(text, dayEnd)?.addingTimeInterval(-Double(offsetSeconds))
  }

  /// Milliseconds in 13 digits or seconds in 10. From 2033 on, ten digits may as well be a date and an hour.
  private static func sinceEpoch(_ text: String) -> Date? {
    guard text.utf8.allSatisfy(\.isDigit), let count = Double(text) else { return nil }
    switch text.utf8.count {
    case 13: return Date(timeIntervalSince1970: count / 1000)
    case 10 where count < 2e9: return Date(timeIntervalSince1970: count)
    default: return nil
    }
  }

  private func moment(_ text: MomentText, _ dayEnd: DayEnd) -> Date? {
    // Noon is on every day; in some zones clocks skip midnight.
    var parts = DateComponents(year: text.year, month: text.month, day: text.day, hour: 12)
    guard parts.isValidDate(in: calendar), let noon = calendar.date(from: parts),
      let day = calendar.dateInterval(of: .day, for: noon)
    else { return nil }
    guard let time = text.time else { return dayEnd == .first ? day.start : day.end }
    if time.hour == 24 { return day.end }
    (parts.hour, parts.minute, parts.second) = (time.hour, time.minute, time.second)
    return calendar.date(from: parts)
  }

  private static let utc = FeedClock(timeZone: .gmt)
}

/// The time in which something holds.
struct FeedPeriod {
  let from: Date?
  let until: Date?

  /// From what a record says, empty where it says nothing: at once, without an end. Throws if it says something that
  /// can't be read, as that is no reason to close a road for good, and if the end is before the start.
  init(start: String, end: String, clock: FeedClock) throws(RecordRefusal) {
    (from, until) = (clock.moment(start, .first), clock.moment(end, .last))
    if from == nil, !start.isEmpty { throw RecordRefusal(.badValue, "the start is not a time", value: start) }
    if until == nil, !end.isEmpty { throw RecordRefusal(.badValue, "the end is not a time", value: end) }
    if let from, let until, until <= from {
      throw RecordRefusal(.timesReversed, "it ends before it begins", value: "\(start) to \(end)")
    }
  }
}
