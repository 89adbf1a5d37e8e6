import API
import Profiles
import RoadGraph
import Traffic

/// Which roads count for a place of a question.
struct RoadChoice {
  let role: SiteRole
  let roads: ProfileRoads
  let levels: LevelFilter

  private var network: RoadNetwork { roads.network }

  /// True where the vehicle may be told to start or stop: on a road of the meant levels that it may drive. Nobody
  /// starts or ends on a ferry's line, or on that of a train for cars.
  func isStop(_ arc: ArcID, at piece: PieceID) -> Bool {
    guard roads.isStop(arc, at: piece) else { return false }
    return !isFerry(piece) && (attributes(of: piece).map(levels.includes) ?? true)
  }

  /// True for an arc that a network leads to, or that leads to one, as the role asks, with no barrier between.
  func isConnected(_ arc: ArcID, at piece: PieceID) -> Bool {
    if role != .destination, !roads.isLeft[arc.position] { return false }
    if role != .origin, !roads.isEntered[arc.position] { return false }
    return isOnTheWay(piece, of: arc)
  }

  /// True for a direction that the vehicle may drive as a last resort only, against a one-way: it has no such heading.
  func isContraflow(_ arc: ArcID, at piece: PieceID) -> Bool {
    let direction = SegmentDirection(network.arcCourse[arc])
    return roads.costs.exemptions(piece: piece, direction).contains(.contraflow)
      && roads.costs.pieceCost(piece, direction).needsLastResort
  }

  /// True for a vertex to which a road leads that nobody is told to stop on: a ferry's landing.
  func isLanding(_ vertex: VertexID) -> Bool {
    network.segments(at: vertex).contains { segment in
      let pieces = network.pieceIDs(of: segment)
      guard let piece = network.ends(of: segment)?.first == vertex ? pieces.first : pieces.last else { return false }
      let arcs = network.segmentArcs[segment]
      return isFerry(piece)
        && [arcs.forward, arcs.backward].contains { $0.map { roads.isPassable($0, at: piece) } ?? false }
    }
  }

  private func isFerry(_ piece: PieceID) -> Bool {
    attributes(of: piece).map { $0.roadClass == .ferry || $0.roadClass == .shuttleTrain } ?? false
  }

  func isInTunnel(_ piece: PieceID) -> Bool { attributes(of: piece)?.flags.contains(.tunnel) ?? false }

  private func attributes(of piece: PieceID) -> RoadAttributes? {
    network.way(of: piece).map { network.attributes[network.ways[$0].attributes] }
  }

  /// True if no barrier on the arc itself lies between a piece of it and where the vehicle comes from or goes to.
  private func isOnTheWay(_ piece: PieceID, of arc: ArcID) -> Bool {
    if roads.freeFlowWeights[arc.position] < .infinity { return true }
    let course = network.arcCourse[arc]
    let middle = RoadPosition(segment: course.segment, piece: piece, fraction: RoadPosition.fractionMax / 2)
    let parts = roads.freeFlowParts
    return (role == .destination || parts.costToHead(of: arc, from: middle).isPassable)
      && (role == .origin || parts.costFromTail(of: arc, to: middle).isPassable)
  }
}

extension TravelCost {
  /// True if it has a last resort in it.
  var needsLastResort: Bool { Double(reluctanceMilliseconds) >= Reluctance.secondsPerUse * 1000 }
}

extension LevelFilter {
  func includes(_ attributes: RoadAttributes) -> Bool {
    includes(
      layer: attributes.layer, isBridge: attributes.flags.contains(.bridge),
      isTunnel: attributes.flags.contains(.tunnel))
  }
}
