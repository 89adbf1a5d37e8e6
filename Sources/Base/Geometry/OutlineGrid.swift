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
  private let frame: Frame
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
    let northE7 = cellMeters / Earth.metersPerDegree * 1e7
    let eastE7 = northE7 / max(cos(middle * .pi / 180), 0.01)
    // Two cells of air all round.
    frame = Frame(
      west: Int64(box.minLongitudeE7) - Int64(2 * eastE7), south: Int64(box.minLatitudeE7) - Int64(2 * northE7),
      eastE7: eastE7, northE7: northE7)
    let width = (Double(box.maxLongitudeE7) - Double(box.minLongitudeE7)) / eastE7 + 5
    let height = (Double(box.maxLatitudeE7) - Double(box.minLatitudeE7)) / northE7 + 5
    guard width * height <= Double(cellsMax) else { return nil }
    (columns, rows) = (Int(width), Int(height))
    bands = [UInt8](repeating: Self.outside, count: columns * rows)
  }

  /// Where cells lie.
  private struct Frame {
    /// Of the corner of the first cell.
    let west: Int64
    let south: Int64
    /// How much one cell is.
    let eastE7: Double
    let northE7: Double

    /// In cells, from the corner of the first one.
    func place(of point: Coordinate) -> (x: Double, y: Double) {
      (Double(Int64(point.longitudeE7) - west) / eastE7, Double(Int64(point.latitudeE7) - south) / northE7)
    }

    /// Points lie between centres: in halves of cells.
    func coordinate(_ point: OutlineTracing.Point) -> Coordinate {
      let longitude = Double(west) + (Double(point.x) / 2 + 0.5) * eastE7
      let latitude = Double(south) + (Double(point.y) / 2 + 0.5) * northE7
      return Coordinate(
        latitudeE7: Int32(min(max(latitude.rounded(), -900_000_000), 900_000_000)),
        longitudeE7: .wrappedLongitude(Int64(longitude.rounded())))
    }
  }

  // MARK: Drawing

  /// Adds the cells near a line to a band, 0 to 254, and to those above it. O(length / cell).
  public mutating func add(_ line: UnsafeBufferPointer<Coordinate>, band: Int) {
    guard let first = line.first else { return }
    let (brush, frame) = (Brush(columns: columns, rows: rows, band: UInt8(band)), frame)
    bands.withUnsafeMutableBufferPointer { bands in
      var start = frame.place(of: first)
      brush.mark(start.x, start.y, in: bands)
      for point in line.dropFirst() {
        let next = frame.place(of: point)
        let steps = max(1, Int((2 * max(abs(next.x - start.x), abs(next.y - start.y))).rounded(.up)))
        for step in 1...steps {
          let part = Double(step) / Double(steps)
          brush.mark(start.x + (next.x - start.x) * part, start.y + (next.y - start.y) * part, in: bands)
        }
        start = next
      }
    }
  }

  /// The same for a line of one's own.
  public mutating func add(_ line: [Coordinate], band: Int) { line.withUnsafeBufferPointer { add($0, band: band) } }

  /// Marks cells.
  private struct Brush {
    let columns: Int
    let rows: Int
    let band: UInt8

    /// Adds the cells whose centres lie within one cell of a point.
    @inline(__always) func mark(_ x: Double, _ y: Double, in bands: UnsafeMutableBufferPointer<UInt8>) {
      guard x >= 1, y >= 1, x < Double(columns - 1), y < Double(rows - 1) else { return }
      let (column, row) = (Int(x), Int(y))
      let (dx, dy) = (Double(column) + 0.5 - x, Double(row) + 0.5 - y)
      // Of the column to the left, the point's own, and the one to the right; and of rows.
      let wide = ((dx - 1) * (dx - 1), dx * dx, (dx + 1) * (dx + 1))
      let high = ((dy - 1) * (dy - 1), dy * dy, (dy + 1) * (dy + 1))
      let cell = row * columns + column
      if row > 1 { mark(cell - columns, high.0, wide, column, in: bands) }
      mark(cell, high.1, wide, column, in: bands)
      if row < rows - 2 { mark(cell + columns, high.2, wide, column, in: bands) }
    }

    /// Marks a cell of one row and its neighbours there.
    @inline(__always) private func mark(
      _ cell: Int, _ high: Double, _ wide: (Double, Double, Double), _ column: Int,
      in bands: UnsafeMutableBufferPointer<UInt8>
    ) {
      if wide.0 + high <= 1, column > 1 { bands[cell - 1] = min(bands[cell - 1], band) }
      if wide.1 + high <= 1 { bands[cell] = min(bands[cell], band) }
      if wide.2 + high <= 1, column < columns - 2 { bands[cell + 1] = min(bands[cell + 1], band) }
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
        exterior: outline.exterior.map(frame.coordinate), holes: outline.holes.map { $0.map(frame.coordinate) },
        squareMeters: Double(outline.doubledArea) / 8 * cellMeters * cellMeters)
    }
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
