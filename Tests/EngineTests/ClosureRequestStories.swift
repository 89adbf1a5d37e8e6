import API
import Geometry
import Ledger
import TestSupport
import Testing
import Traffic

@testable import Engine

/// What a traffic centre or a feed may ask for besides plain closures.
@Suite struct ClosureRequestStories {
  private static func town() throws -> Town {
    var town = try Town("A---B---C")
    town.road("AB")
    town.road("BC")
    return town
  }

  @Test func aDryRunDoesNothing() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let before = engine.status().version
    let answer = try engine.previewClosures(ClosuresRequest([RoadClosure(id: "x", selector: town.selector("AB"))]))
    #expect(answer.closures.first?.ways.map(\.osmID) == [TownMap.osmWay("AB")])
    #expect(engine.status().version == before && engine.listClosures().closures.isEmpty)
  }

  @Test func aFeedSkipsWhatCannotBe() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let lost = RoadClosure(id: "lost", selector: .way(osmID: 4711, direction: .both))
    var request = ClosuresRequest([lost, RoadClosure(id: "x", selector: town.selector("AB"))])
    #expect(throws: EngineError.self) { try engine.putClosures(request, by: .local) }
    #expect(engine.listClosures().closures.isEmpty)
    request.strictness = .skipRefused
    let answer = try engine.putClosures(request, by: .local)
    #expect(answer.refused.map(\.id) == ["lost"] && answer.refused.map(\.error.code) == [.unknownWay])
    #expect(answer.closures.map(\.closure.id) == ["x"])
  }

  @Test func aCompleteSourceLiftsTheRest() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let closures = ["AB", "BC"].map { RoadClosure(id: $0, source: "its", selector: town.selector($0)) }
    _ = try engine.putClosures(closures + [RoadClosure(id: "other", source: "me", selector: town.selector("AB"))])
    var request = ClosuresRequest([closures[0]])
    request.completeSource = "its"
    #expect(try engine.putClosures(request, by: .local).liftedIDs == ["BC"])
    #expect(engine.listClosures().closures.map(\.closure.id) == ["AB", "other"])
  }

  /// Two streets are flooded, the one between them is dry.
  private static func flooded(_ setup: EngineSetup = .partialCustomization) throws -> (town: Town, areas: [Area]) {
    let town = try Town(
      """
        0   1
      A-------B
      | 3   2 |
      C-------D
      | 4   5 |
      E-------F
        7   6
      """, metersPerCell: 100, setup: setup)
    return (town, ["0123", "4567"].map { Area($0.map(town.map.coordinate)) })
  }

  @Test(arguments: EngineSetup.allCases)
  func areasOfAFloodAreOneClosure(_ setup: EngineSetup) throws {
    let (town, areas) = try Self.flooded(setup)
    let flood = RoadClosure(id: "flood", selector: .areas(areas), reason: "a test")
    let answer = try town.testEngine().change { try $0.putClosures([flood]) }
    #expect(Set(answer.closures.flatMap(\.ways).map(\.osmID)) == [TownMap.osmWay("AB"), TownMap.osmWay("EF")])
    #expect(town.route("A", "B") == "ACDB" && town.route("E", "F") == "ECDF")
    try town.lift("flood")
    #expect(town.route("A", "B") == "AB" && town.route("E", "F") == "EF")
  }

  @Test func aRoadInAHoleIsDry() throws {
    let town = try Town(
      """
      0             1
        A---------B
        | 4     5 |
        |  C---D  |
        | 7     6 |
        E---------F
      3             2
      """, metersPerCell: 100)
    let area = Area("0123".map(town.map.coordinate), holes: ["4567".map(town.map.coordinate)])
    let flood = RoadClosure(id: "flood", selector: .areas([area]))
    let answer = try town.testEngine().engine.previewClosures(ClosuresRequest([flood]))
    #expect(
      answer.closures.flatMap(\.ways).map(\.osmID).sorted()
        == ["AB", "AE", "BF", "EF"].map(TownMap.osmWay).sorted())
  }

  @Test func areasAndLinesAreKept() throws {
    let (town, areas) = try Self.flooded()
    let ledger = MemoryLedger()
    let map = try town.testEngine().engine.map
    let lines = ["AB", "CD"].map { $0.map(town.map.coordinate) }
    let engine = try TocsinEngine(map: map, profiles: TestProfiles.all, ledger: ledger)
    let holed = Area(areas[0].corners, holes: [areas[1].corners])
    _ = try engine.putClosures([
      RoadClosure(id: "areas", selector: .areas([holed, areas[1]])),
      RoadClosure(id: "lines", selector: .polylines(lines, direction: .forward)),
    ])
    let listed = engine.listClosures().closures
    let kept = try TocsinEngine(map: map, profiles: TestProfiles.all, ledger: ledger).listClosures().closures
    #expect(kept.map(\.closure) == listed.map(\.closure) && kept.map(\.ways) == listed.map(\.ways))
    #expect(listed.map(\.ways.count) == [2, 2])
  }

  @Test func sayingItAgainChangesNothing() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let closure = RoadClosure(id: "x", selector: town.selector("AB"))
    let version = try engine.putClosures([closure]).version
    #expect(try engine.putClosures([closure]).version == version)
  }

  @Test func aTimeToLiveIsAnEnd() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    var request = ClosuresRequest([RoadClosure(id: "x", selector: town.selector("AB"))])
    request.timeToLiveSeconds = 60
    _ = try engine.putClosures(request, by: .local)
    try TimeStories.pass(hours: 59.0 / 3600, in: town)
    #expect(engine.listClosures().closures.count == 1)
    try TimeStories.pass(hours: 2.0 / 3600, in: town)
    #expect(engine.listClosures().closures.isEmpty)
  }
}
