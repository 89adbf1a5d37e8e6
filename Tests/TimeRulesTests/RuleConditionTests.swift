import Foundation
import Testing
import TimeRules

/// What stands behind the `@` of a conditional tag: times, sizes, kinds of vehicles.
@Suite struct RuleConditionTests {
  private let clock = TimeRuleTests.seoulClock

  private func reading(_ text: String, knowing kinds: Set<Holidays.Kind> = []) -> RuleCondition.Reading {
    RuleCondition.reading(text, knowing: kinds)
  }

  @Test func timesAndSizesHoldTogether() throws {
    let condition = try #require(reading("weight>7.5 and Mo-Fr 07:00-19:00").condition)
    #expect(condition.holds(at: TimeRuleTests.moment("2026-11-23 08:00"), in: clock))
    #expect(!condition.holds(at: TimeRuleTests.moment("2026-11-22 08:00"), in: clock))
    #expect(condition.vehicle.map(\.measure) == [.weight] && condition.vehicle.map(\.limit) == [7.5])
    #expect(condition.vehicle.allSatisfy { $0.holds(for: 16) && !$0.holds(for: 7.5) })
  }

  @Test(arguments: [
    ("weight>3.5", 3.5, false), ("weight>=3.5", 3.5, true), ("weight < 3,5", 3.5, false), ("weight<=3.5t", 3.5, true),
    ("weight>3500 kg", 3.6, true), ("maxweight=12", 12, true), ("height>2.8", 3.3, true), ("WIDTH>250cm", 2.5, false),
    ("length≥10 m", 10, true), ("axleload>8", 10, true), ("weight<2.5", 0, true),
  ])
  func sizes(_ text: String, _ size: Double, _ expected: Bool) throws {
    let condition = try #require(reading(text).condition, "\(text)")
    try #require(condition.vehicle.count == 1 && condition.times.isEmpty)
    #expect(condition.vehicle[0].holds(for: size) == expected)
  }

  @Test(arguments: [
    "wet", "destination", "wheels=4", "seatings>=9", "weight>", "weight>7.5 lbs", "weight>x", "Mo-Fr AND wet", "2",
    "permit_holder", "",
  ])
  func refusesWhatItDoesNotUnderstand(_ text: String) {
    #expect(reading(text).condition == nil, "\(text)")
    #expect(reading(text).isForOthers == false)
  }

  /// A part that is lost takes nothing with it; without a part that must hold as well, the rest would hold too often.
  @Test(arguments: [
    ("Mo-Su,PH", ["PH"]), ("Mo-Fr 07:30-09:30; PH off", ["PH"]), ("SH,PH; Sa", ["SH", "PH"]),
    ("Mo-Fr 09:00-12:00, 15-17; Sa", [", 15-17"]), ("Mo-Fr 07:00-09:00; on school days", ["on school days"]),
  ])
  func keepsTheRest(_ text: String, _ lost: [String]) throws {
    let reading = reading(text)
    #expect(try #require(reading.condition).times.count == 1)
    #expect(reading.notUnderstood == lost)
  }

  @Test func holidaysThatAreKnownAreKept() {
    #expect(reading("PH").condition == nil)
    #expect(reading("PH", knowing: [.publicHoliday]).notUnderstood.isEmpty)
    #expect(reading("PH", knowing: [.publicHoliday]).condition != nil)
    #expect(reading("PH", knowing: [.schoolHoliday]).condition == nil)
  }

  @Test func kindsOfVehicles() {
    #expect(reading("hgv").isForOthers && reading("Mo-Fr AND trailer").isForOthers)
    #expect(!reading("motorcar AND Mo-Fr").isForOthers && reading("motorcar AND Mo-Fr").text == "Mo-Fr")
    #expect(reading("emergency").isForResponders && reading("emergency").text == "24/7")
    #expect(reading("Mo-Fr AND emergency").text == "Mo-Fr")
  }

  @Test func changesWhenOneOfItsTimesDoes() throws {
    let condition = try #require(reading("Mo-Fr AND 07:00-09:00").condition)
    let start = TimeRuleTests.moment("2026-11-28 00:00")
    #expect(condition.nextChange(after: start, in: clock) == TimeRuleTests.moment("2026-11-28 07:00"))
    #expect(!condition.holds(at: TimeRuleTests.moment("2026-11-28 08:00"), in: clock))
  }
}
