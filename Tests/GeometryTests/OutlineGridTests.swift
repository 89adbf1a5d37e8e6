import Geometry
import TestSupport
import Testing

/// Outlines around lines.
@Suite struct OutlineGridTests {
  private static let center = Coordinate(latitudeE7: 375_000_000, longitudeE7: 1_270_000_000)

  /// A place some metres east and north of the centre.
  private static func place(_ east: Double, _ north: Double) -> Coordinate {
    let perNorth = Earth.metersPerDegree / 1e7
    return Coordinate(
      latitudeE7: center.latitudeE7 + Int32(north / perNorth),
      longitudeE7: center.longitudeE7 + Int32(east / (perNorth * 0.7933)))
  }

  private static func outlines(of lines: [[Coordinate]], cellMeters: Double = 50) throws -> [OutlineGrid.Outline] {
    let box = BoundingBox(of: lines.flatMap { $0 })
    var grid = try #require(OutlineGrid(box, cellMeters: cellMeters, cellsMax: 1_000_000))
    for line in lines { grid.add(line, band: 0) }
    return grid.outlines(ofBand: 0)
  }

  @Test func aLineHasOneAreaAroundIt() throws {
    let outlines = try Self.outlines(of: [[Self.place(0, 0), Self.place(1_000, 0)]])
    #expect(outlines.count == 1 && outlines[0].holes.isEmpty)
    let area = try #require(Polygon(outlines[0].exterior))
    for east in stride(from: 0.0, through: 1_000, by: 50) { #expect(area.contains(Self.place(east, 0))) }
    #expect(!area.contains(Self.place(500, 120)) && !area.contains(Self.place(-120, 0)))
    // Two cells high at least, three at most.
    #expect((100_000...180_000).contains(outlines[0].squareMeters), "\(outlines[0].squareMeters)")
  }

  @Test func aRingHasAHole() throws {
    let ring = [(0.0, 0.0), (800, 0), (800, 800), (0, 800), (0, 0)].map { Self.place($0.0, $0.1) }
    let outlines = try Self.outlines(of: [ring])
    #expect(outlines.count == 1 && outlines[0].holes.count == 1)
    let area = try #require(Polygon(outlines[0].exterior, holes: outlines[0].holes))
    #expect(!area.contains(Self.place(400, 400)) && area.contains(Self.place(800, 400)))
    // What is too small for a hole is filled.
    let small = try Self.outlines(of: [
      [(0.0, 0.0), (120, 0), (120, 120), (0, 120), (0, 0)].map { Self.place($0.0, $0.1) }
    ])
    #expect(small.count == 1 && small[0].holes.isEmpty)
  }

  @Test func bandsLieInEachOther() throws {
    let (near, far) = ([Self.place(0, 0), Self.place(500, 0)], [Self.place(500, 0), Self.place(1_000, 0)])
    var grid = try #require(OutlineGrid(BoundingBox(of: near + far), cellMeters: 50, cellsMax: 10_000))
    grid.add(far, band: 1)
    grid.add(near, band: 0)
    let areas = (0...1).map { grid.outlines(ofBand: $0).reduce(0) { $0 + $1.squareMeters } }
    #expect(areas[0] > 0 && areas[1] > areas[0] * 1.7)
  }

  @Test func tooManyCellsAreNoGrid() {
    let box = BoundingBox(of: [Self.place(0, 0), Self.place(100_000, 100_000)])
    #expect(OutlineGrid(box, cellMeters: 10, cellsMax: 1_000_000) == nil)
    #expect(OutlineGrid(.empty, cellMeters: 10, cellsMax: 1_000_000) == nil)
  }

  /// Rings never touch each other or themselves, run as they should, and their area is what they hold.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func ringsNeverTouch(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = (0..<Int.random(in: 1...25, using: &random)).map { _ in
      let (east, north) = (Double.random(in: 0...1_500, using: &random), Double.random(in: 0...1_500, using: &random))
      return [
        Self.place(east, north),
        Self.place(
          east + .random(in: -300...300, using: &random), north + .random(in: -300...300, using: &random)),
      ]
    }
    let outlines = try Self.outlines(of: lines)
    let rings = outlines.flatMap { [$0.exterior] + $0.holes }
    // No two sides have a point in common but those that follow each other.
    let sides = rings.flatMap { ring in zip(ring, ring.dropFirst() + ring.prefix(1)).map { (start: $0, end: $1) } }
    for (number, side) in sides.enumerated() {
      for other in sides[..<number] where !Self.areApart(side, other) { Issue.record("seed \(seed): rings touch") }
    }
    for outline in outlines {
      #expect(Self.area(outline.exterior) > 0 && outline.holes.allSatisfy { Self.area($0) < 0 }, "seed \(seed)")
      let sum = ([outline.exterior] + outline.holes).reduce(0) { $0 + Self.area($1) }
      #expect(abs(sum - outline.squareMeters) < 0.01 * outline.squareMeters + 1, "seed \(seed)")
      #expect(outline.squareMeters > 0)
    }
    // Every line lies inside.
    let areas = outlines.compactMap { Polygon($0.exterior, holes: $0.holes) }
    for line in lines { #expect(areas.contains { $0.contains(line[0]) } && areas.contains { $0.contains(line[1]) }) }
  }

  private typealias Side = (start: Coordinate, end: Coordinate)

  /// True if two sides have no point in common, or just the one at which they follow each other.
  private static func areApart(_ side: Side, _ other: Side) -> Bool {
    func cross(_ a: Coordinate, _ b: Coordinate, _ c: Coordinate) -> Int {
      let (x, y) = (Int(b.longitudeE7 - a.longitudeE7), Int(b.latitudeE7 - a.latitudeE7))
      return x * Int(c.latitudeE7 - a.latitudeE7) - y * Int(c.longitudeE7 - a.longitudeE7)
    }
    if side.start == other.end || side.end == other.start { return side.start != other.start && side.end != other.end }
    if side.start == other.start || side.end == other.end { return false }
    let (first, second) = (cross(side.start, side.end, other.start), cross(side.start, side.end, other.end))
    let (third, fourth) = (cross(other.start, other.end, side.start), cross(other.start, other.end, side.end))
    return first.signum() * second.signum() > 0 || third.signum() * fourth.signum() > 0
      || (first == 0 && second == 0
        && !BoundingBox(of: [side.start, side.end]).intersects(BoundingBox(of: [other.start, other.end])))
  }

  /// In square metres; above 0 if it runs counterclockwise.
  private static func area(_ ring: [Coordinate]) -> Double {
    let plane = LocalPlane(around: center)
    let points = ring.map { plane.meters(of: $0) }
    return zip(points, points.dropFirst() + points.prefix(1)).reduce(0) { sum, side in
      sum + (side.0.east * side.1.north - side.1.east * side.0.north) / 2
    }
  }
}
