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

  @Test func bisects() {
    for count in 0..<9 {
      for first in 0...count {
        let numbers = Array(10..<10 + count)
        #expect(numbers.partitioningIndex { $0 >= 10 + first } == first)
        #expect(numbers[(first / 2)...].partitioningIndex { $0 >= 10 + first } == first)
      }
    }
  }

  @Test func findsKeysInOrder() {
    let rows = [(key: 2, name: "a"), (key: 5, name: "b"), (key: 9, name: "c")]
    #expect((0...10).map { rows.index(of: $0, sortedBy: \.key) } == [nil, nil, 0, nil, nil, 1, nil, nil, nil, 2, nil])
    #expect([Int]().index(of: 1, sortedBy: \.self) == nil)
  }

  @Test func offsetsKnowTheOwner() {
    let offsets = Offsets<RowID>(counts: [2, 0, 1, 0])
    #expect((0..<2).map { offsets.row(at: $0).position } == [0, 0])
    #expect(offsets.row(at: 2).position == 2)
    // Behind the last position is the last row.
    #expect(offsets.row(at: 3).position == 3)
    #expect(Offsets<RowID>(counts: [4]).row(at: 3).position == 0)
  }

  @Test func beyondTheEndIsABug() async {
    await #expect(processExitsWith: .failure) { _ = Table<RowID, Int32>([7])[RowID(UInt32(1))] }
    await #expect(processExitsWith: .failure) { _ = Table<RowID, Int32>([7]).rows(0..<2) }
    await #expect(processExitsWith: .failure) { _ = Offsets<RowID>(counts: [1])[RowID(UInt32(1))] }
  }
}
