import API
import Geometry
import RoadGraph
import Traffic

/// Adds up what is covered, by limit and depth, by whom alone, and what isn't.
struct CoverageTally {
  private let limitsSeconds: [Double]
  private let depth: Int
  /// Of all roads.
  private var totalCentimeters = 0
  /// By limit, then by depth: what is first covered within that limit.
  private var covered: [[Int]]
  /// By limit, then by unit: what it alone covers.
  private var sole: [[Int: Int]]
  private var gaps = GapFinder()

  init(limitsSeconds: [Double], depth: Int) {
    (self.limitsSeconds, self.depth) = (limitsSeconds, depth)
    covered = limitsSeconds.map { _ in [Int](repeating: 0, count: depth) }
    sole = limitsSeconds.map { _ in [:] }
  }

  /// Counts a road that is there to be covered.
  mutating func add(road centimeters: Int) { totalCentimeters += centimeters }

  /// Counts a part to which somebody comes.
  mutating func add(_ arrivals: [CoveredPart.Arrival], centimeters: Int) {
    for (number, arrival) in arrivals.prefix(depth).enumerated() { covered[arrival.band][number] += centimeters }
    guard let first = arrivals.first else { return }
    let second = arrivals.count > 1 ? arrivals[1].band : limitsSeconds.count
    for limit in first.band..<max(second, first.band) { sole[limit][first.unit, default: 0] += centimeters }
  }

  /// Counts what of an arc nobody comes to in time.
  mutating func add(
    gapOf centimeters: Int, on arc: ArcID, _ first: (unit: Int, milliseconds: Weight)?, in network: RoadNetwork
  ) {
    gaps.add(centimeters, on: arc, first, in: network)
  }

  var levels: [CoverageLevel] {
    var sums = [Int](repeating: 0, count: depth)
    return limitsSeconds.enumerated().flatMap { limit, seconds in
      (0..<depth).map { number in
        sums[number] += covered[limit][number]
        return CoverageLevel(
          limitSeconds: seconds, depth: number + 1, lengthMeters: Double(sums[number]) / 100,
          lengthShare: Double(sums[number]) / Double(max(totalCentimeters, 1)))
      }
    }
  }

  /// The longest first.
  func soleCovers(of units: [CoveringUnit], count: Int) -> [SoleCover] {
    let all = sole.enumerated().flatMap { limit, lengths in
      lengths.map { unit, centimeters in
        SoleCover(
          unitID: units[unit].unit.unit.id, limitSeconds: limitsSeconds[limit],
          lengthMeters: Double(centimeters) / 100)
      }
    }
    let sorted = all.filter { $0.lengthMeters > 0 }
      .sorted { (-$0.lengthMeters, $0.unitID, $0.limitSeconds) < (-$1.lengthMeters, $1.unitID, $1.limitSeconds) }
    return Array(sorted.prefix(count))
  }

  /// The longest first.
  func longestGaps(of units: [CoveringUnit], count: Int) -> [CoverageGap] {
    gaps.gaps(count: count) { units[$0].unit.unit.id }
  }
}

/// Joins roads that nobody reaches in time where they are near each other: in cells of some hundred metres that touch.
private struct GapFinder {
  private struct Cell: Hashable {
    var x: Int32
    var y: Int32
  }

  /// What of a gap lies in one cell.
  private struct Part {
    var centimeters = 0
    var longest = 0
    var name = ""
    var coordinate: Coordinate
    var first: (unit: Int, milliseconds: Weight)?
  }

  private static let cellMeters = 500.0
  private var parts: [Cell: Part] = [:]

  mutating func add(
    _ centimeters: Int, on arc: ArcID, _ first: (unit: Int, milliseconds: Weight)?, in network: RoadNetwork
  ) {
    let shape = network.shape(of: network.arcCourse[arc].segment)
    let middle = shape[shape.count / 2]
    let sideE7 = Self.cellMeters / Earth.metersPerDegree * 1e7
    let cell = Cell(
      x: Int32(Double(middle.longitudeE7) / sideE7), y: Int32(Double(middle.latitudeE7) / sideE7))
    var part = parts[cell] ?? Part(coordinate: middle)
    part.centimeters += centimeters
    if centimeters > part.longest {
      let way = network.pieceIDs(along: arc).compactMap { network.way(of: $0) }.first
      part.name = way.map { network.texts[network.ways[$0].name] } ?? ""
      (part.longest, part.coordinate, part.first) = (centimeters, middle, first)
    }
    parts[cell] = part
  }

  func gaps(count: Int, id: (Int) -> String) -> [CoverageGap] {
    var open = Set(parts.keys)
    var gaps: [CoverageGap] = []
    while let start = open.first {
      var (cells, next) = ([start], 0)
      open.remove(start)
      while next < cells.count {
        let cell = cells[next]
        next += 1
        for x in cell.x - 1...cell.x + 1 {
          for y in cell.y - 1...cell.y + 1 {
            if let near = open.remove(Cell(x: x, y: y)) { cells.append(near) }
          }
        }
      }
      let together = cells.compactMap { parts[$0] }
      guard let heaviest = together.max(by: { ($0.longest, $0.name) < ($1.longest, $1.name) }) else { continue }
      gaps.append(
        CoverageGap(
          name: heaviest.name, coordinate: heaviest.coordinate,
          lengthMeters: Double(together.reduce(0) { $0 + $1.centimeters }) / 100,
          seconds: heaviest.first.map { Double($0.milliseconds) / 1000 },
          unitID: heaviest.first.map { id($0.unit) } ?? ""))
    }
    let sorted = gaps.sorted {
      ($0.lengthMeters, $1.coordinate.latitudeE7, $1.coordinate.longitudeE7)
        > ($1.lengthMeters, $0.coordinate.latitudeE7, $0.coordinate.longitudeE7)
    }
    return Array(sorted.prefix(count))
  }
}
