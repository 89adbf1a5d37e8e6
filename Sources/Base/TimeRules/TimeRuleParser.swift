/// Reads the text of a ``TimeRule``.
struct TimeRuleParser {
  /// What a text says, and what of it is not understood.
  struct Reading {
    var rule: TimeRule?
    var notUnderstood: [String] = []
  }

  private var reader: TokenReader

  /// All rules of a text that are understood. O(length).
  ///
  /// - Parameter kinds: the holidays whose days are known; of the others no day is one.
  static func reading(_ tokens: [Token], knowing kinds: Set<Holidays.Kind>) -> Reading {
    var (parts, lost): ([TimeRule.Part], [String]) = ([], [])
    let segments = tokens.split { $0.kind == .sign(";") }
    for segment in segments {
      var parser = TimeRuleParser(reader: TokenReader(segment))
      while let rule = parser.next() {
        parts += rule.compactMap { $0.knowing(kinds) }
        lost += rule.flatMap(\.days.holidays).map(\.kind).filter { !kinds.contains($0) }.map(\.word)
      }
      if !parser.reader.isAtEnd { lost.append(Token.text(of: segment[(segment.startIndex + parser.understood)...])) }
    }
    return Reading(rule: parts.isEmpty ? nil : TimeRule(parts: parts), notUnderstood: lost)
  }

  private init(reader: TokenReader) { self.reader = reader }

  /// How many tokens the rules so far take.
  private var understood = 0

  /// The parts of the next rule; `nil` at the end, and where something is not understood.
  private mutating func next() -> [TimeRule.Part]? {
    let isAdditional = understood > 0
    if isAdditional, !reader.take(",") { return nil }
    guard var rule = reader.attempt({ $0.momentSpan() }) ?? reader.rule().map({ [$0] }),
      reader.isAtEnd || reader.peek() == .sign(",")
    else {
      reader.position = understood
      return nil
    }
    understood = reader.position
    for index in rule.indices { rule[index].isAdditional = isAdditional || index > 0 }
    return rule
  }
}

extension TimeRule.Part {
  /// The same without holidays of which nobody knows the days; `nil` if no days are left to tell.
  fileprivate func knowing(_ kinds: Set<Holidays.Kind>) -> TimeRule.Part? {
    days.knowing(kinds).map { TimeRule.Part(days: $0, spans: spans, isOff: isOff, isAdditional: isAdditional) }
  }
}

// MARK: One rule

extension TokenReader {
  fileprivate mutating func rule() -> TimeRule.Part? {
    let start = position
    var part = TimeRule.Part()
    if !takeAlways() {
      part.days = days()
      part.spans = list { $0.timeSpan() }
    }
    if let isOff = word({ Self.modifiers[$0] }) { part.isOff = isOff }
    return position > start ? part : nil
  }

  private static let modifiers = ["off": true, "closed": true, "open": false]

  /// `24/7`.
  private mutating func takeAlways() -> Bool {
    attempt { $0.number(24...24) != nil && $0.take("/") && $0.number(7...7) != nil ? true : nil } ?? false
  }

  private mutating func days() -> DaySelector {
    var days = DaySelector()
    days.years =
      attempt { reader in
        let years = reader.list { $0.years() }
        // A single year before a month belongs to the date.
        let isOfDate = years.count == 1 && years[0].first == years[0].last && reader.isBeforeMonth
        return years.isEmpty || isOfDate ? nil : years
      } ?? []
    days.dates = dates()
    days.weeks = weeks()
    addWeekdays(to: &days)
    return days
  }

  // MARK: Years, weeks

  private var isBeforeMonth: Bool {
    if case .word(let word) = peek() { return Names.month(word) != nil }
    return false
  }

  private mutating func year() -> Int? { number(1000...DateRange.endlessYear, digits: 4) }

  /// `2026`, `2020-2035`, `2020-2030/2`, `2026+`.
  private mutating func years() -> SteppedRange? {
    guard let first = year() else { return nil }
    if take("+") { return SteppedRange(first: first, last: DateRange.endlessYear) }
    return steppedRange(from: first) { $0.year() }.flatMap { $0.first <= $0.last ? $0 : nil }
  }

  /// `week 1-53/2`, `week 48-15`, `week 1,3,5`.
  private mutating func weeks() -> [SteppedRange] {
    attempt { reader in
      guard reader.word({ $0 == "week" || $0 == "weeks" ? true : nil }) != nil else { return nil }
      let weeks = reader.list { reader in
        reader.dayNumber(1...53).flatMap { first in reader.steppedRange(from: first) { $0.dayNumber(1...53) } }
      }
      return weeks.isEmpty ? nil : weeks
    } ?? []
  }

  private mutating func steppedRange(from first: Int, _ end: (inout TokenReader) -> Int?) -> SteppedRange? {
    var range = SteppedRange(first: first, last: first)
    guard take("-") else { return range }
    guard let last = end(&self) else { return nil }
    range.last = last
    guard take("/") else { return range }
    guard let step = number(1...100) else { return nil }
    range.step = step
    return range
  }

  /// A number that is not the hour of a time.
  private mutating func dayNumber(_ range: ClosedRange<Int>) -> Int? {
    peek(1) == .sign(":") ? nil : number(range)
  }

  // MARK: Dates

  /// The dates of a list; one without year or month has those of the one before it.
  private mutating func dates() -> [DateRange] {
    var last: DateRange.End?
    return list { reader in
      let range = reader.dateRange(behind: last)
      last = range.flatMap { $0.last.year == DateRange.endlessYear ? nil : $0.last }
      return range
    }
  }

  /// `Oct`, `Oct-Mar`, `Dec 24`, `Dec 24-Jan 02`, `Jul 01-15`, `2019 Aug 19-2019 Aug 30`, `2026 Nov 29+`.
  private mutating func dateRange(behind other: DateRange.End?) -> DateRange? {
    guard let start = date(behind: other) else { return nil }
    var first = start.date
    let hasDay = start.hasDay
    if first.year == nil { first.year = other?.year }
    if take("+") {
      let end = DateRange.End(year: first.year.map { _ in DateRange.endlessYear }, month: 12, day: 31)
      return DateRange(first: first, last: end)
    }
    guard take("-") else { return DateRange(first: first, last: hasDay ? first : first.endOfMonth) }
    guard let end = date(behind: hasDay ? first : nil), end.hasDay == hasDay else { return nil }
    var last = hasDay ? end.date : end.date.endOfMonth
    guard let year = first.year else { return last.year == nil ? DateRange(first: first, last: last) : nil }
    if last.year == nil {
      last.year = year
      if last.position < first.position { last.year = year + 1 }
    }
    return first.position <= last.position ? DateRange(first: first, last: last) : nil
  }

  /// A date, or a month, or the day of the month of `other`. Without a day it is the first one.
  mutating func date(behind other: DateRange.End?) -> (date: DateRange.End, hasDay: Bool)? {
    let year = attempt { reader in
      reader.year().flatMap { reader.isBeforeMonth ? $0 : nil }
    }
    guard let month = word(Names.month) else {
      guard year == nil, let other, let day = dayNumber(1...31) else { return nil }
      return (DateRange.End(year: other.year, month: other.month, day: day), true)
    }
    let day = dayNumber(1...31)
    return (DateRange.End(year: year, month: month, day: day ?? 1), day != nil)
  }

  // MARK: Weekdays, holidays

  fileprivate enum DayOfWeek {
    case weekdays(Set<Int>)
    case nth(NthWeekday)
    case holiday(HolidayDay)
  }

  private mutating func addWeekdays(to days: inout DaySelector) {
    days.add(list { $0.dayOfWeek() })
    let isOfHolidaysOnly = !days.holidays.isEmpty && days.weekdays.isEmpty && days.nthWeekdays.isEmpty
    guard isOfHolidaysOnly else { return }
    // `SH Mo-Fr`: without a comma, both must be.
    let others = list { $0.dayOfWeek() }
    days.needsHoliday = !others.isEmpty
    days.add(others)
  }

  private mutating func dayOfWeek() -> DayOfWeek? {
    if let kind = word(Names.holiday) { return .holiday(HolidayDay(kind: kind, offsetDays: offsetDays())) }
    guard let first = word(Names.weekday) else { return nil }
    if take("[") {
      let numbers = list { $0.nthNumbers() }
      guard !numbers.isEmpty, take("]") else { return nil }
      return .nth(NthWeekday(weekday: first, numbers: Set(numbers.joined()), offsetDays: offsetDays()))
    }
    guard take("-") else { return .weekdays([first]) }
    guard let last = word(Names.weekday) else { return nil }
    let count = (last - first + 7) % 7
    return .weekdays(Set((first...first + count).map { $0 % 7 }))
  }

  /// `1`, `-1`, `1-3`.
  private mutating func nthNumbers() -> ClosedRange<Int>? {
    let sign = take("-") ? -1 : 1
    guard let first = number(1...5) else { return nil }
    guard sign > 0, take("-") else { return sign * first...sign * first }
    return number(first...5).map { first...$0 }
  }

  /// `+1 day`, `-2 days`; 0 without.
  private mutating func offsetDays() -> Int {
    attempt { reader in
      let sign = reader.take("+") ? 1 : reader.take("-") ? -1 : 0
      guard sign != 0, let days = reader.number(1...366),
        reader.word({ $0 == "day" || $0 == "days" ? true : nil }) != nil
      else { return nil }
      return sign * days
    } ?? 0
  }

  // MARK: Times

  /// `07:00-09:00`, `22:00-06:00`, `sunset-sunrise`, `18:00+`, `18:00-22:00+`.
  private mutating func timeSpan() -> TimeSpan? {
    guard let start = time(upTo: TimeSpan.minutesOfDay - 1) else { return nil }
    if take("+") { return .openEnd(from: start) }
    guard take("-"), let end = time(upTo: 2 * TimeSpan.minutesOfDay) else { return nil }
    // What comes after an end that may be later, nobody knows.
    _ = take("+")
    return TimeSpan(start: start, end: end)
  }

  private mutating func time(upTo minuteMax: Int) -> TimeSpan.Time? {
    if let event = word(SunEvent.init(rawValue:)) { return .sun(event, offsetMinutes: 0) }
    if take("(") {
      guard let event = word(SunEvent.init(rawValue:)) else { return nil }
      let sign = take("+") ? 1 : take("-") ? -1 : 0
      guard sign != 0, let minutes = clockTime(upTo: minuteMax), take(")") else { return nil }
      return .sun(event, offsetMinutes: sign * minutes)
    }
    return clockTime(upTo: minuteMax).map { .clock($0) }
  }

  mutating func clockTime(upTo minuteMax: Int) -> Int? {
    guard let hour = number(0...48), take(":"), let minute = number(0...59, digits: 2) else { return nil }
    return hour * 60 + minute <= minuteMax ? hour * 60 + minute : nil
  }
}

extension DaySelector {
  fileprivate mutating func add(_ days: [TokenReader.DayOfWeek]) {
    for day in days {
      switch day {
      case .weekdays(let weekdays): self.weekdays.formUnion(weekdays)
      case .nth(let nth): nthWeekdays.append(nth)
      case .holiday(let holiday): holidays.append(holiday)
      }
    }
  }
}

extension DateRange.End {
  fileprivate var endOfMonth: DateRange.End { DateRange.End(year: year, month: month, day: 31) }
}

/// The words of opening hours, short or in full.
private enum Names {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

  /// 1 is January.
  static func month(_ word: String) -> Int? {
    word.count < 3 ? nil : months.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
  }

  /// 0 is Sunday.
  static func weekday(_ word: String) -> Int? {
    word.count < 2 ? nil : weekdays.firstIndex { $0.hasPrefix(word) }
  }

  static func holiday(_ word: String) -> Holidays.Kind? {
    Holidays.Kind.allCases.first { $0.word.lowercased() == word }
  }
}
