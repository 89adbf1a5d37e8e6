import Geometry
import TestSupport
import Testing

@Suite struct HeadingTests {
  @Test(arguments: [(0.0, 0.0), (359.5, 359.5), (360, 0), (725, 5), (-1, 359), (-360, 0), (-725, 355)])
  func wraps(_ degrees: Double, _ wrapped: Double) {
    #expect(Heading.wrapped(degrees) == wrapped)
  }

  @Test(arguments: [(0.0, 0.0, 0.0), (10, 350, 20), (350, 10, 20), (0, 180, 180), (270, 450, 180), (90, 450, 0)])
  func knowsTheAngleBetween(_ one: Double, _ other: Double, _ degrees: Double) {
    #expect(Heading.angleDegrees(one, other) == degrees)
  }

  @Test(arguments: [
    (0.0, 0), (90, 90), (-90, -90), (270, -90), (-270, 90), (179.4, 179), (-179.4, -179), (179.6, 180), (180, -180),
    (-180, -180), (0.4, 0), (-0.4, 0), (-300, 60),
  ])
  func turnsToTheRightArePositive(_ difference: Double, _ degrees: Int) {
    #expect(Heading.turnDegrees(difference) == degrees)
  }

  /// Metres east and north of a place on the equator.
  private func line(_ places: (Double, Double)...) -> [Coordinate] {
    places.map { Coordinate(latitudeE7: Int32($0.1 * 89.932), longitudeE7: Int32($0.0 * 89.932)) }
  }

  @Test func aKinkAtTheStartDoesNotMislead() {
    #expect(abs(Heading.leaving(line((0, 0), (3, 0), (3, 100))) - 18.4) < 0.1)
    #expect(abs(Heading.leaving(line((0, 0), (20, 0), (20, 100))) - 90) < 0.1)
    #expect(abs(Heading.leaving(line((0, 0), (-5, 0))) - 270) < 0.1)
    #expect(abs(Heading.signedLeaving(line((0, 0), (-5, 0))) + 90) < 0.1)
    #expect(Heading.leaving(line((0, 0), (0, 0))) == 0)
    #expect(Heading.leaving([Coordinate]()) == 0)
  }

  @Test func aLineArrivesTheWayItEnds() {
    #expect(abs(Heading.arriving(line((0, 0), (0, 100), (30, 100))) - 90) < 0.1)
    #expect(abs(Heading.arriving(line((0, 0), (0, -100))) - 180) < 0.1)
  }

  /// The first numbers after the state 0, as the authors of SplitMix64 publish them.
  @Test func seedsGiveTheSameNumbersForEver() {
    var random = SplitMix64(seed: 0)
    #expect([random.next(), random.next()] == [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4])
  }
}
