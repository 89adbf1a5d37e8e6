import Geometry
import RoadGraph
import Testing

@testable import MapImport

@Suite struct SegmentTests {
  @Test func waysAreCutWhereTheyMeet() throws {
    // 1---2---3 with 4 above 2.
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.node(4, 100, 100)
    drawn.way(1, [1, 2, 3])
    drawn.way(2, [2, 4])
    let map = try drawn.imported()
    #expect(map.vertices == [1, 2, 3, 4])
    #expect(map.arcs == ["1>2", "2>1", "2>3", "2>4", "3>2", "4>2"])
    #expect(map.pieces(2, 3) == ["w1 1-2 100m"])
    #expect(map.pieces(3, 2) == ["w1 2-1 100m"])
  }

  @Test func chainsBecomeOneSegment() throws {
    var drawn = DrawnMap()
    drawn.line(6)
    drawn.way(7, [1, 2, 3])
    drawn.way(8, [5, 4, 3], ["highway": "primary"])
    drawn.way(9, [5, 6])
    let map = try drawn.imported()
    #expect(map.vertices == [1, 6])
    #expect(map.pieces(1, 6) == ["w7 0-2 200m", "w8 2-0 200m", "w9 0-1 100m"])
    #expect(map.network.shape(of: SegmentID(0)).count == 6)
    #expect(map.report.segments == 1)
  }

  @Test func chainsEndWhereDirectionsChange() throws {
    // Both directions exist on 1-2; the motorway goes on as a one-way without contraflow.
    var drawn = DrawnMap()
    drawn.line(4)
    drawn.way(1, [1, 2], ["highway": "primary"])
    drawn.way(2, [2, 3], ["highway": "motorway"])
    drawn.way(3, [4, 3], ["highway": "motorway", "oneway": "-1"])
    let map = try drawn.imported()
    #expect(map.arcs == ["1>2", "2>1", "2>4"])
    #expect(map.pieces(2, 4) == ["w2 0-1 100m", "w3 1-0 100m"])
  }

  @Test func onewaysThatMeetHeadOnStayApart() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.way(1, [1, 2], ["highway": "motorway"])
    drawn.way(2, [3, 2], ["highway": "motorway"])
    let map = try drawn.imported()
    #expect(map.arcs == ["1>2", "3>2"])
  }

  @Test func restrictionsKeepTheirViaAVertex() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.way(1, [1, 2, 3])
    drawn.restriction(1, "w1@from,n2@via,w1@to", "no_u_turn")
    let map = try drawn.imported()
    #expect(map.vertices == [1, 2, 3])
    #expect(map.bannedTurns == ["1>2>1", "3>2>3"])
  }

  @Test func loopsAtAVertexAreCutInTheMiddle() throws {
    // A drive 1-2 with a turning loop 2-3-4-5-2.
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0)
    drawn.node(3, 150, 50)
    drawn.node(4, 200, 0)
    drawn.node(5, 150, -50)
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3, 4, 5, 2])
    let map = try drawn.imported()
    #expect(map.vertices == [1, 2, 4])
    #expect(map.arcs == ["1>2", "2>1", "2>4", "2>4", "4>2", "4>2"])
    #expect(Set(map.arcs(2, 4).map { map.network.arcCourse[$0].segment }).count == 2)
  }

  @Test func lonelyRingsKeepTwoVertices() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0)
    drawn.node(3, 100, 100)
    drawn.node(4, 0, 100)
    drawn.way(1, [1, 2, 3])
    drawn.way(2, [3, 4, 1])
    let map = try drawn.imported()
    #expect(map.vertices == [1, 3])
    #expect(map.report.segments == 2)
  }

  @Test func roundaboutsJoinOverTheirSeam() throws {
    // The ring 1-2-3-4-1 starts at 1, where nothing meets it; roads lead off at 2 and 4.
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 20, 0)
    drawn.node(3, 20, 20)
    drawn.node(4, 0, 20)
    drawn.node(5, 100, 0)
    drawn.node(6, -100, 20)
    drawn.way(1, [1, 2, 3, 4, 1], ["highway": "primary", "junction": "roundabout"])
    drawn.way(2, [2, 5])
    drawn.way(3, [4, 6])
    let map = try drawn.imported()
    #expect(map.vertices == [2, 4, 5, 6])
    #expect(map.arcs(4, 2).contains { map.network.segmentArcs[map.network.arcCourse[$0].segment].backward != nil })
    #expect(map.network.segmentArcs.count == 4)
    let seam = map.network.segmentArcs.indices.first { map.network.pieceIDs(of: $0).count == 2 }
    #expect(seam != nil)
  }

  @Test func missingNodesCutAWay() throws {
    var drawn = DrawnMap()
    drawn.line(4)
    drawn.way(1, [1, 2, 99, 3, 4])
    drawn.way(2, [98, 1, 97])
    let map = try drawn.imported()
    #expect(map.arcs == ["1>2", "2>1", "3>4", "4>3"])
    #expect(map.pieces(3, 4) == ["w1 3-4 100m"])
    #expect(map.report.count(of: .wayWithGaps) == 1)
    #expect(map.report.count(of: .wayTooShort) == 1)
    #expect(map.network.ways.buffer.map(\.nodeCount) == [5, 3])
  }

  @Test func repeatedNodesAreOnePlace() throws {
    var drawn = DrawnMap()
    drawn.line(4)
    drawn.node(5, 100, 100)
    drawn.way(1, [1, 1, 2, 2, 3, 3, 4, 4])
    drawn.way(2, [2, 5])
    drawn.way(3, [4, 4])
    let map = try drawn.imported()
    #expect(map.vertices == [1, 2, 4, 5])
    #expect(map.pieces(1, 2) == ["w1 1-2 100m"])
    #expect(map.pieces(2, 4) == ["w1 3-6 200m"])
    #expect(map.report.count(of: .wayTooShort) == 1)
  }

  @Test func duplicateWaysCountOnce() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    drawn.way(5, [2, 3])
    drawn.way(1, [1, 2])
    drawn.way(5, [1, 3])
    let map = try drawn.imported()
    #expect(map.network.ways.buffer.map(\.osmID) == [1, 5])
    #expect(map.pieces(1, 3) == ["w1 0-1 100m", "w5 0-1 100m"])
    #expect(map.report.count(of: .wayTwice) == 1)
  }

  /// A ring that lies at one place leads nowhere.
  @Test func ringsOfNoSizeAreDropped() throws {
    var drawn = DrawnMap()
    drawn.line(3)
    for id in Int64(4)...5 { drawn.node(id, 100, 0) }
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3])
    drawn.way(3, [2, 4, 5, 2])
    let map = try drawn.imported()
    #expect(Set(map.arcs) == ["1>2", "2>1", "2>3", "3>2"])
    #expect(map.report.count(of: .wayTooShort) == 1)
    // One that a road leaves from is a way there.
    drawn.node(6, 100, 100)
    drawn.way(4, [4, 6])
    #expect(try drawn.imported().report.count(of: .wayTooShort) == 0)
  }

  @Test func lengthsAreWholeCentimeters() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 1234.5678, 0)
    drawn.way(1, [1, 2])
    let network = try drawn.imported().network
    #expect(network.pieces.buffer.map(\.lengthCentimeters) == [123_457])
  }

  @Test func onlyAPieceWithinOnePointHasNoLength() throws {
    // Near the pole, a step of one unit of longitude is less than half a centimetre.
    var drawn = DrawnMap()
    let north = 80 * Earth.metersPerDegree
    drawn.node(1, 0, north)
    drawn.node(2, 0.012, north)
    drawn.node(3, 0.012, north)
    drawn.way(1, [1, 2])
    drawn.way(2, [2, 3])
    let map = try drawn.imported()
    #expect(map.network.pieces.buffer.map(\.lengthCentimeters).sorted() == [0, 1])
  }

  @Test func vertexOrderFollowsTheGround() throws {
    // A comb of 64 teeth: neighbours in number are neighbours on the ground, mostly.
    var drawn = DrawnMap()
    for id in Int64(0)..<256 { drawn.node(id + 1, Double(id % 16) * 100, Double(id / 16) * 100) }
    for row in Int64(0)..<16 { drawn.way(row + 1, (1...16).map { row * 16 + $0 }) }
    for column in Int64(1)...16 { drawn.way(column + 100, (0..<16).map { $0 * 16 + column }) }
    let network = try drawn.imported().network
    let places = network.vertexCoordinate.buffer
    let steps = zip(places, places.dropFirst()).map { $0.distanceMeters(to: $1) }
    #expect(steps.count == 252 + 3 - 4)
    #expect(steps.reduce(0, +) / Double(steps.count) < 150)
  }

  /// Longer than the number that holds a length.
  @Test func aRoadToAndFroAcrossTheEarthIsImported() throws {
    let text = """
      n1 v1 x0 y0
      n2 v1 x179 y0
      n3 v1 x1 y0
      n4 v1 x178 y0
      w1 v1 Thighway=primary Nn1,n2,n3,n4

      """
    let network = try MapImporter(source: .text(opl: text)).run().network
    network.checkInvariants()
    #expect(network.pieces.buffer.map(\.lengthCentimeters) == [4_000_000_000])
  }
}
