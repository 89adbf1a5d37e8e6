import Geometry
import Hierarchy
import MapFile
import MapImport
import Profiles
import RoadGraph
import TestSupport
import Testing

@testable import Traffic

/// Ways into closed stretches and out of them: a street n1-n2-n3-n4 of three OSM ways, 100 m, 200 m and 100 m at
/// 36 km/h, that is 10 m/s, with a side street at n3. What lies between n2 and n3 is closed.
@Suite struct ClosedRegionTests {
  private static let half = RoadPosition.fractionMax / 2
  private let network: RoadNetwork
  private let snapshot: ProfileSnapshot
  private let segment: SegmentID
  /// Of the closed OSM way, and of the one before it.
  private let closed: PieceID
  private let before: PieceID

  init() throws {
    network = try MapImporter(
      source: .text(
        opl: """
          n1 x9.0 y0.0
          n2 x9.000899 y0.0
          n3 x9.002698 y0.0
          n4 x9.003597 y0.0
          n5 x9.002698 y0.0009
          w1 Thighway=residential Nn1,n2
          w2 Thighway=residential Nn2,n3
          w3 Thighway=residential Nn3,n4
          w4 Thighway=residential Nn3,n5

          """)
    ).run().network
    let network = network
    func piece(_ osmID: Int64) throws -> PieceID {
      try #require(network.way(osmID: osmID).flatMap { network.stretches(of: $0).first })
    }
    (before, closed) = try (piece(1), piece(2))
    segment = network.segment(of: closed)
    let roads = ProfileRoads(profile: TestProfiles.plain, network: network)
    let publisher = TrafficPublisher(
      profiles: [roads], network: network, hierarchy: .build(network.turnExpanded), at: TestTraffic.noon)
    let pieces = [false, true].map { [closed] in DirectedPiece(closed, isBackward: $0) }
    let traffic = TestTraffic(network, [TestProfiles.plain], closing: pieces)
    snapshot = try #require(
      publisher.publish(traffic.state, adjustments: .none, at: TestTraffic.noon)[profile: TestProfiles.plain.name])
  }

  /// On the closed way, by the share of it that lies on the side of n2.
  private func place(_ share: Double) throws -> RoadPlace {
    let arcs = network.segmentArcs[segment]
    let arc = try #require(arcs.forward)
    let isFromWest = network.pieceIDs(of: segment).first == before
    let fraction = UInt32((isFromWest ? share : 1 - share) * Double(RoadPosition.fractionMax))
    return RoadPlace(arc: arc, position: RoadPosition(segment: segment, piece: closed, fraction: fraction))
  }

  private func ways(_ share: Double, _ sense: ClosedRegion.Sense) throws -> [ClosedRegion.Way] {
    ClosedRegion(around: try place(share), sense, in: snapshot).ways
      .sorted { $0.closedCentimeters < $1.closedCentimeters }
  }

  private func meters(_ ways: [ClosedRegion.Way]) -> [Int] {
    ways.map { Int((Double($0.closedCentimeters) / 100).rounded()) }
  }

  @Test(arguments: [ClosedRegion.Sense.arriving, .leaving])
  func bothEndsAreEdges(_ sense: ClosedRegion.Sense) throws {
    let ways = try ways(0.25, sense)
    #expect(meters(ways) == [50, 150])
    // To the west the road goes on for 100 m to the end of its arc; to the east it ends at a junction.
    guard case .within = ways[0].edge, case .vertex(let vertex) = ways[1].edge else {
      Issue.record("\(ways.map(\.edge))")
      return
    }
    #expect(network.ends(of: segment).map { [$0.first, $0.last].contains(vertex) } == true)
    #expect(ways.map { (Double($0.rest) / 1000).rounded() } == [10, 0])
    #expect(ways.allSatisfy { $0.leadsOn && $0.arcs.count == 1 })
  }

  @Test func closedMetresWeighMoreThanAnyTime() throws {
    for way in try ways(0.25, .arriving) {
      // A centimetre takes a millisecond.
      let expected = 3_600_000 + Double(way.closedCentimeters) * 601
      #expect(abs(Double(way.weight) - expected) < 700, "\(way)")
    }
    for way in try ways(0.25, .leaving) {
      let expected = 3_600_000 + Double(way.closedCentimeters) * 601
      #expect(abs(Double(way.weight) - expected) < 7_000, "\(way)")
    }
  }

  @Test(arguments: [ClosedRegion.Sense.arriving, .leaving])
  func aPlaceAtAnEdgeIsOutside(_ sense: ClosedRegion.Sense) throws {
    for share in [0.0, 1] {
      let ways = try ways(share, sense)
      #expect(ways.count >= 1 && ways.allSatisfy { $0.closedCentimeters == 0 && $0.weight == 0 }, "\(share)")
    }
  }

  @Test func whatIsNotClosedHasNoRegion() throws {
    let arc = try place(0).arc
    let open = RoadPlace(arc: arc, position: RoadPosition(segment: segment, piece: before, fraction: Self.half))
    #expect(ClosedRegion(around: open, .arriving, in: snapshot).ways.isEmpty)
    #expect(ClosedRegion(around: open, .leaving, in: snapshot).ways.isEmpty)
    #expect(snapshot.enclosed([open, try place(0.5), try place(0.5)]).count == 1)
  }

  /// Inside, if it is no farther than the nearest edge; else only where no way leads round.
  @Test func bothEndsInOneRegion() throws {
    let region = ClosedRegion(around: try place(0.25), .arriving, in: snapshot)
    let near = try #require(region.wayInside(from: try place(0.5)))
    #expect(abs(Double(near.weight) - (5_000 + 3_600_000 + 3_000_000)) < 700)
    let far = try #require(region.wayInside(from: try place(0.75)))
    #expect(far.weight > Weight.infinity / 3 && far.weight < .infinity)
    let here = try #require(region.wayInside(from: try place(0.25)))
    #expect(here.weight == 0)
    let arc = try place(0).arc
    let open = RoadPlace(arc: arc, position: RoadPosition(segment: segment, piece: before, fraction: Self.half))
    #expect(region.wayInside(from: open) == nil)
  }
}
