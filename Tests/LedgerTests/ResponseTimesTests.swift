import API
import Foundation
import Ledger
import TestSupport
import Testing

@testable import LedgerFile

/// From the alarm to the scene, by what a trail has of units.
@Suite struct ResponseTimesTests {
  private static let start = Date(timeIntervalSince1970: 1_700_000_000)

  private func batch(
    _ id: String, _ status: UnitStatus, at seconds: Double, station: String = "Noord", isTimed: Bool = true
  ) throws -> LedgerBatch {
    var unit = Samples.plainUnit
    (unit.id, unit.status, unit.agency, unit.station) = (id, status, "fire", station)
    unit.statusAt = isTimed ? Self.start + seconds : nil
    let change = LedgerChange.put(LedgerKey(kind: .unit, id: id), try JSONEncoder().encode(unit))
    // The trail heard of it a minute later.
    return LedgerBatch(
      [change], origin: .local, moment: Self.start + seconds + (isTimed ? 60 : 0), version: 1)
  }

  private func times(_ batches: [LedgerBatch], since: Date? = nil) throws -> ResponseTimes {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(path: folder.path("l.db"))
    _ = try ledger.record(batches)
    return try LedgerReader(path: folder.path("l.db")).responseTimes(since: since)
  }

  @Test func fromTheAlarmToTheScene() throws {
    let times = try times([
      batch("a", .available, at: 0), batch("a", .dispatched, at: 10), batch("b", .dispatched, at: 15, station: "Zuid"),
      batch("a", .enRoute, at: 70), batch("a", .enRoute, at: 90, station: "Noord"), batch("a", .onScene, at: 310),
      batch("b", .onScene, at: 515, station: "Zuid"), batch("a", .onScene, at: 400), batch("a", .available, at: 900),
    ])
    #expect(times.responses.map(\.seconds) == [300, 500] && times.responses.map(\.station) == ["Noord", "Zuid"])
    #expect(times.responses.map(\.alarmAt) == [Self.start + 10, Self.start + 15])
    #expect(times.calledOffCount == 0 && times.underWayCount == 0 && times.withoutAlarmCount == 0)
  }

  /// Called off, sent elsewhere, removed, under way; on scene of itself; a status without a known time has the trail's.
  @Test func whatIsNoResponseIsCounted() throws {
    let removal = LedgerBatch(
      [.remove(LedgerKey(kind: .unit, id: "c"))], origin: .local, moment: Self.start + 100, version: 1)
    let times = try times([
      batch("a", .dispatched, at: 0), batch("a", .available, at: 50),
      batch("b", .dispatched, at: 0), batch("b", .enRoute, at: 10), batch("b", .dispatched, at: 60),
      batch("b", .onScene, at: 160), batch("c", .dispatched, at: 0), removal, batch("d", .dispatched, at: 0),
      batch("e", .available, at: 0), batch("e", .onScene, at: 100),
      batch("f", .dispatched, at: 0, isTimed: false), batch("f", .onScene, at: 120, isTimed: false),
      LedgerBatch(
        [.put(LedgerKey(kind: .unit, id: "g"), Data("{}".utf8))], origin: .local, moment: Self.start, version: 1),
    ])
    #expect(times.responses.map(\.seconds) == [100, 120])
    #expect(times.calledOffCount == 3 && times.underWayCount == 1)
    #expect(times.withoutAlarmCount == 1 && times.unreadableCount == 1)
  }

  @Test func onlyAlarmsSinceAMoment() throws {
    let batches = try [batch("a", .dispatched, at: 0), batch("a", .onScene, at: 60)]
    #expect(try times(batches, since: Self.start + 1_000).responses.isEmpty)
  }
}
