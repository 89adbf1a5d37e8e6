import API
import Foundation
import Geometry
import RoadGraph

/// Joins what nobody reaches in time where it lies within some hundred metres of each other.
struct GapFinder {
  /// A road or a point that nobody reaches.
  struct Part {
    var coordinate: Coordinate
    /// Its length or its weight.
    var amount: Double
    /// The road.
    var way: WayID?
    /// Who comes first, too late.
    var first: RoadCoverage.Comer?
  }

  /// What lies together.
  struct Gap {
    var heaviest: Part
    var amount: Double
  }

  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }

  /// Parts that are no farther from each other belong to one gap.
  static let joinMeters = 500.0
  /// The diagonal of a cell is that long: all parts in one cell belong together, and no others lie near but in the two
  /// cells on each side.
  private static let cellMeters = joinMeters / 2.0.squareRoot()
  private static let cellsAround = 2
  private static let cellsBetweenLooks = 256

  private var cells: [Cell: [Part]] = [:]
  /// How much shorter a degree of longitude is than one of latitude, where the first part lies.
  private var shrinking: Double?

  mutating func add(_ part: Part) {
    let shrinking = self.shrinking ?? cos(part.coordinate.latitude * .pi / 180)
    self.shrinking = shrinking
    let degrees = Self.cellMeters / Earth.metersPerDegree
    let cell = Cell(
      x: Int((part.coordinate.longitude * shrinking / degrees).rounded(.down)),
      y: Int((part.coordinate.latitude / degrees).rounded(.down)))
    cells[cell, default: []].append(part)
  }

  /// The largest gaps, the largest first. O(parts), and the parts of neighbouring cells until two are near.
  ///
  /// - Parameter check: called every now and then; ends the work by throwing.
  func largest<Failure: Error>(_ count: Int, check: () throws(Failure) -> Void) throws(Failure) -> [Gap] {
    if count == 0 { return [] }
    var open = Set(cells.keys)
    var gaps: [Gap] = []
    for start in cells.keys where open.remove(start) != nil {
      var (together, next) = ([start], 0)
      while next < together.count {
        if next % Self.cellsBetweenLooks == 0 { try check() }
        for cell in neighbours(of: together[next]) where open.contains(cell) && areNear(together[next], cell) {
          open.remove(cell)
          together.append(cell)
        }
        next += 1
      }
      if let gap = gap(of: together) { gaps.append(gap) }
    }
    return Array(gaps.sorted { ($0.amount, $1.order) > ($1.amount, $0.order) }.prefix(count))
  }

  private func neighbours(of cell: Cell) -> [Cell] {
    let around = -Self.cellsAround...Self.cellsAround
    return around.flatMap { x in around.map { y in Cell(x: cell.x + x, y: cell.y + y) } }
  }

  private func areNear(_ one: Cell, _ other: Cell) -> Bool {
    (cells[one] ?? []).contains { part in
      (cells[other] ?? []).contains { $0.coordinate.distanceMeters(to: part.coordinate) <= Self.joinMeters }
    }
  }

  private func gap(of cells: [Cell]) -> Gap? {
    // In one order always: sums of weights depend on it.
    let parts = cells.sorted { ($0.x, $0.y) < ($1.x, $1.y) }.flatMap { self.cells[$0] ?? [] }
    guard let heaviest = parts.max(by: { ($0.amount, $1.order) < ($1.amount, $0.order) }) else { return nil }
    return Gap(heaviest: heaviest, amount: parts.reduce(0) { $0 + $1.amount })
  }
}

extension GapFinder.Part {
  /// Tells parts of one amount apart, the same on every machine.
  fileprivate var order: Int64 { Int64(coordinate.latitudeE7) << 32 + Int64(coordinate.longitudeE7) }
}

extension GapFinder.Gap {
  fileprivate var order: Int64 { heaviest.order }
}
