import Geometry
import Testing

/// Areas, and what lies in them. Places are in units of 0.001 degrees.
@Suite struct PolygonTests {
  private static func place(_ x: Int, _ y: Int) -> Coordinate {
    Coordinate(latitudeE7: Int32(y * 10_000), longitudeE7: Int32(x * 10_000))
  }

  private static func square(_ low: Int, _ high: Int) -> [Coordinate] {
    [place(low, low), place(high, low), place(high, high), place(low, high)]
  }

  /// A square of 10 with a hole from 3 to 7 in it.
  private func area() throws -> Polygon {
    try #require(Polygon(Self.square(0, 10), holes: [Self.square(3, 7), [Self.place(1, 1), Self.place(2, 2)]]))
  }

  @Test func holeIsOutside() throws {
    let area = try area()
    for (x, y) in [(1, 1), (2, 5), (8, 5), (5, 8), (9, 9)] { #expect(area.contains(Self.place(x, y))) }
    for (x, y) in [(4, 4), (5, 5), (6, 4), (11, 5), (-1, 5)] { #expect(!area.contains(Self.place(x, y))) }
  }

  @Test func lineInAHoleLiesOutside() throws {
    let area = try area()
    #expect(area.parts(ofLineFrom: Self.place(4, 4), to: Self.place(6, 6)).isEmpty)
    #expect(area.parts(ofLineFrom: Self.place(-5, 5), to: Self.place(15, 5)) == [0.25...0.4, 0.6...0.75])
    #expect(area.parts(ofLineFrom: Self.place(5, 4), to: Self.place(9, 4)) == [0.5...1])
    #expect(area.parts(ofLineFrom: Self.place(11, 0), to: Self.place(11, 10)).isEmpty)
  }

  @Test func islandInAHoleIsInside() throws {
    let area = try #require(Polygon(Self.square(0, 10), holes: [Self.square(2, 8), Self.square(4, 6)]))
    #expect(area.contains(Self.place(5, 5)) && !area.contains(Self.place(7, 7)))
    #expect(area.parts(ofLineFrom: Self.place(3, 7), to: Self.place(7, 7)).isEmpty)
  }

  @Test func twoCornersAreNoArea() { #expect(Polygon([Self.place(0, 0), Self.place(1, 1)]) == nil) }
}
