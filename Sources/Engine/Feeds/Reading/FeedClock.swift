import Foundation

/// Reads moments as feeds write them.
struct FeedClock {
  /// The zone of times that come without one.
  private let calendar: Calendar

  init(timeZone: TimeZone) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    self.calendar = calendar
  }

  /// ISO 8601 as far as RFC 3339 has it: `2024-12-07T09:00:00+01:00`, also without seconds or without a zone; `nil` if
  /// it is something else or no such moment exists.
  func iso8601(_ text: String) -> Date? {
    let pattern =
      /(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,12})?)?(?:[Zz]|([+-])(\d\d):?(\d\d))?/

    guard text.utf8.count < 50, let match = text.wholeMatch(of: pattern) else { return nil }
    let digits = [match.1, match.2, match.3, match.4, match.5, match.6 ?? "00"].compactMap { Int($0) }
    guard let hours = match.8.map({ Int($0) ?? 99 }), let minutes = match.9.map({ Int($0) ?? 99 }) else {
      let isUTC = text.hasSuffix("Z") || text.hasSuffix("z")
      return date(digits, in: isUTC ? Self.utc.calendar : calendar)
    }
    guard hours <= 18, minutes < 60 else { return nil }
    let offsetSeconds = Double(hours * 3600 + minutes * 60) * (match.7 == "-" ? -1 : 1)
    return date(digits, in: Self.utc.calendar)?.addingTimeInterval(-offsetSeconds)
  }

  /// `20221220093317`, also without seconds or without a time; `nil` if it is something else or no such moment exists.
  func compact(_ text: String) -> Date? {
    let bytes = Array(text.utf8)
    guard [8, 12, 14].contains(bytes.count), bytes.allSatisfy(\.isDigit) else { return nil }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    var digits = [number(0..<4)]
    for start in stride(from: 4, to: 14, by: 2) {
      digits.append(start < bytes.count ? number(start..<start + 2) : 0)
    }
    return date(digits, in: calendar)
  }

  /// A moment from year, month, day, hour, minute, second.
  private func date(_ digits: [Int], in calendar: Calendar) -> Date? {
    guard digits.count == 6, (1970...2999).contains(digits[0]) else { return nil }
    let parts = DateComponents(
      year: digits[0], month: digits[1], day: digits[2], hour: digits[3], minute: digits[4], second: digits[5])
    return parts.isValidDate(in: calendar) ? calendar.date(from: parts) : nil
  }

  private static let utc = FeedClock(timeZone: .gmt)
}

/// The time in which something holds.
struct FeedPeriod {
  var from: Date?
  var until: Date?

  /// From what a record says; a time that can't be read is as if it weren't there. Throws if the end is before the
  /// start.
  init(
    start: String, end: String, notes: inout RecordNotes, read: (String) -> Date?
  ) throws(RecordRefusal) {
    (from, until) = (read(start), read(end))
    if from == nil, !start.isEmpty { notes.add(.badValue, "the start is not a time", value: start) }
    if until == nil, !end.isEmpty { notes.add(.badValue, "the end is not a time", value: end) }
    if let from, let until, until <= from {
      throw RecordRefusal(.timesReversed, "it ends before it begins", value: "\(start) to \(end)")
    }
  }
}
