/// What it costs that a crew takes a place: a row for each place, a column for each crew.
///
/// Columns stand in the order in which crews go first; rows of one kind cost the same.
public struct SeatCosts: Sendable {
  /// The cost of a place that a crew can't take.
  public static let forbidden = Int64.max

  public let columnCount: Int
  let kindOfRow: [Int]
  /// Of each kind, for each column.
  let costsOfKind: [[Int64]]

  /// - Parameters:
  ///   - kindOfRow: which of the kinds each row is of.
  ///   - costsOfKind: for each column; `forbidden` where it can't go.
  public init(kindOfRow: [Int], costsOfKind: [[Int64]]) {
    let width = costsOfKind.first?.count ?? 0
    precondition(costsOfKind.allSatisfy { $0.count == width }, "kinds of different widths")
    precondition(kindOfRow.allSatisfy { costsOfKind.indices.contains($0) }, "a row of no kind")
    (self.kindOfRow, self.costsOfKind, columnCount) = (kindOfRow, costsOfKind, width)
  }

  /// Each row of a kind of its own.
  public init(rows: [[Int64]]) { self.init(kindOfRow: Array(rows.indices), costsOfKind: rows) }

  public var rowCount: Int { kindOfRow.count }

  public subscript(row: Int, column: Int) -> Int64 { costsOfKind[kindOfRow[row]][column] }

  /// The columns that can matter: of each kind of row as many of the cheapest as there are rows. In any choice a dearer
  /// one could be exchanged for one of those that is free. O(kinds · columns · log columns).
  func columnsThatMatter(besides forced: Set<Int>) -> [Int] {
    var matters = (0..<columnCount).map(forced.contains)
    for costs in costsOfKind {
      let open = costs.indices.filter { costs[$0] != Self.forbidden }
      if open.count <= rowCount {
        for column in open { matters[column] = true }
      } else {
        let cheapest = open.sorted { (costs[$0], $0) < (costs[$1], $1) }
        for column in cheapest.prefix(rowCount) { matters[column] = true }
      }
    }
    return matters.indices.filter { matters[$0] }
  }

  func keeping(_ columns: [Int]) -> SeatCosts {
    SeatCosts(kindOfRow: kindOfRow, costsOfKind: costsOfKind.map { costs in columns.map { costs[$0] } })
  }

  /// True if it is the same for a crew which of its places it takes, but for those of `forced` columns.
  func areByColumn(besides forced: [Bool]) -> Bool {
    for column in 0..<columnCount where !forced[column] {
      var known: Int64?
      for costs in costsOfKind where costs[column] != Self.forbidden {
        if let known, known != costs[column] { return false }
        known = costs[column]
      }
    }
    return true
  }
}

/// The cost of some places that are taken, behind how many of those who must have one have none.
struct Price: Hashable, Comparable, AdditiveArithmetic, Sendable {
  /// Less for each who must have a place.
  var forced: Int64
  var cost: Int64

  static let zero = Price(forced: 0, cost: 0)

  static func + (left: Price, right: Price) -> Price {
    Price(forced: left.forced + right.forced, cost: left.cost + right.cost)
  }
  static func - (left: Price, right: Price) -> Price {
    Price(forced: left.forced - right.forced, cost: left.cost - right.cost)
  }
  static func < (left: Price, right: Price) -> Bool {
    left.forced != right.forced ? left.forced < right.forced : left.cost < right.cost
  }
}
