import API
import Engine
import Foundation
import Geometry
import TestSupport
import Testing

/// The ways of vehicles that were seen at some places.
@Suite struct TraceStories {
  private static let start = Date(timeIntervalSince1970: 1_700_000_000)

  /// Points along a line through places, each some metres from the one before and beside the line by turns.
  private func trace(
    _ line: [Coordinate], every meters: Double, off: Double = 0, seconds: Double? = 2
  ) -> [TracePoint] {
    var points: [TracePoint] = []
    for (from, to) in zip(line, line.dropFirst()) {
      let length = from.distanceMeters(to: to)
      for along in stride(from: 0, to: length, by: meters) {
        let side = points.count.isMultiple(of: 2) ? 90.0 : -90
        let place = from.interpolated(to: to, fraction: along / length)
          .moved(off, headingDegrees: from.bearingDegrees(to: to) + side)
        points.append(TracePoint(place, at: seconds.map { Self.start + Double(points.count) * $0 }))
      }
    }
    return points
  }

  private func answer(_ town: Town, _ points: [TracePoint], splitsAtGaps: Bool = true) throws -> MatchAnswer {
    var request = MatchRequest(points: points, profile: "plain")
    request.detail = [.shape, .steps, .ways]
    request.splitsAtGaps = splitsAtGaps
    return try town.testEngine().engine.match(request)
  }

  private static func town() throws -> Town {
    try Town(
      """
      A-1-B---C
          |   |
      D---E---F
          |   |
      G---H-2-I
      """)
  }

  private func line(_ town: Town, _ letters: String) -> [Coordinate] { letters.map { town.map.coordinate($0) } }

  @Test(arguments: ["1BCFI2", "1BEF", "2HEB1", "DEFC"])
  func aTraceIsTheWayThatWasDriven(_ way: String) throws {
    let town = try Self.town()
    let points = trace(line(town, way), every: 35, off: 4)
    let found = try answer(town, points)
    #expect(found.matchings.count == 1)
    let matching = try #require(found.matchings.first)
    let junctions = way.filter(\.isLetter)
    let letters = town.letters(of: matching.route.shape)
    #expect(junctions.hasPrefix(letters) || junctions.contains(letters), "\(letters)")
    #expect(matching.confidence > 0.8 && matching.confidence <= 1)
    #expect(found.points.count == points.count && !found.points.contains(nil))
    #expect(matching.route.legs.count == points.count - 1)
    for (number, point) in found.points.enumerated() {
      #expect(point?.number == number && point?.matching == 0)
      #expect((point?.place.distanceMeters ?? 99) < 4.5)
    }
    let straight = zip(points, points.dropFirst()).reduce(0) {
      $0 + $1.0.coordinate.distanceMeters(to: $1.1.coordinate)
    }
    #expect(abs(matching.route.lengthMeters - straight) < 0.15 * straight)
  }

  /// Without times the way is the same.
  @Test func timesAreNoMatter() throws {
    let town = try Self.town()
    let (timed, plain) = (
      trace(line(town, "1BCFI2"), every: 50, off: 3), trace(line(town, "1BCFI2"), every: 50, off: 3, seconds: nil)
    )
    #expect(try answer(town, timed).matchings.map(\.route) == answer(town, plain).matchings.map(\.route))
  }

  @Test func silenceBeginsAnotherWay() throws {
    let town = try Self.town()
    var points = trace(line(town, "1BCF"), every: 40)
    for index in 8..<points.count { points[index].at = points[index].at.map { $0 + 120 } }
    let split = try answer(town, points)
    #expect(split.matchings.count == 2)
    #expect(split.points.map { $0?.matching } == points.indices.map { $0 < 8 ? 0 : 1 })
    #expect(split.points[8]?.number == 0)
    #expect(try answer(town, points, splitsAtGaps: false).matchings.count == 1)
  }

  /// A point far from all roads, and one on a road that nothing leads to in the time.
  @Test(arguments: [(200.0, 45.0), (400, 180)])
  func outliersAreLeftOut(_ meters: Double, _ heading: Double) throws {
    let town = try Self.town()
    var points = trace(line(town, "1BC"), every: 40, off: 2)
    let clean = try answer(town, points)
    points[5].coordinate = points[5].coordinate.moved(meters, headingDegrees: heading)
    let found = try answer(town, points)
    #expect(found.matchings.count == 1)
    #expect(found.points.map { $0 == nil } == points.indices.map { $0 == 5 })
    #expect(found.matchings[0].route.lengthMeters == clean.matchings[0].route.lengthMeters)
  }

  /// The road that goes on counts, not the one that is nearer for a moment.
  @Test func oneInexactPointDoesNotLeaveTheRoad() throws {
    let town = try Town(
      """
      A-----------B
      C-----------D
      """, metersPerCell: 30)
    var points = trace(line(town, "AB"), every: 50, off: 2)
    points[3].coordinate = points[3].coordinate.moved(17, headingDegrees: 180)
    points[3].accuracyMeters = 10
    let found = try answer(town, points)
    #expect(found.matchings.count == 1 && found.points[3]?.place.wayOSMID == found.points[2]?.place.wayOSMID)
    #expect((found.points[3]?.alternativesCount ?? 0) >= 0)
  }

  /// A vehicle that stands is seen before and behind where it stands.
  @Test func standingStillIsNoWay() throws {
    let town = try Self.town()
    let place = town.map.middle("B", "C")
    let points = (0..<10).map { number in
      TracePoint(
        place.moved(number.isMultiple(of: 2) ? 3 : -3, headingDegrees: 90), at: Self.start + Double(number) * 5)
    }
    let found = try answer(town, points)
    #expect(found.matchings.count == 1)
    #expect(found.matchings[0].route.lengthMeters < 10)
  }

  @Test func nothingFollowsWhatIsNoRoad() throws {
    let town = try Self.town()
    let far = Coordinate(latitudeE7: 0, longitudeE7: 0)
    let found = try answer(town, [TracePoint(far), TracePoint(far.moved(50, headingDegrees: 0))])
    #expect(found.matchings.isEmpty && found.points == [nil, nil])
  }

  @Test func badTracesAreRefused() throws {
    let town = try Self.town()
    let good = trace(line(town, "1B"), every: 40)
    func code(_ change: (inout [TracePoint]) -> Void) throws -> EngineError.Code? {
      var points = good
      change(&points)
      return #expect(throws: EngineError.self) { try answer(town, points) }?.code
    }
    #expect(try code { $0 = [$0[0]] } == .invalidArgument)
    #expect(try code { $0[1].at = $0[0].at } == .invalidArgument)
    #expect(try code { $0[1].at = nil } == .invalidArgument)
    #expect(try code { $0[1].accuracyMeters = 0 } == .invalidRadius)
    #expect(try code { $0[1].headingDegrees = 400 } == .invalidHeading)
    #expect(try code { $0 = Array(repeating: $0[0], count: Limits.matchPointsMax + 1) } == .limitExceeded)
  }

  /// In random towns most routes are found again from inexact points along them.
  @Test func routesAreFoundAgain() throws {
    var (found, all) = (0, 0)
    for seed in 0..<10 as Range<UInt64> {
      let town = RandomTown(seed: seed)
      let engine = try TestEngine(.text(opl: town.text.opl)).engine
      var random = SeededGenerator(seed: seed)
      for _ in 0..<15 {
        var request = RouteRequest(places: (0..<2).map { _ in Place(town.place(&random)) }, profile: "plain")
        request.detail = [.shape, .ways]
        guard let route = try? engine.route(request).route, route.lengthMeters > 200 else { continue }
        let points = trace(route.shape, every: 25, off: 3)
        guard points.count >= 3 else { continue }
        all += 1
        let answer = try engine.match(MatchRequest(points: points, profile: "plain"))
        let meters = answer.matchings.reduce(0) { $0 + $1.route.lengthMeters }
        // What lies behind the last point isn't seen.
        if abs(meters - route.lengthMeters) < max(0.05 * route.lengthMeters, 60) { found += 1 }
      }
    }
    #expect(all > 50)
    #expect(Double(found) >= 0.9 * Double(all), "\(found) of \(all)")
  }
}
