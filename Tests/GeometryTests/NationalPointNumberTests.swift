import API
import Geometry
import TestSupport
import Testing

/// Korea's grid of 10 m, compared with numbers that PROJ and the ministry's own example have.
@Suite struct NationalPointNumberTests {
  @Test(arguments: [
    (37.5666103, 126.9783882, "다사 5393 5204"), (37.551170, 126.988228, "다사 5479 5032"),
    (35.87139, 128.60139, "라마 9942 6442"), (35.33699, 127.73056, "라마 2095 0462"),
  ])
  func placesHaveTheirNumbers(latitude: Double, longitude: Double, text: String) throws {
    let place = try #require(Coordinate(latitude: latitude, longitude: longitude))
    #expect(NationalPointNumber(place)?.description == text)
  }

  @Test func numbersLeadToTheMiddleOfTheirSquare() throws {
    let middle = try #require(NationalPointNumber(text: "다사 5381 5262")?.middle)
    let wanted = try #require(Coordinate(latitude: 37.5718398, longitude: 126.9769870))
    #expect(middle.distanceMeters(to: wanted) < 0.02)
    for text in ["다사53815262", "다사 5381-5262", " 다 사 5381 5262", "다사 5381 5262".decomposed] {
      #expect(NationalPointNumber(text: text)?.middle == middle, "\(text)")
    }
  }

  @Test func roundTrips() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<10_000 {
      let place = try #require(
        Coordinate(
          latitude: .random(in: 33...38.6, using: &random), longitude: .random(in: 124.6...131.9, using: &random)))
      let number = try #require(NationalPointNumber(place))
      let middle = try #require(number.middle)
      #expect(middle.distanceMeters(to: place) < 7.1, "\(place)")
      #expect(NationalPointNumber(middle) == number && NationalPointNumber(text: number.description) == number)
    }
  }

  @Test func elsewhereThereIsNone() throws {
    for (latitude, longitude) in [(45.46, 9.19), (21.03, 105.85), (0, 0), (90, 0), (-37.5, 127), (37.5, -53)] {
      let place = try #require(Coordinate(latitude: latitude, longitude: longitude))
      #expect(NationalPointNumber(place) == nil, "\(place)")
    }
    for text in ["", "다사", "다사 5381 526", "다사 5381 52620", "다자 5381 5262", "AB 5381 5262", "다사 5381 526x"] {
      #expect(NationalPointNumber(text: text) == nil, "\(text)")
    }
  }

  @Test func compassPointsAreTheNearestOnes() {
    let points = [0, 22.4, 22.6, 90, 200, 337.6, 359.9, -90].map { CompassPoint(degrees: $0).rawValue }
    #expect(points == ["N", "N", "NE", "E", "S", "N", "N", "W"])
  }
}
