import Geometry
import TestSupport
import Testing

/// What of a straight line lies in a circle or in a polygon, compared with points along the line.
@Suite struct LinePartTests {
  private static let seoul = Coordinate(latitudeE7: 375_665_000, longitudeE7: 1_269_780_000)
  private static let samples = 400

  private static func near(_ random: inout SeededGenerator) -> Coordinate {
    Coordinate(
      latitudeE7: seoul.latitudeE7 + .random(in: -10_000...10_000, using: &random),
      longitudeE7: seoul.longitudeE7 + .random(in: -10_000...10_000, using: &random))
  }

  /// Points so near to an end of a part that rounding decides don't count.
  private static func compare(
    _ parts: [ClosedRange<Double>], _ question: String, isInside: (Double) -> Bool
  ) {
    for sample in 0...samples {
      let fraction = Double(sample) / Double(samples)
      let isAtEnd = parts.contains { min(abs($0.lowerBound - fraction), abs($0.upperBound - fraction)) < 1e-4 }
      if isAtEnd { continue }
      #expect(parts.contains { $0.contains(fraction) } == isInside(fraction), "\(question) at \(fraction)")
    }
  }

  @Test(arguments: 0..<200)
  func ofALineInACircle(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let plane = LocalPlane(around: Self.seoul)
    let (start, end) = (Self.near(&random), Self.near(&random))
    let radiusMeters = Double.random(in: 1...120, using: &random)
    let part = plane.part(ofLineFrom: start, to: end, within: radiusMeters)
    let ((x0, y0), (x1, y1)) = (plane.meters(of: start), plane.meters(of: end))
    Self.compare([part].compactMap(\.self), "seed \(seed)") { fraction in
      let (x, y) = (x0 + fraction * (x1 - x0), y0 + fraction * (y1 - y0))
      return (x * x + y * y).squareRoot() <= radiusMeters
    }
    let nearest = plane.nearestPoint(onLineFrom: start, to: end).distanceMeters
    #expect((part != nil) == (nearest <= radiusMeters), "seed \(seed)")
  }

  @Test func circlesKnowTheirEnds() throws {
    let plane = LocalPlane(around: Coordinate(latitudeE7: 0, longitudeE7: 0))
    let (west, east) = (Coordinate(latitudeE7: 0, longitudeE7: -10_000), Coordinate(latitudeE7: 0, longitudeE7: 10_000))
    let part = try #require(plane.part(ofLineFrom: west, to: east, within: Earth.metersPerDegree * 0.0005))
    #expect(abs(part.lowerBound - 0.25) < 1e-9 && abs(part.upperBound - 0.75) < 1e-9)
    #expect(plane.part(ofLineFrom: plane.origin, to: plane.origin, within: 1) == 0...1)
    #expect(plane.part(ofLineFrom: east, to: east, within: 1) == nil)
    #expect(plane.part(ofLineFrom: west, to: east, within: 1_000) == 0...1)
  }

  /// Also of outlines that cross themselves.
  @Test(arguments: 0..<200)
  func ofALineInAPolygon(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 1_000)
    let corners = (0..<Int.random(in: 3...8, using: &random)).map { _ in Self.near(&random) }
    let area = try #require(Polygon(corners))
    let (start, end) = (Self.near(&random), Self.near(&random))
    let parts = area.parts(ofLineFrom: start, to: end)
    for (part, next) in zip(parts, parts.dropFirst()) { #expect(part.upperBound < next.lowerBound, "seed \(seed)") }
    Self.compare(parts, "seed \(seed)") { fraction in
      // A sample is rounded to a centimetre: one that is so near to the outline says nothing.
      let sample = start.interpolated(to: end, fraction: fraction)
      let isInside = area.contains(sample)
      let isAmbiguous = [(-2, 0), (2, 0), (0, -2), (0, 2)].contains { (north: Int32, east: Int32) in
        area.contains(Coordinate(latitudeE7: sample.latitudeE7 + north, longitudeE7: sample.longitudeE7 + east))
          != isInside
      }
      return isAmbiguous ? parts.contains { $0.contains(fraction) } : isInside
    }
  }

  @Test func polygonsKnowTheirEnds() throws {
    func place(_ x: Int32, _ y: Int32) -> Coordinate { Coordinate(latitudeE7: y, longitudeE7: x) }
    // An L: a line along its foot's height crosses its two arms once each.
    let area = try #require(
      Polygon([
        place(0, 0), place(4_000, 0), place(4_000, 4_000), place(3_000, 4_000), place(3_000, 1_000),
        place(1_000, 1_000), place(1_000, 4_000), place(0, 4_000),
      ]))
    let parts = area.parts(ofLineFrom: place(-1_000, 2_000), to: place(5_000, 2_000))
    let ends = parts.flatMap { [$0.lowerBound, $0.upperBound] }.map { ($0 * 6).rounded() }
    #expect(ends == [1, 2, 4, 5])
    #expect(area.parts(ofLineFrom: place(0, 6_000), to: place(4_000, 6_000)).isEmpty)
    #expect(area.parts(ofLineFrom: place(500, 500), to: place(3_500, 500)) == [0...1])
  }
}
