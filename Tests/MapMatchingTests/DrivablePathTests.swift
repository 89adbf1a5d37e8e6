import Geometry
import MapFile
import MapImport
import MapMatching
import RoadGraph
import TestSupport
import Testing

/// Whatever the line, a path is one that can be driven. Roads of these towns cross without meeting, lie on top of each
/// other, and turn back at sharp angles.
@Suite struct DrivablePathTests {
  @Test(arguments: 0..<10 as Range<UInt64>)
  func pathsAreDrivable(seed: UInt64) throws {
    let town = RandomTown(seed: seed, junctionCount: 60)
    let network = try MapImporter(source: .text(opl: town.text.opl)).run().network
    let matcher = PolylineMatcher(network)
    var random = SeededGenerator(seed: seed)
    var matches = 0
    for _ in 0..<40 {
      let line = Self.line(in: town, network, &random)
      guard let match = matcher.match(line) else { continue }
      matches += 1
      check(match, line, network, "seed \(seed), \(Polyline.encode(line))")
      let again = matcher.match(line)
      #expect(again?.paths == match.paths && again?.quality == match.quality, "seed \(seed)")
    }
    #expect(matches > 20, "seed \(seed)")
  }

  /// Along roads, or just anywhere.
  private static func line(
    in town: RandomTown, _ network: RoadNetwork, _ random: inout SeededGenerator
  ) -> [Coordinate] {
    let path = RandomPath(network, lengthMeters: .random(in: 20...800, using: &random), &random)
    guard let path, !random.oneIn(4) else {
      return (0..<Int.random(in: 2...6, using: &random)).map { _ in town.place(&random) }
    }
    return path.drawn(shiftMetersMax: 15, thinMeters: 4, &random)
  }

  private func check(_ match: RoadMatch, _ line: [Coordinate], _ network: RoadNetwork, _ place: Comment) {
    let quality = match.quality
    for share in [quality.followedShare, quality.nonCivilShare, quality.overall] {
      #expect(share >= 0 && share <= 1, "\(place): \(quality)")
    }
    #expect(quality.meanDistanceMeters <= quality.maxDistanceMeters && quality.maxDistanceMeters <= 25, place)
    let lineMeters = zip(line, line.dropFirst()).reduce(0) { $0 + $1.0.distanceMeters(to: $1.1) }
    #expect(abs(quality.lengthRatio - match.lengthMeters / lineMeters) < 1e-6, place)
    for path in match.paths {
      #expect(!path.isEmpty, place)
      for piece in path {
        let arcs = network.segmentArcs[network.segment(of: piece.piece)]
        #expect((piece.isBackward ? arcs.backward : arcs.forward) != nil, "\(place): there is no such arc")
        let share = Double(piece.covered.upperBound - piece.covered.lowerBound) / Double(RoadPosition.fractionMax)
        let meters = share * Double(network.pieces[piece.piece].lengthCentimeters) / 100
        #expect(piece.lengthMeters > 0 && abs(meters - piece.lengthMeters) < 0.05, place)
      }
      for (piece, next) in zip(path, path.dropFirst()) {
        #expect(leads(piece, to: next, network), "\(place): from \(piece) to \(next)")
      }
    }
  }

  /// True if a piece is driven to its end and the next one from its start, and nothing lies between them.
  private func leads(_ piece: MatchedPiece, to next: MatchedPiece, _ network: RoadNetwork) -> Bool {
    let whole = RoadPosition.fractionMax
    guard piece.covered.upperBound == whole || piece.isBackward, piece.covered.lowerBound == 0 || !piece.isBackward,
      next.covered.lowerBound == 0 || next.isBackward, next.covered.upperBound == whole || !next.isBackward
    else { return false }
    let (segment, nextSegment) = (network.segment(of: piece.piece), network.segment(of: next.piece))
    let end = ends(of: piece, segment, network).head
    let start = ends(of: next, nextSegment, network).tail
    guard end == start else { return false }
    if segment == nextSegment && piece.isBackward == next.isBackward { return true }
    let arcs = network.arcs(along: ArcCourse(segment: segment, isBackward: piece.isBackward))
    return arcs.contains { arc in
      network.turns(from: arc).contains {
        network.arcCourse[network.turnHead[$0]] == ArcCourse(segment: nextSegment, isBackward: next.isBackward)
      }
    }
  }

  private func ends(
    of piece: MatchedPiece, _ segment: SegmentID, _ network: RoadNetwork
  ) -> (tail: Coordinate, head: Coordinate) {
    let range = network.pointRange(of: piece.piece, in: segment)
    let shape = network.shape(of: segment)
    let ends = (shape[range.lowerBound], shape[range.upperBound - 1])
    return piece.isBackward ? (ends.1, ends.0) : ends
  }
}
