import Dispatching
import TestSupport

/// All ways to give crews places, one after the other, and the best of them.
struct SeatOracle {
  let question: SeatChoice.Question
  /// Only ways with this column count.
  var required: Int?

  /// How good a way is; the lowest is the best.
  struct Merit: Comparable {
    /// 0 for a filled row, by importance; then minus those of each set that must have places; then costs.
    var numbers: [Int64]

    static func < (left: Merit, right: Merit) -> Bool { left.numbers.lexicographicallyPrecedes(right.numbers) }
  }

  struct Way {
    var columnOfRow: [Int?]
    var merit: Merit
    var columns: [Int] { columnOfRow.compactMap(\.self).sorted() }

    /// The row of each column, in their order.
    var seats: [Int] { columns.compactMap { column in columnOfRow.firstIndex { $0 == column } } }
  }

  /// Of equal ways the one with the first columns, and of those the one in which they sit in the first rows.
  var best: Way? {
    var best: Way?
    visit([], taken: []) { columns in
      if let required, !columns.contains(required) { return }
      let way = Way(columnOfRow: columns, merit: merit(columns))
      if let known = best, !precedes(way, known) { return }
      best = way
    }
    return best
  }

  private func precedes(_ left: Way, _ right: Way) -> Bool {
    if left.merit != right.merit { return left.merit < right.merit }
    if left.columns != right.columns { return left.columns.lexicographicallyPrecedes(right.columns) }
    return left.seats.lexicographicallyPrecedes(right.seats)
  }

  private func visit(_ columns: [Int?], taken: Set<Int>, _ body: ([Int?]) -> Void) {
    if columns.count == question.costs.rowCount { return body(columns) }
    visit(columns + [nil], taken: taken, body)
    for column in 0..<question.costs.columnCount where !taken.contains(column) {
      if question.costs[columns.count, column] == SeatCosts.forbidden { continue }
      visit(columns + [column], taken: taken.union([column]), body)
    }
  }

  private func merit(_ columns: [Int?]) -> Merit {
    var numbers = question.importance.map { columns[$0] == nil ? Int64(1) : 0 }
    for set in question.forced { numbers.append(-Int64(columns.count { $0.map(set.contains) ?? false })) }
    let costs = columns.enumerated().compactMap { row, column -> Int64? in
      guard let column, !question.forced.contains(where: { $0.contains(column) }) else { return nil }
      return question.costs[row, column]
    }
    if question.aim == .smallestLatest { numbers.append(costs.max() ?? 0) }
    return Merit(numbers: numbers + [costs.reduce(0, +)])
  }

  /// How much cheaper a column would have to be for a best way to have it.
  func shortfall(of column: Int, upTo most: Int64) -> Int64? {
    (0...most).first { amount in
      var cheaper = SeatOracle(question: question.lowering(column, by: amount))
      guard let best = cheaper.best else { return false }
      cheaper.required = column
      return cheaper.best?.merit == best.merit
    }
  }
}

extension SeatChoice.Question {
  func lowering(_ column: Int, by amount: Int64) -> SeatChoice.Question {
    var question = self
    question.costs = SeatCosts(
      rows: (0..<costs.rowCount).map { row in
        (0..<costs.columnCount).map { other in
          let cost = costs[row, other]
          return other == column && cost != SeatCosts.forbidden ? cost - amount : cost
        }
      })
    return question
  }

  /// A random question with many equal costs.
  ///
  /// - Parameter byColumn: it costs a crew the same wherever it goes.
  static func random(rows: Int, columns: Int, byColumn: Bool, _ generator: inout SeededGenerator) -> Self {
    let ofColumn = (0..<columns).map { _ in Int64.random(in: 1...6, using: &generator) }.sorted()
    let costs = (0..<rows).map { _ in
      ofColumn.map { cost in
        if generator.oneIn(3) { return SeatCosts.forbidden }
        return byColumn ? cost : cost + Int64.random(in: 0...3, using: &generator)
      }
    }
    var question = SeatChoice.Question(
      costs: SeatCosts(rows: costs), importance: Array(0..<rows).shuffled(using: &generator))
    if generator.oneIn(2) {
      question.forced = [
        Set((0..<columns).filter { _ in generator.oneIn(5) }), Set((0..<columns).filter { _ in generator.oneIn(5) }),
      ]
      question.forced[1].subtract(question.forced[0])
    }
    if generator.oneIn(3) { question.aim = .smallestSum }
    return question
  }
}
