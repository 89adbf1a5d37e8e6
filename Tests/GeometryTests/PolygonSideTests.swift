import Geometry
import TestSupport
import Testing

/// Areas with many corners: the same answers as those of a look at all sides, and much sooner.
@Suite struct PolygonSideTests {
  /// The even-odd rule over all sides, with whole numbers: a place on a side lies a little to the east of it.
  private static func contains(_ outlines: [[Coordinate]], _ place: Coordinate) -> Bool {
    let (x, y) = (Int(place.longitudeE7), Int(place.latitudeE7))
    return outlines.reduce(false) { inside, outline in
      zip(outline, outline.dropFirst() + outline.prefix(1)).reduce(inside) { inside, side in
        let (x0, y0) = (Int(side.0.longitudeE7), Int(side.0.latitudeE7))
        let (x1, y1) = (Int(side.1.longitudeE7), Int(side.1.latitudeE7))
        guard (y0 > y) != (y1 > y) else { return inside }
        let offset = (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
        return (y1 > y0 ? offset > 0 : offset < 0) ? !inside : inside
      }
    }
  }

  private static func place(within size: Int32, _ random: inout SeededGenerator) -> Coordinate {
    Coordinate(
      latitudeE7: 375_000_000 + .random(in: -size...size, using: &random),
      longitudeE7: 1_270_000_000 + .random(in: -size...size, using: &random))
  }

  /// From some corners to many, on a grid that is so small that sides touch, or large; they cross each other.
  @Test(arguments: 0..<60) func everySideCounts(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let size: Int32 = [4, 30, 100_000][seed % 3]
    let outlines = (0...seed % 2).map { _ in
      (0..<[3, 12, 40, 300][seed % 4]).map { _ in Self.place(within: size, &random) }
    }
    let area = try #require(Polygon(outlines[0], holes: Array(outlines.dropFirst())))
    for _ in 0..<400 {
      let place = Self.place(within: size + size / 10 + 1, &random)
      #expect(area.contains(place) == Self.contains(outlines, place), "seed \(seed), \(place)")
    }
  }

  /// What lies inside of a line is what lies inside of its parts.
  @Test(arguments: 0..<20) func partsAreThoseOfAllSides(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let outline = (0..<200).map { _ in Self.place(within: 100_000, &random) }
    let area = try #require(Polygon(outline))
    for _ in 0..<40 {
      let (start, end) = (Self.place(within: 120_000, &random), Self.place(within: 120_000, &random))
      let parts = area.parts(ofLineFrom: start, to: end)
      for step in 0..<50 {
        let fraction = (Double(step) + 0.5) / 50
        // Next to an end of a part a rounded place may lie on either side.
        let isAtEnd = parts.contains { abs($0.lowerBound - fraction) < 1e-4 || abs($0.upperBound - fraction) < 1e-4 }
        if isAtEnd { continue }
        let isInside = Self.contains([outline], start.interpolated(to: end, fraction: fraction))
        #expect(parts.contains { $0.contains(fraction) } == isInside, "seed \(seed), \(fraction)")
      }
    }
  }

  /// Spikes from the south to the north: each reaches across the whole area.
  @Test func manyCornersAreNoMatter() throws {
    let spikes = (0..<5_000).flatMap { number in
      [0, 900_000].map { Coordinate(latitudeE7: 375_000_000 + $0, longitudeE7: 1_270_000_000 + Int32(number) * 180) }
    }
    let area = try #require(Polygon(spikes))
    var random = SeededGenerator(seed: 1)
    let start = ContinuousClock.now
    var insideCount = 0
    for _ in 0..<2_000 where area.contains(Self.place(within: 450_000, &random)) { insideCount += 1 }
    #expect(insideCount > 0)
    // A look at all sides takes a hundred times as long.
    #expect(ContinuousClock.now - start < .seconds(4))
  }
}
