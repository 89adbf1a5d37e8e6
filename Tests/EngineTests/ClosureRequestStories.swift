import API
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
