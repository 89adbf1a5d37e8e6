import API
import Feeds
import Foundation
import Testing

/// Times as feeds write them: one reading for all formats.
@Suite struct TimeTests {
  /// A closure of the whole road in each format that has times, with a start and an end that are written as values of
  /// JSON.
  private static let formats: [FeedFormat] = [.wzdx, .cifs, .itsEvents]

  private func record(_ format: FeedFormat, start: String, end: String) -> String {
    switch format {
    case .wzdx:
      """
      {"feed_info":{"version":"4.2"},"type":"FeatureCollection","features":[{"id":"1","type":"Feature","properties":\
      {"core_details":{"event_type":"work-zone","direction":"undefined"},"start_date":\(start),"end_date":\(end),\
      "vehicle_impact":"all-lanes-closed"},"geometry":{"type":"LineString","coordinates":[[10,50],[10.1,50]]}}]}
      """
    case .cifs:
      """
      {"incidents":[{"id":"1","type":"ROAD_CLOSED","polyline":"50 10 50 10.1","starttime":\(start),"endtime":\(end)}]}
      """
    default:
      """
      {"header":{"resultCode":0},"body":{"items":[{"linkId":"1","lanesBlockType":"3","startDate":\(start),\
      "endDate":\(end)}]}}
      """
    }
  }

  private func content(_ format: FeedFormat, start: String = "null", end: String = "null", zone: String = "GMT")
    throws -> FeedContent
  {
    try FeedsTests.content(
      ofText: record(format, start: start, end: end), format,
      options: FeedOptions(timeZone: TimeZone(identifier: zone)))
  }

  @Test(
    arguments: [
      ("\"2026-10-12T06:00:00Z\"", "2026-10-12T06:00:00Z"), ("\"2026-10-12t06:00:00z\"", "2026-10-12T06:00:00Z"),
      ("\"2026-10-12T06:00:00.123-05:00\"", "2026-10-12T11:00:00Z"),
      ("\"2026-10-12 06:00:00\"", "2026-10-12T06:00:00Z"),
      ("\"2026-10-12 06:00\"", "2026-10-12T06:00:00Z"), ("\"2026-10-12T06:00+0530\"", "2026-10-12T00:30:00Z"),
      ("\"2026-10-12T06:00:00+02\"", "2026-10-12T04:00:00Z"), ("\"2026-10-12 06:00:00 UTC\"", "2026-10-12T06:00:00Z"),
      ("\"2026-10-12 06:00:00 -0100\"", "2026-10-12T07:00:00Z"), ("\" 2026-10-12T06:00Z \"", "2026-10-12T06:00:00Z"),
      ("\"20261012T060000Z\"", "2026-10-12T06:00:00Z"), ("\"20261012060000\"", "2026-10-12T06:00:00Z"),
      ("202610120600", "2026-10-12T06:00:00Z"), ("1791784800000", "2026-10-12T06:00:00Z"),
      ("1791784800", "2026-10-12T06:00:00Z"), ("\"1791784800000\"", "2026-10-12T06:00:00Z"),
      ("\"2026-10-12T24:00:00Z\"", "2026-10-13T00:00:00Z"), ("\"2026-12-31T24:00\"", "2027-01-01T00:00:00Z"),
      ("\"2026-10-12T24:00:00-04:00\"", "2026-10-13T04:00:00Z"), ("\"2016-12-31T23:59:60Z\"", "2017-01-01T00:00:00Z"),
      ("\"9999-12-31T23:59:59Z\"", "9999-12-31T23:59:59Z"),
    ], formats)
  func momentsAreRead(_ written: (text: String, moment: String), _ format: FeedFormat) throws {
    let start = try content(format, start: written.text)
    #expect(try start.closures.map(\.from) == [date(written.moment)] && start.problems.isEmpty, "\(written.text)")
    let end = try content(format, end: written.text)
    #expect(try end.closures.map(\.until) == [date(written.moment)] && end.problems.isEmpty, "\(written.text)")
  }

  @Test(
    arguments: [
      "\"2026-10-12\"", "\"2026-10-12T\"", "\"20261012\"", "20261012", "\"2026-10-12-07:00\"",
    ], formats)
  func dateWithoutHoursIsItsDay(_ text: String, _ format: FeedFormat) throws {
    let content = try content(format, start: text, end: text, zone: "America/Phoenix")
    #expect(content.problems.isEmpty)
    #expect(try content.closures.map(\.from) == [date("2026-10-12T07:00:00Z")], "\(text)")
    #expect(try content.closures.map(\.until) == [date("2026-10-13T07:00:00Z")], "\(text)")
  }

  @Test func dayIsAsLongAsClocksMakeIt() throws {
    let summer = try content(.wzdx, start: "\"2026-10-25\"", end: "\"2026-10-25\"", zone: "Europe/Rome")
    #expect(try summer.closures.map(\.from) == [date("2026-10-24T22:00:00Z")])
    #expect(try summer.closures.map(\.until) == [date("2026-10-25T23:00:00Z")])
    // Clocks go from 24:00 to 01:00.
    let midnight = try content(.wzdx, start: "\"2026-04-24\"", end: "\"2026-04-23T24:00\"", zone: "Africa/Cairo")
    #expect(midnight.problems.map(\.code) == [.timesReversed])
    let cairo = try content(.wzdx, start: "\"2026-04-24\"", zone: "Africa/Cairo")
    #expect(try cairo.closures.map(\.from) == [date("2026-04-23T22:00:00Z")])
  }

  @Test func timeThatClocksSkipIsAnHourLater() throws {
    let content = try content(.cifs, start: "\"2026-03-29T02:30:00\"", zone: "Europe/Rome")
    #expect(try content.closures.map(\.from) == [date("2026-03-29T01:30:00Z")])
  }

  @Test(
    arguments: [
      "\"soon\"", "\"until further notice\"", "\"12/20/2026 8:00 AM\"", "\"20.12.2026\"", "\"Dec 20, 2026\"",
      "\"2026-02-30T00:00:00Z\"", "\"2026-13-01\"", "\"2026-10-12T25:00:00Z\"", "\"2026-10-12T24:00:01Z\"",
      "\"2026-10-12T06:60:00Z\"", "\"2026-10-12T06:00:61Z\"", "\"2026-10-12T06:00:00 AM\"", "\"2026-10-12-06\"",
      "\"2026-10-12T06:00:00[America/Chicago]\"", "\"2026-10-12T06:00:00+19:00\"", "\"2026-10-12T06\"",
      "\"2026-10-12T06:00:00.Z\"", "\"2026-10\"", "\"2026-W42-1\"", "\"0000-01-01\"", "\"-\"", "\"null\"", "0", "true",
      "2026101206", "2113372800", "[]", "{\"date\":\"2026-10-12\"}", "[\"2026-10-12T06:00:00Z\"]",
      "\"२०२६-10-12T06:00:00Z\"",
    ], formats)
  func timeThatCannotBeReadIsNotAlways(_ text: String, _ format: FeedFormat) throws {
    for content in [try content(format, start: text), try content(format, end: text)] {
      #expect(content.closures.isEmpty && content.skippedCount == 1 && content.addsUp, "\(text)")
      #expect(content.problems.map(\.code) == [.badValue], "\(text)")
      #expect(content.problems.allSatisfy { !$0.value.isEmpty && $0.severity == .skipped }, "\(text)")
    }
  }

  @Test(arguments: ["null", "\"\"", "\"  \""], formats)
  func nothingMeansUntilFurtherNotice(_ text: String, _ format: FeedFormat) throws {
    let content = try content(format, start: text, end: text)
    #expect(content.closures.count == 1 && content.problems.isEmpty)
    #expect(content.closures.allSatisfy { $0.from == nil && $0.until == nil })
  }

  @Test(arguments: formats)
  func whatIsOverIsIdle(_ format: FeedFormat) throws {
    let over = try content(format, start: "\"2008-12-30\"", end: "\"2008-12-31T24:00:00\"")
    #expect(over.closures.isEmpty && over.idleCount == 1 && over.problems.map(\.code) == [.over])
    let lastDay = try content(format, end: "\"2009-01-01\"")
    #expect(lastDay.closures.count == 1)
  }

  @Test func ageOfASpeedIsReadTheSameWay() throws {
    let item = "{\"linkId\":\"1\",\"speed\":\"50\",\"createdDate\":\"2009-01-01 08:55:00\"}"
    let text = "{\"header\":{\"resultCode\":0},\"body\":{\"items\":[\(item)]}}"
    let options = FeedOptions(speedAgeSecondsMax: 600)
    let fresh = try FeedsTests.content(ofText: text, .itsSpeeds, options: options)
    #expect(fresh.speeds.count == 1)
    let later = try FeedsTests.content(ofText: text, .itsSpeeds, options: options, at: "2009-01-01T00:06:00Z")
    #expect(later.speeds.isEmpty && later.idleCount == 1)
  }
}
