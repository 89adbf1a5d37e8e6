/// Which crews may take which places.
struct SeatGraph {
  let columnsOfRow: [[Int]]
  let rowsOfColumn: [[Int]]

  /// O(rows · columns).
  init(rowCount: Int, columnCount: Int, _ mayTake: (_ row: Int, _ column: Int) -> Bool) {
    var rowsOfColumn = [[Int]](repeating: [], count: columnCount)
    columnsOfRow = (0..<rowCount).map { row in
      let columns = (0..<columnCount).filter { mayTake(row, $0) }
      for column in columns { rowsOfColumn[column].append(row) }
      return columns
    }
    self.rowsOfColumn = rowsOfColumn
  }
}

/// Who sits where. It grows along augmenting paths (Berge 1957), so that whoever has a place keeps one, and a
/// place that is taken stays taken.
struct Seating {
  let graph: SeatGraph
  /// -1 for an open place.
  private(set) var columnOfRow: [Int]
  /// -1 for a crew without a place.
  private(set) var rowOfColumn: [Int]
  private(set) var count = 0
  private var isSeen: [Bool] = []

  init(_ graph: SeatGraph) {
    self.graph = graph
    columnOfRow = Array(repeating: -1, count: graph.columnsOfRow.count)
    rowOfColumn = Array(repeating: -1, count: graph.rowsOfColumn.count)
  }

  /// Fills an open place, if it can be filled besides those that are. O(pairs).
  mutating func fill(row: Int) -> Bool {
    isSeen = Array(repeating: false, count: rowOfColumn.count)
    return findColumn(for: row)
  }

  private mutating func findColumn(for row: Int) -> Bool {
    for column in graph.columnsOfRow[row] where rowOfColumn[column] < 0 && !isSeen[column] {
      isSeen[column] = true
      seat(column, row)
      count += 1
      return true
    }
    for column in graph.columnsOfRow[row] where !isSeen[column] {
      isSeen[column] = true
      if findColumn(for: rowOfColumn[column]) {
        seat(column, row)
        return true
      }
    }
    return false
  }

  /// Gives a crew a place, if it can have one besides those that have. O(pairs).
  mutating func place(column: Int) -> Bool {
    isSeen = Array(repeating: false, count: columnOfRow.count)
    return findRow(for: column)
  }

  private mutating func findRow(for column: Int) -> Bool {
    for row in graph.rowsOfColumn[column] where columnOfRow[row] < 0 && !isSeen[row] {
      isSeen[row] = true
      seat(column, row)
      count += 1
      return true
    }
    for row in graph.rowsOfColumn[column] where !isSeen[row] {
      isSeen[row] = true
      if findRow(for: columnOfRow[row]) {
        seat(column, row)
        return true
      }
    }
    return false
  }

  private mutating func seat(_ column: Int, _ row: Int) {
    (columnOfRow[row], rowOfColumn[column]) = (column, row)
  }

  /// Seats the same crews again: one after the other, in their order, takes the first place that leaves all others one.
  /// So the same crews sit in the same places whatever way led to the choice. O(crews · pairs of theirs).
  mutating func settle() {
    var isFixed = columnOfRow.map { $0 < 0 }
    for column in rowOfColumn.indices where rowOfColumn[column] >= 0 {
      let chain = rowsThatCanMove(to: rowOfColumn[column], isFixed)
      guard let row = graph.rowsOfColumn[column].first(where: { chain[$0] != nil }) else { continue }
      move(column, to: row, along: chain)
      isFixed[row] = true
    }
  }

  /// Of each place whose crew can go to `goal`, if need be by others that move on: where that crew goes.
  private func rowsThatCanMove(to goal: Int, _ isFixed: [Bool]) -> [Int?] {
    var next = [Int?](repeating: nil, count: columnOfRow.count)
    next[goal] = goal
    var queue = [goal]
    while let target = queue.popLast() {
      for column in graph.columnsOfRow[target] {
        let row = rowOfColumn[column]
        if row < 0 || isFixed[row] || next[row] != nil { continue }
        next[row] = target
        queue.append(row)
      }
    }
    return next
  }

  private mutating func move(_ column: Int, to first: Int, along chain: [Int?]) {
    let goal = rowOfColumn[column]
    var (mover, row) = (column, first)
    while row != goal, let next = chain[row] {
      let displaced = columnOfRow[row]
      seat(mover, row)
      (mover, row) = (displaced, next)
    }
    seat(mover, row)
  }
}
