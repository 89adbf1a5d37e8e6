import RoadGraph

/// Makes paths over road pieces of traces.
struct PathBuilder {
  /// A gap is bridged by a way that strays this many radii from the line at most: across a roundabout that the line
  /// cuts straight through, and not around a block.
  private static let bridgeRadii = 1.5
  /// It is at most this many times as long (half a circle against its diameter), plus a radius.
  private static let bridgeStretch = 1.6
  /// Longer gaps, in radii, are none of one junction.
  private static let gapRadiiMax = 4.0
  /// A shorter path is where a line touches a road.
  private static let pathMinMeters = 1.0

  let network: RoadNetwork
  let line: MeasuredLine
  let terms: PolylineMatcher.Terms
  var search: RoadSearch

  /// Traces joined where roads lead over the gap between them. O(traces + arcs near the gaps).
  mutating func bridged<Failure: Error>(
    _ traces: [Trace], check: () throws(Failure) -> Void
  ) throws(Failure) -> [Trace] {
    var joined: [Trace] = []
    for trace in traces {
      try check()
      if let last = joined.last, isBridge(from: last.last, to: trace.first) {
        joined[joined.count - 1].append(trace)
      } else {
        joined.append(trace)
      }
    }
    return joined
  }

  private mutating func isBridge(from start: Trace.Point, to end: Trace.Point) -> Bool {
    let range = start.sample.alongMeters...end.sample.alongMeters
    guard range.upperBound - range.lowerBound <= Self.gapRadiiMax * terms.radiusMeters else { return false }
    guard let stretches = stretches(from: start, to: end) else { return false }
    let limit = (range.upperBound - range.lowerBound) * Self.bridgeStretch + terms.radiusMeters
    guard stretches.reduce(0, { $0 + $1.coveredMeters }) <= limit else { return false }
    return stretches.allSatisfy { stretch in
      let segment = network.segment(of: stretch.piece)
      return network.shape(of: stretch.piece, in: segment, between: stretch.covered).allSatisfy {
        line.distanceMeters(from: $0, between: range) <= Self.bridgeRadii * terms.radiusMeters
      }
    }
  }

  /// The stretches that a trace drives over, ends moved to those of pieces where they are near; none where it stays in
  /// one place. O(arcs).
  mutating func path<Failure: Error>(
    of trace: Trace, check: () throws(Failure) -> Void
  ) throws(Failure) -> [DrivenStretch] {
    var path: [DrivenStretch] = []
    for (start, end) in zip(trace.points, trace.points.dropFirst()) {
      try check()
      for stretch in stretches(from: start, to: end) ?? [] { path.append(orExtend: stretch) }
    }
    let toleranceMeters = min(terms.endToleranceMeters, line.lengthMeters / 4)
    path.tidy(.start, toleranceMeters: toleranceMeters)
    path.tidy(.end, toleranceMeters: toleranceMeters)
    return path.reduce(0) { $0 + $1.coveredMeters } < Self.pathMinMeters ? [] : path
  }

  /// What is driven from one point to the next; `nil` if no way is short enough.
  private mutating func stretches(from start: Trace.Point, to end: Trace.Point) -> [DrivenStretch]? {
    let lineMeters = end.sample.alongMeters - start.sample.alongMeters
    search.run(
      from: start.candidate,
      limitMeters: lineMeters * Self.bridgeStretch + max(MatchCosts.slackMeters, terms.radiusMeters))
    guard let arcs = search.arcs(to: end.candidate) else { return nil }
    var stretches: [DrivenStretch] = []
    var (arc, from) = (start.candidate.arc, start.candidate.alongMeters)
    for next in arcs {
      stretches += network.stretches(along: arc, from: from, to: .infinity)
      (arc, from) = (next, 0)
    }
    return stretches + network.stretches(along: arc, from: from, to: end.candidate.alongMeters)
  }
}

/// A part of a piece that is driven, in metres in the direction of travel.
struct DrivenStretch {
  let piece: PieceID
  /// Against the shape of the piece's segment.
  let isBackward: Bool
  let lengthMeters: Double
  var fromMeters: Double
  var toMeters: Double

  var coveredMeters: Double { toMeters - fromMeters }

  /// Fractions of the piece along its segment's shape.
  var covered: ClosedRange<UInt32> {
    let ends = [fromMeters, toMeters].map { meters in
      let share = min(max(meters / lengthMeters, 0), 1)
      return UInt32(((isBackward ? 1 - share : share) * Double(RoadPosition.fractionMax)).rounded())
    }
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }
}

extension RoadNetwork {
  /// The parts of an arc's stretches between two lengths from its tail. O(pieces).
  fileprivate func stretches(along arc: ArcID, from: Double, to: Double) -> [DrivenStretch] {
    var start = 0.0
    let isBackward = arcCourse[arc].isBackward
    return pieceIDs(along: arc).compactMap { piece in
      let length = Double(pieces[piece].lengthCentimeters) / 100
      defer { start += length }
      let stretch = DrivenStretch(
        piece: piece, isBackward: isBackward, lengthMeters: length, fromMeters: max(from - start, 0),
        toMeters: min(to - start, length))
      return stretch.coveredMeters > 0 ? stretch : nil
    }
  }
}

extension [DrivenStretch] {
  /// Adds a stretch, or makes the last one longer if that goes on with it.
  fileprivate mutating func append(orExtend next: DrivenStretch) {
    if let last, last.piece == next.piece, last.isBackward == next.isBackward,
      abs(next.fromMeters - last.toMeters) <= RoadSearch.backwardMeters
    {
      self[count - 1].toMeters = Swift.max(last.toMeters, next.toMeters)
    } else {
      append(next)
    }
  }

  /// A line seldom starts just where its road does: a few metres of a piece are no part of it, and a few metres that
  /// a piece lacks are. Its end likewise.
  fileprivate mutating func tidy(_ end: PathEnd, toleranceMeters: Double) {
    guard !isEmpty else { return }
    let index = end == .start ? 0 : count - 1
    let coveredMeters = self[index].coveredMeters
    let missedMeters = end == .start ? self[index].fromMeters : self[index].lengthMeters - self[index].toMeters
    if missedMeters <= toleranceMeters && (coveredMeters >= missedMeters || count == 1) {
      if end == .start { self[index].fromMeters = 0 } else { self[index].toMeters = self[index].lengthMeters }
    } else if coveredMeters <= toleranceMeters && count > 1 {
      remove(at: index)
    }
  }
}

private enum PathEnd { case start, end }
