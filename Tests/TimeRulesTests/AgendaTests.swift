import Foundation
import Geometry
import Testing

@testable import TimeRules

/// Whether two rules ever hold at the same time.
@Suite struct AgendaTests {
  /// Christmas 2026 is a Friday, the 2nd of January 2027 a Saturday.
  private static let holidays = Holidays(
    [("2026-12-25", "2026-12-25"), ("2027-01-02", "2027-01-02")].compactMap {
      Holidays.Period(.publicHoliday, first: $0.0, last: $0.1)
    })
  private static let clock = LocalClock(
    TimeRuleTests.seoul, at: Coordinate(latitude: 37.5665, longitude: 126.978)!, holidays: holidays)
  private static let moment = TimeRuleTests.moment("2026-11-23 08:00")

  private static func overlap(_ one: String, _ other: String) throws -> Bool {
    let rules = try [one, other].map { try #require(TimeRule($0, knowing: holidays.kinds)) }
    let days = Agenda.days(toCompare: rules, from: moment, in: clock)
    let agendas = rules.map { Agenda($0, on: days, in: clock) }
    #expect(agendas[0].overlaps(agendas[1]) == agendas[1].overlaps(agendas[0]))
    return agendas[0].overlaps(agendas[1])
  }

  @Test(arguments: [
    // Over midnight, and what only touches.
    ("Mo-Fr 22:00-05:00", "Sa 04:00-06:00", true), ("Mo-Fr 22:00-05:00", "Sa 05:00-06:00", false),
    ("Mo-Fr 22:00-05:00", "Mo 04:00-06:00", false), ("Su 22:00-05:00", "Mo 04:00-06:00", true),
    ("Mo-Fr 08:00-18:00", "Mo-Fr 18:00-08:00", false), ("Mo-Fr 18:00-08:00", "Sa-Su", true),
    ("08:00-20:00", "20:00-08:00", false), ("24/7", "Mo 00:00-00:01", true), ("Mo-Fr", "Sa-Su", false),
    ("Mo-Fr; We off", "We", false), ("Mo-Fr; We off", "We, Th", true),
    ("Mo-Fr 22:00-05:00; Sa off", "Sa 00:00-06:00", false),
    // Holidays: those that are told.
    ("PH", "Fr", true), ("PH", "Sa", true), ("PH", "Mo-Th", false), ("PH", "Mo-Fr; PH off", false),
    ("PH", "Dec 25", true), ("PH", "2028", false), ("PH 20:00-04:00", "Sa 03:00-05:00", true),
    // What comes once in years, and what never does or is over.
    ("Feb 29", "Tu", true), ("Feb 29", "Mar", false), ("week 53", "Jan 01", true), ("week 30", "Jan", false),
    ("2026", "2027", false), ("2027-2030", "2030 Dec 31", true), ("2020", "2020", false), ("Mo[5]", "Feb", true),
    ("Mo[1]", "Mo[2]", false), ("Oct-Mar", "Mar 31-Apr 01", true), ("Nov-Jan", "Feb-Oct", false),
    // The sun.
    ("sunrise-sunset", "sunset-sunrise", false), ("sunrise-sunset", "22:00-04:00", false),
    ("sunset-sunrise", "18:00-18:30", true), ("dawn-sunrise", "06:00-06:10", true),
  ])
  func holdsTogether(_ one: String, _ other: String, _ expected: Bool) throws {
    #expect(try Self.overlap(one, other) == expected, "\(one) | \(other)")
  }

  /// Minute by minute over two weeks.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func asMinuteByMinute(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    func text() -> String {
      let (first, last) = (weekdays.randomElement(using: &random)!, weekdays.randomElement(using: &random)!)
      func time() -> String {
        "\(Int.random(in: 10...23, using: &random)):\(["00", "30"].randomElement(using: &random)!)"
      }
      let (start, end) = (time(), "0\(Int.random(in: 1...9, using: &random)):00")
      return "\(first)-\(last) \(start)-\(Bool.random(using: &random) ? end : "24:00")"
    }
    let (one, other) = (text(), text())
    let rules = try [one, other].map { try #require(TimeRule($0)) }
    let both = (0..<14 * 48).contains { half in
      let moment = Self.moment + Double(half * 1_800)
      return rules.allSatisfy { $0.holds(at: moment, in: Self.clock) }
    }
    #expect(try Self.overlap(one, other) == both, "seed \(seed): \(one) | \(other)")
  }
}
