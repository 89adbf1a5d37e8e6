/// Why a crew has no place: by how much it is too dear.
extension SeatChoice {
  /// How much cheaper a crew would have to be, wherever it fits, to be as good as those that were chosen.
  ///
  /// It takes a place on an exchange: whoever sits there moves to another place, and so on, until one has none. Either
  /// that leaves nothing dearer than before, and the sum falls to what it was; or the highest cost falls.
  ///
  /// - Parameter costs: of the crew in each row of the question; `forbidden` where it can't go.
  /// - Returns: `nil` if it fits no place that is filled, or only those of crews that must have them.
  /// - Complexity: O(rows) after ``entry()``.
  public func shortfall(ofCosts costs: (_ row: Int) -> Int64, _ entry: Entry) -> Shortfall? {
    var least: Shortfall?
    func note(_ amount: Int64, _ row: Int) {
      if let least, least.amount <= amount { return }
      least = Shortfall(amount: max(amount, 0), row: row)
    }
    for (index, row) in model.rows.enumerated() {
      let cost = costs(row)
      if cost == SeatCosts.forbidden { continue }
      if let worth = entry.worthOfRow[index] {
        note(max(cost - worth, model.aim == .smallestLatest ? cost - entry.latest : 0), row)
      }
      if entry.canFall[index] { note(cost - entry.latest + 1, row) }
    }
    return least
  }

  /// What a crew lacks, and the place that it comes nearest to.
  public struct Shortfall: Hashable, Sendable {
    public var amount: Int64
    public var row: Int
  }

  /// What is known of the rows for those who have none.
  public struct Entry: Sendable {
    /// The highest cost of all places.
    let latest: Int64
    /// What others save if somebody else fills the row; `nil` if somebody who must have a place would lose it.
    let worthOfRow: [Int64?]
    /// The highest cost can fall if somebody else fills the row.
    let canFall: [Bool]
  }

  /// - Complexity: O(rows³) at worst, mostly O(rows²).
  public func entry() -> Entry {
    let prices = model.rows.indices.map { model.price($0, model.columnOfRow[$0]) ?? .zero }
    let latest = prices.filter { $0.forced == 0 }.map(\.cost).max()
    let isLatest = model.aim == .smallestLatest
    return Entry(
      latest: latest ?? 0, worthOfRow: worths(prices, upTo: isLatest ? latest ?? 0 : .max),
      canFall: isLatest ? rowsThatLower(latest) : prices.map { _ in false })
  }

  /// What is saved if a row is filled by a newcomer: its crew goes, or takes the place of another one that costs more.
  private func worths(_ prices: [Price], upTo limit: Int64) -> [Int64?] {
    var change = prices.map { _ in Price.zero }
    var isChanging = true
    while isChanging {
      isChanging = false
      for row in prices.indices {
        for other in prices.indices where other != row {
          guard let price = model.price(other, model.columnOfRow[row]), price.forced < 0 || price.cost <= limit else {
            continue
          }
          let through = price - prices[other] + change[other]
          if through < change[row] { (change[row], isChanging) = (through, true) }
        }
      }
    }
    return prices.indices.map { row in
      let saved = prices[row] - change[row]
      return saved.forced == 0 ? saved.cost : nil
    }
  }

  /// The rows of which one has to be filled from outside for nothing to cost as much as `latest`.
  private func rowsThatLower(_ latest: Int64?) -> [Bool] {
    var lowers = model.rows.map { _ in false }
    guard let latest else { return lowers }
    let (seating, unfilled) = model.filling(upTo: latest - 1)
    guard unfilled.count == 1 else { return lowers }
    var queue = unfilled
    lowers[queue[0]] = true
    while let row = queue.popLast() {
      for column in seating.graph.columnsOfRow[row] {
        let other = seating.rowOfColumn[column]
        if other < 0 || lowers[other] { continue }
        lowers[other] = true
        queue.append(other)
      }
    }
    return lowers
  }
}
