/// From a time of the day to another: `07:00-09:00`, `22:00-06:00`, `(sunset-00:30)-sunrise`, `18:00+`.
struct TimeSpan: Hashable, Sendable {
  /// A time of the day.
  enum Time: Hashable, Sendable {
    /// Minutes from midnight, up to 48 h.
    case clock(Int)
    case sun(SunEvent, offsetMinutes: Int)
  }

  var start: Time
  var end: Time

  /// `18:00+`: to the end of the day.
  static func openEnd(from start: Time) -> TimeSpan { TimeSpan(start: start, end: .clock(minutesOfDay)) }

  static let minutesOfDay = 24 * 60

  /// True if it is another one from day to day.
  var isOfSun: Bool {
    [start, end].contains { time in
      if case .sun = time { true } else { false }
    }
  }

  /// The minutes on a day, the end up to 48 h; an end that comes before the start lies on the next day.
  func minutes(on day: CivilDay, _ clock: LocalClock) -> Range<Int> {
    let (first, last) = (Self.minute(start, day, clock), Self.minute(end, day, clock))
    if last > first { return first..<last }
    // The sun of the next day: where a night ends, the day begins.
    return first..<Self.minute(end, day.adding(1), clock) + Self.minutesOfDay
  }

  private static func minute(_ time: Time, _ day: CivilDay, _ clock: LocalClock) -> Int {
    switch time {
    case .clock(let minute): minute
    // Of a day's light in the far north no end lies before midnight, and none after the next.
    case .sun(let event, let offset): min(max(clock.minute(of: event, on: day) + offset, 0), minutesOfDay)
    }
  }
}
