import Geometry
import MapFile
import MapMatching
import RoadGraph
import TestSupport

/// A path that ordinary cars may drive, from somewhere on an arc to somewhere on another one, and lines drawn along it.
struct RandomPath {
  /// A piece in one direction.
  struct Stretch: Hashable {
    let piece: PieceID
    let isBackward: Bool
  }

  private let network: RoadNetwork
  /// What of each piece is driven, in fractions along its segment's shape.
  private(set) var covered: [Stretch: ClosedRange<UInt32>] = [:]
  private(set) var lengthMeters = 0.0
  /// The roads' own shape.
  private(set) var line: [Coordinate] = []

  /// `nil` where the way ends before it is long enough.
  init?(_ network: RoadNetwork, lengthMeters wanted: Double, _ random: inout SeededGenerator) {
    self.network = network
    guard var arc = Self.arc(network, &random) else { return nil }
    var seen: Set<SegmentID> = []
    var pieces: [Stretch] = []
    while true {
      seen.insert(network.arcCourse[arc].segment)
      pieces += Self.stretches(network, along: arc)
      let meters = pieces.reduce(0) { $0 + Double(network.pieces[$1.piece].lengthCentimeters) / 100 }
      if meters >= wanted { break }
      let onward = network.turns(from: arc).filter { turn in
        let next = network.original(of: network.turnHead[turn])
        return network.turnAttributes[turn].flags.isDisjoint(with: [.uTurn, .banned])
          && Self.isCivil(network, next) && !seen.contains(network.arcCourse[next].segment)
      }
      guard let turn = onward.randomElement(using: &random) else { return nil }
      arc = network.original(of: network.turnHead[turn])
    }
    let whole = RoadPosition.fractionMax
    for (index, stretch) in pieces.enumerated() {
      var range = 0...whole
      let share = UInt32.random(in: 0...whole / 2, using: &random)
      if index == 0 { range = stretch.isBackward ? 0...whole - share : share...whole }
      if index == pieces.count - 1 && index > 0 { range = stretch.isBackward ? share...whole : 0...whole - share }
      cover(stretch, range)
    }
  }

  private mutating func cover(_ stretch: Stretch, _ range: ClosedRange<UInt32>) {
    covered[stretch] = range
    lengthMeters += Self.meters(network, stretch, Double(range.upperBound - range.lowerBound))
    let shape = network.shape(of: stretch.piece, in: network.segment(of: stretch.piece), between: range)
    line += stretch.isBackward ? shape.reversed() : shape
  }

  private static func meters(_ network: RoadNetwork, _ stretch: Stretch, _ fraction: Double) -> Double {
    Double(network.pieces[stretch.piece].lengthCentimeters) / 100 * fraction / Double(RoadPosition.fractionMax)
  }

  private static func arc(_ network: RoadNetwork, _ random: inout SeededGenerator) -> ArcID? {
    let arc = network.original(of: ArcID(Int.random(in: 0..<network.arcCount, using: &random)))
    return isCivil(network, arc) ? arc : nil
  }

  private static func stretches(_ network: RoadNetwork, along arc: ArcID) -> [Stretch] {
    let course = network.arcCourse[arc]
    let pieces = network.pieceIDs(of: course.segment).filter { network.pieces[$0].lengthCentimeters > 0 }
    return (course.isBackward ? pieces.reversed() : pieces).map { Stretch(piece: $0, isBackward: course.isBackward) }
  }

  /// True if every stretch of an arc lets ordinary cars drive this way.
  static func isCivil(_ network: RoadNetwork, _ arc: ArcID) -> Bool {
    stretches(network, along: arc).allSatisfy { isCivil(network, $0) }
  }

  static func isCivil(_ network: RoadNetwork, _ stretch: Stretch) -> Bool {
    guard let way = network.way(of: stretch.piece) else { return true }
    let isAgainstWay = network.pieces[stretch.piece].isReversed != stretch.isBackward
    let access = network.attributes[network.ways[way].attributes][againstWay: isAgainstWay].access
    return access.contains(.civil) && access.isDisjoint(with: .contraflow)
  }
}

extension RandomPath {
  /// Metres of the path that a match lacks, and metres that it has in addition.
  func difference(to match: RoadMatch?) -> (missing: Double, extra: Double) {
    var common = 0.0
    for piece in match?.pieces ?? [] {
      let stretch = Stretch(piece: piece.piece, isBackward: piece.isBackward)
      guard let own = covered[stretch], own.overlaps(piece.covered) else { continue }
      let overlap = own.clamped(to: piece.covered)
      common += Self.meters(network, stretch, Double(overlap.upperBound - overlap.lowerBound))
    }
    return (lengthMeters - common, (match?.lengthMeters ?? 0) - common)
  }

  /// The line, moved as a whole and then thinned.
  func drawn(shiftMetersMax: Double, thinMeters: Double, _ random: inout SeededGenerator) -> [Coordinate] {
    let angle = Double.random(in: 0..<2 * .pi, using: &random)
    let shift = Double.random(in: 0...shiftMetersMax, using: &random)
    return Lines.thinned(Lines.moved(line, bearingRadians: angle, meters: shift), meters: thinMeters)
  }
}
