import Geometry
import MapFile
import RoadGraph

/// Finds the pieces of road that a selector means.
public struct ClosureResolver: Sendable {
  private let network: RoadNetwork

  public init(_ network: RoadNetwork) { self.network = network }

  /// The directed pieces of a selector, in a fixed order, each once.
  ///
  /// - Throws: ``TrafficError`` if the map lacks the way or nothing lies within the radius.
  /// - Complexity: O(log ways + stretches) for a way, O(log spans + matches) for a point.
  public func pieces(of selector: RoadSelector) throws(TrafficError) -> [DirectedPiece] {
    let found =
      switch selector {
      case .way(let osmID, let direction): try pieces(ofWay: osmID, direction: direction)
      case .point(let center, let radiusMeters): pieces(near: center, radiusMeters: radiusMeters)
      }
    if found.isEmpty { throw .nothingMatched(selector) }
    return found
  }

  private func pieces(ofWay osmID: Int64, direction: WayDirection) throws(TrafficError) -> [DirectedPiece] {
    guard let way = network.way(osmID: osmID) else { throw .unknownWay(osmID: osmID) }
    return network.stretches(of: way).flatMap { piece -> [DirectedPiece] in
      let isReversed = network.pieces[piece].isReversed
      return switch direction {
      case .both: bothDirections(of: piece)
      case .forward: [DirectedPiece(piece, isBackward: isReversed)]
      case .backward: [DirectedPiece(piece, isBackward: !isReversed)]
      }
    }
  }

  private func pieces(near center: Coordinate, radiusMeters: Double) -> [DirectedPiece] {
    let plane = LocalPlane(around: center)
    var segments: Set<SegmentID> = []
    network.spatialIndex.visitSegments(in: plane, radiusMeters: radiusMeters) { segments.insert($0) }
    return segments.sorted().flatMap { segment in
      network.pieceIDs(of: segment).filter { isStretch($0, of: segment, within: radiusMeters, plane: plane) }
        .flatMap { bothDirections(of: $0) }
    }
  }

  private func isStretch(_ piece: PieceID, of segment: SegmentID, within radiusMeters: Double, plane: LocalPlane)
    -> Bool
  {
    guard case .stretch = network.pieces[piece].kind else { return false }
    let points = network.shape(of: segment)[network.pointRange(of: piece, in: segment)]
    return zip(points, points.dropFirst()).contains {
      plane.nearestPoint(onLineFrom: $0, to: $1).distanceMeters <= radiusMeters
    }
  }

  private func bothDirections(of piece: PieceID) -> [DirectedPiece] {
    [DirectedPiece(piece, isBackward: false), DirectedPiece(piece, isBackward: true)]
  }
}
