import Dispatch
import Foundation
import Hierarchy
import MapFile
import RoadGraph

/// Makes one snapshot after the other: the only writer of weights, used by one thread at a time.
///
/// All profiles change at one version. A change costs what it touches: the arcs of the pieces that were closed or
/// opened, and the hierarchy arcs above them.
public final class TrafficPublisher {
  public private(set) var latest: TrafficSnapshot
  private let network: RoadNetwork
  private let writers: [ProfileWriter]

  /// The first snapshot: nothing is closed. Customizes every profile in full, in parallel.
  public init(profiles: [ProfileRoads], network: RoadNetwork, hierarchy: ContractionHierarchy, at moment: Date) {
    self.network = network
    writers = profiles.map { ProfileWriter($0, hierarchy: hierarchy) }
    latest = TrafficSnapshot(
      version: 1, publishedAt: moment, closedPieces: [], profiles: writers.map(\.latest))
  }

  /// The snapshot in which exactly `closedPieces` are closed; the latest one if that is so already.
  public func publish(closedPieces: Set<DirectedPiece>, at moment: Date) -> TrafficSnapshot {
    let changed = closedPieces.symmetricDifference(latest.closedPieces)
    let arcs = Set(changed.flatMap(arcs(of:))).sorted()
    let profiles = writers
    DispatchQueue.concurrentPerform(iterations: profiles.count) { index in
      profiles[index].update(arcs, closedPieces: closedPieces)
    }
    latest = TrafficSnapshot(
      version: latest.version + 1, publishedAt: moment, closedPieces: closedPieces, profiles: writers.map(\.latest))
    return latest
  }

  /// The arcs along a closed piece: one, or none against a one-way, and their shadows.
  private func arcs(of closed: DirectedPiece) -> TableIndices<ArcID> {
    network.arcs(along: ArcCourse(segment: network.segment(of: closed.piece), isBackward: closed.isBackward))
  }
}

/// The weights of one profile while they change.
private final class ProfileWriter: @unchecked Sendable {
  // Unchecked: each writer is used by one thread at a time, the publisher's or the one it lends the writer to.

  private(set) var latest: ProfileSnapshot
  private let builder: MetricBuilder
  private var turnWeights: [Weight]

  init(_ roads: ProfileRoads, hierarchy: ContractionHierarchy) {
    builder = MetricBuilder(hierarchy)
    turnWeights = type(of: roads.costs).turnWeights(
      arcWeights: roads.freeFlowWeights, turnCosts: roads.turnCosts, network: roads.network)
    latest = ProfileSnapshot(
      roads: roads, arcWeights: roads.freeFlowWeights, metric: builder.customize(turnWeights), closedPieces: [])
  }

  func update(_ arcs: [ArcID], closedPieces: Set<DirectedPiece>) {
    let roads = latest.roads
    var arcWeights = latest.arcWeights
    var changed: [TurnID] = []
    for arc in arcs {
      let weight = weight(of: arc, closedPieces: closedPieces)
      guard weight != arcWeights[arc.position] else { continue }
      arcWeights[arc.position] = weight
      for turn in roads.network.turns(from: arc) {
        turnWeights[turn.position] = roads.turnCosts[turn.position].adding(weight)
        changed.append(turn)
      }
    }
    let metric = builder.update(latest.metric, turnWeights: turnWeights, changed: changed)
    latest = ProfileSnapshot(roads: roads, arcWeights: arcWeights, metric: metric, closedPieces: closedPieces)
  }

  private func weight(of arc: ArcID, closedPieces: Set<DirectedPiece>) -> Weight {
    let course = latest.roads.network.arcCourse[arc]
    let isClosed = latest.roads.network.pieceIDs(of: course.segment).contains {
      closedPieces.contains(DirectedPiece($0, isBackward: course.isBackward))
    }
    return isClosed ? .infinity : latest.roads.freeFlowWeights[arc.position]
  }
}
