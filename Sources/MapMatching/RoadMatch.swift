import MapFile
import RoadGraph

/// The roads that a line follows, in the direction of the line.
public struct RoadMatch: Sendable {
  /// A stretch of road in one direction, and how much of it the line covers.
  public struct Part: Hashable, Sendable {
    public let piece: PieceID
    /// True against the shape of the piece's segment.
    public let isBackward: Bool
    /// In the direction of travel, each 0...1.
    public let covered: ClosedRange<Double>
    public let lengthMeters: Double
  }

  /// In the order of travel.
  public let parts: [Part]
  public let lineMeters: Double
  /// How much of the line has a road beside it, 0...1.
  public let coveredShare: Double
  /// From points of the line to the road.
  public let meanDistanceMeters: Double
  public let maxDistanceMeters: Double
  /// True if the parts are one way that can be driven from end to end.
  public let isConnected: Bool
  let radiusMeters: Double

  /// The length of the covered road.
  public var lengthMeters: Double {
    parts.reduce(0) { $0 + $1.lengthMeters * ($1.covered.upperBound - $1.covered.lowerBound) }
  }

  /// How sure it is that these are the roads that are meant, 0...1: the covered share, less for a road that is longer or
  /// shorter than the line, that lies off it, or that has gaps.
  ///
  /// Above 0.9 the roads are as good as certain; below 0.6 somebody should look.
  public var quality: Double {
    let covered = max(lineMeters * coveredShare, 1)
    let lengthFit = max(0, 1 - abs(lengthMeters / covered - 1))
    let distanceFit = 1 - 0.5 * min(meanDistanceMeters / radiusMeters, 1)
    return coveredShare * lengthFit * distanceFit * (isConnected ? 1 : 0.8)
  }
}

/// A run of a match along one OSM way: how a link table names it.
public struct MatchedStretch: Hashable, Sendable {
  public let way: WayID
  /// The OSM nodes at its ends, in the direction of travel.
  public let fromOSMNode: Int64
  public let toOSMNode: Int64
}

extension RoadMatch {
  /// The match as runs along OSM ways; a piece that is covered in part counts whole. O(parts + points).
  public func stretches(on network: RoadNetwork, _ nodes: OSMNodeIndex) -> [MatchedStretch] {
    var runs: [(way: WayID, parts: [Part])] = []
    for part in parts {
      guard let way = network.way(of: part.piece) else { continue }
      if let last = runs.last, last.way == way, follows(part, last.parts[last.parts.count - 1], network) {
        runs[runs.count - 1].parts.append(part)
      } else {
        runs.append((way, [part]))
      }
    }
    return runs.map { way, parts in
      MatchedStretch(
        way: way, fromOSMNode: nodes.node(atStartOf: parts[0], network),
        toOSMNode: nodes.node(atEndOf: parts[parts.count - 1], network))
    }
  }

  /// True if a part goes on along its OSM way where another one ended.
  private func follows(_ part: Part, _ last: Part, _ network: RoadNetwork) -> Bool {
    let (piece, before) = (network.pieces[part.piece], network.pieces[last.piece])
    let isAgainstWay = part.isBackward != piece.isReversed
    guard isAgainstWay == (last.isBackward != before.isReversed) else { return false }
    let earlier = isAgainstWay ? part.piece : last.piece
    let later = isAgainstWay ? last.piece : part.piece
    let segment = network.segment(of: earlier)
    let lineCount = network.pointRange(of: earlier, in: segment).count - 1
    return Int(network.pieces[earlier].firstNode) + lineCount == Int(network.pieces[later].firstNode)
  }
}

extension OSMNodeIndex {
  fileprivate func node(atStartOf part: RoadMatch.Part, _ network: RoadNetwork) -> Int64 {
    node(of: part.piece, atShapeEnd: part.isBackward, network)
  }

  fileprivate func node(atEndOf part: RoadMatch.Part, _ network: RoadNetwork) -> Int64 {
    node(of: part.piece, atShapeEnd: !part.isBackward, network)
  }

  private func node(of piece: PieceID, atShapeEnd: Bool, _ network: RoadNetwork) -> Int64 {
    let segment = network.segment(of: piece)
    let range = network.pointRange(of: piece, in: segment)
    let point = network.firstPoint[segment].lowerBound + (atShapeEnd ? range.upperBound - 1 : range.lowerBound)
    return osmNode(of: ShapePointID(point))
  }
}
