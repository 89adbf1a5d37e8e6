import MapFile
import Testing

@Suite struct TableTests {
  @Test func givesRowsByIndex() {
    let table = Table<RowID, Int32>([7, -8, 9])
    #expect(table.count == 3)
    #expect(table[RowID(UInt32(1))] == -8)
    #expect(table[position: 2] == 9)
    #expect(table.indices.map { table[$0] } == [7, -8, 9])
    #expect(Array(table.rows(1..<3)) == [-8, 9])
    #expect(Array(table.rows(3..<3)) == [])
    #expect(Table<RowID, Int32>([]).isEmpty)
  }

  @Test func copiesKeepTheMemory() {
    func copy() -> Table<RowID, Int64> {
      let original = Table<RowID, Int64>(Array(0..<1_000))
      return original
    }
    let table = copy()
    #expect(table.indices.reduce(0) { $0 + table[$1] } == 499_500)
  }

  @Test func offsetsOwnRanges() {
    let offsets = Offsets<RowID>(counts: [2, 0, 1])
    #expect(offsets.count == 3)
    #expect(offsets.indices.map { offsets[$0] } == [0..<2, 2..<2, 2..<3])
    #expect(offsets.isValid(total: 3))
    #expect(!offsets.isValid(total: 4))
    #expect(!Offsets<RowID>(Table([])).isValid(total: 0))
    #expect(Offsets<RowID>(counts: []).isValid(total: 0))
    #expect(Offsets<RowID>(counts: []).indices.isEmpty)
  }

  @Test func beyondTheEndIsABug() async {
    await #expect(processExitsWith: .failure) { _ = Table<RowID, Int32>([7])[RowID(UInt32(1))] }
    await #expect(processExitsWith: .failure) { _ = Table<RowID, Int32>([7]).rows(0..<2) }
    await #expect(processExitsWith: .failure) { _ = Offsets<RowID>(counts: [1])[RowID(UInt32(1))] }
  }
}
