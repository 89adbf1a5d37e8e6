/// A day of the Gregorian calendar.
///
/// Counted without a calendar object, which is slow: looking for the next change takes a rule over years of days.
struct CivilDay: Hashable, Sendable {
  /// Days since 1970-01-01.
  let number: Int
  let year: Int
  let month: Int
  let day: Int

  /// The day of a number. O(1).
  init(number: Int) {
    // Years that begin in March have their odd day at the end; 400 of them always have as many days.
    let sinceEra = number + Self.daysBeforeEpoch
    let era = (sinceEra - Self.remainder(sinceEra, Self.daysOf400Years)) / Self.daysOf400Years
    let dayOfEra = sinceEra - era * Self.daysOf400Years
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    self.number = number
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// A day by its date; one that the month lacks is counted on into the next. O(1).
  init(year: Int, month: Int, day: Int) {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let yearOfEra = Self.remainder(yearFromMarch, 400)
    let era = (yearFromMarch - yearOfEra) / 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(number: era * Self.daysOf400Years + dayOfEra - Self.daysBeforeEpoch)
  }

  func adding(_ days: Int) -> CivilDay { CivilDay(number: number + days) }

  /// 0 is Sunday.
  var weekday: Int { Self.remainder(number + 4, 7) }

  /// The week of ISO 8601, 1 to 53: the one that the week's Thursday lies in.
  var week: Int {
    let thursday = adding(3 - Self.remainder(weekday + 6, 7))
    return (thursday.number - CivilDay(year: thursday.year, month: 1, day: 1).number) / 7 + 1
  }

  /// Which one of its weekday in the month it is: 1 is the first.
  var weekdayFromStart: Int { (day - 1) / 7 + 1 }
  /// The same from the end of the month: -1 is the last.
  var weekdayFromEnd: Int {
    let next = month == 12 ? CivilDay(year: year + 1, month: 1, day: 1) : CivilDay(year: year, month: month + 1, day: 1)
    return -((next.number - number - 1) / 7 + 1)
  }

  private static let daysOf400Years = 146_097
  /// From 0000-03-01 to 1970-01-01.
  private static let daysBeforeEpoch = 719_468

  private static func remainder(_ number: Int, _ divisor: Int) -> Int {
    let remainder = number % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}

extension CivilDay {
  /// The day of a date such as `2026-12-25`; `nil` if there is no such day.
  init?(_ text: some StringProtocol) {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    guard fields.map(\.count) == [4, 2, 2], fields.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let year = Int(fields[0]), let month = Int(fields[1]), let day = Int(fields[2]), (1...12).contains(month)
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard (self.year, self.month, self.day) == (year, month, day) else { return nil }
  }
}
