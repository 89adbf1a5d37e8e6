import API
import Fleet
import Foundation
import Geometry
import Ledger
import TestSupport
import Testing
import Traffic

@testable import Engine

enum SpeedUnits {
  static func unit(_ id: String, at place: Coordinate, profile: String) -> ResponseUnit {
    ResponseUnit(id: id, profile: profile, coordinate: place, reportedAt: TestClock().now)
  }
}

/// What feeds measure: it is on the roads at once, for as long as it lives, and then exactly gone.
@Suite struct SpeedStories {
  private static func town(_ setup: EngineSetup = .partialCustomization) throws -> Town {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """, setup: setup)
    for road in ["ABC", "DEF", "AD", "BE", "CF"] { town.road(road) }
    return town
  }

  private static func request(
    _ town: Town, _ speeds: [String: Double], source: String = "its", lives seconds: Double = 300,
    isComplete: Bool = false
  ) -> SpeedsRequest {
    let speeds = speeds.map { RoadSpeed(.way(osmID: TownMap.osmWay($0), direction: .both), kmh: $1) }
    return SpeedsRequest(
      SpeedUpdate(source: source, speeds: speeds, timeToLiveSeconds: seconds, isComplete: isComplete),
      feed: FeedReport(source: source, intervalSeconds: 60, recordCount: speeds.count))
  }

  private static func put(_ request: SpeedsRequest, in town: Town) throws {
    try town.testEngine().change { _ = try $0.putSpeeds(request, by: .local) }
  }

  @Test(arguments: EngineSetup.allCases)
  func aJamIsDrivenAround(_ setup: EngineSetup) throws {
    let town = try Self.town(setup)
    #expect(town.route("A", "C") == "ABC")
    try Self.put(Self.request(town, ["ABC": 4]), in: town)
    #expect(town.route("A", "C") == "ADEFC")
    try TimeStories.pass(hours: 299.0 / 3600, in: town)
    #expect(town.route("A", "C") == "ADEFC")
    try TimeStories.pass(hours: 2.0 / 3600, in: town)
    #expect(town.route("A", "C") == "ABC")
    #expect(town.travelSeconds("A", "C") == 80)
  }

  @Test(arguments: EngineSetup.allCases)
  func zeroCloses(_ setup: EngineSetup) throws {
    let town = try Self.town(setup)
    try Self.put(Self.request(town, ["ABC": 0, "DEF": 0]), in: town)
    #expect(town.route("A", "C") == "NO_ROUTE")
    #expect(town.route("A", "C", profile: "siren") == "NO_ROUTE")
    try Self.put(Self.request(town, ["ABC": 36], isComplete: true), in: town)
    #expect(town.route("D", "F") == "DEF")
  }

  @Test func fadingRestoresEveryWeight() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let before = try engine.metrics()
    try Self.put(Self.request(town, ["ABC": 4, "BE": 0, "CF": 20]), in: town)
    #expect(!zip(before, try engine.metrics()).allSatisfy { $0.hasSameWeights(as: $1) })
    try TimeStories.pass(hours: 1, in: town)
    #expect(zip(before, try engine.metrics()).allSatisfy { $0.hasSameWeights(as: $1) })
    #expect(engine.status().speedSources.isEmpty)
  }

  @Test func aFeedThatStopsIsStale() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    try Self.put(Self.request(town, ["ABC": 30]), in: town)
    #expect(engine.status().feeds.map(\.isStale) == [false])
    try TimeStories.pass(hours: 151.0 / 3600, in: town)
    #expect(engine.status().feeds.map(\.isStale) == [true])
    try town.testEngine().restart()
    #expect(try town.testEngine().engine.status().feeds.map(\.report.source) == ["its"])
  }

  @Test func roadsThatNobodyKnowsAreCounted() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    var request = Self.request(town, ["ABC": 30])
    request.update.speeds.append(RoadSpeed(.way(osmID: 4711, direction: .both), kmh: 30))
    let answer = try engine.putSpeeds(request, by: .local)
    #expect(answer.matchedCount == 1 && answer.unmatchedCount == 1)
    #expect(answer.unmatchedExamples.map(\.code) == [.unknownWay])
    request.update.speeds.removeFirst()
    let error = #expect(throws: EngineError.self) { try engine.putSpeeds(request, by: .local) }
    #expect(error?.code == .nothingMatched)
  }

  @Test(arguments: [-1, 301, Double.nan]) func oddSpeedsAreRefused(_ kmh: Double) throws {
    let town = try Self.town()
    let error = #expect(throws: EngineError.self) {
      try town.testEngine().engine.putSpeeds(Self.request(town, ["ABC": kmh]), by: .local)
    }
    #expect(error?.code == .invalidSpeeds)
  }

  @Test(arguments: EngineSetup.allCases)
  func aTurnPenaltyIsWaited(_ setup: EngineSetup) throws {
    let town = try Self.town(setup)
    let places = [town.map.coordinate("A"), town.map.middle("B", "E")].map { Place($0) }
    func seconds() throws -> Double {
      Town.tenths(
        try town.testEngine().engine.route(RouteRequest(places: places, profile: "plain")).route.travelSeconds)
    }
    #expect(try seconds() == 50)
    let node = TownMap.osmNode
    let penalty = TurnPenalty(fromOSMNode: node("A"), viaOSMNode: node("B"), toOSMNode: node("E"), seconds: 30)
    let other = TurnPenalty(fromOSMNode: node("D"), viaOSMNode: node("E"), toOSMNode: node("B"), seconds: 50)
    let update = SpeedUpdate(
      source: "turns", speeds: [], turnPenalties: [penalty, other], timeToLiveSeconds: 60, isComplete: true)
    try Self.put(SpeedsRequest(update), in: town)
    #expect(try seconds() == 80)
    // Who ends at E itself comes to it by the other street.
    #expect(town.route("A", "E") == "ADE")
    try TimeStories.pass(hours: 61.0 / 3600, in: town)
    #expect(try seconds() == 50)
  }

  /// Speeds and closures of all kinds at once: every answer is the oracle's.
  @Test(arguments: EngineSetup.allCases, 0..<4)
  func routesInTrafficAreShortest(_ setup: EngineSetup, _ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 100)
    let town = RandomTown(seed: UInt64(seed) + 100, junctionCount: 50)
    let test = try TestEngine(.text(opl: town.text.opl), setup: setup)
    try PropertyTests.put(PropertyTests.closures(in: town, count: 4, &random), on: test)
    let ways = town.text.ways.keys.sorted()
    let speeds = ways.filter { _ in random.oneIn(2) }.map { way in
      // Some name a part of the way, some the same part twice.
      let road: RoadSpeed.Road =
        random.oneIn(2)
        ? .nodes(town.nodes(ofWay: way, &random))
        : .way(osmID: way, direction: WayDirection.allCases.randomElement(using: &random)!)
      return RoadSpeed(road, kmh: random.oneIn(8) ? 0 : .random(in: 1...90, using: &random))
    }
    let update = SpeedUpdate(source: "a", speeds: speeds, timeToLiveSeconds: 60, isComplete: true)
    try test.change { _ = try $0.putSpeeds(SpeedsRequest(update), by: .local) }
    for profile in test.profiles.profiles {
      let oracle = EngineOracle(test.engine, profile: profile, speeds: speeds)
      for _ in 0..<12 {
        let places = (0..<2).map { _ in Place(town.place(&random), headingDegrees: PropertyTests.heading(&random)) }
        try PropertyTests.compareRoute(
          test.engine, oracle, places, "seed \(seed), \(setup), \(profile.name): \(places)")
      }
    }
  }
}
