import API
import Geometry
import MapImport
import RoadGraph
import TestSupport
import Testing
import Traffic

/// What each selector means: a street from west to east (way 1), a side street to the north (way 2), a bridge over the
/// street (way 3), and a one-way beside it (way 4). 0.001 degrees are about 111 m.
@Suite struct RoadSelectorTests {
  private let network: RoadNetwork
  private let resolver: RoadResolver

  init() throws {
    network = try MapImporter(
      source: .text(
        opl: """
          n1 x9.000 y0.0
          n2 x9.004 y0.0
          n3 x9.008 y0.0
          n4 x9.004 y0.004
          n5 x9.006 y0.002
          n6 x9.006 y-0.002
          n7 x9.000 y-0.001
          n8 x9.008 y-0.001
          w1 Thighway=primary Nn1,n2,n3
          w2 Thighway=residential Nn2,n4
          w3 Thighway=primary,bridge=yes,layer=1 Nn5,n6
          w4 Thighway=motorway,oneway=yes Nn7,n8

          """)
    ).run().network
    resolver = RoadResolver(network)
  }

  private func place(_ longitude: Double, _ latitude: Double) -> Coordinate {
    Coordinate(latitudeE7: Int32((latitude * 1e7).rounded()), longitudeE7: Int32((longitude * 1e7).rounded()))
  }

  /// The OSM ways of a selector, negative against the way, each with the start of its pieces along it.
  private func meant(_ selector: RoadSelector, _ levels: LevelFilter = .all) -> [String] {
    let closure = RoadClosure(id: "x", selector: selector, levels: levels)
    guard let pieces = try? resolver.resolve(closure).pieces else { return [] }
    return pieces.compactMap { directed in
      network.way(of: directed.piece).map { way in
        let piece = network.pieces[directed.piece]
        let sign = directed.isBackward != piece.isReversed ? "-" : ""
        return "\(sign)\(network.ways[way].osmID)@\(piece.firstNode)"
      }
    }.sorted()
  }

  @Test func aPartOfAWayLiesBetweenItsNodes() {
    let part = { (from: Int64, to: Int64, direction: WayDirection) in
      meant(.way(osmID: 1, direction: direction, nodes: OSMNodePair(from: from, to: to)))
    }
    #expect(part(2, 3, .both) == ["-1@1", "1@1"])
    #expect(part(2, 3, .forward) == ["1@1"])
    #expect(part(3, 2, .forward) == ["1@1"])
    #expect(part(1, 3, .backward) == ["-1@0", "-1@1"])
    #expect(part(1, 4, .both) == [])
  }

  @Test func aPairOfNodesHasADirectionOfItsOwn() {
    #expect(meant(.nodes(OSMNodePair(from: 2, to: 1), direction: .forward)) == ["-1@0"])
    #expect(meant(.nodes(OSMNodePair(from: 2, to: 1), direction: .backward)) == ["1@0"])
    #expect(meant(.nodes(OSMNodePair(from: 1, to: 8), direction: .both)) == [])
  }

  @Test func aHeadingLeavesOtherDirectionsOut() {
    let center = place(9.001, 0.0)
    #expect(meant(.point(center, radiusMeters: 20)) == ["-1@0", "1@0"])
    #expect(meant(.point(center, radiusMeters: 20, headingDegrees: 90)) == ["1@0"])
    #expect(meant(.point(center, radiusMeters: 20, headingDegrees: 280)) == ["-1@0"])
    #expect(meant(.point(center, radiusMeters: 20, headingDegrees: 0)) == [])
  }

  @Test func theNearestRoadIsOne() {
    let between = place(9.002, -0.0007)
    #expect(meant(.nearest(between, radiusMeters: 200)) == ["4@0"])
    #expect(meant(.nearest(between, radiusMeters: 200, headingDegrees: 270)) == ["-1@0"])
    #expect(meant(.nearest(between, radiusMeters: 20)) == [])
    #expect(meant(.nearest(between, radiusMeters: 200, headingDegrees: 90)) == ["4@0"])
  }

  @Test func aLineMeansWhatItFollows() {
    let line = [place(9.0005, 0.00002), place(9.0038, 0.00002)]
    #expect(meant(.polyline(line, direction: .forward)) == ["1@0"])
    #expect(meant(.polyline(line, direction: .backward)) == ["-1@0"])
    #expect(meant(.polyline(line, direction: .both)) == ["-1@0", "1@0"])
  }

  @Test func anAreaMeansWhatTouchesIt() {
    let corners = [place(9.005, -0.0005), place(9.007, -0.0005), place(9.007, 0.0005), place(9.005, 0.0005)]
    #expect(meant(.polygon(corners)) == ["-1@1", "-3@0", "1@1", "3@0"])
    #expect(meant(.polygon([place(9.1, 0.1), place(9.2, 0.1), place(9.2, 0.2)])) == [])
  }

  private func square(_ longitude: Double, _ latitude: Double, _ half: Double) -> [Coordinate] {
    [(-half, -half), (half, -half), (half, half), (-half, half)].map { place(longitude + $0, latitude + $1) }
  }

  @Test func severalAreasMeanWhatTouchesAny() {
    let (street, sideStreet) = (square(9.001, 0, 0.0002), square(9.004, 0.003, 0.0002))
    #expect(meant(.areas([Area(street), Area(sideStreet)])) == ["-1@0", "-2@0", "1@0", "2@0"])
    #expect(meant(.areas([Area(street), Area(street)])) == ["-1@0", "1@0"])
    #expect(meant(.areas([Area(sideStreet), Area(square(9.1, 0.1, 0.001))])) == ["-2@0", "2@0"])
  }

  @Test func aHoleIsNotMeant() {
    // All but the bridge, which lies in a hole from end to end.
    let hole = [place(9.0059, -0.0025), place(9.0061, -0.0025), place(9.0061, 0.0025), place(9.0059, 0.0025)]
    #expect(meant(.areas([Area(square(9.005, 0, 0.005), holes: [hole])])).filter { $0.contains("3@") } == [])
    // Of the bridge 111 m lie in the area, more or fewer of them in the hole; another area may lie in the hole.
    #expect(meant(.areas([Area(square(9.006, 0, 0.0005), holes: [square(9.006, 0, 0.0002)])])).contains("3@0"))
    #expect(!meant(.areas([Area(square(9.006, 0, 0.0005), holes: [square(9.006, 0, 0.0004)])])).contains("3@0"))
    let inside = Area(square(9.006, 0.001, 0.00005))
    #expect(meant(.areas([Area(square(9.005, 0, 0.005), holes: [hole]), inside])).contains("3@0"))
  }

  @Test func severalLinesMeanWhatAnyFollows() throws {
    let street = [place(9.0005, 0.00002), place(9.0038, 0.00002)]
    let sideStreet = [place(9.004, 0.0005), place(9.004, 0.0038)]
    #expect(meant(.polylines([street, sideStreet], direction: .forward)) == ["1@0", "2@0"])
    #expect(meant(.polylines([street, sideStreet], direction: .both)) == ["-1@0", "-2@0", "1@0", "2@0"])
    // A line without a road is told, and not left open beside one that is closed.
    let nowhere = [place(9.1, 0.1), place(9.2, 0.1)]
    let lost = RoadClosure(id: "x", selector: .polylines([street, nowhere], direction: .forward))
    #expect(throws: TrafficError.nothingMatched(.polyline(nowhere, direction: .forward))) { try resolver.resolve(lost) }
    // On a map that has lost the road, the other stays closed.
    #expect(try #require(resolver.restore(lost)).pieces.count == 1)
  }

  @Test func aFloodedUnderpassLeavesTheBridgeOpen() {
    let center = place(9.006, 0.0)
    #expect(meant(.point(center, radiusMeters: 30), LevelFilter(bridges: .excluded)) == ["-1@1", "1@1"])
    #expect(meant(.point(center, radiusMeters: 30), LevelFilter(bridges: .only)) == ["-3@0", "3@0"])
    #expect(meant(.point(center, radiusMeters: 30), LevelFilter(layers: -1...0)) == ["-1@1", "1@1"])
    #expect(meant(.point(center, radiusMeters: 30), LevelFilter(tunnels: .only)) == [])
  }

  @Test func aLinkIsWhatItsTableSays() {
    let stretches = [
      LinkStretch(linkID: "a", wayOSMID: 1, nodes: OSMNodePair(from: 3, to: 1)),
      LinkStretch(linkID: "gone", wayOSMID: 99, nodes: OSMNodePair(from: 3, to: 1)),
    ]
    let (table, unmatched) = resolver.table(of: stretches)
    resolver.links = table
    #expect(unmatched.map(\.linkID) == ["gone"])
    #expect(meant(.link(id: "a")) == ["-1@0", "-1@1"])
    #expect(meant(.link(id: "gone")) == [])
  }

  /// Levels come first, then the nearest road.
  @Test func theNearestRoadLiesOnAMeantLevel() {
    let crossing = place(9.006, 0.0)
    let nearest = RoadSelector.nearest(crossing, radiusMeters: 100)
    #expect(meant(nearest, LevelFilter(bridges: .only)) == ["-3@0", "3@0"])
    #expect(meant(nearest, LevelFilter(bridges: .excluded)) == ["-1@1", "1@1"])
    #expect(meant(nearest, LevelFilter(layers: 1...1)) == ["-3@0", "3@0"])
    #expect(meant(nearest, LevelFilter(tunnels: .only)) == [])
  }

  /// A direction of a divided road is that of the carriageway which runs so, also where the other one is nearer.
  @Test func aDirectionIsDrivenByEverybody() throws {
    let network = try MapImporter(
      source: .text(
        opl: """
          n1 x9.000 y0.0
          n2 x9.004 y0.0
          n3 x9.004 y-0.00013
          n4 x9.000 y-0.00013
          w1 Thighway=primary,oneway=yes Nn1,n2
          w2 Thighway=primary,oneway=yes Nn3,n4

          """)
    ).run().network
    let resolver = RoadResolver(network)
    for selector in [
      RoadSelector.nearest(place(9.002, 0.0), radiusMeters: 100, headingDegrees: 270),
      .point(place(9.002, 0.0), radiusMeters: 20, headingDegrees: 270),
    ] {
      let pieces = try resolver.resolve(RoadClosure(id: "x", selector: selector)).pieces
      #expect(pieces.map { network.way(of: $0.piece).map { network.ways[$0].osmID } } == [2])
      #expect(pieces.allSatisfy { $0.isBackward == network.pieces[$0.piece].isReversed })
    }
  }
}
