import MapFile
import MapImport
import Profiles
import RoadGraph
import TestSupport
import Testing
import Traffic

/// What parts of an arc cost: a street A-B-C of two OSM ways, 100 m and 200 m at 36 km/h, that is 10 m/s.
@Suite struct ArcPartsTests {
  private let network: RoadNetwork
  private let costs: CostModel
  private let ids: [PieceID]
  private let segment: SegmentID
  private let half = RoadPosition.fractionMax / 2

  init() throws {
    network = try MapImporter(
      source: .text(
        opl: """
          n1 x9.0 y0.0
          n2 x9.000899 y0.0
          n3 x9.002698 y0.0
          w1 Thighway=residential Nn1,n2
          w2 Thighway=residential Nn2,n3

          """)
    ).run().network
    costs = CostModel(profile: TestProfiles.plain, network: network)
    segment = SegmentID(UInt32(0))
    ids = Array(network.pieceIDs(of: segment))
  }

  private func arc(_ direction: SegmentDirection) throws -> ArcID {
    let arcs = network.segmentArcs[segment]
    return try #require(direction == .forward ? arcs.forward : arcs.backward)
  }

  private func parts(closing closed: (piece: Int, isBackward: Bool)...) -> ArcParts {
    let pieces = closed.map { DirectedPiece(ids[$0.piece], isBackward: $0.isBackward) }
    return TestTraffic(network, [costs.profile], closing: pieces).parts(of: costs)
  }

  private func position(_ piece: Int, _ fraction: UInt32) -> RoadPosition {
    RoadPosition(segment: segment, piece: ids[piece], fraction: fraction)
  }

  @Test func theStreetIsOneSegmentOfTwoPieces() {
    #expect(network.segmentCount == 1)
    #expect(ids.count == 2)
  }

  @Test func bothPartsTogetherAreTheArc() throws {
    for direction in SegmentDirection.allCases {
      let arc = try arc(direction)
      for place in [position(0, 0), position(0, 12_345), position(1, half), position(1, RoadPosition.fractionMax)] {
        let before = parts().costFromTail(of: arc, to: place)
        let behind = parts().costToHead(of: arc, from: place)
        #expect(before + behind == costs.arcCost(arc), "\(place) \(direction)")
      }
    }
  }

  @Test func aClosedPieceOnTheWayBlocks() throws {
    let forward = try arc(.forward)
    let closed = parts(closing: (0, false))
    #expect(!closed.costFromTail(of: forward, to: position(1, half)).isPassable)
    #expect(closed.costToHead(of: forward, from: position(1, half)).isPassable)
    #expect(closed.costFromTail(of: try arc(.backward), to: position(0, half)).isPassable)
  }

  @Test func aClosedStretchBlocksWhereItLies() throws {
    let (forward, backward) = (try arc(.forward), try arc(.backward))
    var traffic = TestTraffic(network, [costs.profile])
    let closed = [false, true].map { DirectedStretch(DirectedPiece(ids[0], isBackward: $0), 1_000...2_000) }
    let closure = TestTraffic.closure("closed")
    traffic.state.restore(
      try ResolvedClosure(closure, runs: closed.map { [$0] }, on: network), at: TestTraffic.noon)
    let (parts, free) = (traffic.parts(of: costs), self.parts())
    for fraction: UInt32 in [0, 500, 1_000] {
      let place = position(0, fraction)
      #expect(parts.costFromTail(of: forward, to: place) == free.costFromTail(of: forward, to: place))
      #expect(parts.costToHead(of: backward, from: place) == free.costToHead(of: backward, from: place))
      #expect(!parts.costToHead(of: forward, from: place).isPassable)
    }
    for place in [position(0, 1_001), position(0, 2_000), position(1, 0)] {
      #expect(!parts.costFromTail(of: forward, to: place).isPassable)
    }
    #expect(parts.costToHead(of: forward, from: position(0, 2_000)).isPassable)
    #expect(parts.costAlong(forward, from: position(0, 2_000), to: position(1, half))?.isPassable == true)
    #expect(parts.costAlong(forward, from: position(0, 999), to: position(0, 1_001))?.isPassable == false)
  }

  @Test func alongAnArcOnlyAhead() throws {
    let (forward, backward) = (try arc(.forward), try arc(.backward))
    let (first, last) = (position(0, half), position(1, half))
    let cost = try #require(parts().costAlong(forward, from: first, to: last))
    #expect((cost.timeMilliseconds + 500) / 1000 == 15)
    #expect(parts().costAlong(forward, from: last, to: first) == nil)
    #expect(parts().costAlong(backward, from: last, to: first)?.timeMilliseconds == cost.timeMilliseconds)
    #expect(parts().costAlong(forward, from: position(0, half), to: position(0, 1)) == nil)
    #expect(parts().costAlong(forward, from: first, to: first) == .zero)
  }

  @Test func reluctanceIsChargedInFullForAnyPart() throws {
    let oneway = try MapImporter(
      source: .text(
        opl: "n1 x9.0 y0.0\nn2 x9.000899 y0.0\nw1 Thighway=residential,oneway=yes Nn1,n2\n")
    ).run().network
    let costs = CostModel(profile: TestProfiles.siren, network: oneway)
    let arc = try #require(oneway.segmentArcs[segment].backward)
    let piece = try #require(oneway.pieceIDs(of: segment).first)
    let end = RoadPosition(segment: segment, piece: piece, fraction: RoadPosition.fractionMax - 100)
    let cost = ArcParts(costs: costs).costFromTail(of: arc, to: end)
    #expect(cost.reluctanceMilliseconds >= Weight(Reluctance.secondsPerUse * 1000))
    #expect(cost.timeMilliseconds < 100)
  }
}
