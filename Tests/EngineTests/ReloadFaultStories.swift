import API
import Fleet
import Foundation
import Ledger
import Profiles
import TestSupport
import Testing
import Traffic

@testable import Engine

/// A reload that fails leaves everything as it was; one that succeeds gives the old map back.
@Suite struct ReloadFaultStories {
  private let town: Town

  init() throws {
    town = try Town("A---B---C")
  }

  private func expectNothingChanged(
    _ setup: ReloadSetup, _ code: EngineError.Code, _ parts: Set<ReloadPart> = [.map], says words: String = ""
  ) throws {
    let (engine, version) = (setup.handle.current, setup.handle.status().version)
    let error = #expect(throws: EngineError.self) { try setup.reload(parts) }
    #expect(error?.code == code)
    #expect(error?.message.contains(words) == true || words.isEmpty, "\(error?.message ?? "")")
    #expect(setup.handle.current === engine && setup.handle.status().version == version)
    #expect(try setup.seconds(town, "A", "C") == 80)
    _ = try setup.handle.putClosures([RoadClosure(id: "later", selector: town.selector("BC"))])
    _ = try setup.handle.liftClosures(["later"])
  }

  @Test func aMapThatIsMissingOrBroken() throws {
    let setup = try ReloadSetup(town)
    let url = URL(fileURLWithPath: setup.mapPath)
    var bytes = try Data(contentsOf: url)
    try FileManager.default.removeItem(at: url)
    try expectNothingChanged(setup, .mapUnusable, says: "MAP_NOT_FOUND")
    bytes[bytes.count - 5] ^= 1
    try bytes.write(to: url)
    try expectNothingChanged(setup, .mapUnusable, says: "MAP_CORRUPT")
    try bytes.prefix(bytes.count / 2).write(to: url)
    try expectNothingChanged(setup, .mapUnusable, says: "MAP_TRUNCATED")
  }

  @Test func aMapOfAnotherCity() throws {
    let setup = try ReloadSetup(town)
    _ = try setup.handle.putUnits([setup.unit("a", at: town.map.coordinate("A"))])
    try setup.replace(by: TestEngine(.text(opl: RandomTown(seed: 1).text.opl)).engine.map)
    try expectNothingChanged(setup, .wrongMap)
  }

  @Test func profilesThatCannotBe() throws {
    let setup = try ReloadSetup(town)
    setup.profiles.withLock { $0 = ProfileSet([]) }
    try expectNothingChanged(setup, .invalidProfiles, [.profiles])
    let many = (0...ProfileMask.profilesMax).map { VehicleProfile(name: "p\($0)") }
    setup.profiles.withLock { $0 = ProfileSet(many) }
    try expectNothingChanged(setup, .invalidProfiles, [.map, .profiles])
  }

  @Test func overridesWithAFault() throws {
    let setup = try ReloadSetup(town.testEngine().engine.map, hasOverrides: true)
    try Data("nonsense".utf8).write(to: URL(fileURLWithPath: setup.overridesPath))
    try expectNothingChanged(setup, .invalidOverrides)
    try expectNothingChanged(setup, .invalidOverrides, [.overrides])
  }

  @Test func overridesAreReadWithTheMap() throws {
    let setup = try ReloadSetup(town.testEngine().engine.map, hasOverrides: true)
    let slow = "[[way]]\nid = \(TownMap.osmWay("AB"))\nspeed_kmh = 18\n\n[[way]]\nid = 99999999\nspeed_kmh = 20\n"
    try Data(slow.utf8).write(to: URL(fileURLWithPath: setup.overridesPath))
    let report = try setup.reload(Set(ReloadPart.allCases))
    #expect(report.overrideCount == 2 && report.unmatchedOverrides.map(\.id) == ["99999999"])
    #expect(try setup.seconds(town, "A", "C") == 120)
  }

  @Test func aLedgerThatRefuses() throws {
    let ledger = RefusingLedger()
    let map = try town.testEngine().engine.map
    let old = try TocsinEngine(map: map, profiles: TestProfiles.all, ledger: ledger)
    _ = try old.putClosures([RoadClosure(id: "x", selector: town.selector("BC"))])
    let kept = try old.beginReload()
    let next = old.successor(on: EngineInputs(map: map, profiles: TestProfiles.all, links: []))
    next.replay(kept)
    ledger.refuses.withLock { $0 = true }
    let error = #expect(throws: EngineError.self) { try old.handOver(to: next, by: .local) {} }
    #expect(error?.code == .ledgerFailed)
    ledger.refuses.withLock { $0 = false }
    old.cancelReload()
    #expect(try old.liftClosures(["x"]).closures.count == 1)
  }

  @Test func aReloadIsEndedByItsLimit() throws {
    let setup = try ReloadSetup(town)
    let engine = setup.handle.current
    let error = #expect(throws: EngineError.self) {
      try setup.handle.reload([.map], by: .local, within: WorkLimit(deadline: .now))
    }
    #expect(error?.code == .deadlineExceeded && setup.handle.current === engine)
    try setup.reload()
  }

  /// Also with somebody who watches, and whose answer was worked out on the old map.
  @Test func theOldEngineIsGivenBack() throws {
    let setup = try ReloadSetup(town)
    _ = try setup.handle.putUnits([setup.unit("a", at: town.map.coordinate("A"))])
    let places = [Place(town.map.coordinate("A")), Place(town.map.coordinate("C"))]
    let watch = try setup.handle.watch(.route(RouteRequest(places: places, profile: "plain")))
    #expect(try watch.next() != nil)
    weak var old: TocsinEngine?
    weak var snapshot: TrafficSnapshot?
    old = setup.handle.current
    snapshot = setup.handle.current.currentState().snapshot
    #expect(old != nil && snapshot != nil)
    try setup.reload()
    setup.handle.current.hub.flush()
    #expect(old == nil && snapshot == nil)
    _ = try watch.next()
    watch.cancel()
    #expect(setup.handle.status().subscriptionCount == 0)
  }

  /// The trail names the map, the state doesn't: who starts a server names its map.
  @Test func theLedgerHasTheVersionAndNoMap() throws {
    let setup = try ReloadSetup(town)
    let version = try setup.reload().version
    #expect(setup.ledger.contents().version == version && setup.ledger.contents().values.isEmpty)
  }
}

/// A ledger in memory that refuses while it is told to.
private final class RefusingLedger: OperationalLedger {
  let refuses = Shared(false)
  private let inner = MemoryLedger()

  func record(_ batches: [LedgerBatch]) throws(LedgerError) -> UInt64 {
    if refuses.withLock({ $0 }) { throw LedgerError(.failed, "the disk is full") }
    return inner.record(batches)
  }

  func recordSoon(_ values: [LedgerKey: Data]) { inner.recordSoon(values) }

  func contents() -> LedgerContents { inner.contents() }
}
