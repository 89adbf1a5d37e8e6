/// Marching squares over the centres of cells: rings through the middles between cells that belong and cells that
/// don't.
///
/// Every such middle lies on one ring, and each ring leaves it on the other side. At a saddle, where cells that belong
/// meet at a corner only, rings turn so that they stay apart.
struct OutlineTracing {
  /// In halves of cells: a centre has even numbers, the middle between two neighbours one odd number.
  struct Point: Hashable {
    var x: Int
    var y: Int
  }

  struct Outline {
    var exterior: [Point]
    var holes: [[Point]] = []
    /// Twice the area without the holes, in quarters of cells.
    var doubledArea: Int
  }

  private let cells: [Bool]
  private let columns: Int
  private let rows: Int
  /// Of each cell that belongs, the number of the area in which it hangs together with others side by side.
  private var areas: [Int32]

  /// - Parameter cells: row by row; none at the border belongs.
  init(_ cells: [Bool], columns: Int, rows: Int) {
    (self.cells, self.columns, self.rows) = (cells, columns, rows)
    areas = [Int32](repeating: -1, count: cells.count)
  }

  /// The outlines of all areas. O(cells).
  mutating func outlines() -> [Outline] {
    var outlines: [Outline] = []
    for start in cells.indices where cells[start] && areas[start] < 0 {
      fill(from: start, Int32(outlines.count))
      // The first cell of an area has none to its south: the ring there is the exterior.
      let ring = ring(southOf: start)
      outlines.append(Outline(exterior: Self.withoutCollinear(ring), doubledArea: Self.doubledArea(ring)))
    }
    addHoles(to: &outlines)
    return outlines
  }

  private mutating func fill(from start: Int, _ area: Int32) {
    var open = [start]
    areas[start] = area
    while let cell = open.popLast() {
      for next in [cell - 1, cell + 1, cell - columns, cell + columns] where cells[next] && areas[next] < 0 {
        areas[next] = area
        open.append(next)
      }
    }
  }

  /// Follows the ring of each side that no ring has passed yet.
  private func addHoles(to outlines: inout [Outline]) {
    var passed = [Bool](repeating: false, count: cells.count)
    func pass(_ ring: [Point]) {
      // A side to the south of a cell that belongs is the middle below its centre.
      for point in ring where point.y & 1 != 0 {
        let above = (point.y + 1) / 2 * columns + point.x / 2
        if cells[above], !cells[above - columns] { passed[above] = true }
      }
    }
    var isExterior = [Bool](repeating: false, count: outlines.count)
    for cell in cells.indices where cells[cell] && !cells[cell - columns] && !passed[cell] {
      let ring = ring(southOf: cell)
      pass(ring)
      let area = Int(areas[cell])
      if isExterior[area] {
        outlines[area].holes.append(Self.withoutCollinear(ring))
        outlines[area].doubledArea += Self.doubledArea(ring)
      } else {
        // The first one of an area is its exterior, which is there already.
        isExterior[area] = true
      }
    }
  }

  /// The ring through the middle to the south of a cell that belongs, with what belongs on its left.
  private func ring(southOf cell: Int) -> [Point] {
    let start = Point(x: cell % columns * 2, y: cell / columns * 2 - 1)
    var (ring, point, heading) = ([Point](), start, Point(x: 1, y: 0))
    repeat {
      ring.append(point)
      (point, heading) = next(point, heading)
    } while point != start
    return ring
  }

  /// The next middle of a ring: one of the three others around the corner ahead.
  ///
  /// - Parameter heading: along the side, with what belongs on its left.
  private func next(_ point: Point, _ heading: Point) -> (Point, Point) {
    let left = Point(x: -heading.y, y: heading.x)
    let corner = Point(x: point.x + heading.x, y: point.y + heading.y)
    func belongs(_ side: Point) -> Bool {
      cells[(corner.y + heading.y + side.y) / 2 * columns + (corner.x + heading.x + side.x) / 2]
    }
    let right = Point(x: heading.y, y: -heading.x)
    // At a saddle it turns left: what lies ahead on the right is apart.
    if !belongs(left) { return (Point(x: corner.x + left.x, y: corner.y + left.y), left) }
    if !belongs(right) { return (Point(x: corner.x + heading.x, y: corner.y + heading.y), heading) }
    return (Point(x: corner.x + right.x, y: corner.y + right.y), right)
  }

  /// Positive for a ring that is counterclockwise.
  private static func doubledArea(_ ring: [Point]) -> Int {
    zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
  }

  private static func withoutCollinear(_ ring: [Point]) -> [Point] {
    ring.indices.filter { index in
      let (before, here) = (ring[(index + ring.count - 1) % ring.count], ring[index])
      let after = ring[(index + 1) % ring.count]
      return (here.x - before.x) * (after.y - here.y) != (here.y - before.y) * (after.x - here.x)
    }.map { ring[$0] }
  }
}
