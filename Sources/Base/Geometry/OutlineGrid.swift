import Foundation

/// A drawing of the area around lines: square cells near them, and the outlines of what the cells make up.
///
/// A cell belongs to the area if a line passes within one cell's side of its centre. Outlines are drawn by marching
/// squares between the centres of cells: through the middles between a cell that belongs and a neighbour that doesn't.
/// Cells that meet at a corner only are apart. So rings never cross or touch each other or themselves.
///
/// Small enough to be flat: some hundred kilometres.
public struct OutlineGrid: Sendable {
  /// An area without its holes.
  public struct Outline: Sendable, Equatable {
    /// A ring: counterclockwise, its first point not repeated at the end.
    public var exterior: [Coordinate]
    /// Clockwise.
    public var holes: [[Coordinate]]
    public var squareMeters: Double
  }

  /// Holes of fewer cells are filled.
  private static let holeCellsMin = 4
  private static let outside = UInt8.max

  private let cellMeters: Double
  /// Of the corner of the first cell, and how much one cell is.
  private let west: Int64
  private let south: Int64
  private let eastE7: Double
  private let northE7: Double
  private let columns: Int
  private let rows: Int
  /// The first band to which each cell belongs, row by row from the south; ``outside`` for none.
  private var bands: [UInt8]

  /// - Parameters:
  ///   - box: of all lines; never one round the earth.
  ///   - cellsMax: how many cells there may be.
  /// - Returns: `nil` for more cells.
  public init?(_ box: BoundingBox, cellMeters: Double, cellsMax: Int) {
    guard box.minLatitudeE7 <= box.maxLatitudeE7, box.minLongitudeE7 <= box.maxLongitudeE7 else { return nil }
    self.cellMeters = cellMeters
    let middle = (Double(box.minLatitudeE7) + Double(box.maxLatitudeE7)) / 2e7
    northE7 = cellMeters / Earth.metersPerDegree * 1e7
    eastE7 = northE7 / max(cos(middle * .pi / 180), 0.01)
    // Two cells of air all round.
    (west, south) = (Int64(box.minLongitudeE7) - Int64(2 * eastE7), Int64(box.minLatitudeE7) - Int64(2 * northE7))
    let width = (Double(box.maxLongitudeE7) - Double(box.minLongitudeE7)) / eastE7 + 5
    let height = (Double(box.maxLatitudeE7) - Double(box.minLatitudeE7)) / northE7 + 5
    guard width * height <= Double(cellsMax) else { return nil }
    (columns, rows) = (Int(width), Int(height))
    bands = [UInt8](repeating: Self.outside, count: columns * rows)
  }

  // MARK: Drawing

  /// Adds the cells near a line to a band, 0 to 254, and to those above it. O(length / cell).
  public mutating func add(_ line: some Sequence<Coordinate>, band: Int) {
    var last: (x: Double, y: Double)?
    for point in line {
      let next = (
        x: Double(Int64(point.longitudeE7) - west) / eastE7, y: Double(Int64(point.latitudeE7) - south) / northE7
      )
      guard let start = last else {
        mark(next.x, next.y, UInt8(band))
        last = next
        continue
      }
      let steps = max(1, Int((2 * max(abs(next.x - start.x), abs(next.y - start.y))).rounded(.up)))
      for step in 1...steps {
        let part = Double(step) / Double(steps)
        mark(start.x + (next.x - start.x) * part, start.y + (next.y - start.y) * part, UInt8(band))
      }
      last = next
    }
  }

  /// Adds the cells whose centres lie within one cell of a point.
  private mutating func mark(_ x: Double, _ y: Double, _ band: UInt8) {
    let (column, row) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    guard (1..<columns - 1).contains(column), (1..<rows - 1).contains(row) else { return }
    for row in max(row - 1, 1)...min(row + 1, rows - 2) {
      for column in max(column - 1, 1)...min(column + 1, columns - 2) {
        let (dx, dy) = (Double(column) + 0.5 - x, Double(row) + 0.5 - y)
        let cell = row * columns + column
        if dx * dx + dy * dy <= 1, band < bands[cell] { bands[cell] = band }
      }
    }
  }

  // MARK: Outlines

  /// The outlines of all that belongs to a band or to one below it, the southernmost first. O(cells).
  public func outlines(ofBand band: Int) -> [Outline] {
    var cells = bands.map { $0 <= UInt8(band) }
    fillHoles(&cells)
    var drawing = OutlineTracing(cells, columns: columns, rows: rows)
    return drawing.outlines().map { outline in
      Outline(
        exterior: outline.exterior.map(coordinate), holes: outline.holes.map { $0.map(coordinate) },
        squareMeters: Double(outline.doubledArea) / 8 * cellMeters * cellMeters)
    }
  }

  /// Points lie between centres: in halves of cells.
  private func coordinate(_ point: OutlineTracing.Point) -> Coordinate {
    let longitude = Double(west) + (Double(point.x) / 2 + 0.5) * eastE7
    let latitude = Double(south) + (Double(point.y) / 2 + 0.5) * northE7
    return Coordinate(
      latitudeE7: Int32(min(max(latitude.rounded(), -900_000_000), 900_000_000)),
      longitudeE7: .wrappedLongitude(Int64(longitude.rounded())))
  }

  private func fillHoles(_ cells: inout [Bool]) {
    var isSeen = cells
    for start in cells.indices where !isSeen[start] {
      var (hole, next) = ([start], 0)
      isSeen[start] = true
      while next < hole.count {
        let (row, column) = (hole[next] / columns, hole[next] % columns)
        next += 1
        // What is apart is joined at corners here: between two cells that are apart there is a way out.
        for row in max(row - 1, 0)...min(row + 1, rows - 1) {
          for column in max(column - 1, 0)...min(column + 1, columns - 1) where !isSeen[row * columns + column] {
            isSeen[row * columns + column] = true
            hole.append(row * columns + column)
          }
        }
      }
      if hole.count < Self.holeCellsMin { for cell in hole { cells[cell] = true } }
    }
  }
}
