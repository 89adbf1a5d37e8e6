/// The days that a rule speaks of: those that fit all of its lists that are not empty.
struct DaySelector: Hashable, Sendable {
  var years: [SteppedRange] = []
  var dates: [DateRange] = []
  /// Of ISO 8601.
  var weeks: [SteppedRange] = []
  /// 0 is Sunday. Weekdays, nth weekdays and holidays add up, unless ``needsHoliday``.
  var weekdays: Set<Int> = []
  var nthWeekdays: [NthWeekday] = []
  var holidays: [HolidayDay] = []
  /// Weekdays that are holidays as well: `SH Mo-Fr`.
  var needsHoliday = false

  func contains(_ day: CivilDay, _ known: Holidays) -> Bool {
    (years.isEmpty || years.contains { $0.contains(day.year) })
      && (dates.isEmpty || dates.contains { $0.contains(day) })
      && (weeks.isEmpty || weeks.contains { $0.contains(day.week) }) && isWeekdayOrHoliday(day, known)
  }

  private func isWeekdayOrHoliday(_ day: CivilDay, _ known: Holidays) -> Bool {
    let isWeekday = weekdays.contains(day.weekday) || nthWeekdays.contains { $0.contains(day) }
    let isHoliday = holidays.contains { known.contains(day.adding(-$0.offsetDays), $0.kind) }
    if needsHoliday { return isWeekday && isHoliday }
    return isWeekday || isHoliday || (weekdays.isEmpty && nthWeekdays.isEmpty && holidays.isEmpty)
  }

  /// The same without holidays of which nobody knows the days; `nil` if nothing is left to tell its days by.
  func knowing(_ kinds: Set<Holidays.Kind>) -> DaySelector? {
    var known = self
    known.holidays.removeAll { !kinds.contains($0.kind) }
    let isLost = known.holidays.isEmpty && (needsHoliday || (weekdays.isEmpty && nthWeekdays.isEmpty))
    return known.holidays.count < holidays.count && isLost ? nil : known
  }

  /// The last year that it names; `nil` if it names none.
  var lastYear: Int? {
    let named =
      years.flatMap { [$0.first, $0.last] } + dates.flatMap { [$0.first.year, $0.last.year] }.compactMap { $0 }
    return named.filter { $0 < DateRange.endlessYear }.max()
  }

  /// True if it says nothing but weekdays.
  var isWeekly: Bool { years.isEmpty && dates.isEmpty && weeks.isEmpty && nthWeekdays.isEmpty && holidays.isEmpty }

  /// True if all its days lie before the end of ``lastYear``.
  var isBounded: Bool {
    let hasYears = !years.isEmpty && years.allSatisfy { $0.last < DateRange.endlessYear }
    let hasDates = !dates.isEmpty && dates.allSatisfy { $0.last.year.map { $0 < DateRange.endlessYear } ?? false }
    return hasYears || hasDates
  }
}

/// Years or weeks: `2020-2030/2`, `48-15`. A range of weeks that runs over New Year has its end before its start.
struct SteppedRange: Hashable, Sendable {
  var first: Int
  var last: Int
  var step = 1

  func contains(_ number: Int) -> Bool {
    let isWithin = first <= last ? (first...last).contains(number) : number >= first || number <= last
    guard step > 1 else { return isWithin }
    return isWithin && number >= first && (number - first) % step == 0
  }
}

/// From a date to a date, both included: `Dec 24-Jan 02`, `2019 Aug 19-2019 Aug 30`.
struct DateRange: Hashable, Sendable {
  struct End: Hashable, Sendable {
    /// `nil` in every year.
    var year: Int?
    var month: Int
    var day: Int
    /// In the order of the dates.
    var position: Int { ((year ?? 0) * 16 + month) * 32 + day }
  }

  var first: End
  var last: End

  /// The year in which a range without an end ends.
  static let endlessYear = 9999

  /// Without years, a range that runs over New Year has its end before its start.
  func contains(_ day: CivilDay) -> Bool {
    let hasYears = first.year != nil
    let position = End(year: hasYears ? day.year : nil, month: day.month, day: day.day).position
    let (first, last) = (first.position, last.position)
    if hasYears || first <= last { return first <= position && position <= last }
    return position >= first || position <= last
  }
}

/// `Mo[1]`, `Fr[-1]`, `Su[-1] +1 day`.
struct NthWeekday: Hashable, Sendable {
  var weekday: Int
  /// 1 is the first of the month, -1 the last.
  var numbers: Set<Int>
  var offsetDays = 0

  func contains(_ day: CivilDay) -> Bool {
    let day = day.adding(-offsetDays)
    guard day.weekday == weekday else { return false }
    return numbers.contains(day.weekdayFromStart) || numbers.contains(day.weekdayFromEnd)
  }
}

/// `PH`, `SH`, `PH -1 day`.
struct HolidayDay: Hashable, Sendable {
  var kind: Holidays.Kind
  var offsetDays = 0
}
