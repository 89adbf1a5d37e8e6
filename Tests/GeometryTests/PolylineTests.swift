import Geometry
import TestSupport
import Testing

@Suite struct PolylineTests {
  /// The example of Google's description of the format, read with six digits instead of five.
  @Test func knowsTheExampleOfTheFormat() throws {
    let line = try #require(Polyline.decode("_p~iF~ps|U_ulLnnqC_mqNvxq`@"))
    #expect(
      line == [
        Coordinate(latitudeE7: 38_500_000, longitudeE7: -120_200_000),
        Coordinate(latitudeE7: 40_700_000, longitudeE7: -120_950_000),
        Coordinate(latitudeE7: 43_252_000, longitudeE7: -126_453_000),
      ])
    #expect(Polyline.encode(line) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@")
  }

  /// The same text, with the five digits that it was made for.
  @Test func knowsTheExampleWithFiveDigits() throws {
    let line = try #require(Polyline.decode("_p~iF~ps|U_ulLnnqC_mqNvxq`@", .fiveDigits))
    #expect(
      line == [
        Coordinate(latitudeE7: 385_000_000, longitudeE7: -1_202_000_000),
        Coordinate(latitudeE7: 407_000_000, longitudeE7: -1_209_500_000),
        Coordinate(latitudeE7: 432_520_000, longitudeE7: -1_264_530_000),
      ])
    #expect(String(decoding: Polyline.bytes(of: line, .fiveDigits), as: UTF8.self) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@")
  }

  @Test func nothingIsAnEmptyText() {
    #expect(Polyline.encode([Coordinate]()) == "")
    #expect(Polyline.decode("") == [])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func linesComeBackToAMillionthOfADegree(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let line = (0..<200).map { _ in
      Coordinate(
        latitudeE7: Int32.random(in: -900_000_000...900_000_000, using: &random),
        longitudeE7: Int32.random(in: -1_800_000_000...1_800_000_000, using: &random))
    }
    let again = try #require(Polyline.decode(Polyline.encode(line)))
    #expect(again.count == line.count)
    for (point, read) in zip(line, again) {
      #expect(abs(Int(point.latitudeE7) - Int(read.latitudeE7)) <= 5, "seed \(seed)")
      #expect(abs(Int(point.longitudeE7) - Int(read.longitudeE7)) <= 5, "seed \(seed)")
    }
    #expect(Polyline.encode(again) == Polyline.encode(line), "seed \(seed)")
  }

  /// Points that no importer makes, but a crafted map file may hold.
  @Test func wildPointsAreWritten() {
    let wild = [
      Coordinate(latitudeE7: .min, longitudeE7: .max), Coordinate(latitudeE7: .max, longitudeE7: .min),
    ]
    #expect(!Polyline.encode(wild).isEmpty)
  }

  @Test(arguments: [
    "_", "_p~iF", "_p~iF~ps|", "_p~iF~ps|U_", " ", "é", "\u{0}", "~~~~~~~~~~~~", "_mqNvxq`@~~~~~~~~~~~~~~~~",
    // A latitude of 91 degrees.
    "_keqlD?",
  ])
  func whatIsNoPolylineIsRefused(_ text: String) {
    #expect(Polyline.decode(text) == nil)
  }
}
