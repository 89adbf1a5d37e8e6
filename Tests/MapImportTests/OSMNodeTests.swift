import Geometry
import RoadGraph
import Testing

@testable import MapImport

extension TestMap {
  /// A stretch as "w7 0-2": its way and the positions of its ends among the way's OSM nodes, in the direction of
  /// travel.
  func text(_ stretch: NodeStretch) -> String {
    let piece = network.pieces[stretch.piece]
    let lines = UInt32(network.pointRange(of: stretch.piece, in: stretch.segment).count - 1)
    let (start, end) = (stretch.firstPoint - piece.firstPoint, stretch.lastPoint - piece.firstPoint)
    let isReversed = piece.isReversed
    let (low, high) = (
      piece.firstNode + (isReversed ? lines - end : start), piece.firstNode + (isReversed ? lines - start : end)
    )
    let way = network.way(of: stretch.piece).map { network.ways[$0].osmID } ?? 0
    return "w\(way) " + (stretch.isBackward == isReversed ? "\(low)-\(high)" : "\(high)-\(low)")
  }

  func texts(_ stretches: [NodeStretch]) -> [String] { stretches.map(text) }

  func texts(_ from: Int64, _ to: Int64) -> [String] {
    texts(OSMNodeIndex(network).stretches(from: from, to: to))
  }

  func texts(way: Int64, _ from: Int64, _ to: Int64) throws -> [String] {
    let way = try #require(network.way(osmID: way))
    return texts(OSMNodeIndex(network).stretches(onWay: way, from: from, to: to))
  }

  /// The OSM nodes along each segment's shape, as "1 2 3", sorted.
  var lines: [String] {
    let nodes = network.pointOSMNodes()
    return network.segmentArcs.indices.map { segment in
      network.firstPoint[segment].map { String(nodes[position: $0]) }.joined(separator: " ")
    }.sorted()
  }
}

@Suite struct OSMNodeTests {
  @Test func everyPointHasItsOSMNode() throws {
    // Ids far apart, above 2^32, and negative ones, as editors give to what is new.
    let ids: [Int64] = [-7, 9_000_000_000_000, 12, 11_999_999_999, 13]
    var drawn = DrawnMap()
    for (index, id) in ids.enumerated() { drawn.node(id, Double(index) * 100, 0) }
    drawn.node(20, 200, 100)
    drawn.way(1, ids)
    drawn.way(2, [12, 20])
    let map = try drawn.imported()
    #expect(map.vertices == [-7, 12, 13, 20])
    let lines = map.lines.map { Set($0.split(separator: " ").compactMap { Int64($0) }) }
    #expect(Set(lines) == [[-7, 9_000_000_000_000, 12], [12, 11_999_999_999, 13], [12, 20]])
  }

  @Test func aChainHasTheOSMNodesOfItsWays() throws {
    var drawn = DrawnMap()
    drawn.line(6)
    drawn.way(7, [1, 2, 3])
    drawn.way(8, [5, 4, 3], ["highway": "primary"])
    drawn.way(9, [5, 6])
    let map = try drawn.imported()
    #expect(map.lines == ["1 2 3 4 5 6"])
    #expect(map.texts(2, 3) == ["w7 1-2"])
    #expect(map.texts(3, 2) == ["w7 2-1"])
    #expect(map.texts(3, 4) == ["w8 2-1"])
    #expect(map.texts(4, 3) == ["w8 1-2"])
    #expect(map.texts(3, 5) == ["w8 2-0"])
    #expect(map.texts(5, 3) == ["w8 0-2"])
    #expect(map.texts(5, 6) == ["w9 0-1"])
    #expect(map.texts(2, 4).isEmpty, "no way has both")
  }

  @Test func stretchesKnowTheirPlaceAndLength() throws {
    var drawn = DrawnMap()
    drawn.line(4)
    drawn.way(7, [4, 3, 2, 1])
    let map = try drawn.imported()
    let index = OSMNodeIndex(map.network)
    let one = try #require(index.stretches(from: 3, to: 2).first)
    let long = try #require(index.stretches(from: 4, to: 2).first)
    #expect(abs(one.lengthMeters - 100) < 0.1 && abs(long.lengthMeters - 200) < 0.1)
    #expect(one.segment == SegmentID(0) && one.piece == PieceID(0))
    #expect(one.lastPoint - one.firstPoint == 1 && long.lastPoint - long.firstPoint == 2)
    #expect(index.stretches(from: 2, to: 3).first?.isBackward == !one.isBackward)
  }

  /// A gate and a signal cut the way into pieces without making it two ways.
  @Test func pointsBetweenStretchesAreLeftOut() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0, ["barrier": "gate"])
    drawn.node(3, 200, 0)
    drawn.node(4, 300, 0, ["highway": "traffic_signals"])
    drawn.node(5, 400, 0)
    drawn.way(1, [1, 2, 3, 4, 5])
    let map = try drawn.imported()
    #expect(map.network.pieces.count == 5)
    #expect(map.texts(1, 2) == ["w1 0-1"])
    #expect(map.texts(2, 3) == ["w1 1-2"])
    #expect(map.texts(3, 2) == ["w1 2-1"])
    #expect(map.texts(1, 5) == ["w1 0-1", "w1 1-3", "w1 3-4"])
    #expect(map.texts(5, 3) == ["w1 4-3", "w1 3-2"])
  }

  @Test func followsAWayOverJunctions() throws {
    var drawn = DrawnMap()
    drawn.line(5)
    drawn.node(6, 200, 100)
    drawn.way(1, [1, 2, 3, 4, 5])
    drawn.way(2, [3, 6])
    let map = try drawn.imported()
    #expect(map.texts(1, 5) == ["w1 0-2", "w1 2-4"])
    #expect(map.texts(4, 2) == ["w1 3-2", "w1 2-1"])
    #expect(map.texts(6, 5).isEmpty)
  }

  @Test func sharedPairsAreFoundOnEachWay() throws {
    // 1-2-3 and 4-3-2-5 share 2-3; both have 2 and 3 beside each other.
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.node(4, 200, 100)
    drawn.node(5, 100, 100)
    drawn.way(1, [1, 2, 3])
    drawn.way(2, [4, 3, 2, 5])
    let map = try drawn.imported()
    #expect(Set(map.texts(2, 3)) == ["w1 1-2", "w2 2-1"])
    #expect(Set(map.texts(3, 2)) == ["w1 2-1", "w2 1-2"])
    #expect(try map.texts(way: 2, 2, 3) == ["w2 2-1"])
    #expect(try map.texts(way: 1, 4, 3).isEmpty)
  }

  /// Neither end is beside the other, and two ways have both.
  @Test func everyCommonWayCounts() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.node(4, 100, 50)
    drawn.way(2, [1, 2, 3])
    drawn.way(1, [3, 4, 1])
    let map = try drawn.imported()
    #expect(map.texts(1, 3).map { $0.prefix(2) } == ["w1", "w2"])
    #expect(try map.texts(way: 2, 1, 3) == ["w2 0-2"])
    #expect(try map.texts(way: 1, 1, 3) == ["w1 2-0"])
  }

  @Test func unknownOSMNodesHaveNoRoad() throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.node(9, 500, 500)
    drawn.way(1, [1, 2])
    let map = try drawn.imported()
    for (from, to) in [(1, 9), (9, 1), (9, 10), (1, 1), (.min, .max), (0, 1)] as [(Int64, Int64)] {
      #expect(map.texts(from, to).isEmpty, "\(from) \(to)")
      #expect(try map.texts(way: 1, from, to).isEmpty, "\(from) \(to)")
    }
  }

  /// A ring of 100 m to a side, 1 to 4, with side roads at 1 and 3.
  private func ring(_ tags: [String: String]) throws -> TestMap {
    var drawn = DrawnMap()
    for (id, place) in [(1, (0, 0)), (2, (100, 0)), (3, (100, 100)), (4, (0, 100)), (5, (-100, 0)), (6, (200, 100))] {
      drawn.node(Int64(id), Double(place.0), Double(place.1))
    }
    drawn.way(1, [1, 2, 3, 4, 1], ["highway": "primary"].merging(tags) { $1 })
    drawn.way(2, [5, 1])
    drawn.way(3, [3, 6])
    return try drawn.imported()
  }

  @Test func roundaboutsAreFollowedWithTheirTraffic() throws {
    let map = try ring(["junction": "roundabout"])
    #expect(map.texts(2, 1) == ["w1 1-0"], "neighbours are neighbours")
    #expect(try map.texts(way: 1, 2, 1) == ["w1 1-2", "w1 2-4"])
    #expect(try map.texts(way: 1, 4, 2) == ["w1 3-4", "w1 0-1"])
    #expect(map.texts(4, 2) == ["w1 3-4", "w1 0-1"])
    #expect(map.texts(2, 4) == ["w1 1-2", "w1 2-3"])
    #expect(try map.texts(way: 1, 3, 2) == ["w1 2-4", "w1 0-1"])
  }

  @Test func onewaysAgainstTheWayAreFollowedWithTheirTraffic() throws {
    let map = try ring(["oneway": "-1"])
    #expect(try map.texts(way: 1, 1, 2) == ["w1 4-2", "w1 2-1"])
    #expect(try map.texts(way: 1, 2, 1) == ["w1 1-0"])
  }

  @Test func otherRingsAreFollowedTheShorterWay() throws {
    let map = try ring([:])
    #expect(try map.texts(way: 1, 2, 1) == ["w1 1-0"])
    #expect(try map.texts(way: 1, 1, 4) == ["w1 4-3"])
    #expect(map.texts(2, 4) == ["w1 1-2", "w1 2-3"], "as long either way: along the way")
  }

  /// A one-way that is no ring has one way between two places: against its traffic too.
  @Test func onewaysCanBeNamedBackwards() throws {
    var drawn = DrawnMap()
    drawn.line(4)
    drawn.way(1, [1, 2, 3, 4], ["highway": "motorway"])
    let map = try drawn.imported()
    #expect(map.texts(4, 2) == ["w1 3-1"])
    #expect(map.texts(1, 3) == ["w1 0-2"])
  }

  /// The way comes past 2 twice: 1-2-3-4-2.
  @Test func theNearestOfSeveralPlacesCounts() throws {
    var drawn = DrawnMap()
    drawn.node(1, -100, 0)
    drawn.node(2, 0, 0)
    drawn.node(3, 300, 0)
    drawn.node(4, 0, 50)
    drawn.node(5, 10, 50)
    drawn.way(1, [1, 2, 3, 5, 4, 2])
    let map = try drawn.imported()
    #expect(map.texts(2, 5) == ["w1 5-3"])
    #expect(map.texts(5, 2) == ["w1 3-5"])
    #expect(map.texts(1, 5).first == "w1 0-1")
  }

  @Test func repeatedOSMNodesAreOnePlace() throws {
    var drawn = DrawnMap()
    drawn.line(4)
    drawn.node(5, 100, 100)
    drawn.way(1, [1, 2, 2, 3, 3, 4])
    drawn.way(2, [2, 5])
    let map = try drawn.imported()
    #expect(map.texts(1, 2) == ["w1 0-1"])
    #expect(map.texts(2, 3) == ["w1 2-3"])
    #expect(map.texts(3, 4) == ["w1 4-5"])
    #expect(map.texts(1, 4) == ["w1 0-1", "w1 2-5"])
    #expect(map.texts(2, 2).isEmpty)
  }

  /// The extract lacks 3.
  @Test func waysAreNotFollowedOverGaps() throws {
    var drawn = DrawnMap()
    for id: Int64 in [1, 2, 4, 5] { drawn.node(id, Double(id) * 100, 0) }
    drawn.way(1, [1, 2, 3, 4, 5])
    let map = try drawn.imported()
    #expect(map.texts(1, 2) == ["w1 0-1"] && map.texts(5, 4) == ["w1 4-3"])
    #expect(map.texts(1, 5).isEmpty && map.texts(2, 4).isEmpty)
  }
}
