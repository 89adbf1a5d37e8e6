/// Who takes which places: as many places as possible in the order of their importance, of those who must have one as
/// many as possible, then the cheapest crews for them.
///
/// Where it is the same for a crew which place it takes, the sets of crews that can sit together are the independent
/// sets of a transversal matroid (Edmonds, Fulkerson 1965), and taking crews in their order as long as all find places
/// gives at once the smallest latest cost, the smallest sum and the first crews. Otherwise it is an assignment problem.
public struct SeatChoice: Sendable {
  /// What is made small.
  public enum Aim: Sendable {
    /// The highest cost, then the sum.
    case smallestLatest
    case smallestSum
  }

  /// What places cost, and which come first.
  public struct Question: Sendable {
    public var costs: SeatCosts
    /// All rows; the most important first.
    public var importance: [Int]
    /// Columns that must have places before others, whatever they cost: first all that can of the first set, then of
    /// the next ones.
    public var forced: [Set<Int>] = []
    public var aim = Aim.smallestLatest

    public init(costs: SeatCosts, importance: [Int]) { (self.costs, self.importance) = (costs, importance) }
  }

  /// Of each row; `nil` for one that stays open.
  public let columnOfRow: [Int?]
  let model: SeatModel

  /// - Complexity: O(rows · pairs) where costs go by the column, otherwise O(rows² · columns · log pairs).
  public init(_ question: Question) {
    let matters = question.costs.columnsThatMatter(besides: question.forced.reduce([]) { $0.union($1) })
    let model = SeatModel(question, columns: matters)
    let seating = model.costs.areByColumn(besides: model.isForced) ? model.greedy() : model.cheapest(question.aim)
    var columnOfRow = [Int?](repeating: nil, count: question.costs.rowCount)
    for (row, column) in zip(model.rows, seating.columnOfRow) { columnOfRow[row] = matters[column] }
    self.columnOfRow = columnOfRow
    self.model = model.seated(seating)
  }
}

/// A question without what can't matter: the rows that are filled, the columns that may be in them.
struct SeatModel: Sendable {
  let costs: SeatCosts
  /// Those that can be filled, in the order of the question's.
  let rows: [Int]
  /// How much less a column counts in ``Price/forced``; 0 for one that need not have a place.
  let urgency: [Int64]
  let aim: SeatChoice.Aim
  /// Of each of ``rows``; empty before the choice.
  private(set) var columnOfRow: [Int] = []

  init(_ question: SeatChoice.Question, columns: [Int]) {
    costs = question.costs.keeping(columns)
    aim = question.aim
    // One of an earlier set counts more than all of the later ones together.
    let step = Int64(question.costs.rowCount + 1)
    let forced = question.forced
    urgency = columns.map { column in
      guard let set = forced.firstIndex(where: { $0.contains(column) }) else { return 0 }
      return (set..<forced.count - 1).reduce(1) { weight, _ in weight * step }
    }
    var filled: [Int] = []
    var seating = Seating(
      SeatGraph(rowCount: costs.rowCount, columnCount: costs.columnCount) { [costs] row, column in
        costs[row, column] != SeatCosts.forbidden
      })
    for row in question.importance where seating.fill(row: row) { filled.append(row) }
    rows = filled.sorted()
  }

  var isForced: [Bool] { urgency.map { $0 > 0 } }

  func seated(_ seating: Seating) -> SeatModel {
    var model = self
    model.columnOfRow = seating.columnOfRow
    return model
  }

  /// What a column costs in one of ``rows``; `nil` where it can't go. Who must have a place costs nothing.
  func price(_ row: Int, _ column: Int) -> Price? {
    let cost = costs[rows[row], column]
    if cost == SeatCosts.forbidden { return nil }
    return urgency[column] > 0 ? Price(forced: -urgency[column], cost: 0) : Price(forced: 0, cost: cost)
  }

  /// The pairs that cost at most so much, with all of those who must have a place.
  func graph(upTo limit: Int64 = .max) -> SeatGraph {
    SeatGraph(rowCount: rows.count, columnCount: costs.columnCount) { row, column in
      price(row, column).map { $0.forced < 0 || $0.cost <= limit } ?? false
    }
  }

  /// Those who must have a place, the most urgent first, then all others in their order.
  private var columnsByUrgency: [Int] {
    urgency.indices.sorted { (-urgency[$0], $0) < (-urgency[$1], $1) }
  }

  /// Takes columns by their costs, where they cost the same wherever they go; equal ones in their order.
  func greedy() -> Seating {
    let cost = (0..<costs.columnCount).map { column in
      urgency[column] > 0 ? 0 : costs.costsOfKind.reduce(SeatCosts.forbidden) { min($0, $1[column]) }
    }
    let order = urgency.indices.sorted { (-urgency[$0], cost[$0], $0) < (-urgency[$1], cost[$1], $1) }
    return seating(in: graph(), by: order)
  }

  /// Gives places to columns in an order, as long as all find one, and seats them.
  private func seating(in graph: SeatGraph, by order: [Int]) -> Seating {
    var seating = Seating(graph)
    for column in order {
      if seating.count == rows.count { break }
      _ = seating.place(column: column)
    }
    seating.settle()
    return seating
  }

  /// Solves the assignment problem. Of equal answers it takes the one with the first crews: those that are in all of
  /// them, which have a potential below zero, then others in their order, among the pairs that are as cheap.
  func cheapest(_ aim: SeatChoice.Aim) -> Seating {
    let limit = aim == .smallestLatest ? smallestLatest() : Int64.max
    func allowed(_ row: Int, _ column: Int) -> Price? {
      price(row, column).flatMap { $0.forced < 0 || $0.cost <= limit ? $0 : nil }
    }
    let cheapest = CheapestSeating(rowCount: rows.count, columnCount: costs.columnCount, price: allowed)
    let tight = SeatGraph(rowCount: rows.count, columnCount: costs.columnCount) { row, column in
      allowed(row, column).map { $0 == cheapest.rowPotentials[row] + cheapest.columnPotentials[column] } ?? false
    }
    let isInAll = cheapest.columnPotentials.map { $0 < .zero }
    return seating(in: tight, by: isInAll.indices.filter { isInAll[$0] } + isInAll.indices.filter { !isInAll[$0] })
  }

  /// The lowest cost that is enough to fill all rows. O(log pairs · rows · pairs).
  private func smallestLatest() -> Int64 {
    let known = Set(
      rows.indices.flatMap { row in
        (0..<costs.columnCount).compactMap { price(row, $0)?.cost }
      }
    ).sorted()
    var (low, high) = (0, max(known.count - 1, 0))
    while low < high {
      let middle = (low + high) / 2
      if unfilled(upTo: known[middle]).isEmpty { high = middle } else { low = middle + 1 }
    }
    return known.isEmpty ? 0 : known[low]
  }

  /// The rows that stay open if nothing may cost more, and what the others take meanwhile.
  func filling(upTo limit: Int64) -> (seating: Seating, unfilled: [Int]) {
    var seating = Seating(graph(upTo: limit))
    for column in columnsByUrgency.prefix(while: { urgency[$0] > 0 }) { _ = seating.place(column: column) }
    let unfilled = rows.indices.filter { seating.columnOfRow[$0] < 0 && !seating.fill(row: $0) }
    return (seating, unfilled)
  }

  private func unfilled(upTo limit: Int64) -> [Int] { filling(upTo: limit).unfilled }
}
