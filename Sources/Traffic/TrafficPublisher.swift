import Dispatch
import Foundation
import Hierarchy
import MapFile
import Profiles
import RoadGraph

/// Makes one snapshot after the other: the only writer of weights, used by one thread at a time.
///
/// All profiles change at one version. A closure costs what it touches: the arcs of the pieces that were closed or
/// opened, and the hierarchy arcs above them. New adjustments (a conditional rule begins or ends, overrides were
/// reloaded) are rare: each profile is applied to the roads anew, and what came out different is customized.
public final class TrafficPublisher {
  public private(set) var latest: TrafficSnapshot
  private let network: RoadNetwork
  private let writers: [ProfileWriter]
  private var adjustments: RoadAdjustments

  /// The first snapshot: nothing is closed. Customizes every profile in full, in parallel.
  ///
  /// - Parameters:
  ///   - profiles: all with the same adjustments.
  ///   - version: the number of the first snapshot.
  public init(
    profiles: [ProfileRoads], network: RoadNetwork, hierarchy: ContractionHierarchy, version: UInt64 = 1,
    at moment: Date
  ) {
    self.network = network
    adjustments = profiles.first?.costs.adjustments ?? .none
    writers = profiles.map { ProfileWriter($0, hierarchy: hierarchy) }
    latest = TrafficSnapshot(
      version: version, publishedAt: moment, roadsVersion: version, closedPieces: [], profiles: writers.map(\.latest))
  }

  /// The snapshot in which exactly `closedPieces` are closed and `adjustments` hold.
  ///
  /// - Complexity: the hierarchy arcs that change; O(pieces + turns) for each profile if the adjustments are new.
  public func publish(
    closedPieces: Set<DirectedPiece>, adjustments: RoadAdjustments, at moment: Date
  ) -> TrafficSnapshot {
    let profiles = writers
    let version = latest.version + 1
    var roadsVersion = latest.roadsVersion
    if adjustments == self.adjustments {
      let changed = closedPieces.symmetricDifference(latest.closedPieces)
      let arcs = Set(changed.flatMap(arcs(of:))).sorted()
      DispatchQueue.concurrentPerform(iterations: profiles.count) { index in
        profiles[index].update(arcs, closedPieces: closedPieces)
      }
    } else {
      self.adjustments = adjustments
      roadsVersion = version
      DispatchQueue.concurrentPerform(iterations: profiles.count) { index in
        profiles[index].apply(adjustments, closedPieces: closedPieces)
      }
    }
    latest = TrafficSnapshot(
      version: version, publishedAt: moment, roadsVersion: roadsVersion, closedPieces: closedPieces,
      profiles: writers.map(\.latest))
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
    publish(roads, arcWeights, changed: changed, closedPieces: closedPieces)
  }

  /// Applies the profile to the roads anew. O(pieces + turns), and the hierarchy arcs that change.
  func apply(_ adjustments: RoadAdjustments, closedPieces: Set<DirectedPiece>) {
    let (network, profile) = (latest.roads.network, latest.roads.profile)
    let roads = ProfileRoads(profile: profile, network: network, adjustments: adjustments)
    var arcWeights = roads.freeFlowWeights
    if !closedPieces.isEmpty {
      for arc in network.arcHead.indices where isClosed(arc, closedPieces) { arcWeights[arc.position] = .infinity }
    }
    let weights = type(of: roads.costs).turnWeights(
      arcWeights: arcWeights, turnCosts: roads.turnCosts, network: network)
    let changed = network.turnHead.indices.filter { weights[$0.position] != turnWeights[$0.position] }
    turnWeights = weights
    publish(roads, arcWeights, changed: changed, closedPieces: closedPieces)
  }

  private func publish(
    _ roads: ProfileRoads, _ arcWeights: [Weight], changed: [TurnID], closedPieces: Set<DirectedPiece>
  ) {
    let metric = builder.update(latest.metric, turnWeights: turnWeights, changed: changed)
    latest = ProfileSnapshot(roads: roads, arcWeights: arcWeights, metric: metric, closedPieces: closedPieces)
  }

  private func weight(of arc: ArcID, closedPieces: Set<DirectedPiece>) -> Weight {
    isClosed(arc, closedPieces) ? .infinity : latest.roads.freeFlowWeights[arc.position]
  }

  private func isClosed(_ arc: ArcID, _ closedPieces: Set<DirectedPiece>) -> Bool {
    let course = latest.roads.network.arcCourse[arc]
    return latest.roads.network.pieceIDs(of: course.segment).contains {
      closedPieces.contains(DirectedPiece($0, isBackward: course.isBackward))
    }
  }
}
