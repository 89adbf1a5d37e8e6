import CFaultyDisk
import Foundation
import Ledger
import LedgerFile
import TestSupport
import Testing

/// A disk that takes everything, and then says that it could not keep it: what was refused must not be there after a
/// restart, whenever the process ends.
@Suite(.serialized) final class FailingDiskTests {
  private let folder = TemporaryFolder()
  private let first = LedgerKey(kind: .closure, id: "first")
  private let refused = LedgerKey(kind: .closure, id: "refused")

  deinit { faulty_disk_fail("", 0) }

  private func ledger() throws -> SQLiteLedger {
    let ledger = try SQLiteLedger(path: folder.path("disk/ledger"))
    _ = try ledger.record([.of(.put(first, Data([1])), version: 1)])
    return ledger
  }

  private func fail(_ count: Int32) { faulty_disk_fail(folder.path("disk"), count) }

  init() throws {
    try FileManager.default.createDirectory(at: folder.url("disk"), withIntermediateDirectories: true)
  }

  /// What a process that is killed now leaves to the next one.
  private func afterAKill() throws -> (values: [LedgerKey: Data], version: UInt64, trail: [String]) {
    try? FileManager.default.removeItem(at: folder.url("killed"))
    try FileManager.default.createDirectory(at: folder.url("killed"), withIntermediateDirectories: true)
    for name in ["ledger", "ledger-wal"] {
      let bytes = try Data(contentsOf: folder.url("disk/" + name))
      try bytes.write(to: folder.url("killed/" + name))
    }
    let ledger = try SQLiteLedger(path: folder.path("killed/ledger"))
    let contents = try ledger.contents()
    let trail = try LedgerReader(path: folder.path("killed/ledger")).entries(AuditQuery(countMax: 100))
    return (contents.values, contents.version, trail.map(\.id))
  }

  /// The log holds a whole commit when the wait for the disk fails.
  @Test func aRefusedChangeIsGoneAtOnce() throws {
    let ledger = try ledger()
    fail(1)
    let error = #expect(throws: LedgerError.self) {
      try ledger.record([.of(.put(refused, Data([2])), .remove(first), version: 9)])
    }
    #expect(error?.code == .failed && faulty_disk_failed() == 1)
    let killed = try afterAKill()
    #expect(killed.values == [first: Data([1])])
    #expect(killed.version == 1 && killed.trail == ["first"])
  }

  /// While nobody can say whether it is there, the refusal says that, and no later change is written.
  @Test func anOutcomeThatNobodyKnowsIsSaid() throws {
    let ledger = try ledger()
    fail(-1)
    let batch = LedgerBatch.of(.put(refused, Data([2])), version: 9)
    #expect(#expect(throws: LedgerError.self) { try ledger.record([batch]) }?.code == .outcomeUnknown)
    for _ in 0..<3 {
      #expect(#expect(throws: LedgerError.self) { try ledger.record([batch]) }?.code == .failed)
    }
    #expect(ledger.condition.fault?.code == .failed && ledger.condition.refusedCount == 4)
    #expect(try afterAKill().values == [first: Data([1])])
    fail(0)
    let last = LedgerKey(kind: .unit, id: "last")
    #expect(try ledger.record([.of(.put(last, Data([3])), version: 10)]) == 2)
    #expect(ledger.condition.fault == nil)
    let killed = try afterAKill()
    #expect(killed.values == [first: Data([1]), last: Data([3])])
    #expect(killed.version == 10 && killed.trail == ["first", "last"])
  }

  /// Whatever lies in the log before, and however much of it the refused commit takes.
  @Test func manyRefusalsLeaveNothing() throws {
    let ledger = try ledger()
    var random = SeededGenerator(seed: 7)
    var kept: [LedgerKey: Data] = [first: Data([1])]
    for round in 2...150 as ClosedRange<UInt64> {
      let key = LedgerKey(kind: .closure, id: "c\(Int.random(in: 0..<20, using: &random))")
      let value = Data(repeating: UInt8(round), count: Int.random(in: 1...20_000, using: &random))
      let isRefused = Int.random(in: 0..<3, using: &random) == 0
      if isRefused { fail(Int32.random(in: 1...3, using: &random)) }
      do throws(LedgerError) {
        _ = try ledger.record([.of(.put(key, value), version: round)])
        kept[key] = value
      } catch {
        #expect([.failed, .outcomeUnknown].contains(error.code), "\(error)")
      }
      fail(0)
      if round % 15 == 0 { #expect(try afterAKill().values == kept, "round \(round)") }
    }
    #expect(try ledger.contents().values == kept)
  }

  /// Reports of positions wait for the next second.
  @Test func positionsSurviveAFailure() throws {
    let ledger = try ledger()
    let unit = LedgerKey(kind: .unit, id: "a")
    fail(-1)
    ledger.recordSoon([unit: Data([5])])
    ledger.writePending()
    fail(0)
    ledger.writePending()
    #expect(try afterAKill().values == [first: Data([1]), unit: Data([5])])
  }
}
