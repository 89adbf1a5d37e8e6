import API
import Foundation
import Ledger
import TestSupport
import Testing

@testable import LedgerFile

/// For how much of the time units were busy, by what a trail has of them.
@Suite struct BusyTimesTests {
  private static let start = Date(timeIntervalSince1970: 1_700_000_000)

  private func batch(
    _ id: String, _ status: UnitStatus, at seconds: Double, task: UnitTask? = nil
  ) throws -> LedgerBatch {
    var unit = Samples.plainUnit
    (unit.id, unit.status, unit.agency, unit.task) = (id, status, "fire", task)
    unit.statusAt = Self.start + seconds
    let change = LedgerChange.put(LedgerKey(kind: .unit, id: id), try JSONEncoder().encode(unit))
    return LedgerBatch([change], origin: .local, moment: Self.start + seconds, version: 1)
  }

  private func times(_ batches: [LedgerBatch], since: Double? = nil, now: Double) throws -> BusyTimes {
    let folder = TemporaryFolder()
    let ledger = try SQLiteLedger(path: folder.path("l.db"))
    _ = try ledger.record(batches)
    return try LedgerReader(path: folder.path("l.db")).busyTimes(
      since: since.map { Self.start + $0 }, now: Self.start + now)
  }

  @Test func callsCountAndWhatIsOutOfServiceDoesNot() throws {
    let times = try times(
      [
        batch("a", .available, at: 0), batch("a", .dispatched, at: 100), batch("a", .onScene, at: 200),
        batch("a", .returning, at: 300), batch("a", .outOfService, at: 400), batch("b", .available, at: 0),
        LedgerBatch([.remove(LedgerKey(kind: .unit, id: "b"))], origin: .local, moment: Self.start + 50, version: 1),
        LedgerBatch(
          [.put(LedgerKey(kind: .unit, id: "g"), Data("{}".utf8))], origin: .local, moment: Self.start, version: 1),
      ], now: 1_000)
    #expect(times.units.map(\.busySeconds) == [200, 0] && times.units.map(\.seconds) == [400, 50])
    #expect(times.share == 200.0 / 450 && times.unreadableCount == 1)
  }

  /// Who moves up to a post is free; who goes to a call from there isn't.
  @Test func movingUpIsNoCall() throws {
    let times = try times(
      [
        batch("a", .enRoute, at: 0, task: UnitTask(postID: "North")),
        batch("a", .enRoute, at: 60, task: UnitTask(incidentID: "I", postID: "North")),
      ], now: 100)
    #expect(times.share == 0.4)
  }

  @Test func whatIsOlderOrUnknownIsNothing() throws {
    #expect(try times([batch("a", .onScene, at: 0)], since: 10, now: 100).share == nil)
    #expect(try times([], now: 100).units.isEmpty)
  }
}
