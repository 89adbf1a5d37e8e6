import Geometry
import MapImport
import RoadGraph
import TestSupport
import Testing

@testable import MapMatching

/// Lines along drawn roads: 0.001 degrees are about 111 m.
@Suite struct PolylineMatcherTests {
  /// A main street from west to east (way 1, then 2), crossed by way 3, with a service road (way 4) 20 m to the north, a
  /// bridge (way 5) over it, and a divided road (ways 6 and 7) to the south.
  private static let map = """
    n1 x9.000 y0.0
    n2 x9.005 y0.0
    n3 x9.010 y0.0
    n4 x9.005 y0.003
    n5 x9.005 y-0.001
    n6 x9.001 y0.00018
    n7 x9.009 y0.00018
    n8 x9.007 y0.002
    n9 x9.007 y-0.002
    n10 x9.000 y-0.0050
    n11 x9.010 y-0.0050
    n12 x9.010 y-0.00511
    n13 x9.000 y-0.00511
    w1 Thighway=primary Nn1,n2
    w2 Thighway=primary Nn2,n3
    w3 Thighway=residential Nn4,n2,n5
    w4 Thighway=service Nn6,n7
    w5 Thighway=primary,bridge=yes,layer=1 Nn8,n9
    w6 Thighway=primary,oneway=yes Nn13,n12
    w7 Thighway=primary,oneway=yes Nn11,n10

    """

  private let network: RoadNetwork
  private let matcher: PolylineMatcher

  init() throws {
    network = try MapImporter(source: .text(opl: Self.map)).run().network
    matcher = PolylineMatcher(network)
  }

  private func line(_ points: (Double, Double)...) -> [Coordinate] {
    points.compactMap { Coordinate(latitude: $0.1, longitude: $0.0) }
  }

  /// The OSM ways of a match, negative against the way; one that goes on is named once.
  private func ways(_ match: RoadMatch?) -> [Int64] {
    var ways: [Int64] = []
    for part in match?.parts ?? [] {
      guard let way = network.way(of: part.piece) else { continue }
      let isAgainst = part.isBackward != network.pieces[part.piece].isReversed
      let id = network.ways[way].osmID * (isAgainst ? -1 : 1)
      if ways.last != id { ways.append(id) }
    }
    return ways
  }

  @Test func aLineMeansTheRoadThatItFollows() throws {
    let match = try #require(matcher.match(line((9.0005, 0.00003), (9.0095, 0.00003))))
    #expect(ways(match) == [1, 2])
    #expect(match.isConnected)
    #expect(match.coveredShare > 0.99)
    #expect(match.quality > 0.9)
    #expect(abs(match.lengthMeters - 1_001) < 15)
  }

  @Test func againstItsDirectionItMeansTheOther() {
    #expect(ways(matcher.match(line((9.0095, 0.0), (9.0005, 0.0)))) == [-2, -1])
  }

  @Test func twoPointsFarApartAreEnough() {
    #expect(ways(matcher.match(line((9.0, 0.0), (9.01, 0.0)))) == [1, 2])
  }

  @Test func aServiceRoadBesideIsAnother() {
    #expect(ways(matcher.match(line((9.002, 0.00018), (9.008, 0.00018)))) == [4])
  }

  @Test func aBridgeIsCrossedNotFollowed() {
    #expect(ways(matcher.match(line((9.007, 0.0015), (9.007, -0.0015)))) == [5])
  }

  @Test func aTurnIsFollowed() {
    #expect(ways(matcher.match(line((9.001, 0.0), (9.005, 0.0), (9.005, 0.0025)))) == [1, -3])
  }

  @Test func aDividedRoadHasTwoDirections() {
    #expect(ways(matcher.match(line((9.001, -0.00505), (9.009, -0.00505)))) == [6])
    #expect(ways(matcher.match(line((9.009, -0.00505), (9.001, -0.00505)))) == [7])
  }

  @Test func aTouchedRoadIsNotFollowed() {
    // Ends 4 m behind the crossing.
    #expect(ways(matcher.match(line((9.001, 0.0), (9.00504, 0.0)))) == [1])
  }

  @Test func aGapLowersTheQuality() throws {
    let whole = try #require(matcher.match(line((9.001, 0.0), (9.009, 0.0))))
    let far = try #require(matcher.match(line((9.001, 0.0), (9.009, 0.0), (9.019, 0.0))))
    #expect(ways(far) == [1, 2])
    #expect(far.quality < 0.6 && far.quality < whole.quality)
    #expect(far.coveredShare < 0.6)
  }

  @Test func whatLiesOnBothSidesOfAGapIsKept() throws {
    let match = try #require(
      matcher.match(line((9.001, 0.0), (9.003, 0.0), (9.003, -0.0025), (9.003, -0.00511), (9.008, -0.00511))))
    #expect(ways(match) == [1, 6])
    #expect(!match.isConnected)
  }

  @Test func nothingIsNothing() {
    #expect(matcher.match([]) == nil)
    #expect(matcher.match(line((9.001, 0.0))) == nil)
    #expect(matcher.match(line((9.001, 0.0), (9.001, 0.0))) == nil)
    #expect(matcher.match(line((9.1, 0.1), (9.2, 0.1))) == nil)
  }

  @Test func repeatedPointsDoNoHarm() {
    let twice = line((9.001, 0.0), (9.001, 0.0), (9.004, 0.0), (9.004, 0.0), (9.008, 0.0))
    #expect(ways(matcher.match(twice)) == [1, 2])
  }

  @Test func stretchesAreNamedByTheirNodes() throws {
    let nodes = OSMNodeIndex(network)
    let match = try #require(matcher.match(line((9.0095, 0.0), (9.0005, 0.0))))
    let stretches = match.stretches(on: network, nodes)
    #expect(stretches.map { network.ways[$0.way].osmID } == [2, 1])
    #expect(stretches.map(\.fromOSMNode) == [3, 2])
    #expect(stretches.map(\.toOSMNode) == [2, 1])
  }
}
