import Foundation
import Geometry
import TestSupport
import Testing

@Suite struct CoordinateTests {
  @Test func takesDegreesToTheCentimetre() throws {
    let coordinate = try #require(Coordinate(latitude: 37.56654, longitude: -126.9780001))
    #expect(coordinate.latitudeE7 == 375_665_400)
    #expect(coordinate.longitudeE7 == -1_269_780_001)
    #expect(coordinate.latitude == 37.56654)
  }

  @Test(arguments: [(90.0, 180.0), (-90, -180), (0, 0)])
  func takesTheWholeEarth(_ latitude: Double, _ longitude: Double) throws {
    let coordinate = try #require(Coordinate(latitude: latitude, longitude: longitude))
    #expect(coordinate.latitude == latitude)
    #expect(coordinate.longitude == longitude)
  }

  @Test(arguments: [
    (90.0000001, 0.0), (0, 180.0000001), (-91, 0), (0, -181), (.nan, 0), (0, .nan), (.infinity, 0), (0, -.infinity),
  ])
  func refusesWhatIsNotOnEarth(_ latitude: Double, _ longitude: Double) {
    #expect(Coordinate(latitude: latitude, longitude: longitude) == nil)
  }

  /// Seoul to Busan and Quito to Nairobi, with the haversine formula computed elsewhere.
  @Test func knowsGreatCircles() throws {
    let seoul = try #require(Coordinate(latitude: 37.5665, longitude: 126.9780))
    let busan = try #require(Coordinate(latitude: 35.1796, longitude: 129.0756))
    #expect(abs(seoul.distanceMeters(to: busan) - 325_112) < 200)
    let west = Coordinate(latitudeE7: 0, longitudeE7: -1_799_999_000)
    let east = Coordinate(latitudeE7: 0, longitudeE7: 1_799_999_000)
    #expect(abs(west.distanceMeters(to: east) - 22.24) < 0.01)
    #expect(seoul.distanceMeters(to: seoul) == 0)
    let degree = Coordinate(latitudeE7: 10_000_000, longitudeE7: 0)
    #expect(abs(Coordinate(latitudeE7: 0, longitudeE7: 0).distanceMeters(to: degree) - Earth.metersPerDegree) < 0.001)
  }

  @Test(arguments: [(1, 0, 0.0), (1, 1, 45), (0, 1, 90), (-1, 0, 180), (0, -1, 270), (1, -1, 315), (0, 0, 0)])
  func knowsBearings(_ north: Int32, _ east: Int32, _ degrees: Double) {
    let start = Coordinate(latitudeE7: 0, longitudeE7: 1_000_000_000)
    let end = Coordinate(latitudeE7: north * 1_000, longitudeE7: 1_000_000_000 + east * 1_000)
    #expect(abs(start.bearingDegrees(to: end) - degrees) < 0.01)
  }

  @Test func bearingsCrossTheDateLine() {
    let west = Coordinate(latitudeE7: 0, longitudeE7: 1_799_999_000)
    let east = Coordinate(latitudeE7: 0, longitudeE7: -1_799_999_000)
    #expect(abs(west.bearingDegrees(to: east) - 90) < 0.01)
  }

  @Test func isCodedInDegrees() throws {
    let coordinate = Coordinate(latitudeE7: 375_000_000, longitudeE7: -1_270_000_001)
    let json = try JSONEncoder().encode(coordinate)
    #expect(try JSONDecoder().decode(Coordinate.self, from: json) == coordinate)
    let text = try #require(String(data: json, encoding: .utf8))
    #expect(text.contains("\"lat\":37.5"))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Coordinate.self, from: Data(#"{"lat":91,"lon":0}"#.utf8))
    }
  }
}

@Suite struct LocalPlaneTests {
  private static let seoul = Coordinate(latitudeE7: 375_665_000, longitudeE7: 1_269_780_000)

  /// Within ten kilometres the plane agrees with the sphere to a thousandth.
  @Test func agreesWithTheSphere() {
    var random = SeededGenerator(seed: 1)
    let plane = LocalPlane(around: Self.seoul)
    for _ in 0..<1_000 {
      let other = Self.near(Self.seoul, within: 500_000, &random)
      let (east, north) = plane.meters(of: other)
      let sphere = Self.seoul.distanceMeters(to: other)
      #expect(abs((east * east + north * north).squareRoot() - sphere) <= sphere * 0.001 + 0.01, "\(other)")
    }
  }

  @Test func projectsOntoLines() {
    let plane = LocalPlane(around: Coordinate(latitudeE7: 0, longitudeE7: 0))
    let start = Coordinate(latitudeE7: 1_000, longitudeE7: -1_000)
    let end = Coordinate(latitudeE7: 1_000, longitudeE7: 3_000)
    let projection = plane.nearestPoint(onLineFrom: start, to: end)
    #expect(abs(projection.fraction - 0.25) < 1e-9)
    #expect(abs(projection.distanceMeters - 11.12) < 0.01)
    #expect(!projection.isLeftOfLine)
    #expect(plane.nearestPoint(onLineFrom: end, to: start).isLeftOfLine)
  }

  @Test func projectsBeyondTheEndsOntoThem() {
    let plane = LocalPlane(around: Coordinate(latitudeE7: 0, longitudeE7: 0))
    let (near, far) = (
      Coordinate(latitudeE7: 0, longitudeE7: 1_000), Coordinate(latitudeE7: 0, longitudeE7: 9_000)
    )
    #expect(plane.nearestPoint(onLineFrom: near, to: far).fraction == 0)
    #expect(plane.nearestPoint(onLineFrom: far, to: near).fraction == 1)
    let point = plane.nearestPoint(onLineFrom: near, to: near)
    #expect(point.fraction == 0)
    #expect(abs(point.distanceMeters - 11.12) < 0.01)
  }

  /// No other point of the line is nearer than the projection.
  @Test func projectionIsTheNearestPoint() {
    var random = SeededGenerator(seed: 2)
    let plane = LocalPlane(around: Self.seoul)
    for _ in 0..<500 {
      let (start, end) = (Self.near(Self.seoul, within: 9_000, &random), Self.near(Self.seoul, within: 9_000, &random))
      let projection = plane.nearestPoint(onLineFrom: start, to: end)
      #expect((0...1).contains(projection.fraction))
      let ((x0, y0), (x1, y1)) = (plane.meters(of: start), plane.meters(of: end))
      for step in 0...100 {
        let share = Double(step) / 100
        let (x, y) = (x0 + share * (x1 - x0), y0 + share * (y1 - y0))
        #expect((x * x + y * y).squareRoot() >= projection.distanceMeters - 1e-9)
      }
    }
  }

  static func near(_ place: Coordinate, within: Int32, _ random: inout SeededGenerator) -> Coordinate {
    Coordinate(
      latitudeE7: place.latitudeE7 + .random(in: -within...within, using: &random),
      longitudeE7: place.longitudeE7 + .random(in: -within...within, using: &random))
  }
}

@Suite struct MiddleTests {
  private func middle(_ places: (Double, Double)...) throws -> Coordinate? {
    Coordinate.middle(of: try places.map { try #require(Coordinate(latitude: $0.0, longitude: $0.1)) })
  }

  @Test func liesBetween() throws {
    #expect(try middle() == nil)
    #expect(try middle((1, 2)) == Coordinate(latitude: 1, longitude: 2))
    #expect(try middle((-10, 20), (20, 40)) == Coordinate(latitude: 5, longitude: 30))
    #expect(try middle((0, -180), (0, -180)) == Coordinate(latitude: 0, longitude: -180))
  }

  /// The short way around: not on the other side of the earth.
  @Test func liesAcrossTheAntimeridian() throws {
    #expect(try middle((0, 179), (0, -179), (0, -180))?.longitude == 180)
    #expect(try middle((0, -179), (0, 178))?.longitude == 179.5)
  }
}
