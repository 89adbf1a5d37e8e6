import API
import Foundation
import Ledger
import LedgerFile
import TestSupport
import Testing

/// What every ledger must do, tried on each.
@Suite struct EveryLedgerTests {
  enum Kind: CaseIterable {
    case memory, sqlite
  }

  private let folder = TemporaryFolder()
  private let first = LedgerKey(kind: .unit, id: "A-01")
  private let second = LedgerKey(kind: .closure, id: "A-01")

  private func ledger(_ kind: Kind) throws -> any OperationalLedger {
    switch kind {
    case .memory: MemoryLedger()
    case .sqlite: try SQLiteLedger(path: folder.path("ledger"))
    }
  }

  @Test(arguments: Kind.allCases)
  func keepsTheLatestValueOfEachKey(_ kind: Kind) throws {
    let ledger = try ledger(kind)
    _ = try ledger.record([.of(.put(first, Data([1])), .put(second, Data([2])))])
    _ = try ledger.record([.of(.put(first, Data([3])))])
    #expect(try ledger.contents().values == [first: Data([3]), second: Data([2])])
  }

  @Test(arguments: Kind.allCases)
  func tellsKindsApart(_ kind: Kind) throws {
    let ledger = try ledger(kind)
    _ = try ledger.record([.of(.put(first, Data([1])), .put(second, Data([2])), .remove(first))])
    #expect(try ledger.contents().values == [second: Data([2])])
  }

  @Test(arguments: Kind.allCases)
  func numbersChangesInTheirOrder(_ kind: Kind) throws {
    let ledger = try ledger(kind)
    #expect(try ledger.record([.of(.put(first, Data())), .of(.put(second, Data()))]) == 2)
    #expect(try ledger.record([]) == 2)
    #expect(try ledger.record([.of(.remove(first))]) == 3)
  }

  @Test(arguments: Kind.allCases)
  func keepsTheHighestVersion(_ kind: Kind) throws {
    let ledger = try ledger(kind)
    #expect(try ledger.contents().version == 0)
    _ = try ledger.record([.of(version: 7), .of(.put(first, Data()), version: 9)])
    _ = try ledger.record([.of(version: 8)])
    #expect(try ledger.contents().version == 9)
  }

  @Test(arguments: Kind.allCases)
  func theLatestValueCountsHoweverItCame(_ kind: Kind) throws {
    let ledger = try ledger(kind)
    ledger.recordSoon([first: Data([1])])
    _ = try ledger.record([.of(.put(first, Data([2])))])
    #expect(try ledger.contents().values == [first: Data([2])])
    ledger.recordSoon([first: Data([3]), second: Data([4])])
    #expect(try ledger.contents().values == [first: Data([3]), second: Data([4])])
    ledger.recordSoon([first: Data([5])])
    _ = try ledger.record([.of(.remove(first))])
    #expect(try ledger.contents().values == [second: Data([4])])
  }
}

extension LedgerBatch {
  /// Changes of a test, at a moment of no matter.
  static func of(_ changes: LedgerChange..., version: UInt64 = 1, origin: ChangeOrigin = .local) -> LedgerBatch {
    LedgerBatch(changes, origin: origin, moment: Date(timeIntervalSince1970: 1_700_000_000.25), version: version)
  }
}
