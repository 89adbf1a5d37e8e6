import API
import Foundation
import Ledger
import LedgerFile
import TestSupport
import Testing

@testable import Engine

/// An id is one id, in whatever Unicode form callers write it: also after a restart.
@Suite struct SpellingStories {
  private let town: Town
  private let map: CityMap
  private let folder = TemporaryFolder()
  /// How the id is written first, and how afterwards.
  static let spellings = [("구급-1".composed, "구급-1".decomposed), ("구급-1".decomposed, "구급-1".composed)]

  init() throws {
    town = try Town(
      """
      A---B---C
      """, metersPerCell: 100)
    map = try town.testEngine().engine.map
  }

  /// Does something with an engine, and returns one that is made of the ledger it leaves.
  private func afterRestart(_ body: (TocsinEngine) throws -> Void) throws -> TocsinEngine {
    try body(engine())
    return try engine()
  }

  private func engine() throws -> TocsinEngine {
    try TocsinEngine(
      map: map, profiles: TestProfiles.all, ledger: SQLiteLedger(path: folder.path("ledger")),
      now: { TestClock().now })
  }

  private func closure(_ id: String, source: String = "", reason: String = "") -> RoadClosure {
    RoadClosure(id: id, source: source, selector: town.selector("BC"), reason: reason)
  }

  private func unit(_ id: String, _ status: UnitStatus = .available) -> ResponseUnit {
    ResponseUnit(
      id: id, agency: id, station: id, capabilities: [id], profile: "plain", status: status,
      coordinate: town.map.coordinate("A"), reportedAt: TestClock().now)
  }

  @Test(arguments: Self.spellings)
  func aLiftedClosureIsGone(_ first: String, _ then: String) throws {
    let engine = try afterRestart { engine in
      _ = try engine.putClosures([closure(first)])
      _ = try engine.liftClosures([then])
    }
    #expect(engine.listClosures().closures.isEmpty)
  }

  @Test(arguments: Self.spellings)
  func theNewerClosureCounts(_ first: String, _ then: String) throws {
    let engine = try afterRestart { engine in
      _ = try engine.putClosures([closure(first, reason: "older")])
      _ = try engine.putClosures([closure(then, reason: "newer")])
    }
    #expect(engine.listClosures().closures.map(\.closure.reason) == ["newer"])
    #expect(engine.listClosures().closures.allSatisfy { $0.closure.id.isComposed })
  }

  @Test(arguments: Self.spellings)
  func theNewerStatusCounts(_ first: String, _ then: String) throws {
    let engine = try afterRestart { engine in
      _ = try engine.putUnits([unit(first)])
      _ = try engine.putUnits([unit(then, .outOfService)])
    }
    let units = engine.listUnits().units.map(\.unit)
    #expect(units.map(\.status) == [.outOfService])
    let texts = units.flatMap { [$0.id, $0.agency, $0.station] + $0.capabilities }
    #expect(texts.count == 4 && texts.allSatisfy(\.isComposed))
  }

  @Test(arguments: Self.spellings)
  func aRemovedUnitIsGone(_ first: String, _ then: String) throws {
    let engine = try afterRestart { engine in
      _ = try engine.putUnits([unit(first)])
      _ = try engine.removeUnits([then])
    }
    #expect(engine.listUnits().units.isEmpty)
  }

  /// A complete source lifts what it brought under its other spelling; its feed is one feed.
  @Test(arguments: Self.spellings)
  func aSourceIsOneSource(_ first: String, _ then: String) throws {
    let engine = try afterRestart { engine in
      for (source, id) in [(first, "a"), (then, "b")] {
        var request = ClosuresRequest([closure(id, source: source)])
        request.completeSource = source
        request.feed = FeedReport(source: source, intervalSeconds: 60)
        _ = try engine.putClosures(request, by: .local)
        let speeds = [RoadSpeed(.way(osmID: TownMap.osmWay("AB"), direction: .both), kmh: 10)]
        let update = SpeedUpdate(source: source, speeds: speeds, timeToLiveSeconds: 60, isComplete: true)
        _ = try engine.putSpeeds(SpeedsRequest(update), by: .local)
      }
    }
    #expect(engine.listClosures().closures.map(\.closure.id) == ["b"])
    let status = engine.status()
    #expect(status.feeds.map(\.report.source) == [first] && status.speedSources.map(\.source) == [first])
    #expect(status.feeds.allSatisfy { $0.report.source.isComposed })
  }

  @Test(arguments: Self.spellings)
  func filtersMeanTheSame(_ first: String, _ then: String) throws {
    let engine = try engine()
    _ = try engine.putUnits([unit(first)])
    var request = FastestUnitsRequest(incident: Place(town.map.coordinate("C")), count: 1)
    (request.agencies, request.capabilities) = ([then], [then])
    #expect(try engine.fastestUnits(request).units.map(\.unit.id) == [first])
  }

  @Test(arguments: Self.spellings)
  func oneCallNamesAnIdOnce(_ first: String, _ then: String) throws {
    let engine = try engine()
    #expect(throws: EngineError.self) { try engine.putUnits([unit(first), unit(then)]) }
    #expect(throws: EngineError.self) { try engine.putClosures([closure(first), closure(then)]) }
    #expect(throws: EngineError.self) { try engine.removeUnits([first, then]) }
  }
}
