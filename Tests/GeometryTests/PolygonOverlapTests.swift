import Geometry
import Testing

/// Which areas have more than a border in common. Places are in units of 0.001 degrees.
@Suite struct PolygonOverlapTests {
  private static func place(_ x: Int, _ y: Int) -> Coordinate {
    Coordinate(latitudeE7: Int32(y * 10_000), longitudeE7: Int32(x * 10_000))
  }

  private static func area(_ corners: [(Int, Int)], holes: [[(Int, Int)]] = []) throws -> Polygon {
    try #require(Polygon(corners.map(place), holes: holes.map { $0.map(place) }))
  }

  private static func box(_ west: Int, _ south: Int, _ east: Int, _ north: Int) -> [(Int, Int)] {
    [(west, south), (east, south), (east, north), (west, north)]
  }

  /// In both orders, and both ways round.
  private static func overlap(_ one: Polygon, _ other: Polygon) -> Bool {
    let (found, back) = (one.overlap(with: other) {} != nil, other.overlap(with: one) {} != nil)
    #expect(found == back)
    return found
  }

  private typealias Corners = [(Int, Int)]
  private static let cases: [(one: Corners, other: Corners, isExpected: Bool)] = [
    // Apart; with a border, a part of a border, a corner in common.
    (box(0, 0, 4, 4), box(6, 0, 9, 4), false), (box(0, 0, 4, 4), box(4, 0, 8, 4), false),
    (box(0, 0, 4, 4), box(0, 4, 4, 8), false), (box(0, 0, 4, 4), box(4, 1, 8, 3), false),
    (box(0, 0, 4, 4), box(4, 2, 8, 9), false), (box(0, 0, 4, 4), box(4, 4, 8, 8), false),
    ([(0, 0), (4, 4), (0, 4)], [(0, 0), (4, 0), (4, 4)], false),
    ([(0, 0), (4, 4), (0, 4)], [(2, 2), (6, 0), (6, 6), (3, 3)], false),
    // Crossing, within, with a border in common from within, the same.
    (box(0, 0, 4, 4), box(3, 3, 8, 8), true), (box(0, 0, 9, 9), box(3, 3, 5, 5), true),
    (box(0, 3, 9, 5), box(3, 0, 5, 9), true), (box(0, 0, 9, 9), box(0, 3, 5, 5), true),
    (box(0, 0, 9, 9), box(0, 0, 9, 5), true), (box(0, 0, 4, 4), box(0, 0, 4, 4), true),
    ([(0, 0), (8, 8), (0, 8)], [(2, 2), (6, 6), (2, 6)], true),
    ([(0, 0), (8, 8), (0, 8)], [(1, 1), (3, 3), (9, 0)], false),
  ]

  @Test(arguments: cases.indices)
  func findsWhatIsInBoth(_ number: Int) throws {
    let (one, other, expected) = Self.cases[number]
    #expect(Self.overlap(try Self.area(one), try Self.area(other)) == expected)
    #expect(Self.overlap(try Self.area(one.reversed()), try Self.area(other)) == expected)
  }

  @Test func whatLiesInAHoleIsApart() throws {
    let ring = try Self.area(Self.box(0, 0, 9, 9), holes: [Self.box(3, 3, 6, 6)])
    #expect(!Self.overlap(ring, try Self.area(Self.box(3, 3, 6, 6))))
    #expect(!Self.overlap(ring, try Self.area(Self.box(4, 4, 5, 5))))
    #expect(Self.overlap(ring, try Self.area(Self.box(4, 4, 7, 5))))
    #expect(Self.overlap(ring, try Self.area(Self.box(2, 2, 7, 7))))
  }

  private struct Enough: Error {}

  /// The teeth of two combs, each between two of the other: work on one pair ends in the middle.
  @Test func workEndsInTheMiddle() throws {
    func comb(_ first: Int, back: Int, tip: Int) -> Corners {
      let teeth = (0..<200).flatMap { number -> Corners in
        let west = 8 * number + first
        return [(west, back), (west, tip), (west + 2, tip), (west + 2, back)]
      }
      let (east, spine) = (8 * 200 + first, 2 * back - tip)
      return teeth + [(east, back), (east, spine), (first, spine)]
    }
    let (one, other) = (try Self.area(comb(0, back: 0, tip: 90)), try Self.area(comb(4, back: 95, tip: 5)))
    var looks = 0
    _ = one.overlap(with: other) { looks += 1 }
    #expect(looks > 400)
    looks = 0
    #expect(throws: Enough.self) {
      try one.overlap(with: other) { () throws(Enough) in
        looks += 1
        if looks == 10 { throw Enough() }
      }
    }
    #expect(looks == 10)
  }

  /// Areas that span the 180th meridian overlap whichever corner is first, and those beside it on either side.
  @Test func areasMeetAtTheMeridian() throws {
    func area(_ degrees: [Double]) throws -> Polygon {
      let corners = zip(degrees, [0.0, 0, 1, 1]).map { Coordinate(latitude: $1, longitude: $0) }
      return try #require(Polygon(corners.compactMap(\.self)))
    }
    let east = try area([179.5, -179.5, -179.5, 179.5])
    let west = try area([-179.5, 179.5, 179.5, -179.5])
    #expect(Self.overlap(east, west))
    for (beyond, isExpected) in [(-179.9, true), (-179.5, false)] {
      let other = try area([beyond, -179, -179, beyond])
      #expect(Self.overlap(east, other) == isExpected)
      let mirrored = try area([179, -beyond, -beyond, 179])
      #expect(Self.overlap(west, mirrored) == isExpected)
    }
  }

  @Test func theTellingPlaceLiesInBoth() throws {
    let (one, other) = (try Self.area(Self.box(0, 0, 9, 9)), try Self.area(Self.box(3, 3, 5, 5)))
    let place = try #require(one.overlap(with: other) {})
    #expect(one.contains(place))
    let crossing = try #require(
      Self.area([(0, 0), (9, 9), (0, 9)]).overlap(with: Self.area([(0, 6), (9, 6), (9, 7), (0, 7)])) {})
    #expect(BoundingBox(of: [Self.place(0, 6), Self.place(7, 7)]).contains(crossing), "\(crossing)")
  }

  /// Outlines along the lines of a grid, which cross themselves; no two of one outline's sides share a line, those of
  /// two outlines often do. What is in both is found cell by cell.
  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func asCellByCell(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func outline() -> [(Int, Int)] {
      let count = Int.random(in: 2...4, using: &random)
      let (xs, ys) = (Array((0..<8).shuffled(using: &random)), Array((0..<8).shuffled(using: &random)))
      return (0..<count).flatMap { [(xs[$0], ys[$0]), (xs[($0 + 1) % count], ys[$0])] }
    }
    let (first, second) = (outline(), outline())
    let (one, other) = (try Self.area(first), try Self.area(second))
    let cells = (0..<8).flatMap { x in (0..<8).map { y in (x, y) } }
    let inBoth = cells.contains { x, y in
      let middle = Coordinate(latitudeE7: Int32(y * 10_000 + 5_000), longitudeE7: Int32(x * 10_000 + 5_000))
      return one.contains(middle) && other.contains(middle)
    }
    #expect(Self.overlap(one, other) == inBoth, "seed \(seed): \(first) \(second)")
  }
}
