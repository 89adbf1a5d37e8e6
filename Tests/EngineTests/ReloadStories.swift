import API
import Fleet
import Foundation
import Geometry
import Profiles
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Another map takes over while the engine answers: what it has, what it no longer has, and what goes on.
@Suite struct ReloadStories {
  private static func town(_ drawing: String = twoWays, kmh: Int = 36, metersPerCell: Double = 100) throws -> Town {
    var town = try Town(drawing, metersPerCell: metersPerCell)
    town.road("ABC", kmh: kmh)
    if drawing.contains("E") { town.road("DEF") }
    return town
  }

  private static let twoWays = """
    A---B---C
    |   |   |
    D---E---F
    """
  /// The lower road is gone.
  private static let oneWay = """
    A---B---C
    |
    D
    """

  @Test func anotherMapAnswers() throws {
    let (slow, fast) = (try Self.town(), try Self.town(kmh: 72))
    let setup = try ReloadSetup(slow)
    #expect(try setup.seconds(slow, "A", "C") == 80)
    let version = setup.handle.status().version
    try setup.replace(by: fast)
    #expect(try setup.seconds(slow, "A", "C") == 80)
    let report = try setup.reload()
    #expect(try setup.seconds(slow, "A", "C") == 40)
    #expect(report.version > version && setup.handle.status().version == report.version)
    #expect(report.parts == [.map] && report.after.arcCount > 0 && report.after.path == setup.mapPath)
    #expect(report.lostUnits.count == 0 && report.unmatchedClosures.count == 0)
  }

  /// Known as after a restart: listed, closing nothing, and back with the road.
  @Test func closuresWithoutTheirRoadAreReportedAndStayKnown() throws {
    let (whole, less) = (try Self.town(), try Self.town(Self.oneWay))
    let setup = try ReloadSetup(whole)
    _ = try setup.handle.putClosures(
      ["ABC", "DEF"].map { RoadClosure(id: $0, selector: whole.selector($0), reason: "a test") })
    try setup.replace(by: less)
    let report = try setup.reload()
    #expect(report.closureCount == 2 && report.unmatchedClosures.ids == ["DEF"])
    let listed = setup.handle.listClosures().closures
    #expect(listed.map(\.closure.id) == ["ABC", "DEF"] && listed.map(\.ways.isEmpty) == [false, true])
    let restarted = try setup.restarted().listClosures().closures
    #expect(restarted.map(\.ways) == listed.map(\.ways) && restarted.map(\.closure) == listed.map(\.closure))
    try setup.replace(by: whole)
    #expect(try setup.reload().unmatchedClosures.count == 0)
    #expect(setup.handle.listClosures().closures.allSatisfy { !$0.ways.isEmpty })
  }

  @Test func closuresThatCloseLessAreReported() throws {
    let whole = try Self.town()
    var shorter = try Town("A---B---C")
    shorter.road("ABC")
    let setup = try ReloadSetup(whole)
    let area = [("A", -20.0), ("C", -20), ("F", 20), ("D", 20)].map { whole.map.coordinate(Character($0.0)) }
    _ = try setup.handle.putClosures([RoadClosure(id: "area", selector: .polygon(area), reason: "a test")])
    try setup.replace(by: shorter)
    let report = try setup.reload()
    #expect(report.partlyMatchedClosures.ids == ["area"] && report.unmatchedClosures.count == 0)
  }

  @Test func unitsAreSnappedAnew() throws {
    let (whole, less) = (try Self.town(metersPerCell: 1_000), try Self.town(Self.oneWay, metersPerCell: 1_000))
    let setup = try ReloadSetup(whole)
    _ = try setup.handle.putUnits([
      setup.unit("stays", at: whole.map.coordinate("B")), setup.unit("lost", at: whole.map.coordinate("F")),
    ])
    try setup.replace(by: less)
    let report = try setup.reload()
    #expect(report.unitCount == 2 && report.lostUnits.ids == ["lost"])
    let answer = try setup.handle.fastestUnits(
      FastestUnitsRequest(incident: Place(whole.map.coordinate("C")), count: 5))
    #expect(answer.units.map(\.unit.id) == ["stays"] && answer.leftOut == [.offMap: 1])
    #expect(answer.version == report.version)
  }

  /// Between the first look at the old engine and the moment in which the new one takes over.
  @Test func whatChangesMeanwhileIsInTheNewEngine() throws {
    let (slow, fast) = (try Self.town(), try Self.town(kmh: 72))
    let setup = try ReloadSetup(slow)
    let old = setup.handle.current
    _ = try old.putClosures([RoadClosure(id: "before", selector: slow.selector("DEF"))])
    _ = try old.putUnits([setup.unit("gone", at: slow.map.coordinate("A"))])
    _ = try old.putSpeeds(Self.speeds("ABC", kmh: 18), by: .local)
    let kept = try old.beginReload()
    let next = old.successor(
      on: EngineInputs(map: try fast.testEngine().engine.map, profiles: TestProfiles.all, links: []))
    next.replay(kept)
    _ = try old.putClosures([RoadClosure(id: "meanwhile", selector: slow.selector("DEF"))])
    _ = try old.liftClosures(["before"])
    _ = try old.putUnits([setup.unit("new", at: slow.map.coordinate("B"))])
    _ = try old.removeUnits(["gone"])
    let last = try old.putSpeeds(Self.speeds("ABC", kmh: 9), by: .local).version
    _ = try old.handOver(to: next, by: .local) { setup.handle.replace(by: next) }
    #expect(setup.handle.listClosures().closures.map(\.closure.id) == ["meanwhile"])
    #expect(setup.handle.listUnits().units.map(\.unit.id) == ["new"])
    #expect(setup.handle.listUnits().units.allSatisfy { $0.snapped != nil })
    #expect(setup.handle.status().speedSources == old.status().speedSources)
    #expect(try setup.seconds(slow, "A", "C") == 320)
    #expect(setup.handle.status().version > last)
    // The old engine takes no change any more; through the handle it is made on the new one.
    let error = #expect(throws: EngineError.self) { try old.liftClosures(["meanwhile"]) }
    #expect(error?.code == .engineReplaced)
    #expect(try setup.handle.liftClosures(["meanwhile"]).version == setup.handle.status().version)
    let restarted = try setup.restarted(on: next.map)
    #expect(restarted.listUnits().units.map(\.unit.id) == ["new"] && restarted.listClosures().closures.isEmpty)
    #expect(restarted.status().speedSources == old.status().speedSources)
    #expect(restarted.status().version > setup.handle.status().version)
  }

  private static func speeds(_ road: String, kmh: Double) -> SpeedsRequest {
    SpeedsRequest(
      SpeedUpdate(
        source: "its", speeds: [RoadSpeed(.way(osmID: TownMap.osmWay(road), direction: .both), kmh: kmh)],
        timeToLiveSeconds: 600, isComplete: false))
  }

  @Test func speedsThatTheMapLacksAreCounted() throws {
    let (whole, less) = (try Self.town(), try Self.town(Self.oneWay))
    let setup = try ReloadSetup(whole)
    var request = Self.speeds("ABC", kmh: 18)
    request.update.speeds += Self.speeds("DEF", kmh: 18).update.speeds
    _ = try setup.handle.putSpeeds(request, by: .local)
    try setup.replace(by: less)
    #expect(try setup.reload().speeds == [SpeedLoss(source: "its", matchedCount: 1, unmatchedCount: 1)])
    #expect(try setup.seconds(whole, "A", "C") == 160)
  }

  /// What begins by the clock while the map changes is in force from the first answer on.
  @Test func theClockGoesOn() throws {
    let town = try Self.town()
    let setup = try ReloadSetup(town)
    var closure = RoadClosure(id: "short", selector: town.selector("ABC"))
    closure.until = setup.clock.now + 60
    _ = try setup.handle.putClosures([closure])
    #expect(try setup.seconds(town, "A", "C") == 120)
    setup.clock.advance(seconds: 61)
    try setup.reload()
    #expect(try setup.seconds(town, "A", "C") == 80)
    #expect(setup.handle.listClosures().closures.isEmpty && setup.ledger.contents().values.isEmpty)
  }

  @Test func profilesAreReadAgain() throws {
    let town = try Self.town()
    let setup = try ReloadSetup(town)
    _ = try setup.handle.putUnits([setup.unit("rides", at: town.map.coordinate("B"), profile: "siren")])
    var tram = TestProfiles.plain
    tram.name = "tram"
    setup.profiles.withLock { [tram] in $0 = ProfileSet([TestProfiles.plain, tram]) }
    #expect(try setup.reload().addedProfiles.isEmpty)
    let report = try setup.reload([.profiles])
    #expect(report.addedProfiles == ["tram"] && report.removedProfiles.contains("siren"))
    #expect(report.lostUnits.ids == ["rides"])
    #expect(setup.handle.status().profiles == ["plain", "tram"])
    #expect(try setup.seconds(town, "A", "C", profile: "tram") == 80)
  }
}
