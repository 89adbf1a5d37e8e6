import API
import Dispatch
import Fleet
import Foundation
import Geometry
import Ledger
import Synchronization
import TestSupport
import Testing
import Traffic

@testable import Engine

/// What an engine tells its ledger, and when it answers.
@Suite struct LedgerStories {
  private let town: Town
  private let clock = TestClock()
  private let map: CityMap

  init() throws {
    town = try Town(
      """
      A---B---C
      """, metersPerCell: 100)
    map = try town.testEngine().engine.map
  }

  private func engine(_ ledger: any OperationalLedger) throws -> TocsinEngine {
    try TocsinEngine(map: map, profiles: TestProfiles.all, ledger: ledger, now: { [clock] in clock.now })
  }

  private func closure(_ id: String, revision: UInt64 = 0) -> RoadClosure {
    RoadClosure(id: id, selector: town.selector("BC"), revision: revision)
  }

  private func unit(_ id: String, _ status: UnitStatus = .available) -> ResponseUnit {
    ResponseUnit(id: id, profile: "plain", status: status, coordinate: town.map.coordinate("A"), reportedAt: clock.now)
  }

  @Test func versionsGoOnAfterARestart() throws {
    let ledger = MemoryLedger()
    var last: UInt64 = 0
    for round in 1...3 {
      let engine = try engine(ledger)
      #expect(engine.status().version > last)
      last = try engine.putClosures([closure("c\(round)")]).version
      #expect(engine.status().version == last)
      #expect(ledger.contents().version == last)
    }
  }

  @Test func unitsKeepTheirDutiesOverARestart() throws {
    let ledger = MemoryLedger()
    var busy = unit("u", .onScene)
    (busy.home, busy.crewCount, busy.crewID, busy.statusAt) = (Place(busy.coordinate), 4, "north-1", clock.now)
    busy.task = UnitTask(incidentID: "I-1", priority: 2, destination: Place(busy.coordinate), freeAt: clock.now + 60)
    _ = try engine(ledger).putUnits([busy])
    #expect(try engine(ledger).listUnits().units.map(\.unit) == [busy])
  }

  /// What the engine does by itself has a number as well.
  @Test func versionsOfTheClockAreKept() throws {
    let ledger = MemoryLedger()
    let engine = try engine(ledger)
    var closure = closure("short")
    closure.until = clock.now + 60
    let version = try engine.putClosures([closure]).version
    clock.advance(seconds: 61)
    let restarted = try self.engine(ledger)
    #expect(restarted.listClosures().closures.isEmpty)
    #expect(restarted.status().version > version)
    // What ended by the clock is recorded a moment later.
    for _ in 0..<200 where ledger.contents().version != restarted.status().version { usleep(10_000) }
    #expect(ledger.contents().version == restarted.status().version)
    #expect(ledger.contents().values.isEmpty)
  }

  @Test func theLedgerHearsWhoAndWhichVersion() throws {
    let ledger = SlowLedger()
    let engine = try engine(ledger)
    let origin = ChangeOrigin(actor: "kim", peer: "unix:pid=1", method: "PutClosures")
    let version = try engine.putClosures(ClosuresRequest([closure("x")]), by: origin).version
    let batch = try #require(ledger.batches.last)
    #expect(batch.origin == origin)
    #expect(batch.version == version)
    #expect(batch.moment == clock.now)
  }

  @Test func positionsNeedNotWait() throws {
    let ledger = SlowLedger()
    let engine = try engine(ledger)
    _ = try engine.putUnits([unit("a")])
    let count = ledger.batches.count
    var moved = unit("a")
    moved.coordinate = town.map.coordinate("B")
    moved.reportedAt += 1
    _ = try engine.putUnits([moved])
    #expect(ledger.batches.count == count)
    moved.statusAt = clock.now
    #expect(try self.engine(ledger).listUnits().units.map(\.unit) == [moved])
    moved.status = .enRoute
    _ = try engine.putUnits([moved])
    #expect(ledger.batches.last?.changes.count == 1)
  }

  /// While the first change waits for the disk the others gather, and share the next wait.
  @Test func changesThatWaitGoTogether() throws {
    let ledger = SlowLedger()
    let engine = try engine(ledger)
    ledger.isHeld.withLock { $0 = true }
    let before = ledger.callCount
    let answers = Mutex<[String: Result<UInt64, EngineError>]>([:])
    let group = DispatchGroup()
    let callers = 8
    for index in 0..<callers {
      let change = closure("c\(index)")
      let isBad = index == 5
      Thread.detachNewThread { [group] in
        let answer = Result { () throws(EngineError) in
          isBad ? try engine.liftClosures(["nothing"]).version : try engine.putClosures([change]).version
        }
        answers.withLock { $0[change.id] = answer }
        group.leave()
      }
      group.enter()
    }
    usleep(300_000)
    ledger.isHeld.withLock { $0 = false }
    group.wait()
    let calls = ledger.callCount - before
    #expect((1...callers / 2).contains(calls), "\(calls) calls of the ledger for \(callers) changes")
    let made = answers.withLock { $0 }
    #expect(engine.listClosures().closures.count == callers - 1)
    for (id, answer) in made where id != "c5" {
      let version = try answer.get()
      #expect(ledger.version(ofClosure: id) == version)
    }
    let refusal = #expect(throws: EngineError.self) { try made["c5"]?.get() }
    #expect(refusal?.code == .unknownClosure)
  }

  /// A ledger that fails is not asked again and again while everybody waits.
  @Test func aRefusedGroupFailsAtOnce() throws {
    let ledger = SlowLedger()
    let engine = try engine(ledger)
    ledger.isHeld.withLock { $0 = true }
    let made = Atomic(0)
    let refused = Atomic(0)
    let group = DispatchGroup()
    let before = ledger.callCount
    for index in 0..<6 {
      let change = closure(index == 3 ? SlowLedger.refusedID : "c\(index)")
      group.enter()
      Thread.detachNewThread { [group] in
        let answer = Result { () throws(EngineError) in try engine.putClosures([change]) }
        if case .failure(let error) = answer {
          #expect(error.code == .ledgerFailed)
          refused.add(1, ordering: .relaxed)
        } else {
          made.add(1, ordering: .relaxed)
        }
        group.leave()
      }
      // The first one is on its way to the disk before the others come.
      while index == 0, ledger.callCount == before { usleep(1_000) }
    }
    usleep(300_000)
    ledger.isHeld.withLock { $0 = false }
    group.wait()
    #expect(made.load(ordering: .relaxed) == 1 && refused.load(ordering: .relaxed) == 5)
    #expect(ledger.callCount == before + 2)
    #expect(engine.listClosures().closures.map(\.closure.id) == ["c0"])
    #expect(try engine.putClosures([closure("c1")]).closures.count == 1)
  }

  /// A closure that an earlier Tocsin kept, without what came later, and with what this one does not know.
  @Test func readsWhatAnEarlierOneKept() throws {
    let encoded = try JSONEncoder().encode(closure("old"))
    var object = try #require(try JSONSerialization.jsonObject(with: encoded) as? [String: Any])
    for key in ["from", "until", "reason", "source", "revision"] { object[key] = nil }
    object["later"] = 1
    let ledger = MemoryLedger()
    let change = LedgerChange.put(
      LedgerKey(kind: .closure, id: "old"), try JSONSerialization.data(withJSONObject: object))
    _ = ledger.record([LedgerBatch([change], origin: .local, moment: clock.now, version: 4)])
    let engine = try engine(ledger)
    #expect(engine.listClosures().closures.map(\.closure) == [closure("old")])
    #expect(engine.status().version > 4)
  }

  @Test func linksOfAnySpellingAreReadAsTheyWereWritten() throws {
    let speeds = ["A", "B\r", "C"].map { RoadSpeed(.link(id: $0), kmh: 10) }
    let update = SpeedUpdate(
      source: "s", speeds: speeds, turnPenalties: [], timeToLiveSeconds: 300, isComplete: true)
    #expect(SpeedColumns(update, expiresAt: clock.now).update.speeds == speeds)
  }

  /// Three numbers fewer than the turns need.
  @Test func speedsWithAColumnCutShortAreRefused() throws {
    let ledger = MemoryLedger()
    let penalty = TurnPenalty(fromOSMNode: 1, viaOSMNode: 2, toOSMNode: 3, seconds: 4)
    let speed = RoadSpeed(.nodes(OSMNodePair(from: 1, to: 2)), kmh: 10)
    let update = SpeedUpdate(
      source: "s", speeds: [speed], turnPenalties: [penalty], timeToLiveSeconds: 300, isComplete: true)
    _ = try engine(ledger).putSpeeds(SpeedsRequest(update), by: ChangeOrigin(actor: "test"))
    let (key, data) = try #require(ledger.contents().values.first { $0.key.kind == .speeds })
    var columns = try #require(
      try PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any])
    #expect((columns["turnNodes"] as? Data)?.count == 24)
    columns["turnNodes"] = Data()
    let cut = try PropertyListSerialization.data(fromPropertyList: columns, format: .binary, options: 0)
    ledger.recordSoon([key: cut])
    let error = #expect(throws: EngineError.self) { try engine(ledger) }
    #expect(error?.code == .ledgerDamaged)
  }
}

/// A ledger that a test can hold up, and that refuses one id.
final class SlowLedger: OperationalLedger {
  static let refusedID = "refused"
  let outcome = Mutex(LedgerError.Code.failed)
  let isHeld = Mutex(false)
  private let memory = MemoryLedger()
  private let calls = Mutex<[[LedgerBatch]]>([])
  private let asked = Atomic(0)

  /// With those that it refused, or has not answered.
  var callCount: Int { asked.load(ordering: .relaxed) }
  var batches: [LedgerBatch] { calls.withLock { $0.flatMap { $0 } } }

  func removalCount(ofClosure id: String) -> Int {
    batches.flatMap(\.changes).count { change in
      if case .remove(let key, _) = change { key == LedgerKey(kind: .closure, id: id) } else { false }
    }
  }

  func version(ofClosure id: String) -> UInt64? { batches.first { $0.changes.first?.key.id == id }?.version }

  func record(_ batches: [LedgerBatch]) throws(LedgerError) -> UInt64 {
    asked.add(1, ordering: .relaxed)
    while isHeld.withLock({ $0 }) { usleep(1_000) }
    if batches.flatMap(\.changes).contains(where: { $0.key.id == Self.refusedID }) {
      throw LedgerError(outcome.withLock { $0 }, "not this one")
    }
    calls.withLock { $0.append(batches) }
    return memory.record(batches)
  }

  func recordSoon(_ values: [LedgerKey: Data]) { memory.recordSoon(values) }
  func contents() throws(LedgerError) -> LedgerContents { memory.contents() }
}
