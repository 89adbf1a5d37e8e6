import Geometry
import Testing

/// What a camera sees of a straight line.
@Suite struct ViewSectorTests {
  private static let place = Coordinate(latitudeE7: 375_000_000, longitudeE7: 1_270_000_000)

  private static func at(_ east: Double, _ north: Double) -> Coordinate {
    place.moved(east, headingDegrees: 90).moved(north, headingDegrees: 0)
  }

  private static func sees(_ heading: Double, _ degrees: Double, _ range: Double, _ point: Coordinate) -> Bool {
    let meters = place.distanceMeters(to: point)
    return meters <= range
      && (meters == 0 || Heading.angleDegrees(place.bearingDegrees(to: point), heading) <= degrees / 2)
  }

  @Test func aLineIsCutByEdgesAndRange() throws {
    let sector = ViewSector(at: Self.place, headingDegrees: 90, degrees: 90, rangeMeters: 100)
    // 30 m ahead of the camera, from right to left: seen between -30 and 30.
    let across = try #require(sector.parts(ofLineFrom: Self.at(30, -60), to: Self.at(30, 60)).first)
    #expect(abs(across.lowerBound - 0.25) < 1e-4 && abs(across.upperBound - 0.75) < 1e-4)
    // Away from it: the range ends it.
    let away = try #require(sector.parts(ofLineFrom: Self.at(0, 0), to: Self.at(200, 0)).first)
    #expect(away.lowerBound == 0 && abs(away.upperBound - 0.5) < 1e-4)
    #expect(sector.parts(ofLineFrom: Self.at(-10, -50), to: Self.at(-10, 50)).isEmpty)
  }

  @Test func whatIsBehindAWideViewIsTheOnlyPartThatIsHidden() {
    let sector = ViewSector(at: Self.place, headingDegrees: 0, degrees: 270, rangeMeters: 1_000)
    // 10 m south of it, the hidden wedge is 20 m wide.
    let parts = sector.parts(ofLineFrom: Self.at(-40, -10), to: Self.at(40, -10))
    #expect(parts.count == 2)
    #expect(abs((parts.first?.upperBound ?? 0) - 0.375) < 1e-3 && abs((parts.last?.lowerBound ?? 0) - 0.625) < 1e-3)
    let all = ViewSector(at: Self.place, headingDegrees: 0, degrees: 360, rangeMeters: 1_000)
    #expect(all.parts(ofLineFrom: Self.at(-40, -10), to: Self.at(40, -10)) == [0...1])
  }

  /// As looking at many points of many lines.
  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func partsAreWhatIsSeen(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func meters() -> Double { .random(in: -150...150, using: &random) }
    for _ in 0..<40 {
      let (heading, degrees) = (Double.random(in: 0..<360, using: &random), Double.random(in: 1...360, using: &random))
      let range = Double.random(in: 5...200, using: &random)
      let sector = ViewSector(at: Self.place, headingDegrees: heading, degrees: degrees, rangeMeters: range)
      let (start, end) = (Self.at(meters(), meters()), Self.at(meters(), meters()))
      let parts = sector.parts(ofLineFrom: start, to: end)
      for step in 0...200 {
        let share = Double(step) / 200
        let point = start.interpolated(to: end, fraction: share)
        // Coordinates are good to a centimetre: near the camera that is an angle.
        if Self.place.distanceMeters(to: point) < 3 { continue }
        // What lies on an edge may be either.
        let (inside, outside) = (
          Self.sees(heading, degrees - 0.5, range - 0.2, point), !Self.sees(heading, degrees + 0.5, range + 0.2, point)
        )
        let isSeen = parts.contains { $0.contains(share) }
        #expect(isSeen ? !outside : !inside, "seed \(seed): \(heading) \(degrees) \(range) \(share) of \(start) \(end)")
      }
      if !parts.isEmpty { #expect(sector.boundingBox.intersects(BoundingBox(of: [start, end]))) }
    }
  }
}
