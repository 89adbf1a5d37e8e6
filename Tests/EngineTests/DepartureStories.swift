import API
import Foundation
import Geometry
import TestSupport
import Testing
import Traffic

@testable import Engine

/// A parade next Saturday, asked about today: what holds then, and how fast traffic usually is then.
///
/// A test engine's clock starts on Tuesday 2023-11-14 at 22:13:20, and its maps are in UTC.
@Suite struct DepartureStories {
  private static func town() throws -> Town {
    var town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """)
    for road in ["ABC", "DEF", "AD", "BE", "CF"] { town.road(road) }
    return town
  }

  private static func moment(hoursAhead hours: Double) -> Date { TestClock().now.addingTimeInterval(hours * 3_600) }

  private static func asked(_ town: Town, hoursAhead hours: Double?, profile: String = "plain") -> RouteRequest {
    var request = RouteRequest(
      places: [Place(town.map.coordinate("A")), Place(town.map.coordinate("C"))], profile: profile)
    request.departAt = hours.map { moment(hoursAhead: $0) }
    return request
  }

  /// A road's speed in one hour of the week, and another one in all others.
  private static func typical(_ road: String, kmh: Double, inSlot slot: Int, else other: Double? = nil) -> TypicalRoad {
    var speeds = [Double?](repeating: other, count: 168)
    speeds[slot] = kmh
    return TypicalRoad(.way(osmID: TownMap.osmWay(road), direction: .both), kmh: speeds)
  }

  // MARK: Closures and rules of then

  @Test func aClosureHoldsForThoseWhoLeaveThen() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let parade = RoadClosure(
      id: "parade", selector: town.selector("ABC"), from: Self.moment(hoursAhead: 88),
      until: Self.moment(hoursAhead: 92))
    _ = try engine.putClosures([parade])
    let quick = try engine.route(Self.asked(town, hoursAhead: nil))
    #expect(try engine.route(Self.asked(town, hoursAhead: 87)).route == quick.route)
    let then = try engine.route(Self.asked(town, hoursAhead: 90))
    #expect(then.route.travelSeconds > quick.route.travelSeconds)
    #expect((then.basis, quick.basis) == (.freeFlow, .live))
    #expect(then.version == quick.version)
    #expect(try engine.route(Self.asked(town, hoursAhead: 93)).route == quick.route)
    #expect(try engine.route(Self.asked(town, hoursAhead: nil)).route == quick.route)
  }

  @Test func aClosureOfNowIsLiftedByThen() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let quick = try engine.route(Self.asked(town, hoursAhead: nil))
    _ = try engine.putClosures([
      RoadClosure(id: "accident", selector: town.selector("ABC"), until: Self.moment(hoursAhead: 2))
    ])
    #expect(try engine.route(Self.asked(town, hoursAhead: 1)).route.travelSeconds > quick.route.travelSeconds)
    #expect(try engine.route(Self.asked(town, hoursAhead: 3)).route == quick.route)
  }

  /// Of a closure by hours of the week those count in which vehicles leave.
  @Test func hoursOfTheWeekCount() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let quick = try engine.route(Self.asked(town, hoursAhead: nil))
    _ = try engine.putClosures([
      RoadClosure(id: "market", selector: town.selector("ABC"), hours: "Sa 08:00-14:00")
    ])
    // Saturday 2023-11-18, 10:13.
    #expect(try engine.route(Self.asked(town, hoursAhead: 84)).route.travelSeconds > quick.route.travelSeconds)
    #expect(try engine.route(Self.asked(town, hoursAhead: 84 + 24)).route == quick.route)
  }

  /// Whatever holds by the clock holds for those who leave then, as if it were then.
  @Test(arguments: TimeStories.gates.indices) func gatesOpenByTheClockOfThen(_ gate: Int) throws {
    func town() throws -> Town {
      var town = try TimeStories.twoWays(.partialCustomization)
      town.feature(TimeStories.gates[gate], at: "B")
      return town
    }
    let engine = try town().testEngine().engine
    for hours in [1.0, 7] {
      let later = try town()
      try TimeStories.pass(hours: hours, in: later)
      let there = try later.testEngine().engine.route(Self.asked(later, hoursAhead: nil)).route
      #expect(try engine.route(Self.asked(later, hoursAhead: hours)).route == there)
    }
  }

  @Test func aUnitComesByTheRoadsOfThen() throws {
    var town = try Self.town()
    town.road("AB", tags: ["motor_vehicle:conditional": "no @ (23:00-05:00)"])
    let engine = try town.testEngine().engine
    _ = try engine.putUnits([SpeedUnits.unit("A-1", at: town.map.coordinate("A"), profile: "plain")])
    var request = FastestUnitsRequest(incident: Place(town.map.coordinate("C")), count: 1)
    let now = try engine.fastestUnits(request)
    request.departAt = Self.moment(hoursAhead: 1)
    let then = try engine.fastestUnits(request)
    #expect(then.units[0].etaSeconds >= now.units[0].etaSeconds)
    #expect(then.basis == .freeFlow)
  }

  // MARK: Typical speeds

  @Test func trafficIsAsUsualThen() throws {
    let town = try Self.town()
    let test = try town.testEngine()
    // Wednesday from 8 to 9.
    test.typical = [Self.typical("ABC", kmh: 4, inSlot: 2 * 24 + 8)]
    try test.restart()
    let engine = test.engine
    let quick = try engine.route(Self.asked(town, hoursAhead: nil))
    let rush = try engine.route(Self.asked(town, hoursAhead: 10))
    #expect(rush.route.travelSeconds > quick.route.travelSeconds)
    #expect(rush.basis == .typical)
    // An hour on, and a week before and behind it.
    #expect(try engine.route(Self.asked(town, hoursAhead: 11)).route == quick.route)
    #expect(try engine.route(Self.asked(town, hoursAhead: 10 + 168)).route == rush.route)
    #expect(engine.status().typicalRoadCount == 1)
  }

  /// What is measured now counts for half an hour, over what is usual.
  @Test func measuredSpeedsCountForHalfAnHour() throws {
    let town = try Self.town()
    let test = try town.testEngine()
    test.typical = [Self.typical("DEF", kmh: 30, inSlot: 0, else: 30)]
    try test.restart()
    let engine = test.engine
    let speeds = [RoadSpeed(.way(osmID: TownMap.osmWay("ABC"), direction: .both), kmh: 4)]
    let quick = try engine.route(Self.asked(town, hoursAhead: nil)).route.travelSeconds
    _ = try engine.putSpeeds(
      SpeedsRequest(
        SpeedUpdate(source: "its", speeds: speeds, timeToLiveSeconds: 300, isComplete: false),
        feed: FeedReport(source: "its", intervalSeconds: 60, recordCount: 1)), by: .local)
    let soon = try engine.route(Self.asked(town, hoursAhead: 0.4))
    #expect(soon.basis == .mixed)
    #expect(soon.route.travelSeconds > quick)
    let later = try engine.route(Self.asked(town, hoursAhead: 0.6))
    #expect((later.basis, later.route.travelSeconds) == (.typical, quick))
  }

  @Test func roadsThatTheMapLacksAreCounted() throws {
    let town = try Self.town()
    let test = try town.testEngine()
    test.typical = [
      Self.typical("ABC", kmh: 4, inSlot: 0),
      TypicalRoad(.way(osmID: 4_711_000, direction: .both), kmh: .init(repeating: 3, count: 168)),
    ]
    try test.restart()
    #expect(test.engine.status().typicalRoadCount == 1)
    #expect(test.engine.status().unmatchedTypicalCount == 1)
  }

  // MARK: What can't be asked

  @Test func nobodyLeavesBeforeNowOrInYears() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    func code(_ hours: Double) -> EngineError.Code? {
      #expect(throws: EngineError.self) { try engine.route(Self.asked(town, hoursAhead: hours)) }?.code
    }
    #expect(code(-1) == .departInPast)
    #expect(code(366 * 24 + 1) == .departTooFar)
    // A question takes a moment to arrive.
    #expect(try engine.route(Self.asked(town, hoursAhead: -0.01)).basis == .live)
  }

  @Test func noMoreMetricsAreKeptThanTheLimitSays() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    for hours in 1...40 {
      let closure = RoadClosure(
        id: "\(hours)", selector: town.selector("ABC"), from: Self.moment(hoursAhead: Double(hours)),
        until: Self.moment(hoursAhead: Double(hours) + 0.5))
      _ = try engine.putClosures([closure])
      _ = try engine.route(Self.asked(town, hoursAhead: Double(hours) + 0.2))
    }
    #expect(engine.planned.metricCount <= engine.limits.plannedMetricsMax)
  }

  /// What is put later is seen by who watches a moment to come.
  @Test func aWatchOfThenSeesWhatIsPutForThen() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let watch = try engine.watch(.route(Self.asked(town, hoursAhead: 90)))
    #expect(try watch.next() != nil)
    _ = try engine.putClosures([
      RoadClosure(
        id: "parade", selector: town.selector("ABC"), from: Self.moment(hoursAhead: 88),
        until: Self.moment(hoursAhead: 92))
    ])
    engine.hub.flush()
    let answer = try #require(try watch.next())
    #expect(answer.changes.contains(.way))
  }

  // MARK: As if it were then

  /// Another engine whose clock shows then, where the typical speeds are measured, finds the same.
  @Test(arguments: 0..<12) func anEngineOfThenFindsTheSame(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: 50)
    let test = try TestEngine(.text(opl: town.text.opl))
    let ways = town.text.ways.keys.sorted()
    let slots = (0..<ways.count).map { _ in
      (0..<168).map { _ in random.oneIn(2) ? nil : Double.random(in: 2...60, using: &random) }
    }
    test.typical = zip(ways, slots).map { TypicalRoad(.way(osmID: $0, direction: .both), kmh: $1) }
    try test.restart()
    let resolver = RoadResolver(test.engine.map.network)
    var closures = PropertyTests.closures(in: town, count: 8, &random).filter { (try? resolver.resolve($0)) != nil }
    for index in closures.indices {
      let from = Double.random(in: -2...30, using: &random)
      closures[index].from = Self.moment(hoursAhead: from)
      closures[index].until = Self.moment(hoursAhead: max(from, 0) + .random(in: 1...30, using: &random))
      if random.oneIn(3) { closures[index].hours = "Mo-Fr 06:00-20:00" }
    }
    closures = closures.filter { (try? resolver.checkTimes(of: $0, at: TestClock().now)) != nil }
    _ = try test.engine.putClosures(closures)
    for _ in 0..<6 {
      let hours = Double.random(in: 0.6...60, using: &random)
      let then = Self.moment(hoursAhead: hours)
      let twin = try TestEngine(.text(opl: town.text.opl))
      twin.clock.advance(seconds: hours * 3_600)
      twin.engine.writer.withLock { $0.advance() }
      let slot = (Int(then.timeIntervalSince1970) / 3_600 + 3 * 24) % 168
      let speeds = zip(ways, slots).compactMap { way, kmh in
        kmh[slot].map { RoadSpeed(.way(osmID: way, direction: .both), kmh: $0) }
      }
      _ = try twin.engine.putSpeeds(
        SpeedsRequest(
          SpeedUpdate(source: "usual", speeds: speeds, timeToLiveSeconds: 300, isComplete: false),
          feed: FeedReport(source: "usual", intervalSeconds: 60, recordCount: speeds.count)), by: .local)
      for closure in closures where closure.until.map({ $0 > then }) ?? true {
        _ = try? twin.engine.putClosures([closure])
      }
      for profile in ["plain", "siren"] {
        var request = RouteRequest(places: (0..<2).map { _ in Place(town.place(&random)) }, profile: profile)
        request.detail = [.ways]
        let real = Result { () throws(EngineError) in try twin.engine.route(request) }
        request.departAt = then
        let asked = Result { () throws(EngineError) in try test.engine.route(request) }
        #expect(asked.map(\.route) == real.map(\.route), "seed \(seed), \(then), \(profile)")
      }
    }
  }
}
