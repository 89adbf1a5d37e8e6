import API
import Foundation
import Geometry
import TestSupport
import Testing
import VectorTiles

@testable import Engine

/// What tiles of a drawn town show.
@Suite struct TileStories {
  private static func town() throws -> Town {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """, metersPerCell: 50)
    town.road("AB", kmh: 72, tags: ["highway": "primary", "name": "Main Street", "ref": "7"])
    town.oneway("BC", kmh: 50, tags: ["highway": "primary", "bridge": "yes", "layer": "1"])
    town.road("CF", kmh: 30, tags: ["highway": "service"])
    return town
  }

  private static func request(
    _ layer: TileLayer, _ town: Town, zoom: Int = 15, profile: String = "plain"
  ) -> TileRequest {
    let address = TileAddress(of: town.map.coordinate("B"), zoom: zoom)
    var request = TileRequest(layer, zoom: zoom, column: address.column, row: address.row)
    request.profile = profile
    return request
  }

  private static func features(_ town: Town, _ request: TileRequest) throws -> [TileReader.Feature] {
    let answer = try town.testEngine().engine.tile(request, within: .none)
    return try TileReader.layers(of: answer.tile)[request.layer.rawValue] ?? []
  }

  /// Speeds on the road AB.
  private static func measure(_ speeds: [(WayDirection, Double)], by engine: TocsinEngine) throws {
    let speeds = speeds.map { RoadSpeed(.way(osmID: TownMap.osmWay("AB"), direction: $0.0), kmh: $0.1) }
    _ = try engine.putSpeeds(
      SpeedsRequest(SpeedUpdate(source: "feed", speeds: speeds, timeToLiveSeconds: 600, isComplete: false)), by: .local,
      within: .none)
  }

  private static func named(_ letters: String, in features: [TileReader.Feature]) -> TileReader.Feature? {
    features.first { $0.id == UInt64(TownMap.osmWay(letters)) }
  }

  @Test func showsRoadsWithClassNameAndSpeed() throws {
    let town = try Self.town()
    let roads = try Self.features(town, Self.request(.roads, town))
    let main = try #require(Self.named("AB", in: roads))
    #expect(
      main.tags == [
        "class": .text("primary"), "name": .text("Main Street"), "ref": .text("7"), "speed_kmh": .whole(72),
      ])
    let bridge = try #require(Self.named("BC", in: roads))
    #expect(bridge["oneway"] == .whole(1) && bridge["bridge"] == .truth(true) && bridge["level"] == .whole(1))
    #expect(bridge["speed_kmh"] == .whole(50) && bridge["backward_speed_kmh"] == .whole(0))
    // Line and speed are those of the direction in which the way was drawn.
    let tile = TileAddress(of: town.map.coordinate("B"), zoom: 15)
    let (b, c) = (tile.units(of: .of(town.map.coordinate("B"))), tile.units(of: .of(town.map.coordinate("C"))))
    #expect(
      bridge.lines == [[SIMD2(Int(b.x.rounded()), Int(b.y.rounded())), SIMD2(Int(c.x.rounded()), Int(c.y.rounded()))]])
  }

  @Test func tellsNoSpeedWithoutAProfile() throws {
    let town = try Self.town()
    let roads = try Self.features(town, Self.request(.roads, town, profile: ""))
    #expect(roads.count == 7 && roads.allSatisfy { $0["speed_kmh"] == nil && $0["backward_speed_kmh"] == nil })
  }

  @Test func showsGreatRoadsAloneFartherOut() throws {
    let town = try Self.town()
    func classes(_ zoom: Int) throws -> Set<String> {
      Set(try Self.features(town, Self.request(.roads, town, zoom: zoom)).compactMap { $0["class"]?.text })
    }
    #expect(try classes(14) == ["primary", "residential", "service"])
    #expect(try classes(13) == ["primary", "residential"])
    #expect(try classes(12) == ["primary"])
    #expect(try classes(11) == ["primary"])
  }

  /// Far out what is alike is one feature, and what follows one another is one line.
  @Test func joinsWhatIsAlike() throws {
    var town = try Town("A---B---C---D", metersPerCell: 500)
    for name in ["AB", "BC", "CD"] { town.road(name, kmh: 72, tags: ["highway": "trunk", "name": "Ring"]) }
    let roads = try Self.features(town, Self.request(.roads, town, zoom: 11))
    #expect(roads.count == 1 && roads.first?.lines.count == 1 && roads.first?.lines.first?.count == 2)
    #expect(roads.first?.tags == ["class": .text("trunk"), "name": .text("Ring"), "speed_kmh": .whole(72)])
  }

  @Test func showsClosuresWithWhoAndUntilWhen() throws {
    var town = try Self.town()
    town.road("DE", kmh: 36)
    let engine = try town.testEngine()
    let until = engine.clock.now.addingTimeInterval(3_600)
    _ = try engine.engine.putClosures([
      RoadClosure(
        id: "works", source: "city", selector: town.selector("AB"), reason: "a pipe burst", until: until),
      RoadClosure(id: "slow", selector: town.selector("DE", .forward), effect: .factor(3), scope: .civil),
      RoadClosure(id: "later", selector: town.selector("CF"), from: until),
    ])
    let closures = try Self.features(town, Self.request(.closures, town, profile: ""))
    #expect(closures.map { $0["id"]?.text } == ["works", "slow"])
    #expect(
      closures[0].tags == [
        "id": .text("works"), "source": .text("city"), "reason": .text("a pipe burst"), "effect": .text("closed"),
        "scope": .text("everybody"), "until": .text(until.ISO8601Format()), "class": .text("primary"),
      ])
    #expect(closures[1]["oneway"] == .truth(true) && closures[1]["factor"] == .number(3))
    #expect(closures[1]["scope"] == .text("civil"))
    // An ambulance may pass what is for civil traffic.
    let meant = try Self.features(town, Self.request(.closures, town, profile: "ambulance"))
    #expect(meant.map { $0["id"]?.text } == ["works"])
    // However far out, it is seen.
    for zoom in Limits.tileZooms {
      #expect(try Self.features(town, Self.request(.closures, town, zoom: zoom, profile: "")).count == 2)
    }
  }

  @Test func showsMeasuredSpeedsInTheirDirection() throws {
    let town = try Self.town()
    let engine = try town.testEngine()
    try Self.measure([(.forward, 30), (.backward, 72)], by: engine.engine)
    let found = try Self.features(town, Self.request(.speeds, town))
    #expect(found.count == 2)
    let (forward, backward) = (
      found.first { $0["speed_kmh"] == .number(30) }, found.first { $0["speed_kmh"] == .number(72) }
    )
    #expect(forward?["level"] == .text("congested") && forward?["free_kmh"] == .number(72))
    #expect(backward?["level"] == .text("free"))
    #expect(forward?.lines.first.map { $0.reversed() } == backward?.lines.first)
    let far = try Self.features(town, Self.request(.speeds, town, zoom: 10))
    #expect(Set(far.compactMap { $0["level"]?.text }) == ["congested", "free"])
    let plain = try Self.features(town, Self.request(.speeds, town, profile: ""))
    #expect(plain.count == 2 && plain.allSatisfy { $0["level"] == nil && $0["free_kmh"] == nil })
  }

  @Test func showsWhenTheFirstUnitComes() throws {
    var town = try Town("A-a-b-B-------C---------------D", metersPerCell: 50)
    town.oneway("ABCD", kmh: 36)
    town.unit("a") { $0.turnoutSeconds = 0 }
    town.unit("b") { ($0.status, $0.turnoutSeconds) = (.onScene, 0) }
    let coverage = try Self.features(town, Self.request(.coverage, town, zoom: 14, profile: ""))
    #expect(coverage.allSatisfy { $0["class"] == .text("residential") })
    // 10 m/s from the unit on: what is 600 m away is there within a minute, and what is farther within two.
    #expect(Set(coverage.compactMap { $0["minutes"]?.whole }) == [1, 2, 3])
    let none = try Self.features(town, Self.request(.coverage, town, zoom: 14, profile: "ambulance"))
    #expect(none.isEmpty)
    let before = try town.testEngine().engine.tile(Self.request(.coverage, town, zoom: 14, profile: ""), within: .none)
      .tag
    try town.testEngine().change {
      try $0.setStatus(StatusReport(id: "b", status: .available, statusAt: town.clock.now), by: .local)
    }
    let after = try town.testEngine().engine.tile(Self.request(.coverage, town, zoom: 14, profile: ""), within: .none)
      .tag
    #expect(before != after)
  }

  // MARK: Tags

  @Test func hasAnotherTagWhenItsLayerChanges() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    func tag(_ layer: TileLayer) throws -> String { try engine.tile(Self.request(layer, town), within: .none).tag }
    let before = (try tag(.roads), try tag(.closures), try tag(.speeds))
    try town.close("AB")
    let closed = (try tag(.roads), try tag(.closures), try tag(.speeds))
    #expect(closed.0 == before.0 && closed.1 != before.1 && closed.2 == before.2)
    try Self.measure([(.forward, 30)], by: engine)
    let measured = (try tag(.roads), try tag(.closures), try tag(.speeds))
    #expect(measured.0 == before.0 && measured.1 == closed.1 && measured.2 != before.2)
    try town.lift("AB")
    #expect(try tag(.closures) == before.1)
  }

  @Test func sendsNothingToWhoHasTheTile() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    var request = Self.request(.roads, town)
    let first = try engine.tile(request, within: .none)
    #expect(!first.isKnown && !first.tile.isEmpty)
    request.knownTag = first.tag
    let second = try engine.tile(request, within: .none)
    #expect(second.isKnown && second.tile.isEmpty && second.tag == first.tag)
    request.knownTag = "another"
    #expect(try engine.tile(request, within: .none) == first)
  }

  @Test func isEmptyWhereNothingLies() throws {
    let town = try Self.town()
    for layer in TileLayer.allCases {
      let answer = try town.testEngine().engine.tile(TileRequest(layer, zoom: 12, column: 7, row: 7), within: .none)
      #expect(answer.tile.isEmpty && answer.leftOutCount == 0)
    }
  }

  // MARK: Refusals

  @Test(arguments: [(7, 0, 0), (18, 0, 0), (-1, 0, 0), (8, 256, 0), (8, 0, 256), (8, -1, 0), (8, 0, -1)])
  func refusesWhatIsNoTile(_ zoom: Int, _ column: Int, _ row: Int) throws {
    let engine = try Self.town().testEngine().engine
    let error = #expect(throws: EngineError.self) {
      try engine.tile(TileRequest(.roads, zoom: zoom, column: column, row: row), within: .none)
    }
    #expect(error?.code == .invalidTile && error?.value == "\(zoom)/\(column)/\(row)")
  }

  @Test func refusesProfilesAndTags() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    #expect(throws: EngineError.self) { try engine.tile(Self.request(.roads, town, profile: "boat"), within: .none) }
    var request = Self.request(.roads, town)
    request.knownTag = String(repeating: "x", count: Limits.textBytesMax + 1)
    #expect(throws: EngineError.self) { try engine.tile(request, within: .none) }
  }

  @Test func endsAtItsDeadline() throws {
    let town = try Self.town()
    let limit = WorkLimit(deadline: .now - .seconds(1))
    let error = #expect(throws: EngineError.self) {
      try town.testEngine().engine.tile(Self.request(.roads, town), within: limit)
    }
    #expect(error?.code == .deadlineExceeded)
  }

  // MARK: What is kept

  @Test func keepsNoMoreThanItsBytes() throws {
    func tile(_ number: Int) -> VectorTile {
      var layer = VectorTile.writer("x", bytesMax: 10_000)
      for line in 0..<50 { layer.add(kind: "a", lines: [[[0, 0], [Double(line), Double(number)]]], [:]) }
      return VectorTile(layer)
    }
    let address = try #require(TileAddress(zoom: 14, column: 1, row: 1))
    let cache = TileCache(bytesMax: 20_000)
    var drawn = 0
    func ask(_ number: Int) throws {
      let key = TileCache.Key(layer: .roads, address: address, profile: "", version: UInt64(number))
      let found = try cache.tile(key) {
        drawn += 1
        return tile(number)
      }
      #expect(found.tag == tile(number).tag)
      #expect(cache.byteCount <= 20_000)
    }
    for number in 0..<100 {
      try ask(number)
      // What is asked for again and again stays.
      try ask(0)
    }
    #expect(drawn == 100)
    try ask(50)
    #expect(drawn == 101)
  }
}
