import Foundation
import Geometry
import TestSupport
import Testing
import TimeRules

@testable import MapImport

/// What conditions mean, beside what another program makes of them: at a thousand moments of four years.
@Suite(.enabled(if: OpeningHoursJudge.missing == nil, "\(OpeningHoursJudge.missing ?? "")"))
struct OpeningHoursTests {
  /// Why the two may differ.
  private enum Cause: Hashable {
    /// It reads no long names, no blanks left out, no week that runs over New Year, no dash that is typeset.
    case judgeCannotRead
    /// It has a calendar of holidays of its own.
    case holidays
    /// Nothing says when: the condition is about vehicles, or about the weather.
    case notOfTime
  }

  private static let seoul = ("Asia/Seoul", 37.5665, 126.978)
  private static let milan = ("Europe/Rome", 45.4642, 9.19)
  private typealias Site = (zone: String, latitude: Double, longitude: Double)

  private static let moments: [Int] = {
    var random = SeededGenerator(seed: 14)
    // 2025 to 2028, to the minute.
    return (0..<1_000).map { _ in 1_735_689_600 + 60 * Int.random(in: 0..<4 * 365 * 1_440, using: &random) }
  }()

  /// Compares the texts; each difference without a known cause fails. O(texts * moments).
  private func compare(_ texts: [(text: String, site: Site)]) throws -> [Cause: Int] {
    let questions = texts.map { text, site in
      OpeningHoursJudge.Question(
        text: text, zone: site.zone, latitude: site.latitude, longitude: site.longitude, moments: Self.moments)
    }
    let answers = try OpeningHoursJudge.answers(to: questions)
    try #require(answers.count == questions.count)
    var causes: [Cause: Int] = [:]
    for (question, answer) in zip(questions, answers) {
      let reading = RuleCondition.reading(question.text, knowing: [])
      guard let condition = reading.condition, condition.vehicle.isEmpty, !reading.isForOthers else {
        #expect(answer.isEmpty || reading.notUnderstood.contains("PH"), "only the judge reads \(question.text)")
        causes[.notOfTime, default: 0] += 1
        continue
      }
      if answer.isEmpty || !reading.notUnderstood.isEmpty {
        causes[answer.isEmpty ? .judgeCannotRead : .holidays, default: 0] += 1
        continue
      }
      try compare(question, answer, condition)
    }
    return causes
  }

  private func compare(
    _ question: OpeningHoursJudge.Question, _ answer: String, _ condition: RuleCondition
  ) throws {
    let zone = try #require(TimeZone(identifier: question.zone))
    let place = try #require(Coordinate(latitude: question.latitude, longitude: question.longitude))
    let clock = LocalClock(zone, at: place)
    for (moment, sign) in zip(question.moments, answer) where sign != "?" {
      let date = Date(timeIntervalSince1970: Double(moment))
      guard condition.holds(at: date, in: clock) != (sign == "1") else { continue }
      Issue.record("\(question.text) in \(question.zone) at \(date): the judge says \(sign)")
      return
    }
  }

  private static let spellings = [
    "18:00+", "Fr 22:00-06:00; Sa 10:00-12:00", "Fr 22:00-06:00, Sa off", "Sa off; Fr 22:00-06:00",
    "Mo-Su 07:00-19:00; Tu 12:00-13:00 off", "mo-fr 07:00-09:00", "MO-FR", "jan-dec", "JAN-MAR 07:00-09:00",
    "week 1-53/2 Mo", "week 48-50", "week 1,3,5,53", "week 01-10 07:00-09:00", "Mo[1]", "Fr[-1]", "Tu[2,4] 07:00-09:00",
    "We[1-3]", "Mo[1] +1 day", "Su[-1] -2 days", "2026 Nov 24-2026 Nov 25", "2026 Nov 24-2027 Feb 12 22:00-05:00",
    "2026", "2020-2035", "2025-2027/2", "2026 Nov 24+", "Nov 24+", "2026+", "sunrise-sunset", "sunset-sunrise",
    "dawn-dusk", "dusk-dawn", "(sunset-00:30)-(sunrise+00:30)", "sunset-22:00", "22:00-26:00", "Nov 23 22:00-06:00",
    "Nov Mo", "Jan,Mar,May Mo-We 10:00-12:00", "Dec 24-Jan 02", "Feb 29", "Feb 28-Mar 1", "2025-2026 Nov 24",
    "24/7; Tu off", "Mo-Tu 10:00-12:00 open", "Mo-Fr 10:00-08:00", "08:00-08:00", "Su-Tu,Th 07:00-08:00", "Mo-Th off",
    "2024 Jan 01-2025 Mar 31 Mo-Fr 07:00-09:00", "2019 Aug 19-2019 Aug 30", "2026 Jan-Mar",
    "Oct-Mar 22:00-06:00, Apr-Sep 23:00-05:00", "Mo-Fr 07:00-09:00, Sa-Su 10:00-12:00; Dec 25 off",
    "Jul-Aug; Aug 15 off",
    "02:30-04:00", "06:00-09:00; 16:30-19:30", "Mo-Fr 16:00-24:00; Sa-Su 00:00-06:00",
  ]

  @Test func spellings() throws {
    let texts = Self.spellings.flatMap { [(text: $0, site: Self.seoul as Site), (text: $0, site: Self.milan as Site)] }
    #expect(try compare(texts).isEmpty)
  }

  static let maps = [
    ("indochina", "Asia/Bangkok", 17.9, 102.6), ("hanoi", "Asia/Ho_Chi_Minh", 21.03, 105.85),
    ("milan", "Europe/Rome", 45.46, 9.19), ("seoul", "Asia/Seoul", 37.57, 126.98),
    ("liechtenstein", "Europe/Vaduz", 47.14, 9.52), ("andorra", "Europe/Andorra", 42.5, 1.52),
    ("monaco", "Europe/Monaco", 43.74, 7.42),
  ]

  /// All conditions that stand behind any key of a road, a barrier or a restriction of a map.
  @Test(arguments: maps.filter { RealMaps.path($0.0) != nil })
  func tagsOfRealMaps(name: String, zone: String, latitude: Double, longitude: Double) throws {
    let path = try #require(RealMaps.path(name))
    var values: Set<String> = []
    func add(_ tags: OSMTags) { values.formUnion(tags.entries(endingWith: ConditionKey.suffix).map(\.value)) }
    try OSMReader(.file(path)).read(.roadsAndRestrictions) { batch in
      batch.forEachWay { add($0.tags) }
      batch.forEachRelation { add($0.tags) }
    }
    try OSMReader(.file(path)).read(.nodes) { batch in batch.forEachNode { add($0.tags) } }
    let conditions = Set(values.flatMap { ConditionalTag($0)?.clauses.map(\.condition) ?? [] })
    let causes = try compare(conditions.sorted().map { ($0, (zone, latitude, longitude)) })
    #expect(causes[.judgeCannotRead, default: 0] <= 5, "\(causes)")
  }
}
