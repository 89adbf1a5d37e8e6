import Testing

@testable import Hierarchy

/// Rows of upper ends that overlap in the pool.
struct UpperEndPoolTests {
  @Test func aRowThatEndsAnotherOneTakesNoRoom() {
    let rows: [[UInt32]] = [[5, 7, 9], [7, 9], [9], [], [7, 8], [5, 7, 9]]
    var pool = UpperEndPool(vertexCount: 10)
    for row in rows { pool.append(row.map { Rank($0) }[...]) }
    #expect(pool.upperEnds.map(\.rawValue) == [5, 7, 9, 7, 8])
    for (row, start) in zip(rows, pool.rowStart) {
      #expect(pool.upperEnds[Int(start)..<Int(start) + row.count].map(\.rawValue) == row)
    }
  }
}
