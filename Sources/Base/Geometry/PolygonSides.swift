/// The sides of an area's outlines in cells, each a quarter of the one above it, until few sides pass through each:
/// which of them are near a line, and whether a place lies inside, is found without a look at all.
///
/// Of each cell it is known whether its south-western corner lies inside. A place in it lies inside if as many sides as
/// are odd, or even, are crossed on the way from there. A place on a side is taken for one an infinitely small step to
/// the east, and a much smaller one to the north.
struct PolygonSides: Sendable {
  /// A straight line between two corners, by its places in units of 1e-7 degrees.
  struct Side: Sendable {
    let start: Coordinate
    let end: Coordinate
  }

  private struct Cell {
    let (west, south, east, north): (Int, Int, Int, Int)
    /// Of its south-western corner.
    let isCornerInside: Bool
    /// Positions among all sides of those that may pass through it; none of a cell that was quartered.
    var sides: [Int32]
    /// The first of four in a row; 0 for none.
    var firstQuarter = 0
  }

  let sides: [Side]
  private var cells: [Cell]

  /// A cell with more sides is quartered, as long as each side stands, on average, in no more cells than that: then
  /// sides lie together so closely that smaller cells would help little.
  private static let sidesMax = 8
  private static let copiesMax = 48

  /// O(n log n) for n corners.
  init(_ outlines: [[Coordinate]]) {
    self.init(
      sides: outlines.flatMap { outline in
        outline.indices.map { Side(start: outline[($0 == 0 ? outline.count : $0) - 1], end: outline[$0]) }
      })
  }

  private init(sides: [Side]) {
    self.sides = sides
    let box = BoundingBox(of: sides.lazy.map(\.start))
    // A corner that no outline reaches is outside.
    let root = Cell(
      west: Int(box.minLongitudeE7) - 1, south: Int(box.minLatitudeE7) - 1, east: Int(box.maxLongitudeE7) + 1,
      north: Int(box.maxLatitudeE7) + 1, isCornerInside: false, sides: sides.indices.map { Int32($0) })
    cells = [root]
    quarterCells()
  }

  /// The same sides, all longitudes more by so much, which must have room. O(n log n).
  func turned(by turn: Int64) -> PolygonSides {
    func place(_ place: Coordinate) -> Coordinate {
      Coordinate(latitudeE7: place.latitudeE7, longitudeE7: Int32(clamping: Int64(place.longitudeE7) + turn))
    }
    return PolygonSides(sides: sides.map { Side(start: place($0.start), end: place($0.end)) })
  }

  private mutating func quarterCells() {
    var copiesLeft = sides.count * Self.copiesMax
    var number = 0
    while number < cells.count, copiesLeft > 0 {
      let cell = cells[number]
      if cell.sides.count > Self.sidesMax, cell.east - cell.west > 1, cell.north - cell.south > 1 {
        cells[number].firstQuarter = cells.count
        cells[number].sides = []
        for quarter in quarters(of: cell) {
          copiesLeft -= quarter.sides.count
          cells.append(quarter)
        }
      }
      number += 1
    }
  }

  private func quarters(of cell: Cell) -> [Cell] {
    let (middleX, middleY) = ((cell.west + cell.east) / 2, (cell.south + cell.north) / 2)
    return [(cell.west, middleX), (middleX, cell.east)].flatMap { west, east in
      [(cell.south, middleY), (middleY, cell.north)].map { south, north in
        Cell(
          west: west, south: south, east: east, north: north,
          isCornerInside: isInside(HalfPlace(x: 2 * west, y: 2 * south), in: cell),
          sides: cell.sides.filter { sides[Int($0)].mayPass(west: west, south: south, east: east, north: north) })
      }
    }
  }

  /// True if a place lies inside. O(log n), and the sides near it.
  func contains(_ place: Coordinate) -> Bool { contains(HalfPlace(place)) }

  func contains(_ place: HalfPlace) -> Bool {
    let (x, y) = (place.x, place.y)
    var cell = cells[0]
    guard x >= 2 * cell.west, x <= 2 * cell.east, y >= 2 * cell.south, y <= 2 * cell.north else { return false }
    while cell.firstQuarter > 0 {
      let east = x > 2 * cells[cell.firstQuarter].east
      let north = y > 2 * cells[cell.firstQuarter].north
      cell = cells[cell.firstQuarter + (east ? 2 : 0) + (north ? 1 : 0)]
    }
    return isInside(place, in: cell)
  }

  /// By the sides that are crossed from the corner of a cell, first along its southern border, then to the north.
  private func isInside(_ place: HalfPlace, in cell: Cell) -> Bool {
    var isInside = cell.isCornerInside
    let corner = HalfPlace(x: 2 * cell.west, y: 2 * cell.south)
    let below = HalfPlace(x: place.x, y: corner.y)
    for number in cell.sides {
      let side = sides[Int(number)]
      if side.isEast(of: corner) != side.isEast(of: below) { isInside.toggle() }
      if side.isNorth(of: below) != side.isNorth(of: place) { isInside.toggle() }
    }
    return isInside
  }

  /// Calls `body` with each side that may cross a line, or lie on it; with some of them more than once.
  func visitSides(near start: Coordinate, _ end: Coordinate, _ body: (Side) -> Void) {
    visitNumbers(near: Side(start: start, end: end)) { body(sides[Int($0)]) }
  }

  /// The sides that may cross a line, or lie on it, each once.
  func sides(near line: Side) -> [Side] {
    var numbers: Set<Int32> = []
    visitNumbers(near: line) { numbers.insert($0) }
    return numbers.sorted().map { sides[Int($0)] }
  }

  private func visitNumbers(near line: Side, _ body: (Int32) -> Void) {
    var waiting = [0]
    while let number = waiting.popLast() {
      let cell = cells[number]
      guard line.mayPass(west: cell.west, south: cell.south, east: cell.east, north: cell.north) else { continue }
      if cell.firstQuarter > 0 { waiting += cell.firstQuarter..<cell.firstQuarter + 4 }
      for side in cell.sides { body(side) }
    }
  }
}

/// A place in half units, 5e-8 degrees: the middle between two corners is one.
struct HalfPlace: Hashable {
  let x: Int
  let y: Int

  init(x: Int, y: Int) { (self.x, self.y) = (x, y) }

  init(_ place: Coordinate) { self.init(x: 2 * Int(place.longitudeE7), y: 2 * Int(place.latitudeE7)) }

  /// The middle between two places.
  init(between one: Coordinate, _ other: Coordinate) {
    self.init(
      x: Int(one.longitudeE7) + Int(other.longitudeE7), y: Int(one.latitudeE7) + Int(other.latitudeE7))
  }

  /// True if it lies in the rectangle of two others, its borders included.
  func isBetween(_ one: HalfPlace, _ other: HalfPlace) -> Bool {
    x >= min(one.x, other.x) && x <= max(one.x, other.x) && y >= min(one.y, other.y) && y <= max(one.y, other.y)
  }

  /// The place, or one beside it.
  var coordinate: Coordinate {
    Coordinate(latitudeE7: Int32(clamping: y / 2), longitudeE7: .wrappedLongitude(Int64(x / 2)))
  }
}

extension PolygonSides.Side {
  private var startPlace: HalfPlace { HalfPlace(start) }
  private var direction: (x: Int, y: Int) {
    (Int(end.longitudeE7) - Int(start.longitudeE7), Int(end.latitudeE7) - Int(start.latitudeE7))
  }

  /// Above 0 for a place to the left of the side.
  func offset(_ place: HalfPlace) -> Int {
    direction.x * (place.y - startPlace.y) - direction.y * (place.x - startPlace.x)
  }

  /// True if the side reaches as far north and as far south as a place, and lies to the east of it there.
  fileprivate func isEast(of place: HalfPlace) -> Bool {
    guard (startPlace.y > place.y) != (HalfPlace(end).y > place.y) else { return false }
    return direction.y > 0 ? offset(place) > 0 : offset(place) < 0
  }

  /// True if the side reaches as far east and as far west as a place, and lies to the north of it there.
  fileprivate func isNorth(of place: HalfPlace) -> Bool {
    guard (startPlace.x > place.x) != (HalfPlace(end).x > place.x) else { return false }
    let offset = offset(place)
    // A small step to the east of a place on the side, it rises to the north of it or falls to the south.
    if offset == 0 { return (direction.x > 0) == (direction.y > 0) && direction.y != 0 }
    return direction.x > 0 ? offset < 0 : offset > 0
  }

  /// False if it surely doesn't pass through a rectangle, its borders included.
  fileprivate func mayPass(west: Int, south: Int, east: Int, north: Int) -> Bool {
    let (low, high) = (HalfPlace(x: 2 * west, y: 2 * south), HalfPlace(x: 2 * east, y: 2 * north))
    let (first, last) = (startPlace, HalfPlace(end))
    guard max(first.x, last.x) >= low.x, min(first.x, last.x) <= high.x, max(first.y, last.y) >= low.y,
      min(first.y, last.y) <= high.y
    else { return false }
    let offsets = [low, HalfPlace(x: low.x, y: high.y), HalfPlace(x: high.x, y: low.y), high].map(offset)
    return offsets.contains { $0 >= 0 } && offsets.contains { $0 <= 0 }
  }
}
