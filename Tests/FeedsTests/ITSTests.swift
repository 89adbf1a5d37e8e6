import API
import Feeds
import Foundation
import Geometry
import Testing
import Traffic

/// Korea's national traffic centre: events and link speeds.
@Suite struct ITSTests {
  private func envelope(_ items: String) -> String {
    "{\"header\":{\"resultCode\":\"0\",\"resultMsg\":\"success\"},\"body\":{\"totalCount\":1,\"items\":[\(items)]}}"
  }

  private func event(type: String = "", lanes: String = "", message: String = "", more: String = "") -> String {
    """
    {"eventType":"작업","startDate":"20221220093317","coordX":"127.4226","coordY":"36.4137","linkId":"7",\
    "lanesBlockType":"\(type)","lanesBlocked":"\(lanes)","message":"\(message)","endDate":""\(more)}
    """
  }

  @Test func eventsRecordByRecord() throws {
    let content = try content(of: "its-events.json", .itsEvents)
    #expect(content.recordCount == 8 && content.idleCount == 5 && content.addsUp)
    #expect(content.problems.count == 5 && content.problems.allSatisfy { [.noEffect, .over].contains($0.code) })
    #expect(
      content.closures == [
        RoadClosure(
          id: "s/1860631500/36.2949,127.3158/20221220111308/작업", source: "s", selector: .link(id: "1860631500"),
          effect: .factor(1.5), reason: "호남지선 종점: 작업, 2차로 차단, (2차로)노면보수작업중",
          from: try date("2022-12-20T02:13:08Z")),
        RoadClosure(
          id: "s/4130093800/36.4382,127.2702/20221220092119/작업", source: "s", selector: .link(id: "4130093800"),
          effect: .factor(1.5), reason: "당진대전선 종점: 작업, 1차로 차단, (1차로)시설물보수작업중",
          from: try date("2022-12-20T00:21:19Z")),
        RoadClosure(
          id: "s/1860633200/36.33656,127.26385/20221220000000/공사", source: "s", selector: .link(id: "1860633200"),
          effect: .factor(1.5), reason: "국도1호선 종점방향: 공사, 1 차로", from: try date("2022-12-19T15:00:00Z")),
      ])
  }

  @Test func placesByCoordinates() throws {
    let options = FeedOptions(
      preferredPlace: .coordinates, headingsByDirection: ["종점": 200, "251 종점": 140, "시점방향": 20])
    let content = try content(of: "its-events.json", .itsEvents, options: options)
    #expect(
      content.closures.map(\.selector) == [
        .nearest(Coordinate(36.2949, 127.3158), radiusMeters: 50, headingDegrees: 140),
        .nearest(Coordinate(36.4382, 127.2702), radiusMeters: 50, headingDegrees: 200),
        .nearest(Coordinate(36.33656, 127.26385), radiusMeters: 50),
      ])
    let unknown = content.problems.filter { ![.noEffect, .over].contains($0.code) }
    #expect(unknown.map(\.code) == [.unknownDirection] && unknown.first?.value == "종점방향")
  }

  @Test(
    arguments: [
      ("1", "", "전면통제", nil), ("0", "", "(2차로)작업", nil), ("2", "", "", .factor(1.5)), ("3", "", "", .closed),
      ("", "", "전면 통제 중", .closed), ("", "전차로 차단", "", .closed), ("", "", "(전차로)사고처리중", .closed),
      ("", "", "침수로 통제", .closed), ("", "", "산사태 도로 폐쇄", .closed), ("", "", "양방향 통행금지", .closed),
      ("", "", "(우회전차로)포장작업중", .factor(1.5)), ("", "", "(1~3차로)포장작업중", .factor(1.5)),
      ("", "2개 차로 통제", "", .factor(1.5)), ("", "", "우측차로 통제", .factor(1.5)),
      ("", "", "(1차로,갓길)작업", .factor(1.5)), ("", "", "갓길 통제", nil), ("", "갓길", "차단막 설치", nil),
      ("", "", "전면통제 종료", nil), ("3", "", "통제해제", nil), ("", "", "작업종료시까지 전면통제", .closed),
      ("", "", "전면통제, 12시 종료 예정", .closed), ("", "", "전차로 정상소통", nil),
    ] as [(String, String, String, RoadEffect?)])
  func lanes(_ type: String, _ lanes: String, _ message: String, _ effect: RoadEffect?) throws {
    let content = try content(ofText: envelope(event(type: type, lanes: lanes, message: message)), .itsEvents)
    #expect(content.closures.map(\.effect) == (effect.map { [$0] } ?? []))
    #expect(content.problems.isEmpty == (effect != nil) && content.addsUp)
    #expect(content.problems.allSatisfy { [.noEffect, .over].contains($0.code) })
  }

  @Test(arguments: [
    "", "승용차 단독사고", "승용차단독사고", "자동차단속 중", "21시부터 전면통제 예정", "차단봉 정비작업", "폐쇄회로 점검", "고장차로 인한 정체",
  ])
  func unknownLanesAreNoted(_ message: String) throws {
    let content = try content(ofText: envelope(event(message: message)), .itsEvents)
    #expect(content.closures.isEmpty && content.idleCount == 1)
    #expect(content.problems.map(\.code) == [.unknownEffect] && content.problems.map(\.value) == [message])
  }

  @Test func unknownBlockTypeFallsBackToWords() throws {
    let content = try content(ofText: envelope(event(type: "9", message: "(1차로)작업")), .itsEvents)
    #expect(content.closures.count == 1 && content.problemTexts.count == 1 && content.problems[0].code == .unknownWord)
  }

  @Test func numbersMayBeNumbers() throws {
    let item = """
      {"type":1,"eventType":"공사","startDate":20221220093317,"coordX":127.4226,"coordY":36.4137,"linkId":1870199600,\
      "lanesBlockType":3,"message":null,"endDate":202212202100}
      """
    let content = try content(ofText: envelope(item), .itsEvents)
    let closure = try #require(content.closures.first)
    #expect(closure.selector == .link(id: "1870199600") && closure.effect == .closed)
    #expect(try closure.from == date("2022-12-20T00:33:17Z") && closure.until == date("2022-12-20T12:00:00Z"))
    #expect(closure.id == "s/1870199600/36.4137,127.4226/20221220093317/공사")
  }

  @Test func placesThatAreMissingOrWrong() throws {
    func item(_ place: String) -> String { "{\"eventType\":\"작업\",\"lanesBlockType\":\"3\"\(place)}" }
    let content = try content(
      ofText: envelope(
        [
          item(""), item(",\"coordX\":\"127\",\"coordY\":\"95\""), item(",\"coordX\":\"127\",\"coordY\":\"x\""),
          item(",\"coordX\":\"127\",\"coordY\":\"36\",\"linkId\":\"0\""), item(",\"linkId\":\"5\""), "\"text\"",
          item(",\"linkId\":\"5\""),
        ].joined(separator: ",")), .itsEvents)
    #expect(
      content.closures.map(\.selector) == [.nearest(Coordinate(36, 127), radiusMeters: 50), .link(id: "5")])
    #expect(
      content.problems.map(\.code) == [
        .missingField, .badValue, .badValue, .unknownDirection, .badValue, .duplicate,
      ])
    #expect(content.addsUp)
  }

  @Test func coordinateThatIsWrongFallsBackToTheLink() throws {
    let item = "{\"lanesBlockType\":\"3\",\"coordX\":\"x\",\"coordY\":\"y\",\"linkId\":\"5\"}"
    let content = try content(
      ofText: envelope(item), .itsEvents, options: FeedOptions(preferredPlace: .coordinates))
    #expect(content.closures.map(\.selector) == [.link(id: "5")] && content.problems.map(\.code) == [.badValue])
  }

  @Test func endedEventsAreIdle() throws {
    let item = event(type: "3").replacing("\"endDate\":\"\"", with: "\"endDate\":\"20221220110000\"")
    #expect(try content(ofText: envelope(item), .itsEvents, at: "2022-12-20T01:59:59Z").closures.count == 1)
    let later = try content(ofText: envelope(item), .itsEvents, at: "2022-12-20T02:00:00Z")
    #expect(later.closures.isEmpty && later.idleCount == 1)
  }

  @Test func speedsRecordByRecord() throws {
    let content = try content(of: "its-speeds.json", .itsSpeeds)
    #expect(
      content.speeds == [
        RoadSpeed(.link(id: "1870199600"), kmh: 93), RoadSpeed(.link(id: "1870199700"), kmh: 88),
        RoadSpeed(.link(id: "2860255507"), kmh: 37.5),
      ])
    #expect(content.recordCount == 9 && content.idleCount == 3 && content.skippedCount == 3 && content.addsUp)
    #expect(
      content.problemTexts.filter { $0.contains("skipped") } == [
        "FEED_DUPLICATE skipped 1870199600 1870199600", "FEED_MISSING_FIELD skipped  ",
        "FEED_BAD_VALUE skipped 1870199800 fast",
      ])
  }

  @Test func oldSpeedsAreUnknown() throws {
    // 09:40 in Seoul: ten minutes after most of them, an hour and forty minutes after one.
    let options = FeedOptions(speedAgeSecondsMax: 900)
    let now = try content(of: "its-speeds.json", .itsSpeeds, options: options, at: "2022-12-20T00:40:00Z")
    #expect(now.speeds.map(\.road) == [.link(id: "1870199600"), .link(id: "1870199700")])
    #expect(now.idleCount == 4 && now.addsUp)
    let later = try content(of: "its-speeds.json", .itsSpeeds, options: options, at: "2022-12-20T01:00:00Z")
    #expect(later.speeds.isEmpty)
  }

  @Test func speedsOfUnknownAgeAreSkippedWhereAgeMatters() throws {
    let item = "{\"linkId\":\"1\",\"speed\":\"50\",\"createdDate\":\"\"}"
    #expect(try content(ofText: envelope(item), .itsSpeeds).speeds.count == 1)
    let strict = try content(ofText: envelope(item), .itsSpeeds, options: FeedOptions(speedAgeSecondsMax: 900))
    #expect(strict.speeds.isEmpty && strict.problems.map(\.code) == [.badValue])
  }

  /// Both have the same envelope.
  @Test func eventsAreNoSpeedsAndSpeedsNoEvents() throws {
    for (name, format) in [("its-events.json", FeedFormat.itsSpeeds), ("its-speeds.json", .itsEvents)] {
      let content = try content(of: name, format)
      #expect(content.recordCount > 5 && content.skippedCount == content.recordCount)
      let error = #expect(throws: FeedError.self) { try content.checkUnderstood() }
      #expect(error?.code == .nothingUnderstood)
    }
  }

  @Test(arguments: [FeedFormat.itsEvents, .itsSpeeds])
  func otherAnswersAreRefused(_ format: FeedFormat) throws {
    let refusal = failure(ofText: "{\"header\":{\"resultCode\":22,\"resultMsg\":\"LIMITED\"}}", format)
    #expect(refusal?.code == .refused && refusal?.value == "22 LIMITED")
    #expect(
      failure(ofText: "{\"header\":{\"resultCode\":\"03\",\"resultMsg\":\"NODATA\"},\"body\":{}}", format)?.code
        == .refused)
    #expect(failure(ofText: "{\"body\":{\"items\":[]}}", format)?.code == .wrongEnvelope)
    #expect(failure(ofText: "{\"header\":{\"resultCode\":0}}", format)?.code == .wrongEnvelope)
    #expect(
      failure(ofText: "{\"header\":{\"resultCode\":0},\"body\":{\"totalCount\":3}}", format)?.code == .wrongEnvelope)
    #expect(failure(ofText: "<OpenAPI_ServiceResponse/>", format)?.code == .notJSON)
    let none = "{\"header\":{\"resultCode\":0},\"body\":{\"totalCount\":0,\"items\":null}}"
    #expect(try content(ofText: none, format).recordCount == 0)
    let inner =
      "{\"header\":{\"resultCode\":0},\"body\":{\"totalCount\":1,\"items\":{\"item\":[{\"linkId\":\"1\",\"speed\":\"5\"}]}}}"
    #expect(try content(ofText: inner, format).recordCount == 1)
  }
}
