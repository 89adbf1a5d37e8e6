import Foundation

/// When something holds: OSM's opening hours, as conditional rules of roads use them.
///
/// Years, months or dates, weeks, weekdays and holidays, times of day, in this order and each optional:
/// `Mo-Fr 07:00-09:00,16:00-18:00`, `2026 Nov 30-2027 Feb 28`, `week 48-15`, `Su[-1]`, `Sa-Su,PH`, `sunset-sunrise`,
/// `24/7`. Of several rules with `;` between them, the last one that speaks of a day decides for it; rules with `,`
/// between them add up. A time that runs past midnight belongs to the day on which it begins, but gives way to a later
/// rule that speaks of the day on which it ends. In any letter case, with blanks or without. Source: OSM wiki,
/// Key:opening_hours/specification.
public struct TimeRule: Hashable, Sendable {
  /// One rule of the text.
  struct Part: Hashable, Sendable {
    var days = DaySelector()
    /// Empty is all day.
    var spans: [TimeSpan] = []
    /// `off`: does not hold then.
    var isOff = false
    /// True if the rule adds to the one before it, instead of replacing it on its days.
    var isAdditional = false
  }

  let parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  /// `24/7`.
  static let always = TimeRule(parts: [Part()])

  /// Reads a text; `nil` if anything in it is not understood. O(length).
  ///
  /// - Parameter kinds: the holidays whose days are known.
  public init?(_ text: String, knowing kinds: Set<Holidays.Kind> = []) {
    let reading = TimeRuleParser.reading(Token.tokens(of: text), knowing: kinds)
    guard let rule = reading.rule, reading.notUnderstood.isEmpty else { return nil }
    self = rule
  }

  /// True if the rule holds at `moment`. O(parts).
  public func holds(at moment: Date, in clock: LocalClock) -> Bool {
    let (day, minute) = clock.reading(at: moment)
    return coverage(of: day, clock).contains { $0.contains(minute) }
  }
}

// MARK: Changes

extension TimeRule {
  /// Within these days all comes round that a rule may name: a week; the sun's year; leap days and 53rd weeks.
  private var horizonDays: Int {
    if !parts.allSatisfy(\.days.isWeekly) { return 8 * 366 }
    return parts.contains { $0.spans.contains(where: \.isOfSun) } ? 366 : 8
  }

  /// No rule is looked at beyond this many days: what comes then will be looked at later.
  private static let horizonDaysMax = 20 * 366

  /// The next moment after `moment` at which the rule begins or ceases to hold; `nil` if there is none within the years
  /// that it names and some more. O(days looked at).
  public func nextChange(after moment: Date, in clock: LocalClock) -> Date? {
    let isHolding = holds(at: moment, in: clock)
    var shift = clock.timeZone.nextDaylightSavingTimeTransition(after: moment)
    let (first, _) = clock.reading(at: moment)
    var day = first
    while day.number <= lastDay(from: first) {
      var moments: [Date] = []
      for minute in Self.changes(in: coverage(of: day, clock), from: isHolding) {
        moments += clock.moments(of: day, minute: minute)
      }
      // Where clocks are changed, a rule may begin or end by that alone.
      if let next = shift, clock.reading(at: next).day.number <= day.number {
        moments.append(next)
        shift = clock.timeZone.nextDaylightSavingTimeTransition(after: next)
      }
      let change = moments.sorted().first { $0 > moment && holds(at: $0, in: clock) != isHolding }
      if let change { return change }
      day = day.adding(1)
    }
    return nil
  }

  private func lastDay(from day: CivilDay) -> Int {
    let lastYear = parts.compactMap(\.days.lastYear).max() ?? day.year
    let end = CivilDay(year: lastYear + 1, month: 1, day: 1).number
    if parts.allSatisfy(\.days.isBounded) { return end }
    return min(max(day.number, end) + horizonDays, day.number + Self.horizonDaysMax)
  }

  /// The minutes of a day at which what covers it may change to the opposite.
  private static func changes(in coverage: [Range<Int>], from isHolding: Bool) -> [Int] {
    let starts = isHolding ? coverage.map(\.upperBound) : coverage.map(\.lowerBound)
    let atMidnight = isHolding && coverage.first?.lowerBound != 0 ? [0] : []
    return atMidnight + starts.filter { $0 < TimeSpan.minutesOfDay }
  }
}

// MARK: One day

extension TimeRule {
  private static let wholeDay = 0..<TimeSpan.minutesOfDay

  /// The minutes of a day on which the rule holds, in their order and apart. O(parts * spans).
  func coverage(of day: CivilDay, _ clock: LocalClock) -> [Range<Int>] {
    let yesterday = day.adding(-1)
    let begun = partsInForce(on: yesterday, clock)
    var covered: [Range<Int>] = []
    for (part, isBegun) in zip(parts, begun) {
      if part.days.contains(day, clock.holidays) {
        if part.replaces { covered = [] }
        covered = Self.changed(covered, by: part, part.minutes(on: day, clock))
      }
      guard isBegun else { continue }
      let rest = part.minutes(on: yesterday, clock).map { minutes in
        max(minutes.lowerBound - TimeSpan.minutesOfDay, 0)..<max(minutes.upperBound - TimeSpan.minutesOfDay, 0)
      }
      covered = Self.changed(covered, by: part, rest)
    }
    return Self.joined(covered)
  }

  /// Which parts speak of a day and are not replaced by a later one. O(parts).
  private func partsInForce(on day: CivilDay, _ clock: LocalClock) -> [Bool] {
    var isInForce = [Bool](repeating: false, count: parts.count)
    for (index, part) in parts.enumerated() where part.days.contains(day, clock.holidays) {
      if part.replaces { for earlier in 0..<index { isInForce[earlier] = false } }
      isInForce[index] = true
    }
    return isInForce
  }

  private static func changed(_ covered: [Range<Int>], by part: Part, _ spans: [Range<Int>]) -> [Range<Int>] {
    let spans = spans.filter { !$0.isEmpty }
    guard part.isOff else { return covered + spans }
    return spans.reduce(covered) { covered, gap in
      covered.flatMap { [$0.clamped(to: 0..<max(gap.lowerBound, 0)), $0.clamped(to: gap.upperBound..<Int.max)] }
        .filter { !$0.isEmpty }
    }
  }

  /// Within the day, in their order, those that touch made one. O(n log n).
  private static func joined(_ spans: [Range<Int>]) -> [Range<Int>] {
    let sorted = spans.map { $0.clamped(to: wholeDay) }.filter { !$0.isEmpty }.sorted {
      $0.lowerBound < $1.lowerBound
    }
    return sorted.reduce(into: []) { joined, span in
      if let last = joined.last, span.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        joined.append(span)
      }
    }
  }
}

extension TimeRule.Part {
  /// True if on its days nothing is left of the rules before it.
  fileprivate var replaces: Bool { isOff ? spans.isEmpty : !isAdditional }

  fileprivate func minutes(on day: CivilDay, _ clock: LocalClock) -> [Range<Int>] {
    spans.isEmpty ? [0..<TimeSpan.minutesOfDay] : spans.map { $0.minutes(on: day, clock) }
  }
}
