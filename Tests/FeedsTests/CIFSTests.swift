import API
import Feeds
import Foundation
import Geometry
import Testing
import Traffic

/// Waze's closures and incidents, XML and JSON.
@Suite struct CIFSTests {
  @Test func xmlRecordByRecord() throws {
    let content = try content(of: "cifs.xml", .cifs)
    #expect(content.recordCount == 6 && content.idleCount == 1 && content.skippedCount == 2 && content.addsUp)
    #expect(
      content.closures == [
        RoadClosure(
          id: "s/101", source: "s",
          selector: .polyline(
            [Coordinate(51.51009, -0.006902), Coordinate(51.509142, -0.006564), Coordinate(51.506291, -0.00364)],
            direction: .both),
          reason: "NW 12th St: Bridge <replacement> & resurfacing", from: try date("2024-12-07T08:00:00Z"),
          until: try date("2024-12-07T22:00:00Z")),
        RoadClosure(
          id: "s/102", source: "s",
          selector: .polyline(
            [Coordinate(51.509142, -0.006564), Coordinate(51.51009, -0.006902)], direction: .forward),
          reason: "Tower & Bridge Rd: ROAD_CLOSED", from: try date("2024-12-07T08:00:00Z"),
          hours: "Mo-Tu 09:00-18:00; Fr 22:00-05:00,10:00-11:30"),
        RoadClosure(
          id: "s/105", source: "s", selector: .nearest(Coordinate(51.5, 0), radiusMeters: 50),
          reason: "Old St: ROAD_CLOSED", hours: "00:00-24:00"),
      ])
    #expect(
      content.problemTexts == [
        "FEED_NO_EFFECT ignored 103 HAZARD", "FEED_BAD_VALUE skipped 104 51.5 0.0 51.6",
        "FEED_DUPLICATE skipped 101 s/101",
        "FEED_UNKNOWN_DIRECTION ignored 105 51.5 0.0",
      ])
    #expect(content.problems.map(\.line) == [30, 36, 41, 46] && content.problems.map(\.record) == [3, 4, 5, 6])
  }

  @Test func jsonRecordByRecord() throws {
    let content = try content(of: "cifs.json", .cifs)
    #expect(content.recordCount == 7 && content.idleCount == 1 && content.skippedCount == 4 && content.addsUp)
    #expect(content.closures.map(\.id) == ["s/101", "s/102"])
    #expect(content.closures.map(\.selector.direction) == [.both, .forward])
    #expect(content.closures.map(\.hours) == ["", "Mo 09:00-18:00; Su 10:00-12:00,14:00-16:00"])
    #expect(content.closures[1].selector.points == [Coordinate(51.5, -0.1), Coordinate(51.6, -0.1)])
    #expect(try content.closures[1].from == date("2024-04-07T09:00:00Z") && content.closures[1].until == nil)
    #expect(
      content.problemTexts == [
        "FEED_TIMES_REVERSED skipped 103 2024-06-07T09:00:00+01:00 to 2024-04-07T23:00:00+01:00",
        "FEED_NO_EFFECT ignored 104 JAM", "FEED_UNKNOWN_WORD skipped 105 VOLCANO",
        "FEED_BAD_VALUE skipped 106 daily", "FEED_UNKNOWN_WORD ignored 106 SIDEWAYS", "FEED_MISSING_FIELD skipped  ",
      ])
  }

  @Test func zoneOfTimesWithoutOne() throws {
    let options = FeedOptions(timeZone: TimeZone(secondsFromGMT: -18_000))
    let content = try content(of: "cifs.json", .cifs, options: options)
    #expect(try content.closure("s/102")?.from == date("2024-04-07T14:00:00Z"))
    #expect(try content.closure("s/101")?.from == date("2024-04-07T08:00:00Z"))
  }

  private func schedule(_ days: String) throws -> FeedContent {
    try content(
      ofText: """
        <incidents><incident id="1"><type>ROAD_CLOSED</type><polyline>1 1 2 2</polyline><schedule>\(days)</schedule>
        </incident></incidents>
        """, .cifs)
  }

  @Test(arguments: [
    ("<everyday>9:00-17:30</everyday>", "09:00-17:30"),
    ("<monday>09:00-10:00</monday><wednesday>09:00-10:00</wednesday>", "Mo 09:00-10:00; We 09:00-10:00"),
    ("<saturday>00:00-24:00</saturday><sunday>00:00-24:00</sunday>", "Sa-Su 00:00-24:00"),
    (
      "<everyday>01:00-02:00</everyday><sunday>03:00-04:00, 05:00 - 06:00</sunday>",
      "01:00-02:00; Su 03:00-04:00,05:00-06:00"
    ), ("<monday>09:00:00-23:59:59</monday>", "Mo 09:00-24:00"), ("", ""),
  ])
  func schedules(_ days: String, _ hours: String) throws {
    let content = try schedule(days)
    #expect(content.closures.map(\.hours) == [hours] && content.problems.isEmpty)
  }

  @Test(arguments: [
    "<monday>all day</monday>", "<monday>25:00-26:00</monday>", "<monday>09:00-10:00,</monday>",
    "<monday>24:00-01:00</monday>", "<noday>09:00-10:00</noday>", "weekdays 09:00-17:00",
    "<tuesday>09:00-10:00</tuesday><monday>9-10</monday>",
  ])
  func scheduleThatIsNotUnderstoodClosesNothing(_ days: String) throws {
    let content = try schedule(days)
    #expect(content.closures.isEmpty && content.addsUp)
    #expect(content.problems.map(\.code) == [.badValue] && content.problems.map(\.severity) == [.skipped])
  }

  @Test func daysThatAreUnderstoodCountBesideOthers() throws {
    let content = try schedule("<monday>09:00-10:00</monday><holiday>00:00-24:00</holiday>")
    #expect(content.closures.map(\.hours) == ["Mo 09:00-10:00"])
    #expect(content.problemTexts == ["FEED_UNKNOWN_WORD ignored 1 holiday"])
  }

  @Test(arguments: ["ACCIDENT", "JAM", "POLICE", "CHIT_CHAT", "CONSTRUCTION", "HAZARD"])
  func otherTypesDoNotClose(_ type: String) throws {
    let content = try content(
      ofText: "{\"incidents\":[{\"id\":\"1\",\"type\":\"\(type)\",\"polyline\":\"1 1 2 2\"}]}", .cifs)
    #expect(content.closures.isEmpty && content.idleCount == 1 && content.problems.map(\.code) == [.noEffect])
  }

  @Test func otherFilesAreRefused() {
    #expect(failure(ofText: "<html><body>Not found</body></html>", .cifs)?.code == .wrongEnvelope)
    #expect(failure(ofText: "<!DOCTYPE html><html></html>", .cifs)?.code == .notXML)
    #expect(failure(ofText: "<incidents><incident id=\"1\">", .cifs)?.code == .notXML)
    #expect(failure(ofText: "{\"alerts\":[]}", .cifs)?.code == .wrongEnvelope)
    #expect(failure(ofText: "1,2,3", .cifs)?.code == .notJSON)
  }

  @Test func entitiesThatGrowAreRefused() {
    let text = """
      <?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
      <incidents><incident id="1"><street>&c;</street></incident></incidents>
      """
    #expect(failure(ofText: text, .cifs)?.code == .notXML)
  }

  @Test func feedsWithoutIncidentsAreEmpty() throws {
    for text in ["<incidents/>", "\u{FEFF}<incidents></incidents>", "{\"incidents\":[]}"] {
      #expect(try content(ofText: text, .cifs).recordCount == 0)
    }
  }
}
