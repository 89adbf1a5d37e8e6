extension TokenReader {
  /// `2026 Nov 29 08:00-2026 Dec 04 18:00`: from a moment to a moment, as a rule for the first day, one for the days
  /// between and one for the last day. Opening hours have no such form, but mappers write it.
  mutating func momentSpan() -> [TimeRule.Part]? {
    guard let first = date(behind: nil), first.hasDay, let start = clockTime(upTo: TimeSpan.minutesOfDay - 1),
      take("-"),
      let last = date(behind: nil), last.hasDay, let end = clockTime(upTo: TimeSpan.minutesOfDay),
      let days = Self.days(from: first.date, to: last.date)
    else { return nil }
    let hasYear = first.date.year != nil
    if days.first == days.last {
      return start < end ? [Self.part(days.first, days.last, start..<end, hasYear)] : nil
    }
    let whole = 0..<TimeSpan.minutesOfDay
    var parts = [Self.part(days.first, days.first, start..<whole.upperBound, hasYear)]
    if days.last.number - days.first.number > 1 {
      parts.append(Self.part(days.first.adding(1), days.last.adding(-1), whole, hasYear))
    }
    if end > 0 { parts.append(Self.part(days.last, days.last, 0..<end, hasYear)) }
    return parts
  }

  /// The ends of a range; `nil` if its years don't fit. Without years it is one of any year.
  private static func days(
    from first: DateRange.End, to last: DateRange.End
  ) -> (first: CivilDay, last: CivilDay)? {
    if first.year == nil, last.year != nil { return nil }
    let year = first.year ?? anyLeapYear
    let start = CivilDay(year: year, month: first.month, day: first.day)
    var end = CivilDay(year: last.year ?? year, month: last.month, day: last.day)
    if last.year == nil, end.number < start.number {
      end = CivilDay(year: year + 1, month: last.month, day: last.day)
    }
    return start.number <= end.number ? (start, end) : nil
  }

  private static let anyLeapYear = 2028

  private static func part(_ first: CivilDay, _ last: CivilDay, _ minutes: Range<Int>, _ hasYear: Bool) -> TimeRule.Part
  {
    func end(_ day: CivilDay) -> DateRange.End {
      DateRange.End(year: hasYear ? day.year : nil, month: day.month, day: day.day)
    }
    let days = DaySelector(dates: [DateRange(first: end(first), last: end(last))])
    return TimeRule.Part(
      days: days, spans: [TimeSpan(start: .clock(minutes.lowerBound), end: .clock(minutes.upperBound))])
  }
}
