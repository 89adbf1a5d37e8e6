import API
import Feeds
import Foundation
import Geometry
import Profiles
import Testing
import Traffic

/// What WZDx's words become, one road event at a time.
@Suite struct WZDxTests {
  /// A feed of one road event.
  private func event(
    impact: String = "\"all-lanes-closed\"", properties: String = "", core: String = "\"direction\":\"northbound\"",
    type: String = "work-zone", id: String = "\"1\"",
    geometry: String = "{\"type\":\"LineString\",\"coordinates\":[[10,50],[10,50.1]]}"
  ) -> String {
    """
    {"id":\(id),"type":"Feature","geometry":\(geometry),"properties":{"vehicle_impact":\(impact)\(properties),
    "core_details":{"event_type":"\(type)"\(core.isEmpty ? "" : ","+core)}}}
    """
  }

  private func feed(_ events: String..., version: String = "4.2") -> String {
    """
    {"feed_info":{"version":"\(version)"},"type":"FeatureCollection","features":[\(events.joined(separator: ","))]}
    """
  }

  @Test(
    arguments: [
      ("all-lanes-closed", .closed), ("some-lanes-closed", .factor(1.5)),
      ("some-lanes-closed-merge-left", .factor(1.5)),
      ("some-lanes-closed-merge-right", .factor(1.5)), ("some-lanes-closed-split", .factor(1.5)),
      ("alternating-one-way", .delay(seconds: 60)), ("flagging", .delay(seconds: 60)),
      ("temporary-traffic-signal", .delay(seconds: 60)), ("all-lanes-open", nil), ("all-lanes-open-shift-left", nil),
      ("all-lanes-open-shift-right", nil),
    ] as [(String, RoadEffect?)])
  func impacts(_ word: String, _ effect: RoadEffect?) throws {
    let content = try content(ofText: feed(event(impact: "\"\(word)\"")), .wzdx)
    #expect(content.closures.map(\.effect) == (effect.map { [$0] } ?? []))
    #expect(content.problems.map(\.code) == (effect == nil ? [.noEffect] : []))
    #expect(content.idleCount == (effect == nil ? 1 : 0) && content.addsUp)
  }

  @Test(arguments: [
    ("\"unknown\"", FeedProblem.Code.unknownEffect), ("null", .unknownEffect), ("\"\"", .unknownEffect),
    ("\"all-lanes-levitating\"", .unknownWord), ("[1]", .unknownEffect),
  ])
  func unknownImpactIsNoted(_ word: String, _ code: FeedProblem.Code) throws {
    let content = try content(ofText: feed(event(impact: word)), .wzdx)
    #expect(content.closures.isEmpty && content.idleCount == 1)
    #expect(content.problems.map(\.code) == [code] && content.problems.map(\.severity) == [.ignored])
  }

  @Test func unknownImpactWithASpeedStillHasTheSpeed() throws {
    let content = try content(
      ofText: feed(event(impact: "\"unknown\"", properties: ",\"reduced_speed_limit_kph\":\"40\"")), .wzdx)
    #expect(content.closures.map(\.id) == ["s/1#speed"] && content.closures.map(\.effect) == [.speed(kmh: 40)])
  }

  @Test(arguments: ["0", "-5", "1000", "\"slow\"", "{}"])
  func speedsThatCannotBe(_ speed: String) throws {
    let content = try content(ofText: feed(event(properties: ",\"reduced_speed_limit_kph\":\(speed)")), .wzdx)
    #expect(content.closures.map(\.effect) == [.closed] && content.problems.map(\.code) == [.badValue])
  }

  @Test(arguments: [
    ("active", 1, 0), ("pending", 1, 0), ("planned", 0, 1), ("cancelled", 0, 1), ("completed", 0, 1), ("odd", 0, 1),
  ])
  func statuses(_ status: String, _ closures: Int, _ problems: Int) throws {
    let content = try content(ofText: feed(event(properties: ",\"event_status\":\"\(status)\"")), .wzdx)
    #expect(content.closures.count == closures && content.problems.count == problems && content.addsUp)
  }

  @Test(arguments: [
    ("\"direction\":\"westbound\"", WayDirection.forward, 0), ("\"direction\":\"undefined\"", .both, 0),
    ("\"direction\":\"unknown\"", .both, 1), ("", .both, 1), ("\"direction\":\"up\"", .both, 1),
  ])
  func directions(_ core: String, _ direction: WayDirection, _ notes: Int) throws {
    let content = try content(ofText: feed(event(core: core)), .wzdx)
    #expect(content.closures.map(\.selector.direction) == [direction])
    #expect(content.problems.map(\.code) == Array(repeating: .unknownDirection, count: notes))
  }

  @Test(arguments: [
    ("{\"type\":\"reduced-height\",\"value\":12.5,\"unit\":\"feet\"}", VehicleProfile.Size(heightMeters: 3.81)),
    ("{\"type\":\"reduced-width\",\"value\":\"100\",\"unit\":\"inches\"}", VehicleProfile.Size(widthMeters: 2.54)),
    ("{\"type\":\"reduced-length\",\"value\":1200,\"unit\":\"centimeters\"}", VehicleProfile.Size(lengthMeters: 12)),
    ("{\"type\":\"reduced-weight\",\"value\":10,\"unit\":\"tons\"}", VehicleProfile.Size(weightTonnes: 9.0718474)),
    ("{\"type\":\"gross-weight-limit\",\"value\":7500,\"unit\":\"kilograms\"}", VehicleProfile.Size(weightTonnes: 7.5)),
    (
      "{\"type\":\"axle-load-limit\",\"value\":20000,\"unit\":\"pounds\"}",
      VehicleProfile.Size(axleLoadTonnes: 9.0718474)
    ),
    ("{\"type\":\"no-trucks\"}", VehicleProfile.Size(weightTonnes: 4.5)),
    ("\"no-trucks\"", VehicleProfile.Size(weightTonnes: 4.5)),
    (
      "{\"type\":\"no-trucks\"},{\"type\":\"reduced-weight\",\"value\":3000,\"unit\":\"kilograms\"},"
        + "{\"type\":\"reduced-height\",\"value\":400,\"unit\":\"centimeters\"}",
      VehicleProfile.Size(heightMeters: 4, weightTonnes: 3)
    ),
  ])
  func restrictions(_ restrictions: String, _ size: VehicleProfile.Size) throws {
    let content = try content(
      ofText: feed(event(impact: "\"all-lanes-open\"", properties: ",\"restrictions\":[\(restrictions)]")), .wzdx)
    #expect(content.problems.isEmpty && content.closures.map(\.id) == ["s/1#size"])
    guard case .largerThan(let limits)? = content.closures.first?.scope else {
      Issue.record("\(content.closures)")
      return
    }
    // Neither looser nor stricter, but for rounding.
    #expect(!size.exceeds(limits) && !limits.exceeds(size))
    #expect(
      (limits.heightMeters > 0) == (size.heightMeters > 0) && (limits.weightTonnes > 0) == (size.weightTonnes > 0))
    #expect(
      (limits.widthMeters > 0) == (size.widthMeters > 0) && (limits.axleLoadTonnes > 0) == (size.axleLoadTonnes > 0))
  }

  @Test(arguments: [
    ("{\"type\":\"reduced-height\"}", FeedProblem.Code.badValue),
    ("{\"type\":\"reduced-height\",\"value\":12,\"unit\":\"pounds\"}", .badValue),
    ("{\"type\":\"reduced-height\",\"value\":-1,\"unit\":\"feet\"}", .badValue),
    ("{\"type\":\"reduced-joy\"}", .unknownWord), ("7", .unknownWord), ("{}", .unknownWord),
  ])
  func restrictionsThatAreNotUnderstood(_ restriction: String, _ code: FeedProblem.Code) throws {
    let content = try content(ofText: feed(event(properties: ",\"restrictions\":[\(restriction)]")), .wzdx)
    #expect(content.closures.map(\.id) == ["s/1"] && content.problems.map(\.code) == [code])
  }

  /// A wider lane beside a narrow one lets everybody pass.
  @Test(arguments: [("open", nil), ("closed", 3.0), ("merge-left", 3.0)] as [(String, Double?)])
  func lanesCountTogether(_ status: String, _ width: Double?) throws {
    let lanes = """
      ,"lanes":[{"status":"open","type":"general","restrictions":[{"type":"reduced-width","value":300,"unit":"centimeters"}]},
      {"status":"\(status)","type":"general"},{"status":"open","type":"shoulder"}]
      """
    let content = try content(ofText: feed(event(impact: "\"all-lanes-open\"", properties: lanes)), .wzdx)
    #expect(content.closures.count == (width == nil ? 0 : 1))
    if let width { #expect(content.closures.first?.scope == .largerThan(.init(widthMeters: width))) }
  }

  @Test(arguments: [
    ("{\"type\":\"Polygon\",\"coordinates\":[[[10,50],[10,51],[11,50],[10,50]]]}", FeedProblem.Code.unknownWord),
    ("{\"type\":\"LineString\",\"coordinates\":[]}", .missingField), ("{\"type\":\"LineString\"}", .missingField),
    ("null", .missingField), ("{\"type\":\"LineString\",\"coordinates\":[[10,95]]}", .badValue),
    ("{\"type\":\"LineString\",\"coordinates\":[[10]]}", .badValue),
    ("{\"type\":\"LineString\",\"coordinates\":[10,50]}", .badValue),
    ("{\"type\":\"LineString\",\"coordinates\":[[\"10\",\"50\"]]}", .badValue),
  ])
  func badGeometryIsSkipped(_ geometry: String, _ code: FeedProblem.Code) throws {
    let content = try content(ofText: feed(event(geometry: geometry), event(id: "\"2\"")), .wzdx)
    #expect(content.closures.map(\.id) == ["s/2"] && content.problems.map(\.code) == [code] && content.addsUp)
    #expect(content.problems.first?.record == 1 && content.problems.first?.id == "1")
  }

  @Test func onePlaceIsTheNearestRoad() throws {
    let geometry = "{\"type\":\"MultiPoint\",\"coordinates\":[[10,50,7],[10,50]]}"
    let content = try content(ofText: feed(event(geometry: geometry)), .wzdx)
    #expect(content.closures.map(\.selector) == [.nearest(Coordinate(50, 10), radiusMeters: 50)])
  }

  @Test func badRecordsAreSkipped() throws {
    let times = ",\"start_date\":\"2010-01-02T00:00:00Z\",\"end_date\":\"2010-01-01T00:00:00Z\""
    let content = try content(
      ofText: feed(
        event(), event(), event(id: "null"), event(type: "parade", id: "3"), "7", "{\"id\":\"4\"}",
        event(properties: times, id: "5"), event(id: "6")), .wzdx)
    #expect(content.closures.map(\.id) == ["s/1", "s/6"] && content.recordCount == 8 && content.addsUp)
    #expect(
      content.problems.map(\.code) == [
        .duplicate, .missingField, .unknownWord, .badValue, .missingField, .timesReversed,
      ])
    #expect(content.problems.map(\.record) == [2, 3, 4, 5, 6, 7])
    #expect(content.problems.allSatisfy { $0.severity == .skipped && $0.line == nil })
  }

  @Test func otherFilesAreRefused() {
    #expect(failure(ofText: feed(event(), version: "3.1"), .wzdx)?.code == .wrongVersion)
    #expect(failure(ofText: feed(event(), version: "40"), .wzdx)?.value == "40")
    #expect(failure(ofText: "{\"type\":\"FeatureCollection\",\"features\":[]}", .wzdx)?.code == .wrongEnvelope)
    #expect(failure(ofText: "{\"feed_info\":{},\"type\":\"FeatureCollection\"}", .wzdx)?.code == .wrongEnvelope)
    #expect(failure(ofText: "[]", .wzdx)?.code == .wrongEnvelope)
    #expect(failure(ofText: "<html></html>", .wzdx)?.code == .notJSON)
  }

  @Test func idsAndReasonsAreHeldToTheLimits() throws {
    let long = String(repeating: "가", count: 500)
    let content = try content(
      ofText: feed(
        event(core: "\"direction\":\"northbound\",\"description\":\"a\\u0000b\\n \(long)\""), event(id: "\"\(long)\""),
        event(id: "\"a\\u0000\"")), .wzdx)
    let reason = try #require(content.closures.first?.reason)
    #expect(reason.hasPrefix("a b 가가") && reason.utf8.count <= FeedDefaults.reasonBytesMax && reason.utf8.count > 390)
    #expect(content.closures.count == 1 && content.problems.map(\.code) == [.badValue, .badValue])
    #expect(content.problems.allSatisfy { $0.value.utf8.count <= FeedDefaults.problemValueBytesMax })
  }
}
