/// Things sorted into square cells of the plane, to look for neighbours. The table is only asked, never walked
/// through, so its order cannot reach a city's bytes.
struct CellGrid<Content> {
  private let cellMeters: Double
  /// By column and row.
  private var contents: [SIMD2<Int>: [Content]] = [:]

  init(cellMeters: Double) { self.cellMeters = cellMeters }

  /// Adds to every cell that the box of two points touches.
  mutating func add(_ content: Content, from first: PlanePoint, to second: PlanePoint) {
    for cell in cells(from: first, to: second) { contents[cell, default: []].append(content) }
  }

  /// Whether anything in the cells that the box of two points touches fulfils a condition.
  func contains(from first: PlanePoint, to second: PlanePoint, where isWanted: (Content) -> Bool) -> Bool {
    cells(from: first, to: second).contains { contents[$0]?.contains(where: isWanted) ?? false }
  }

  private func cells(from first: PlanePoint, to second: PlanePoint) -> [SIMD2<Int>] {
    columns(first.x, second.x).flatMap { column in columns(first.y, second.y).map { SIMD2(column, $0) } }
  }

  private func columns(_ first: Double, _ second: Double) -> ClosedRange<Int> {
    let (low, high) = (min(first, second) / cellMeters, max(first, second) / cellMeters)
    return Int(low.rounded(.down))...Int(high.rounded(.down))
  }
}
