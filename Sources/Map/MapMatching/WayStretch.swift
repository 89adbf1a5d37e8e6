import RoadGraph

/// A run along one OSM way, by the positions of its OSM nodes: what a link table keeps, since it outlives an import.
public struct WayStretch: Hashable, Sendable {
  public var wayOSMID: Int64
  /// Driven against the order of the way's OSM nodes.
  public var isAgainstWay: Bool
  /// Positions among the way's OSM nodes, in the way's order, whichever way it is driven; two or more.
  public var nodes: ClosedRange<Int>

  public init(wayOSMID: Int64, isAgainstWay: Bool, nodes: ClosedRange<Int>) {
    (self.wayOSMID, self.isAgainstWay, self.nodes) = (wayOSMID, isAgainstWay, nodes)
  }
}

extension RoadNetwork {
  /// The longest runs on one OSM way each, in the order of travel; those of each path of the match.
  ///
  /// What lies between two neighbouring OSM nodes counts if its middle is covered. A closed way that is driven over its
  /// first node gives two runs. O(points).
  public func wayStretches(of match: RoadMatch) -> [[WayStretch]] {
    match.paths.map { path in
      path.reduce(into: []) { runs, piece in
        guard let next = wayStretch(of: piece) else { return }
        if let joined = runs.last?.joined(to: next) { runs[runs.count - 1] = joined } else { runs.append(next) }
      }
    }
  }

  private func wayStretch(of matched: MatchedPiece) -> WayStretch? {
    guard let way = way(of: matched.piece) else { return nil }
    let piece = pieces[matched.piece]
    let lines = coveredLines(of: matched)
    guard let first = lines.first, let last = lines.last else { return nil }
    let lineCount = pointRange(of: matched.piece, in: segment(of: matched.piece)).count - 1
    let nodes = piece.isReversed ? (lineCount - 1 - last)...(lineCount - first) : first...last + 1
    let firstNode = Int(piece.firstNode)
    return WayStretch(
      wayOSMID: ways[way].osmID, isAgainstWay: piece.isReversed != matched.isBackward,
      nodes: firstNode + nodes.lowerBound...firstNode + nodes.upperBound)
  }

  /// Positions of the straight lines of a piece whose middle is covered.
  private func coveredLines(of matched: MatchedPiece) -> [Int] {
    let segment = segment(of: matched.piece)
    let points = Array(shape(of: segment)[pointRange(of: matched.piece, in: segment)])
    let lengths = zip(points, points.dropFirst()).map { $0.distanceMeters(to: $1) }
    let metersPerStep = lengths.reduce(0, +) / Double(RoadPosition.fractionMax)
    let range =
      Double(matched.covered.lowerBound) * metersPerStep...Double(matched.covered.upperBound) * metersPerStep
    var along = 0.0
    return lengths.indices.filter { line in
      defer { along += lengths[line] }
      return range.contains(along + lengths[line] / 2)
    }
  }
}

extension WayStretch {
  /// Both as one run, if `next` goes on where this one ends.
  fileprivate func joined(to next: WayStretch) -> WayStretch? {
    guard wayOSMID == next.wayOSMID, isAgainstWay == next.isAgainstWay else { return nil }
    let isNext =
      isAgainstWay ? nodes.lowerBound == next.nodes.upperBound : nodes.upperBound == next.nodes.lowerBound
    guard isNext else { return nil }
    var joined = self
    joined.nodes = min(nodes.lowerBound, next.nodes.lowerBound)...max(nodes.upperBound, next.nodes.upperBound)
    return joined
  }
}
