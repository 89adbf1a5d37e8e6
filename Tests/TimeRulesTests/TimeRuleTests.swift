import Foundation
import Testing
import TimeRules

@Suite struct TimeRuleTests {
  static let seoul = TimeZone(identifier: "Asia/Seoul")!
  static let rome = TimeZone(identifier: "Europe/Rome")!

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
  ])
  func holds(_ text: String, _ moment: String, _ expected: Bool) throws {
    let rule = try #require(TimeRule(text), "\(text)")
    #expect(rule.holds(at: Self.moment(moment), in: Self.seoul) == expected, "\(text) at \(moment)")
  }

  @Test(arguments: [
    "", " ", ";", "wet", "PH", "Mo-Fr,PH 07:00-09:00", "SH", "sunset-sunrise", "07:00+", "weight>7.5", "Mo-Xx",
    "25:00-26:00",
    "07:60-08:00", "week 1-10", "2026 Jan 01-2026 Feb 01", "Mo-Fr 07:00-09:00 AND weight>3.5", "Jan 32", "Foo", "07:00",
    "Mo Tu", "Mo-Tu-We", "destination", "Jul 01-", "Mo-Fr 08:00-10:00 off",
  ])
  func refusesWhatItDoesNotUnderstand(_ text: String) {
    #expect(TimeRule(text) == nil, "\(text)")
  }

  /// The zone counts: the same moment is morning in Seoul and night in Rome.
  @Test func timesAreLocal() throws {
    let rule = try #require(TimeRule("07:00-09:00"))
    let moment = Self.moment("2026-11-23 08:00")
    #expect(rule.holds(at: moment, in: Self.seoul))
    #expect(!rule.holds(at: moment, in: Self.rome))
  }

  @Test(arguments: [
    ("Mo-Fr 07:00-09:00", "2026-11-23 06:00", "2026-11-23 07:00"),
    ("Mo-Fr 07:00-09:00", "2026-11-23 07:00", "2026-11-23 09:00"),
    ("Mo-Fr 07:00-09:00", "2026-11-27 09:00", "2026-11-30 07:00"),
    ("22:00-06:00", "2026-11-23 23:00", "2026-11-24 06:00"),
    ("Sa,Su", "2026-11-21 12:00", "2026-11-23 00:00"), ("Dec 24-Jan 02", "2026-11-23 00:00", "2026-12-24 00:00"),
    ("Dec 24-Jan 02", "2026-12-25 00:00", "2027-01-03 00:00"),
  ])
  func nextChange(_ text: String, _ after: String, _ expected: String) throws {
    let rule = try #require(TimeRule(text))
    #expect(rule.nextChange(after: Self.moment(after), in: Self.seoul) == Self.moment(expected))
  }

  @Test func whatNeverChangesHasNoNextChange() throws {
    #expect(try #require(TimeRule("24/7")).nextChange(after: Self.moment("2026-11-23 06:00"), in: Self.seoul) == nil)
    #expect(try #require(TimeRule("Mo-Su")).nextChange(after: Self.moment("2026-11-23 06:00"), in: Self.seoul) == nil)
  }

  /// On the night when clocks go forward 02:30 does not exist, on the other one it comes twice.
  @Test(arguments: ["2026-03-28 12:00", "2026-10-24 12:00"])
  func clockChangesAreSurvived(_ start: String) throws {
    let rule = try #require(TimeRule("02:30-04:00"))
    var moment = Self.moment(start, in: Self.rome)
    for _ in 0..<4 {
      let next = try #require(rule.nextChange(after: moment, in: Self.rome))
      #expect(next > moment && next.timeIntervalSince(moment) < 26 * 3600)
      #expect(rule.holds(at: next, in: Self.rome) != rule.holds(at: next - 60, in: Self.rome))
      moment = next
    }
  }

  /// Ten minutes by ten minutes over eight days: a change happens where `nextChange` says, and nowhere else.
  @Test(arguments: ["Mo-Fr 07:00-09:00,16:00-18:00", "Fr 22:00-06:00; Su 10:00-11:00", "Sa-Tu 23:30-00:30, We off"])
  func nextChangeIsTheFirst(_ text: String) throws {
    let rule = try #require(TimeRule(text))
    var moment = Self.moment("2026-11-16 00:00")
    var next = try #require(rule.nextChange(after: moment, in: Self.seoul))
    for _ in 0..<8 * 24 * 6 {
      let later = moment + 600
      let changes = rule.holds(at: later, in: Self.seoul) != rule.holds(at: moment, in: Self.seoul)
      #expect(changes == (later == next), "\(text) at \(later)")
      if later == next { next = try #require(rule.nextChange(after: later, in: Self.seoul)) }
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
    #expect(rule.nextChange(after: Self.moment("2026-11-23 08:00"), in: Self.rome) == nil)
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
