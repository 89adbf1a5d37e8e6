import Foundation
import Ledger
import Testing

/// What every ledger must do, tried on the one in memory.
@Suite struct MemoryLedgerTests {
  private let first = LedgerKey(kind: .unit, id: "A-01")
  private let second = LedgerKey(kind: .closure, id: "A-01")

  @Test func keepsTheLatestValueOfEachKey() {
    let ledger = MemoryLedger()
    _ = ledger.record([.put(first, Data([1])), .put(second, Data([2]))])
    _ = ledger.record([.put(first, Data([3]))])
    #expect(ledger.contents() == [first: Data([3]), second: Data([2])])
  }

  @Test func tellsKindsApart() {
    let ledger = MemoryLedger()
    _ = ledger.record([.put(first, Data([1])), .put(second, Data([2])), .remove(first)])
    #expect(ledger.contents() == [second: Data([2])])
  }

  @Test func numbersChangesInTheirOrder() {
    let ledger = MemoryLedger()
    #expect(ledger.record([.put(first, Data()), .put(second, Data())]) == 2)
    #expect(ledger.record([]) == 2)
    #expect(ledger.record([.remove(first)]) == 3)
  }
}
