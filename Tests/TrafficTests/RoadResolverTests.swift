import API
import Geometry
import MapImport
import RoadGraph
import TestSupport
import Testing
import Traffic

/// What selectors mean: a street of two OSM ways, the second one drawn against the first.
@Suite struct RoadResolverTests {
  private let network: RoadNetwork
  private let resolver: RoadResolver

  init() throws {
    network = try MapImporter(
      source: .text(
        opl: """
          n1 x9.0 y0.0
          n2 x9.001 y0.0
          n3 x9.002 y0.0
          w5 Thighway=residential Nn1,n2
          w7 Thighway=residential Nn3,n2

          """)
    ).run().network
    resolver = RoadResolver(network)
  }

  private func pieces(of selector: RoadSelector) throws -> [DirectedPiece] {
    try resolver.resolve(RoadClosure(id: "x", selector: selector)).pieces
  }

  private func osmWay(_ piece: DirectedPiece) -> Int64? {
    network.way(of: piece.piece).map { network.ways[$0].osmID }
  }

  @Test func bothDirectionsOfAWay() throws {
    let pieces = try pieces(of: .way(osmID: 5, direction: .both))
    #expect(pieces.count == 2)
    #expect(pieces.allSatisfy { osmWay($0) == 5 })
    #expect(Set(pieces.map(\.isBackward)) == [true, false])
  }

  @Test(arguments: [5, 7] as [Int64])
  func oneDirectionIsThatOfTheWay(osmID: Int64) throws {
    let forward = try #require(try pieces(of: .way(osmID: osmID, direction: .forward)).first)
    let backward = try #require(try pieces(of: .way(osmID: osmID, direction: .backward)).first)
    #expect(forward.isBackward == network.pieces[forward.piece].isReversed)
    #expect(backward == DirectedPiece(forward.piece, isBackward: !forward.isBackward))
  }

  @Test func theTwoWaysRunAgainstEachOther() throws {
    let first = try #require(try pieces(of: .way(osmID: 5, direction: .forward)).first)
    let second = try #require(try pieces(of: .way(osmID: 7, direction: .forward)).first)
    #expect(first.isBackward != second.isBackward)
  }

  @Test func aPointMeansWhatLiesWithinItsRadius() throws {
    let center = try #require(Coordinate(latitude: 0.0001, longitude: 9.0005))
    #expect(try Set(pieces(of: .point(center, radiusMeters: 12)).map(osmWay)) == [5])
    #expect(try Set(pieces(of: .point(center, radiusMeters: 60)).map(osmWay)) == [5, 7])
    #expect(throws: TrafficError.nothingMatched(.point(center, radiusMeters: 5))) {
      try pieces(of: .point(center, radiusMeters: 5))
    }
  }

  @Test func anUnknownWayIsNamed() {
    #expect(throws: TrafficError.unknownWay(osmID: 6)) {
      try pieces(of: .way(osmID: 6, direction: .both))
    }
  }
}
