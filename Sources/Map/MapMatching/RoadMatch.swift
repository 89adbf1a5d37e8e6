import RoadGraph

/// A part of a piece that a line follows, in one direction of travel.
public struct MatchedPiece: Hashable, Sendable {
  /// Always a stretch, never a point piece.
  public var piece: PieceID
  /// True against the shape of the piece's segment.
  public var isBackward: Bool
  /// What the line covers, in fractions of the piece along its segment's shape, as in ``RoadPosition/fraction``.
  public var covered: ClosedRange<UInt32>
  /// Of the covered part.
  public var lengthMeters: Double

  /// True if the line covers all of the piece.
  public var isWhole: Bool { covered == 0...RoadPosition.fractionMax }

  init(_ stretch: DrivenStretch) {
    (piece, isBackward) = (stretch.piece, stretch.isBackward)
    (covered, lengthMeters) = (stretch.covered, stretch.coveredMeters)
  }
}

/// The roads that a line follows, in the direction of the line.
public struct RoadMatch: Sendable {
  /// Connected paths in the order of the line, each with its pieces in the order of travel. A second path begins where
  /// the line follows no road for a while, or none that the last path leads to.
  public let paths: [[MatchedPiece]]
  public let quality: MatchQuality

  /// The pieces of all paths.
  public var pieces: [MatchedPiece] { paths.flatMap { $0 } }
  public var lengthMeters: Double { paths.joined().reduce(0) { $0 + $1.lengthMeters } }
  /// True if the roads are one path.
  public var isConnected: Bool { paths.count == 1 }
}

/// How well roads follow a line.
public struct MatchQuality: Hashable, Sendable {
  /// Share of the line's length that roads follow, 0...1.
  public var followedShare: Double
  /// From the line to its roads, where they follow it.
  public var meanDistanceMeters: Double
  public var maxDistanceMeters: Double
  /// Length of the matched roads to that of the line; 1 where both run alike.
  public var lengthRatio: Double
  /// Share of the matched length on which the tags do not give ordinary cars this direction (against a one-way, paths).
  public var nonCivilShare: Double
  /// All in one figure, 0...1: the share that is followed, times 1 − (mean distance / radius)², times the ratio of
  /// the matched length to the followed length (the smaller to the larger), less half of the share that is not civil.
  public var overall: Double
}

extension MatchQuality {
  init(of traces: [Trace], lineMeters: Double, matchedMeters: Double, nonCivilMeters: Double, radiusMeters: Double) {
    let points = traces.flatMap(\.points)
    let shares = points.reduce(0) { $0 + $1.sample.shareMeters }
    let followedMeters = traces.reduce(0) { $0 + $1.followedMeters }
    followedShare = min(followedMeters / lineMeters, 1)
    meanDistanceMeters = points.reduce(0) { $0 + $1.candidate.distanceMeters * $1.sample.shareMeters } / shares
    maxDistanceMeters = points.map(\.candidate.distanceMeters).max() ?? 0
    lengthRatio = matchedMeters / lineMeters
    nonCivilShare = nonCivilMeters / matchedMeters
    let offset = meanDistanceMeters / radiusMeters
    let agreement = min(matchedMeters, followedMeters) / max(matchedMeters, followedMeters)
    overall = followedShare * (1 - offset * offset) * agreement * (1 - nonCivilShare / 2)
  }
}
