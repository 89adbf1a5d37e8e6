import Foundation
import Geometry
import Testing
import TimeRules

@Suite struct TimeRuleTests {
  static let seoul = TimeZone(identifier: "Asia/Seoul")!
  static let rome = TimeZone(identifier: "Europe/Rome")!

  static let seoulClock = LocalClock(seoul, at: Coordinate(latitude: 37.5665, longitude: 126.978)!)
  static let romeClock = LocalClock(rome, at: Coordinate(latitude: 41.9, longitude: 12.5)!)

  /// `2026-11-23 08:00` was a Monday.
  static func moment(_ text: String, in timeZone: TimeZone = seoul) -> Date {
    let formatter = DateFormatter()
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = timeZone
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    return formatter.date(from: text)!
  }

  @Test(arguments: [
    ("Mo-Fr 07:00-09:00", "2026-11-23 07:00", true), ("Mo-Fr 07:00-09:00", "2026-11-23 06:59", false),
    ("Mo-Fr 07:00-09:00", "2026-11-23 09:00", false), ("Mo-Fr 07:00-09:00", "2026-11-22 08:00", false),
    ("Mo-Fr 07:00-09:00,16:00-18:00", "2026-11-27 17:59", true), ("07:00-19:00", "2026-11-22 12:00", true),
    ("Sa,Su", "2026-11-21 00:00", true), ("Sa,Su", "2026-11-23 00:00", false), ("24/7", "2026-01-01 03:00", true),
    ("22:00-06:00", "2026-11-23 23:00", true), ("22:00-06:00", "2026-11-23 05:59", true),
    ("22:00-06:00", "2026-11-23 06:00", false), ("Fr 22:00-06:00", "2026-11-28 05:00", true),
    ("Fr 22:00-06:00", "2026-11-27 05:00", false), ("Fr-Mo 10:00-12:00", "2026-11-22 11:00", true),
    ("Fr-Mo 10:00-12:00", "2026-11-24 11:00", false), ("Oct-Mar", "2026-12-31 11:00", true),
    ("Oct-Mar", "2026-04-01 00:00", false), ("Nov", "2026-11-30 23:59", true), ("Nov", "2026-12-01 00:00", false),
    ("Dec 24-Jan 02", "2026-12-24 00:00", true), ("Dec 24-Jan 02", "2026-01-02 23:59", true),
    ("Dec 24-Jan 02", "2026-01-03 00:00", false), ("Jul 01-15 Mo-Fr 08:00-10:00", "2026-07-15 09:00", true),
    ("Jul 01-15 Mo-Fr 08:00-10:00", "2026-07-16 09:00", false),
    ("Mo-Fr 07:00-09:00; Sa 10:00-12:00", "2026-11-28 11:00", true),
    ("Mo-Fr 07:00-09:00, Sa 10:00-12:00", "2026-11-28 11:00", true),
    ("Mo-Su 07:00-19:00; Su off", "2026-11-22 11:00", false), ("Mo-Su 07:00-19:00; Su off", "2026-11-23 11:00", true),
    ("Mo-Fr 07:00-09:00; We 12:00-13:00", "2026-11-25 08:00", false),
    ("Mo-Fr 07:00-09:00, We 12:00-13:00", "2026-11-25 08:00", true),
    ("Mo - Fr 7:00 - 9:00", "2026-11-23 08:00", true), ("08:00-24:00", "2026-11-23 23:59", true),
    // Letters and blanks.
    ("mo-fr 07:00-09:00", "2026-11-23 08:00", true), ("MO-SU", "2026-11-23 08:00", true),
    ("JAN-DEC", "2026-11-23 08:00", true), ("oct-mar 22:00-06:00", "2026-11-23 23:00", true),
    ("Mo-Fr07:00-09:00", "2026-11-23 08:00", true), ("Dec24-Jan02", "2026-12-31 08:00", true),
    ("January-March", "2026-03-31 08:00", true), ("Monday-Fri", "2026-11-28 08:00", false),
    ("24 / 7", "2026-11-23 08:00", true), ("Mo-Fr OFF", "2026-11-23 08:00", false),
    // Years and dates.
    ("2026", "2026-12-31 23:59", true), ("2026", "2027-01-01 00:00", false), ("2020-2026", "2026-05-05 00:00", true),
    ("2020-2030/2", "2026-05-05 00:00", true), ("2021-2031/2", "2026-05-05 00:00", false),
    ("2027+", "2026-05-05 00:00", false), ("2027+", "2050-05-05 00:00", true),
    ("2019 Aug 19-2019 Aug 30", "2019-08-30 23:59", true), ("2019 Aug 19-2019 Aug 30", "2026-08-20 12:00", false),
    ("2019 Aug 19-30", "2019-08-30 23:59", true), ("2026 Nov 30-2027 Feb 28 22:00-05:00", "2027-01-01 23:00", true),
    ("2026 Nov 30-2027 Feb 28 22:00-05:00", "2026-11-29 23:00", false), ("2026 Nov-2027 Feb", "2027-02-28 12:00", true),
    ("2026 Dec 20-Jan 5", "2027-01-05 12:00", true), ("2026 Dec 20-Jan 5", "2026-01-05 12:00", false),
    ("2026 Nov 29+", "2031-01-01 00:00", true), ("Nov 29+", "2026-12-31 00:00", true),
    ("Nov 29+", "2026-11-28 00:00", false), ("2026 Jan-Mar,Oct-Dec", "2026-11-28 00:00", true),
    ("2026 Jan-Mar,Oct-Dec", "2027-11-28 00:00", false), ("Nov 23,25", "2026-11-25 00:00", true),
    ("Feb 29", "2028-02-29 12:00", true), ("2025-2027 Nov 24", "2026-11-24 12:00", true),
    ("Apr 18 21:00-23:59, Apr 27 07:00-12:00", "2026-04-27 11:00", true),
    // From a moment to a moment.
    ("2026 Nov 23 08:00-2026 Nov 25 18:00", "2026-11-23 07:59", false),
    ("2026 Nov 23 08:00-2026 Nov 25 18:00", "2026-11-23 23:00", true),
    ("2026 Nov 23 08:00-2026 Nov 25 18:00", "2026-11-24 03:00", true),
    ("2026 Nov 23 08:00-2026 Nov 25 18:00", "2026-11-25 17:59", true),
    ("2026 Nov 23 08:00-2026 Nov 25 18:00", "2026-11-25 18:00", false),
    ("Dec 31 20:00-Jan 01 04:00", "2027-01-01 03:59", true), ("Dec 31 20:00-Jan 01 04:00", "2026-06-01 03:59", false),
    ("Nov 23 08:00-Nov 23 10:00", "2026-11-23 09:00", true), ("Nov 20 08:00-Nov 23 00:00", "2026-11-23 00:00", false),
    // Weeks: 2026-11-23 begins week 48, 2026-12-28 week 53, 2027-01-04 week 1.
    ("week 48", "2026-11-29 23:59", true), ("week 48", "2026-11-30 00:00", false),
    ("week 48-15", "2027-02-01 00:00", true), ("week 48-15", "2026-09-01 00:00", false),
    ("week 53", "2026-12-31 00:00", true), ("week 53", "2027-01-03 23:59", true), ("week 1", "2027-01-04 00:00", true),
    ("week 2-52/2 Mo", "2026-11-23 00:00", true), ("week 1-53/2", "2026-11-23 00:00", false),
    ("WEEK 10,48 Mo 07:00-09:00", "2026-11-23 08:00", true),
    // Nth weekdays: Mondays of November 2026 are the 2nd, 9th, 16th, 23rd and 30th.
    ("Mo[4]", "2026-11-23 00:00", true), ("Mo[-1]", "2026-11-30 00:00", true), ("Mo[-2]", "2026-11-23 00:00", true),
    ("Mo[1,3] 07:00-09:00", "2026-11-16 08:00", true), ("Mo[1-2]", "2026-11-16 08:00", false),
    ("Mo[1] +1 day", "2026-11-03 00:00", true), ("Mo[-1] -2 days", "2026-11-28 00:00", true),
    // Open ends.
    ("18:00+", "2026-11-23 23:59", true), ("18:00+", "2026-11-24 00:00", false),
    ("18:00-20:00+", "2026-11-23 19:59", true), ("22:00-26:00", "2026-11-24 01:59", true),
    // The sun: in Seoul it rises at 7:20 and sets at 17:16 then; it dawns at 6:51, and it is dark at 17:45.
    ("sunset-sunrise", "2026-11-23 17:25", true), ("sunset-sunrise", "2026-11-23 17:05", false),
    ("Sunset-Sunrise", "2026-11-23 07:10", true), ("sunset-sunrise", "2026-11-23 07:30", false),
    ("dawn-dusk", "2026-11-23 07:00", true), ("dawn-dusk", "2026-11-23 06:40", false),
    ("dawn-dusk", "2026-11-23 17:55", false), ("(sunset-00:30)-22:00", "2026-11-23 17:00", true),
    ("(sunset-00:30)-22:00", "2026-11-23 16:30", false), ("sunset+", "2026-11-23 22:00", true),
    ("08:00-(sunrise+02:00)", "2026-11-23 09:10", true), ("08:00-(sunrise+02:00)", "2026-11-23 09:40", false),
    // What is off.
    ("Mo-Su 07:00-19:00; Mo 12:00-13:00 off", "2026-11-23 12:30", false),
    ("Mo-Su 07:00-19:00; Mo 12:00-13:00 off", "2026-11-23 13:30", true),
    ("22:00-06:00; Mo off", "2026-11-23 05:00", false), ("22:00-06:00; Mo off", "2026-11-24 05:00", false),
    ("22:00-06:00; Mo off", "2026-11-25 05:00", true), ("Fr 22:00-06:00; Sa 10:00-12:00", "2026-11-28 05:00", false),
    ("Mo-Fr 10:00-12:00 open", "2026-11-23 11:00", true),
  ])
  func holds(_ text: String, _ moment: String, _ expected: Bool) throws {
    let rule = try #require(TimeRule(text), "\(text)")
    #expect(rule.holds(at: Self.moment(moment), in: Self.seoulClock) == expected, "\(text) at \(moment)")
  }

  @Test(arguments: [
    "", " ", ";", "wet", "PH", "Mo-Fr,PH 07:00-09:00", "SH", "weight>7.5", "Mo-Xx", "25:00-26:00", "07:60-08:00",
    "Mo-Fr 07:00-09:00 AND weight>3.5", "Jan 32", "Foo", "07:00", "Mo Tu", "Mo-Tu-We", "destination", "Jul 01-",
    "week", "week 54", "Mo[6]", "Mo[", "2030-2020", "2026 Feb 01-2026 Jan 01", "Jan 01-2026 Feb 01", "sunset",
    "(sunset)-22:00", "Mo-Fr 9-17", "15.03.-15.09.", "07:00-09:00 \"on school days\"", "Mo || Tu",
    "99999999999:00-09:00",
    "2026 Nov 25 08:00-2026 Nov 23 18:00", "Nov 25 08:00-2026 Nov 26 18:00", "Nov 25 08:00-Nov 25 07:00",
  ])
  func refusesWhatItDoesNotUnderstand(_ text: String) {
    #expect(TimeRule(text) == nil, "\(text)")
  }

  /// What holds on holidays holds where somebody has told them, and only there.
  @Test(arguments: [
    ("PH", "2026-11-25 12:00", true), ("PH", "2026-11-24 12:00", false),
    ("Sa,PH 10:00-12:00", "2026-11-25 11:00", true),
    ("Sa,PH 10:00-12:00", "2026-11-28 11:00", true), ("Mo-Fr 07:00-09:00; PH off", "2026-11-25 08:00", false),
    ("Mo-Fr 07:00-09:00; PH off", "2026-11-24 08:00", true), ("PH -1 day", "2026-11-24 08:00", true),
    ("SH Mo-Fr", "2026-11-27 08:00", true), ("SH Mo-Fr", "2026-11-28 08:00", false),
    ("sh,PH", "2026-11-30 23:59", true), ("SH", "2026-12-01 00:00", false),
  ])
  func holidays(_ text: String, _ moment: String, _ expected: Bool) throws {
    let holidays = Holidays([
      try #require(Holidays.Period(.publicHoliday, first: "2026-11-25", last: "2026-11-25")),
      try #require(Holidays.Period(.schoolHoliday, first: "2026-11-26", last: "2026-11-30")),
    ])
    let clock = LocalClock(Self.seoul, holidays: holidays)
    let rule = try #require(TimeRule(text, knowing: holidays.kinds), "\(text)")
    #expect(rule.holds(at: Self.moment(moment), in: clock) == expected, "\(text) at \(moment)")
    #expect(TimeRule(text) == nil, "\(text)")
  }

  @Test(arguments: [("2026-02-29", "2026-03-01"), ("2026-13-01", "2026-13-02"), ("26-1-1", "26-1-2"), ("", "")])
  func daysThatAreNone(_ first: String, _ last: String) {
    #expect(Holidays.Period(.publicHoliday, first: first, last: last) == nil)
  }

  /// Where the sun doesn't rise it is night all day, and where it doesn't set there is none.
  @Test func theFarNorthHasLongNights() throws {
    let oslo = try #require(TimeZone(identifier: "Europe/Oslo"))
    let clock = LocalClock(oslo, at: try #require(Coordinate(latitude: 69.65, longitude: 18.96)))
    let (rule, day) = (try #require(TimeRule("sunset-sunrise")), try #require(TimeRule("sunrise-sunset")))
    for hour in ["00", "06", "12", "18"] {
      let winter = Self.moment("2026-12-10 \(hour):30", in: oslo)
      let summer = Self.moment("2026-06-20 \(hour):30", in: oslo)
      #expect(rule.holds(at: winter, in: clock) && !day.holds(at: winter, in: clock))
      #expect(!rule.holds(at: summer, in: clock) && day.holds(at: summer, in: clock))
    }
  }

  /// The zone counts: the same moment is morning in Seoul and night in Rome.
  @Test func timesAreLocal() throws {
    let rule = try #require(TimeRule("07:00-09:00"))
    let moment = Self.moment("2026-11-23 08:00")
    #expect(rule.holds(at: moment, in: Self.seoulClock))
    #expect(!rule.holds(at: moment, in: Self.romeClock))
  }

  @Test(arguments: [
    ("Mo-Fr 07:00-09:00", "2026-11-23 06:00", "2026-11-23 07:00"),
    ("Mo-Fr 07:00-09:00", "2026-11-23 07:00", "2026-11-23 09:00"),
    ("Mo-Fr 07:00-09:00", "2026-11-27 09:00", "2026-11-30 07:00"),
    ("22:00-06:00", "2026-11-23 23:00", "2026-11-24 06:00"),
    ("Sa,Su", "2026-11-21 12:00", "2026-11-23 00:00"), ("Dec 24-Jan 02", "2026-11-23 00:00", "2026-12-24 00:00"),
    ("Dec 24-Jan 02", "2026-12-25 00:00", "2027-01-03 00:00"),
    ("2031 Jan 01-2031 Dec 31", "2026-11-23 00:00", "2031-01-01 00:00"),
    ("2020-2035", "2026-11-23 00:00", "2036-01-01 00:00"), ("Feb 29", "2026-11-23 00:00", "2028-02-29 00:00"),
    ("week 53", "2027-02-01 00:00", "2032-12-27 00:00"), ("18:00+", "2026-11-23 19:00", "2026-11-24 00:00"),
  ])
  func nextChange(_ text: String, _ after: String, _ expected: String) throws {
    let rule = try #require(TimeRule(text))
    #expect(rule.nextChange(after: Self.moment(after), in: Self.seoulClock) == Self.moment(expected))
  }

  @Test func whatNeverChangesHasNoNextChange() throws {
    let over = try #require(TimeRule("2018 Aug 19-2018 Aug 30"))
    #expect(over.nextChange(after: Self.moment("2026-11-23 06:00"), in: Self.seoulClock) == nil)
    #expect(
      try #require(TimeRule("24/7")).nextChange(after: Self.moment("2026-11-23 06:00"), in: Self.seoulClock) == nil)
    #expect(
      try #require(TimeRule("Mo-Su")).nextChange(after: Self.moment("2026-11-23 06:00"), in: Self.seoulClock) == nil)
  }

  /// On the night when clocks go forward 02:30 does not exist, on the other one it comes twice.
  @Test(arguments: ["2026-03-28 12:00", "2026-10-24 12:00"])
  func clockChangesAreSurvived(_ start: String) throws {
    let rule = try #require(TimeRule("02:30-04:00"))
    var moment = Self.moment(start, in: Self.rome)
    for _ in 0..<4 {
      let next = try #require(rule.nextChange(after: moment, in: Self.romeClock))
      #expect(next > moment && next.timeIntervalSince(moment) < 26 * 3600)
      #expect(rule.holds(at: next, in: Self.romeClock) != rule.holds(at: next - 60, in: Self.romeClock))
      moment = next
    }
  }

  /// Ten minutes by ten minutes over eight days: a change happens where `nextChange` says, and nowhere else.
  @Test(arguments: [
    "Mo-Fr 07:00-09:00,16:00-18:00", "Fr 22:00-06:00; Su 10:00-11:00", "Sa-Tu 23:30-00:30, We off",
  ])
  func nextChangeIsTheFirst(_ text: String) throws {
    let rule = try #require(TimeRule(text))
    var moment = Self.moment("2026-11-16 00:00")
    var next = try #require(rule.nextChange(after: moment, in: Self.seoulClock))
    for _ in 0..<8 * 24 * 6 {
      let later = moment + 600
      let changes = rule.holds(at: later, in: Self.seoulClock) != rule.holds(at: moment, in: Self.seoulClock)
      #expect(changes == (later == next), "\(text) at \(later)")
      if later == next { next = try #require(rule.nextChange(after: later, in: Self.seoulClock)) }
      moment = later
    }
  }

  /// A thousand bytes of spans none of which changes anything, for a year: it took minutes.
  @Test func manySpansAreQuick() throws {
    let spans = (0..<80).map { index in
      let minute = (index * 7 % 60) < 10 ? "0\(index * 7 % 60)" : "\(index * 7 % 60)"
      return "\(10 + index / 8):\(minute)-23:59"
    }
    let rule = try #require(TimeRule((["00:00-24:00"] + spans).joined(separator: ",")))
    let start = ContinuousClock.now
    #expect(rule.nextChange(after: Self.moment("2026-11-23 08:00"), in: Self.romeClock) == nil)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// Each of a thousand spaces was a new beginning for the pattern that joins words.
  @Test func manySpacesAreQuick() throws {
    let spaces = String(repeating: " ", count: 10_000)
    let start = ContinuousClock.now
    #expect(TimeRule("Mo\(spaces)-\(spaces)Fr 07:00\(spaces)–\(spaces)09:00") == TimeRule("Mo-Fr 07:00-09:00"))
    #expect(TimeRule("Mo-Fr\(spaces)x") == nil)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
