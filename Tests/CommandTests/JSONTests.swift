import API
import AnswerJSON
import Engine
import Fleet
import Foundation
import Geometry
import Languages
import TestSupport
import Testing
import Traffic

@testable import tocsin

/// The JSON that machines read.
@Suite struct JSONTests {
  private func object(_ value: some Encodable) throws -> [String: Any] {
    let bytes = try JSONLine.bytes(of: value)
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func fastestUnits() throws {
    var town = try Town(
      """
      A-a-B---C
      |   |   |
      D-b-E---F
      """)
    town.road("ABC")
    let engine = try TestEngine(.text(opl: town.map.opl()))
    let units = ["a", "b"].map { letter in
      ResponseUnit(
        id: letter, agency: "EMS", profile: "plain", status: letter == "b" ? .onScene : .available,
        coordinate: town.map.coordinate(Character(letter)), reportedAt: engine.clock.now, turnoutSeconds: 60)
    }
    try engine.change { try $0.putUnits(units) }
    var request = FastestUnitsRequest(incident: Place(town.map.middle("B", "C")), count: 5)
    request.detail = [.steps, .ways]
    let answer = try engine.engine.fastestUnits(request)
    let json = try object(answer.json(request.detail))
    #expect(json["version"] as? Int == Int(answer.version))
    #expect(json["leftOut"] as? [String: Int] == ["status": 1])
    let unit = try #require((json["units"] as? [[String: Any]])?.first)
    #expect(unit["id"] as? String == "a")
    #expect(unit["turnoutSeconds"] as? Double == 60)
    let travelSeconds = try #require(unit["travelSeconds"] as? Double)
    #expect(abs((unit["etaSeconds"] as? Double ?? 0) - 60 - travelSeconds) < 0.0005)
    #expect(abs((unit["lengthMeters"] as? Double ?? 0) - 400) < 1)
    #expect((unit["steps"] as? [[String: Any]])?.first?["name"] as? String == "ABC")
    #expect((unit["ways"] as? [[String: Any]])?.count == 1)
    #expect(unit["shape"] == nil)
    #expect(unit["exemptions"] as? [[String: Any]] != nil)
  }

  @Test func partsOnlyWhereAskedFor() throws {
    var line = Route(travelSeconds: 1.23456, lengthMeters: 9.8765)
    line.ways = [RouteWay(osmID: 1, name: "a"), RouteWay(osmID: 1, name: "a"), RouteWay(osmID: 2, name: "b")]
    let plain = try object(line.json([]))
    #expect(plain.keys.sorted() == ["exemptions", "lengthMeters", "travelSeconds"])
    #expect(plain["travelSeconds"] as? Double == 1.235)
    #expect(plain["lengthMeters"] as? Double == 9.88)
    let ways = try object(line.json([.ways]))["ways"] as? [[String: Any]]
    #expect(ways?.map { $0["id"] as? Int } == [1, 2])
    #expect(ways?.map { $0["name"] as? String } == ["a", "b"])
  }

  @Test func routesSayTheLineShort() throws {
    var line = Route(travelSeconds: 60, lengthMeters: 500)
    line.shape = [Coordinate(latitudeE7: 38_500_000, longitudeE7: -120_200_000)]
    line.signals = [RouteSignal(osmID: 5, coordinate: line.shape[0], travelSeconds: 1.5, lengthMeters: 20)]
    let place = SnappedPlace(
      coordinate: line.shape[0], distanceMeters: 3, wayOSMID: 1, name: "a", headingDegrees: 0, side: .left)
    let answer = RouteAnswer(version: 2, from: place, to: place, route: line, alternatives: [line])
    let json = try object(answer.json([.shape, .signals]))
    #expect(json["polyline6"] as? String == "_p~iF~ps|U")
    #expect((json["shape"] as? [[String: Any]])?.count == 1)
    #expect((json["signals"] as? [[String: Any]])?.first?["osm"] as? Int == 5)
    #expect((json["to"] as? [String: Any])?["side"] as? String == "left")
    #expect((json["alternatives"] as? [[String: Any]])?.first?["polyline6"] as? String == "_p~iF~ps|U")
    #expect(try object(answer.json([]))["polyline6"] == nil)
    #expect(RouteText.text(answer).contains("The destination is on the left, 3 m from where the vehicle stops."))
  }

  @Test func routesOverPlacesSayTheirLegs() throws {
    var line = Route(travelSeconds: 200, lengthMeters: 1_500)
    line.legs = [RouteLeg(travelSeconds: 80, lengthMeters: 500), RouteLeg(travelSeconds: 120, lengthMeters: 1_000)]
    (line.legs[1].firstStep, line.legs[1].firstPoint) = (2, 7)
    let place = Coordinate(latitudeE7: 454_640_000, longitudeE7: 91_900_000)
    func stop(_ name: String) -> SnappedPlace {
      SnappedPlace(coordinate: place, distanceMeters: 0, wayOSMID: 1, name: name, headingDegrees: 0)
    }
    var answer = RouteAnswer(version: 1, from: stop("a"), to: stop("Hospital Road"), route: line)
    answer.via = [stop("")]
    #expect(
      RouteText.text(answer) == """
        3:20 over 1.5 km, map version 1

        leg  to             length  time  there after
          1  45.464,9.19     500 m  1:20         1:20
          2  Hospital Road  1.0 km  2:00         3:20

        """)
    let json = try object(answer.json([.steps, .shape]))
    let legs = try #require(json["legs"] as? [[String: Any]])
    #expect(legs.map { $0["firstStep"] as? Int } == [0, 2] && legs.map { $0["firstPoint"] as? Int } == [0, 7])
    #expect((json["via"] as? [[String: Any]])?.count == 1)
    #expect(try object(answer.json([]))["legs"] as? [[String: Double]] != nil)
    let stops = try object(GeoJSON.collection(RouteGeoJSON.features(answer)))["features"] as? [[String: Any]]
    let drawn = try #require(stops?.last?["properties"] as? [String: Any])
    #expect(drawn["kind"] as? String == "stop" && drawn["seconds"] as? Double == 80)
  }

  @Test func routesAreDrawnOnMaps() throws {
    var line = Route(travelSeconds: 60, lengthMeters: 500)
    let place = Coordinate(latitudeE7: 454_640_000, longitudeE7: 91_900_000)
    line.shape = [place, Coordinate(latitudeE7: 454_650_000, longitudeE7: 91_900_000)]
    line.exemptions = [UsedExemption(kind: "gate", osmID: 8, name: "", coordinate: place, seconds: 10)]
    line.signals = [RouteSignal(osmID: 9, coordinate: place, travelSeconds: 5, lengthMeters: 50)]
    let end = SnappedPlace(coordinate: place, distanceMeters: 0, wayOSMID: 1, name: "", headingDegrees: 0)
    let json = try object(
      GeoJSON.collection(
        RouteGeoJSON.features(RouteAnswer(version: 1, from: end, to: end, route: line, alternatives: [line]))))
    let features = try #require(json["features"] as? [[String: Any]])
    let kinds = features.map { ($0["properties"] as? [String: Any])?["kind"] as? String }
    #expect(kinds == ["route", "alternative", "exemption", "signal"])
    let geometry = try #require(features[0]["geometry"] as? [String: Any])
    #expect(geometry["type"] as? String == "LineString")
    #expect(geometry["coordinates"] as? [[Double]] == [[9.19, 45.464], [9.19, 45.465]])
    #expect((features[2]["geometry"] as? [String: Any])?["coordinates"] as? [Double] == [9.19, 45.464])
  }

  @Test func exemptionsAreSaidInWords() throws {
    let place = Coordinate(latitudeE7: 454_640_000, longitudeE7: 91_900_000)
    let text = RouteText.exemptions([
      UsedExemption(
        kind: "contraflow", osmID: 7, name: "Via Roma", coordinate: place, lengthMeters: 40.2, seconds: 3.4),
      UsedExemption(kind: "locked_gate", osmID: 8, name: "", coordinate: place),
    ])
    #expect(text == "against one-way, 40 m, Via Roma, +3 s (45.464,9.19)\nlocked gate, 8 (45.464,9.19)\n")
  }

  @Test func stepsAreSaidInWords() throws {
    var line = Route(travelSeconds: 60, lengthMeters: 500)
    let place = Coordinate(latitudeE7: 454_640_000, longitudeE7: 91_900_000)
    let turn = Maneuver(.turn, .sharpLeft, angleDegrees: -130, bearingBefore: 0, bearingAfter: 230, coordinate: place)
    line.steps = [
      RouteStep(name: "세종대로", ref: "", wayOSMID: 1, maneuver: turn, lengthMeters: 500, travelSeconds: 60)
    ]
    let end = SnappedPlace(coordinate: place, distanceMeters: 0, wayOSMID: 1, name: "", headingDegrees: 0)
    let answer = RouteAnswer(version: 1, from: end, to: end, route: line)
    #expect(RouteText.text(answer).contains("turn sharp left onto 세종대로"))
    let korean = try Language.named("ko")
    #expect(RouteText.text(answer, korean).contains("세종대로로 급좌회전"))
    let steps = try object(answer.json([.steps], korean))["steps"] as? [[String: Any]]
    #expect(steps?.first?["words"] as? String == "세종대로로 급좌회전")
    let plain = try object(answer.json([.steps]))["steps"] as? [[String: Any]]
    #expect(plain?.first?["words"] == nil)
  }

  @Test func closures() throws {
    let until = Date(timeIntervalSince1970: 1_700_000_000)
    let closure = RoadClosure(id: "c", selector: .way(osmID: 7, direction: .both), reason: "flood", until: until)
    let listed = ListedClosure(
      closure: closure, isActive: true,
      ways: [MatchedWay(osmID: 7, name: "강변북로", lengthMeters: 12.345, direction: .backward)])
    let json = try object(ClosuresAnswer(version: 3, closures: [listed]).json)
    let shown = try #require((json["closures"] as? [[String: Any]])?.first)
    #expect(shown["id"] as? String == "c")
    #expect(shown["until"] as? String == "2023-11-14T22:13:20Z")
    #expect(shown["from"] == nil)
    #expect((shown["ways"] as? [[String: Any]])?.first?["name"] as? String == "강변북로")
    #expect((shown["ways"] as? [[String: Any]])?.first?["direction"] as? String == "backward")
    let clock = LocalClock(timeZone: try #require(TimeZone(identifier: "Asia/Seoul")), now: until - 7_500)
    let text = ClosureListText.text([listed], clock)
    #expect(text.contains("(backward)") && text.contains("2023-11-15"), "\(text)")
    #expect(ClosureWords.times(closure, clock) == "2023-11-15 07:13 (in 2 h 5 min)")
    #expect(clock.text(until + 86_400) == "2023-11-16 07:13 (in 26 h 5 min)")
    #expect(clock.text(until - 7_560) == "2023-11-15 05:07")
    var planned = closure
    (planned.from, planned.until, planned.hours) = (until - 60, nil, "Mo-Fr 07:00-09:00")
    #expect(
      ClosureWords.times(planned, clock)
        == "from 2023-11-15 07:12 (in 2 h 4 min), without end, Mo-Fr 07:00-09:00")
  }

  @Test func closuresOfACommand() throws {
    let now = Date(timeIntervalSince1970: 1_700_000_000)
    let one = try CloseCommand.parse(["--way", "7", "--direction", "forward", "--for", "1h"])
    #expect(
      one.closures(now: now, newID: "new") == [
        RoadClosure(id: "new", selector: .way(osmID: 7, direction: .forward), until: now.addingTimeInterval(3_600))
      ])
    let two = try CloseCommand.parse(["--way", "7", "--way", "8", "--id", "x"])
    #expect(two.closures(now: now, newID: "new").map(\.id) == ["x-1", "x-2"])
    let drawn = try CloseCommand.parse(["--way", "-14", "--nodes", "-2,-3"])
    #expect(
      drawn.closures(now: now, newID: "n").map(\.selector) == [
        .way(osmID: -14, direction: .both, nodes: OSMNodePair(from: -2, to: -3))
      ])
    #expect(try CloseCommand.parse(["--way=-14", "--way", "-15"]).closures(now: now, newID: "n").count == 2)
    #expect(
      try CloseCommand.parse(["--link", "-7"]).closures(now: now, newID: "n").map(\.selector) == [.link(id: "-7")])
    #expect(try ExplainCommand.parse(["m", "--way", "-14", "--at", "-33.8,151.2"]).way == -14)
    let around = try CloseCommand.parse(["--at", "-33.8,151.2", "--radius", "50"])
    let place = try #require(Coordinate(latitude: -33.8, longitude: 151.2))
    #expect(around.closures(now: now, newID: "n").map(\.selector) == [.point(place, radiusMeters: 50)])
    let nearest = try CloseCommand.parse(["--at", "-33.8,151.2", "--heading", "90", "--speed", "20", "--civil"])
    let slow = try #require(nearest.closures(now: now, newID: "n").first)
    #expect(slow.selector == .nearest(place, radiusMeters: 100, headingDegrees: 90))
    #expect(slow.effect == .speed(kmh: 20) && slow.scope == .civil)
    let line = try CloseCommand.parse(
      ["--line", "1,2 1,3", "--layers", "-1..0", "--bridges", "excluded", "--delay", "2m", "--hours", "Mo 08:00-09:00"])
    let works = try #require(line.closures(now: now, newID: "n").first)
    guard case .polyline(let points, nil) = works.selector else { return #expect(Bool(false), "\(works)") }
    #expect(points.map(\.longitude) == [2, 3])
    #expect(works.levels == LevelFilter(layers: -1...0, bridges: .excluded) && works.effect == .delay(seconds: 120))
  }

  @Test(arguments: [
    [], ["--way", "7", "--at", "1,1", "--radius", "5"], ["--way", "7", "--radius", "5"], ["--heading", "5"],
    ["--way", "7", "--link", "x"],
    ["--way", "7", "--factor", "2", "--speed", "9"], ["--way", "7", "--civil", "--profiles", "car"], ["--line", "x"],
    ["--way", "x"], ["--way", "7", "--direction", "up"], ["--way", "7", "--for", "soon"],
  ])
  func refusesWrongUsageOfClose(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try CloseCommand.parse(arguments) }
  }

  @Test func failuresNameCodeAndValue() throws {
    let error = EngineError(.offMap, "no road is near", value: "1.0,2.0")
    #expect(CommandFailure(error)?.description == "OFF_MAP: no road is near (1.0,2.0)")
    #expect(CommandFailure(error)?.status == .refused)
    #expect(CommandFailure(CancellationError()) == nil)
  }
}
