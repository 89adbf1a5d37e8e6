import API
import Geometry
import MapFile
import RoadGraph
import TestSupport
import Testing

@Suite struct SnapperTests {
  /// Where the nearest point of each segment lies, found by looking at every straight line of every segment along which
  /// one may drive with the heading.
  private static func bruteForce(
    _ network: RoadNetwork, around place: Coordinate, headingDegrees: Double? = nil
  ) -> [(SegmentID, meters: Double)] {
    let plane = LocalPlane(around: place)
    return network.segmentArcs.indices.map { segment in
      let shape = network.shape(of: segment)
      let arcs = network.segmentArcs[segment]
      let meters = zip(shape, shape.dropFirst()).map { start, end in
        let bearing = start.bearingDegrees(to: end)
        let isForward = arcs.forward != nil && fits(headingDegrees, bearing)
        let isBackward = arcs.backward != nil && fits(headingDegrees, bearing + 180)
        return isForward || isBackward ? plane.nearestPoint(onLineFrom: start, to: end).distanceMeters : .infinity
      }
      return (segment, meters.min() ?? .infinity)
    }.sorted { $0.meters < $1.meters }
  }

  private static func fits(_ headingDegrees: Double?, _ bearingDegrees: Double) -> Bool {
    guard let headingDegrees else { return true }
    let turn = abs(headingDegrees - bearingDegrees).truncatingRemainder(dividingBy: 360)
    return min(turn, 360 - turn) <= Limits.headingToleranceDegrees
  }

  @Test(arguments: 0..<30)
  func findsTheNearestRoads(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed))
    let network = try Networks.random(seed: seed)
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<10 {
      let place = town.place(&random)
      let radiusMeters = [30.0, 150, 1_000].randomElement(using: &random)!
      let count = Int.random(in: 1...8, using: &random)
      let found = Snapper(network).candidates(
        .init(place, radiusMeters: radiusMeters, count: count), isUsable: { _, _ in true })
      let all = Self.bruteForce(network, around: place)
      let wanted = all.prefix(count).filter { $0.meters <= radiusMeters }
      #expect(found.count == wanted.count, "seed \(seed), \(place)")
      // Segments that meet at the nearest vertex are equally far: compare distances, then each segment with its own.
      for (candidate, nearest) in zip(found, wanted) {
        #expect(abs(candidate.distanceMeters - nearest.meters) < 1e-6, "seed \(seed), \(place)")
        let own = all.first { $0.0 == candidate.position.segment }
        #expect(own?.meters == candidate.distanceMeters, "seed \(seed), \(place)")
      }
      #expect(Set(found.map(\.position.segment)).count == found.count)
    }
  }

  @Test(arguments: 0..<10)
  func positionsLieWhereTheCandidateSays(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed))
    let network = try Networks.random(seed: seed)
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<50 {
      let place = town.place(&random)
      for found in Snapper(network).candidates(.init(place, radiusMeters: 1_000, count: 5), isUsable: { _, _ in true })
      {
        #expect(network.pieceIDs(of: found.position.segment).contains(found.position.piece))
        guard case .stretch = network.pieces[found.position.piece].kind else {
          Issue.record("snapped to a point piece, seed \(seed), \(place)")
          continue
        }
        let again = network.coordinate(at: found.position)
        #expect(again.distanceMeters(to: found.coordinate) < 0.1, "seed \(seed), \(place)")
        #expect(
          abs(place.distanceMeters(to: found.coordinate) - found.distanceMeters) < 0.1 + found.distanceMeters / 500)
      }
    }
  }

  @Test(arguments: 0..<10)
  func headingsChooseTheArc(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed))
    let network = try Networks.random(seed: seed)
    var random = SeededGenerator(seed: UInt64(seed))
    var chosen = 0
    for _ in 0..<20 {
      let place = town.place(&random)
      let heading = Double.random(in: 0..<360, using: &random)
      let query = Snapper.Query(place, headingDegrees: heading, radiusMeters: 300, count: 6)
      let candidates = Snapper(network).candidates(query, isUsable: { _, _ in true })
      let wanted = Self.bruteForce(network, around: place, headingDegrees: heading).prefix(6).filter {
        $0.meters <= 300
      }
      #expect(candidates.count == wanted.count, "seed \(seed), \(place), \(heading)")
      for (found, nearest) in zip(candidates, wanted) {
        #expect(abs(found.distanceMeters - nearest.meters) < 1e-6, "seed \(seed), \(place), \(heading)")
        for (arc, bearing) in [
          (found.arcs.forward, found.bearingDegrees), (found.arcs.backward, found.bearingDegrees + 180),
        ] where arc != nil {
          #expect(Self.fits(heading, bearing), "seed \(seed), \(place), \(heading)")
          chosen += 1
        }
      }
    }
    #expect(chosen > 0)
  }

  @Test(arguments: 0..<10)
  func unusableArcsAreNoCandidates(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed))
    let network = try Networks.random(seed: seed)
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<20 {
      let place = town.place(&random)
      let query = Snapper.Query(place, radiusMeters: 1_000, count: 5)
      let found = Snapper(network).candidates(query) { arc, _ in arc.position.isMultiple(of: 3) }
      for candidate in found {
        let arcs = [candidate.arcs.forward, candidate.arcs.backward].compactMap { $0 }
        #expect(!arcs.isEmpty && arcs.allSatisfy { $0.position.isMultiple(of: 3) })
      }
      #expect(Snapper(network).candidates(query, isUsable: { _, _ in false }).isEmpty)
    }
  }

  @Test func placesFarFromAllRoadsHaveNone() throws {
    let network = try Networks.random(seed: 1)
    let far = Coordinate(latitudeE7: -375_000_000, longitudeE7: -530_000_000)
    #expect(Snapper(network).candidates(.init(far, radiusMeters: 1_000, count: 5), isUsable: { _, _ in true }).isEmpty)
  }

  /// The side of the street: left and right of a road that runs east.
  @Test func knowsTheSideOfTheStreet() throws {
    let town = try Town(
      """
      1
      A-----B
      2
      """)
    let network = try town.testEngine().engine.map.network
    for (place, isNorth) in [(Character("1"), true), ("2", false)] {
      let query = Snapper.Query(town.map.coordinate(place), radiusMeters: 500, count: 1)
      let found = try #require(Snapper(network).candidates(query, isUsable: { _, _ in true }).first)
      let runsEast = abs(found.bearingDegrees - 90) < 1
      #expect(found.isLeftOfShape == (isNorth == runsEast))
      #expect(abs(found.distanceMeters - 100) < 0.1)
    }
  }
}
