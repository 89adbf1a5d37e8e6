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

  private struct Cell: Hashable, Comparable {
    var x: Int
    var y: Int

    static func < (left: Cell, right: Cell) -> Bool { (left.x, left.y) < (right.x, right.y) }
  }

  /// What lies in one cell, in the order in which it was added.
  private struct Bin {
    let cell: Cell
    var parts: [Part] = []
  }

  /// Parts that are no farther from each other belong to one gap.
  static let joinMeters = 500.0
  /// The diagonal of a cell is that long: all parts in one cell belong together, and no others lie near but in the two
  /// cells on each side.
  private static let cellMeters = joinMeters / 2.0.squareRoot()
  private static let cellsAround = 2
  private static let cellsBetweenLooks = 256
  /// Distances as on a plane are good to this share of them.
  private static let planeError = 0.05

  private var bins: [Bin] = []
  private var numberByCell: [Cell: Int] = [:]
  /// The bin that was added to last: mostly the next part lies there too.
  private var last = 0
  /// How much shorter a degree of longitude is than one of latitude, where the first part lies.
  private var shrinking: Double?

  mutating func add(_ part: Part) {
    let shrinking = self.shrinking ?? cos(part.coordinate.latitude * .pi / 180)
    self.shrinking = shrinking
    let degrees = Self.cellMeters / Earth.metersPerDegree
    let cell = Cell(
      x: Int((part.coordinate.longitude * shrinking / degrees).rounded(.down)),
      y: Int((part.coordinate.latitude / degrees).rounded(.down)))
    if bins.isEmpty || bins[last].cell != cell { last = bin(of: cell) }
    bins[last].parts.append(part)
  }

  private mutating func bin(of cell: Cell) -> Int {
    if let number = numberByCell[cell] { return number }
    numberByCell[cell] = bins.count
    bins.append(Bin(cell: cell))
    return bins.count - 1
  }

  /// The largest gaps, the largest first. O(parts + cells log cells), and the parts of neighbouring cells until two are
  /// near.
  ///
  /// - Parameter check: called every now and then; ends the work by throwing.
  func largest<Failure: Error>(_ count: Int, check: () throws(Failure) -> Void) throws(Failure) -> [Gap] {
    if count == 0 { return [] }
    // In one order always: sums of weights depend on it.
    let bins = bins.sorted { $0.cell < $1.cell }
    let cells = bins.map(\.cell)
    var isOpen = Array(repeating: true, count: bins.count)
    var gaps: [Gap] = []
    for start in bins.indices where isOpen[start] {
      isOpen[start] = false
      var (together, next) = ([start], 0)
      while next < together.count {
        if next % Self.cellsBetweenLooks == 0 { try check() }
        let bin = together[next]
        for x in -Self.cellsAround...Self.cellsAround {
          let column = Self.column(of: cells[bin], x, in: cells)
          for other in column where isOpen[other] && Self.areNear(bins[bin].parts, bins[other].parts) {
            isOpen[other] = false
            together.append(other)
          }
        }
        next += 1
      }
      if let gap = Self.gap(of: together.sorted().flatMap { bins[$0].parts }) { gaps.append(gap) }
    }
    return Array(gaps.sorted { ($0.amount, $1.order) > ($1.amount, $0.order) }.prefix(count))
  }

  /// The positions of the cells around one that lie a number of columns to its right. O(log cells).
  private static func column(of cell: Cell, _ x: Int, in cells: [Cell]) -> Range<Int> {
    let first = Cell(x: cell.x + x, y: cell.y - cellsAround)
    var (start, end) = (0, cells.count)
    while start < end {
      let middle = (start + end) / 2
      if cells[middle] < first { start = middle + 1 } else { end = middle }
    }
    let beyond = Cell(x: cell.x + x, y: cell.y + cellsAround + 1)
    while end < cells.count, cells[end] < beyond { end += 1 }
    return start..<end
  }

  /// True if some part of one cell is near one of another.
  private static func areNear(_ parts: [Part], _ others: [Part]) -> Bool {
    let north = Earth.metersPerDegree / 1e7
    let east = north * cos(parts[0].coordinate.latitude * .pi / 180)
    let near = (joinMeters * (1 - planeError)) * (joinMeters * (1 - planeError))
    let far = (joinMeters * (1 + planeError)) * (joinMeters * (1 + planeError))
    for part in parts {
      for other in others {
        let dy = Double(other.coordinate.latitudeE7 - part.coordinate.latitudeE7) * north
        let dx = Double(Int64(other.coordinate.longitudeE7) - Int64(part.coordinate.longitudeE7)) * east
        let squared = dx * dx + dy * dy
        if squared < near { return true }
        if squared < far, other.coordinate.distanceMeters(to: part.coordinate) <= joinMeters { return true }
      }
    }
    return false
  }

  private static func gap(of parts: [Part]) -> Gap? {
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
