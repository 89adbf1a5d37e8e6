import API
import Foundation
import Geometry
import TestSupport
import Testing
import Traffic

@testable import Engine

/// What a closed road changes, and that nothing is left of it afterwards.
@Suite struct ClosureStories {
  static func twoWays(_ setup: EngineSetup) throws -> Town {
    try Town(
      """
      A---B---C
      |   |   |
      D---E---F
      """, setup: setup)
  }

  @Test(arguments: EngineSetup.allCases)
  func detoursRoundAClosedRoad(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.road("ABC", kmh: 72)
    town.road("ADEFC")
    #expect(town.route("A", "C") == "ABC")
    #expect(town.travelSeconds("A", "C") == 40)
    try town.close("BC")
    #expect(town.route("A", "C") == "ABEFC")
    #expect(town.travelSeconds("A", "C") == 100)
    try town.lift("BC")
    #expect(town.route("A", "C") == "ABC")
    #expect(town.travelSeconds("A", "C") == 40)
  }

  @Test(arguments: EngineSetup.allCases)
  func closesAWayByItsID(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.road("ABC", kmh: 72)
    let answer = try town.close("ABC")
    #expect(answer.closures.map(\.closure.id) == ["ABC"])
    #expect(answer.closures.flatMap(\.ways).map(\.osmID) == [TownMap.osmWay("ABC")])
    #expect(answer.closures.flatMap(\.ways).map { $0.lengthMeters.rounded() } == [800])
    #expect(town.route("A", "C") == "ADEFC")
  }

  @Test(arguments: EngineSetup.allCases)
  func closesOneDirectionOnly(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.road("ABC", kmh: 72)
    try town.close("ABC", direction: .forward)
    #expect(town.route("A", "C") == "ADEFC")
    #expect(town.route("C", "A") == "CBA")
    try town.close("ABC", direction: .backward)
    #expect(town.route("A", "C") == "ABC")
    #expect(town.route("C", "A") == "CFEDA")
  }

  @Test(arguments: EngineSetup.allCases)
  func overlappingClosuresComeApartInAnyOrder(_ setup: EngineSetup) throws {
    var town = try Self.twoWays(setup)
    town.road("ABC", kmh: 72)
    try town.close("ABC", id: "first")
    try town.close("BC", id: "second")
    try town.lift("first")
    #expect(town.route("A", "C") == "ABEFC")
    try town.close("ABC", id: "first")
    try town.lift("second")
    #expect(town.route("A", "C") == "ADEFC")
    try town.lift("first")
    #expect(town.route("A", "C") == "ABC")
  }

  /// A crew drives up to the barrier: what lies on the closed road is reached from both of its ends.
  @Test(arguments: EngineSetup.allCases)
  func reachesAnIncidentOnAClosedRoad(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A---B-1------2-C---G
      |   |          |
      D---E----------F
      """, setup: setup)
    try town.close("BC")
    #expect(town.route("A", "1") == "AB")
    #expect(town.travelSeconds("A", "1") == 60)
    #expect(town.route("G", "2") == "GC")
    #expect(town.route("2", "G") == "CG")
    #expect(town.route("A", "C") == "ABEFC" || town.route("A", "C") == "ADEFC")
    // Round to the nearer end, though through the barrier it would be faster.
    #expect(town.route("A", "2").hasSuffix("EFC"))
    #expect(try town.line("A", "2").exemptions.map(\.kind) == ["closed_road"])
    // With the way round closed as well, so few closed metres as can be: 400 from F, not 900 from B.
    try town.close("CF")
    #expect(town.route("A", "2").hasSuffix("EFC"))
    #expect(try town.line("A", "2").exemptions.map { $0.lengthMeters.rounded() } == [200, 200])
    #expect(town.route("A", "C") == "NO_ROUTE")
    #expect(town.route("A", "G") == "NO_ROUTE")
    // With all that leads to F closed, the farther end is the last resort.
    try town.close("EF")
    #expect(town.route("A", "2") == "AB")
  }

  @Test(arguments: EngineSetup.allCases)
  func isCutOffBetweenTwoClosedRoads(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A---B---C---D---E
          |       |
          G-------H
      """, setup: setup)
    var open = town
    open.feature(["highway": "traffic_signals"], at: "C")
    #expect(open.travelSeconds("A", "C") == 80)
    try open.close("BC")
    #expect(open.route("A", "C") == "ABGHDC")
    // Who goes to the closed crossing itself gets there; nobody crosses it.
    try open.close("CD")
    #expect(open.route("A", "C") == "ABC")
    #expect(try open.line("A", "C").exemptions.map(\.kind) == ["closed_road"])
    #expect(open.route("A", "E") == "ABGHDE")
  }

  @Test(arguments: EngineSetup.allCases)
  func isCutOffInABlockedCloseOfHouses(_ setup: EngineSetup) throws {
    let town = try Town(
      """
      A---B---C
      |   |   |
      D---E---F
          |
          G
          |
      H-1-I-2-J
      """, setup: setup)
    #expect(town.route("A", "1") == "ABEGI" || town.route("A", "1") == "ADEGI")
    try town.close("EG")
    #expect(town.route("A", "1") == "NO_ROUTE")
    #expect(town.route("2", "A") == "NO_ROUTE")
    #expect(town.route("1", "2") == "I")
    try town.lift("EG")
    #expect(town.route("A", "1").hasSuffix("EGI"))
  }

  @Test func expiryEqualsLifting() throws {
    var town = try Self.twoWays(.partialCustomization)
    town.road("ABC", kmh: 72)
    let test = try town.testEngine()
    let before = try test.engine.metrics()
    try town.close("BC", until: test.clock.now + 60)
    #expect(town.route("A", "C") == "ABEFC")
    let during = try test.engine.metrics()
    #expect(zip(before, during).contains { !$0.hasSameWeights(as: $1) })
    test.clock.advance(seconds: 59)
    test.engine.writer.withLock { $0.advance() }
    #expect(town.route("A", "C") == "ABEFC")
    test.clock.advance(seconds: 1)
    test.engine.writer.withLock { $0.advance() }
    #expect(town.route("A", "C") == "ABC")
    #expect(test.engine.listClosures().closures.isEmpty)
    let after = try test.engine.metrics()
    #expect(zip(before, after).allSatisfy { $0.hasSameWeights(as: $1) })
  }

  @Test func closuresToComeBeginOnTime() throws {
    var town = try Self.twoWays(.partialCustomization)
    town.road("ABC", kmh: 72)
    let test = try town.testEngine()
    let closure = RoadClosure(
      id: "works", selector: town.selector("ABC"), from: test.clock.now + 10, until: test.clock.now + 20)
    let answer = try test.engine.putClosures([closure])
    #expect(answer.closures.map(\.isActive) == [false])
    #expect(town.route("A", "C") == "ABC")
    test.clock.advance(seconds: 10)
    test.engine.writer.withLock { $0.advance() }
    #expect(town.route("A", "C") == "ADEFC")
    #expect(test.engine.listClosures().closures.map(\.isActive) == [true])
    test.clock.advance(seconds: 10)
    test.engine.writer.withLock { $0.advance() }
    #expect(town.route("A", "C") == "ABC")
  }

  /// The engine's own alarm ends a closure without any request.
  @Test func closuresEndByThemselves() async throws {
    var town = try Self.twoWays(.partialCustomization)
    town.road("ABC", kmh: 72)
    let test = try town.testEngine()
    try town.close("BC", until: test.clock.now + 0.2)
    #expect(town.route("A", "C") == "ABEFC")
    test.clock.advance(seconds: 1)
    let deadline = ContinuousClock.now + .seconds(20)
    while town.route("A", "C") != "ABC", ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(5)) }
    #expect(town.route("A", "C") == "ABC")
    #expect(test.engine.status().closureCount == 0)
  }

  /// Somebody puts the system's clock forward, or back: the alarm looks at it now and then.
  @Test func clocksThatJump() throws {
    var town = try Self.twoWays(.partialCustomization)
    town.road("ABC", kmh: 72)
    let test = try town.testEngine()
    try town.close("BC", until: test.clock.now + 3_600)
    let version = test.engine.status().version
    test.clock.advance(seconds: -86_400)
    test.engine.writer.withLock { $0.advanceIfDue() }
    #expect(town.route("A", "C") == "ABEFC")
    #expect(test.engine.status().version == version, "nothing was due")
    test.clock.advance(seconds: 86_400 + 3_600)
    test.engine.writer.withLock { $0.advanceIfDue() }
    #expect(town.route("A", "C") == "ABC")
    test.clock.advance(seconds: -7_200)
    test.engine.writer.withLock { $0.advanceIfDue() }
    #expect(town.route("A", "C") == "ABC", "what is over stays over")
    try town.close("BC", until: test.clock.now + 60)
    #expect(town.route("A", "C") == "ABEFC")
    #expect(test.engine.status().version > version + 1)
  }

  @Test func revisionsDoNotGoBack() throws {
    let town = try Self.twoWays(.partialCustomization)
    let engine = try town.testEngine().engine
    var closure = RoadClosure(id: "x", selector: town.selector("BC"), revision: 5)
    _ = try engine.putClosures([closure])
    _ = try engine.putClosures([closure])
    closure.revision = 4
    closure.selector = town.selector("AB")
    let error = #expect(throws: EngineError.self) { try engine.putClosures([closure]) }
    #expect(error?.code == .staleRevision)
    #expect(error?.value == "4")
    #expect(engine.listClosures().closures.map(\.closure.selector) == [town.selector("BC")])
    closure.revision = 6
    _ = try engine.putClosures([closure])
    #expect(engine.listClosures().closures.map(\.closure.selector) == [town.selector("AB")])
  }

  /// All or none: one bad closure of several changes nothing.
  @Test func aBadClosureKeepsTheGoodOnesOut() throws {
    let town = try Self.twoWays(.partialCustomization)
    let engine = try town.testEngine().engine
    let version = engine.status().version
    let good = RoadClosure(id: "good", selector: town.selector("BC"))
    let bad = RoadClosure(id: "bad", selector: .way(osmID: 404, direction: .both))
    #expect(throws: EngineError.self) { try engine.putClosures([good, bad]) }
    #expect(engine.listClosures().closures.isEmpty)
    _ = try engine.putClosures([good])
    #expect(throws: EngineError.self) { try engine.liftClosures(["good", "unknown"]) }
    #expect(engine.listClosures().closures.map(\.closure.id) == ["good"])
    #expect(engine.status().version == version + 1)
  }

  @Test func everyChangeHasAVersion() throws {
    let town = try Self.twoWays(.partialCustomization)
    let engine = try town.testEngine().engine
    let request = RouteRequest(
      places: [Place(town.map.coordinate("A")), Place(town.map.coordinate("C"))], profile: "plain")
    let first = try engine.route(request).version
    let closed = try engine.putClosures([RoadClosure(id: "x", selector: town.selector("BC"))]).version
    #expect(closed > first)
    #expect(try engine.route(request).version == closed)
    #expect(try engine.liftClosures(["x"]).version > closed)
  }
}
