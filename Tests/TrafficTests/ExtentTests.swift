import API
import Geometry
import MapImport
import RoadGraph
import TestSupport
import Testing

@testable import Traffic

/// Where on a road a circle, an area, a pair of OSM nodes and a line lie: a street with a bend, 300 m east and 200 m
/// north, of one OSM way, drawn from its end to its start.
@Suite struct ExtentTests {
  private static let metersPerE7 = Earth.metersPerDegree / 1e7
  private let network: RoadNetwork
  private let resolver: RoadResolver

  init() throws {
    network = try MapImporter(
      source: .text(
        opl: """
          n1 x9.0 y0.0
          n2 x9.0012 y0.0
          n3 x9.0027 y0.0
          n4 x9.0027 y0.0018
          w7 Thighway=residential Nn4,n3,n2,n1

          """)
    ).run().network
    resolver = RoadResolver(network)
  }

  private func extents(_ selector: RoadSelector) throws -> [ClosedRange<UInt32>] {
    let stretches = try resolver.resolve(RoadClosure(id: "x", selector: selector)).stretches
    let (there, back) = (stretches.filter { !$0.piece.isBackward }, stretches.filter(\.piece.isBackward))
    if !there.isEmpty, !back.isEmpty { #expect(there.map(\.extent) == back.map(\.extent), "the directions differ") }
    return (there.isEmpty ? back : there).map(\.extent)
  }

  private func compare(_ extents: [ClosedRange<UInt32>], _ question: String, isInside: (Coordinate) -> Bool) throws {
    let piece = try #require(network.pieces.indices.first)
    let lengthMeters = Double(network.pieces[piece].lengthCentimeters) / 100
    for sample in stride(from: UInt32(0), through: RoadPosition.fractionMax, by: 128) {
      // Coordinates are rounded to a centimetre.
      let slack = UInt32(0.05 / lengthMeters * Double(RoadPosition.fractionMax)) + 1
      let isAtEnd = extents.contains { extent in
        [extent.lowerBound, extent.upperBound].contains { max($0, sample) - min($0, sample) <= slack }
      }
      if isAtEnd { continue }
      let place = network.coordinate(
        at: RoadPosition(segment: SegmentID(UInt32(0)), piece: piece, fraction: sample))
      #expect(extents.contains { $0.contains(sample) } == isInside(place), "\(question) at \(sample)")
    }
  }

  private func near(_ random: inout SeededGenerator) -> Coordinate {
    Coordinate(
      latitudeE7: .random(in: -3_000...21_000, using: &random),
      longitudeE7: 90_000_000 + .random(in: -3_000...30_000, using: &random))
  }

  @Test(arguments: 0..<40)
  func aCircleIsWhereItIs(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let (center, radiusMeters) = (near(&random), Double.random(in: 1...120, using: &random))
    let plane = LocalPlane(around: center)
    let extents = (try? extents(.point(center, radiusMeters: radiusMeters))) ?? []
    try compare(extents, "seed \(seed)") { place in
      let (east, north) = plane.meters(of: place)
      return (east * east + north * north).squareRoot() <= radiusMeters
    }
  }

  @Test(arguments: 0..<40)
  func anAreaIsWhereItIs(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 100)
    let corners = (0..<4).map { _ in near(&random) }
    let area = try #require(Polygon(corners))
    let extents = (try? extents(.polygon(corners))) ?? []
    try compare(extents, "seed \(seed)") { area.contains($0) }
  }

  /// The bend joins what two straight lines of the road have of one circle.
  @Test func aCircleAroundABendIsOneStretch() throws {
    let bend = Coordinate(latitudeE7: 0, longitudeE7: 90_027_000)
    let found = try extents(.point(bend, radiusMeters: 30))
    #expect(found.count == 1)
    let meters = found.map { Double(network.lengthCentimeters(of: PieceID(UInt32(0)), $0)) / 100 }
    #expect(meters.allSatisfy { abs($0 - 60) < 0.1 })
  }

  @Test func nodesBoundTheirStretch() throws {
    let between = { (from: Int64, to: Int64) in
      try extents(.nodes(OSMNodePair(from: from, to: to), direction: .both)).map {
        (Double(network.lengthCentimeters(of: PieceID(UInt32(0)), $0)) / 100).rounded()
      }
    }
    #expect(try between(1, 2) == [133])
    #expect(try between(3, 2) == [167])
    #expect(try between(4, 1) == [500])
    #expect(
      try extents(.way(osmID: 7, direction: .forward, nodes: OSMNodePair(from: 3, to: 2)))
        == extents(.nodes(OSMNodePair(from: 2, to: 3), direction: .forward)))
  }

  @Test func aLineClosesWhatItCovers() throws {
    let line = [Coordinate(latitudeE7: 0, longitudeE7: 90_003_000), Coordinate(latitudeE7: 0, longitudeE7: 90_015_000)]
    let found = try extents(.polyline(line, direction: nil))
    let meters = found.map { Double(network.lengthCentimeters(of: PieceID(UInt32(0)), $0)) / 100 }
    #expect(meters.count == 1 && abs(meters[0] - 133.4) < 1, "\(meters)")
  }

  /// A small circle far from any shape point still closes something.
  @Test func theSmallestCircleCloses() throws {
    let found = try extents(.point(Coordinate(latitudeE7: 0, longitudeE7: 90_006_000), radiusMeters: 0.01))
    #expect(found.count == 1 && found.allSatisfy { $0.lowerBound < $0.upperBound })
  }

  @Test func everyPointOfAPieceHasAFraction() throws {
    let shape = PieceShape(PieceID(UInt32(0)), in: SegmentID(UInt32(0)), network)
    let parts = (0..<3).map { shape.extent(ofLine: $0, 0...1) }
    #expect(parts.first?.lowerBound == 0 && parts.last?.upperBound == RoadPosition.fractionMax)
    for (part, next) in zip(parts, parts.dropFirst()) {
      // Rounded outwards, so that nothing lies between them.
      #expect(part.upperBound >= next.lowerBound && part.upperBound - next.lowerBound <= 1)
    }
    #expect(shape.extent(ofPoints: 0...3) == .wholePiece)
    #expect(shape.extent(ofPoints: 2...2).count > 1, "never without length")
  }
}
