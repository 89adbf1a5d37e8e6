/// The cheapest way to give each row a column of its own, by shortest augmenting paths with potentials (Jonker,
/// Volgenant 1987, 10.1007/BF02278710).
struct CheapestSeating {
  private(set) var columnOfRow: [Int]
  /// Of rows, then of columns: no pair costs less than the sum of its two, and those that are taken cost just that.
  private(set) var rowPotentials: [Price]
  private(set) var columnPotentials: [Price]
  private var rowOfColumn: [Int]

  /// - Parameter price: of a pair; `nil` if it is forbidden.
  /// - Precondition: all rows can have a column.
  /// - Complexity: O(rows² · columns).
  init(rowCount: Int, columnCount: Int, price: (_ row: Int, _ column: Int) -> Price?) {
    columnOfRow = Array(repeating: -1, count: rowCount)
    rowPotentials = Array(repeating: .zero, count: rowCount)
    columnPotentials = Array(repeating: .zero, count: columnCount)
    rowOfColumn = Array(repeating: -1, count: columnCount)
    for row in 0..<rowCount { seat(row, price) }
  }

  /// The columns that a search from a new row has come to.
  private struct Search {
    /// Above the new row's potential; `nil` where none is known.
    var least: [Price?]
    var isDone: [Bool]
    /// The row from which the column is reached.
    var before: [Int]
    /// What has been added to the potential of the new row.
    var total = Price.zero
  }

  private mutating func seat(_ newRow: Int, _ price: (Int, Int) -> Price?) {
    let count = rowOfColumn.count
    var search = Search(
      least: Array(repeating: nil, count: count), isDone: Array(repeating: false, count: count),
      before: Array(repeating: -1, count: count))
    var (row, reached) = (newRow, [Int]())
    while true {
      relax(row, &search, price)
      guard let column = nearest(in: search), let distance = search.least[column] else {
        preconditionFailure("a row that can have no column")
      }
      search.isDone[column] = true
      search.total = distance
      if rowOfColumn[column] < 0 {
        raisePotentials(newRow, reached, search)
        return takePath(to: column, search, from: newRow)
      }
      reached.append(column)
      row = rowOfColumn[column]
    }
  }

  private func relax(_ row: Int, _ search: inout Search, _ price: (Int, Int) -> Price?) {
    let base = search.total - rowPotentials[row]
    for column in rowOfColumn.indices where !search.isDone[column] {
      guard let price = price(row, column) else { continue }
      let distance = base + price - columnPotentials[column]
      if let known = search.least[column], known <= distance { continue }
      (search.least[column], search.before[column]) = (distance, row)
    }
  }

  private func nearest(in search: Search) -> Int? {
    var best: (column: Int, distance: Price)?
    for (column, distance) in search.least.enumerated() where !search.isDone[column] {
      guard let distance else { continue }
      if let best, best.distance <= distance { continue }
      best = (column, distance)
    }
    return best?.column
  }

  private mutating func raisePotentials(_ newRow: Int, _ reached: [Int], _ search: Search) {
    rowPotentials[newRow] = rowPotentials[newRow] + search.total
    for column in reached {
      guard let distance = search.least[column] else { continue }
      let slack = search.total - distance
      rowPotentials[rowOfColumn[column]] = rowPotentials[rowOfColumn[column]] + slack
      columnPotentials[column] = columnPotentials[column] - slack
    }
  }

  private mutating func takePath(to end: Int, _ search: Search, from newRow: Int) {
    var column = end
    while true {
      let row = search.before[column]
      let left = columnOfRow[row]
      (columnOfRow[row], rowOfColumn[column]) = (column, row)
      if row == newRow { return }
      column = left
    }
  }
}
