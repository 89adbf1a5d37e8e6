import Dispatch
import Foundation
import Hierarchy
import Profiles
import RoadGraph

/// Makes one snapshot after the other: the only writer of weights, used by one thread at a time.
///
/// All profiles change at one version. A closure costs what it touches: the arcs of the pieces whose conditions
/// changed, and the hierarchy arcs above them. New adjustments (a conditional rule begins or ends, overrides were
/// reloaded) are rare: each profile is applied to the roads again, and what came out different is customized.
public final class TrafficPublisher {
  public private(set) var latest: TrafficSnapshot
  private let network: RoadNetwork
  private let writers: [ProfileWriter]
  private let builder: MetricSetBuilder
  private var adjustments: RoadAdjustments

  /// The first snapshot, without traffic. Customizes every profile in full, on all cores.
  ///
  /// - Parameters:
  ///   - profiles: all with the same adjustments, in the order of the state's profiles.
  ///   - version: the number of the first snapshot.
  public init(
    profiles: [ProfileRoads], network: RoadNetwork, hierarchy: ContractionHierarchy, version: UInt64 = 1,
    at moment: Date
  ) {
    self.network = network
    adjustments = profiles.first?.costs.adjustments ?? .none
    let conditions = TrafficConditions(pieceCount: network.pieces.count)
    builder = MetricSetBuilder(hierarchy, count: profiles.count)
    let turnWeights = profiles.map { roads in
      CostModel.turnWeights(arcWeights: roads.freeFlowWeights, turnCosts: roads.turnCosts, network: network)
    }
    let metrics = builder.customize(turnWeights)
    writers = profiles.indices.map { number in
      ProfileWriter(
        profiles[number], number: number, conditions: conditions, turnWeights: turnWeights[number],
        metric: metrics[number])
    }
    latest = TrafficSnapshot(
      version: version, publishedAt: moment, roadsVersion: version, conditions: conditions,
      profiles: writers.map(\.latest))
  }

  /// What the last snapshot changed, by profile.
  public var changes: [String: ArcChanges] {
    Dictionary(uniqueKeysWithValues: writers.map { ($0.latest.roads.profile.name, $0.arcChanges) })
  }

  /// The snapshot in which the conditions of `state` and `adjustments` hold.
  ///
  /// - Parameters:
  ///   - state: what its changes don't name is as in the snapshot before.
  ///   - floor: the new version is above this one, too.
  /// - Complexity: the hierarchy arcs that change; O(pieces + turns) for each profile if the adjustments are new.
  public func publish(
    _ state: TrafficState, adjustments: RoadAdjustments, at moment: Date, above floor: UInt64 = 0
  ) -> TrafficSnapshot {
    let (profiles, conditions) = (writers, state.conditions)
    let version = max(latest.version, floor) + 1
    var roadsVersion = latest.roadsVersion
    if adjustments == self.adjustments {
      let touched = touchedArcs(state.changes)
      let turns = state.changes.turns.map { (turn: $0, from: network.arc(leftBy: $0)) }
      DispatchQueue.concurrentPerform(iterations: profiles.count) { index in
        profiles[index].update(touched, turns, conditions: conditions)
      }
    } else {
      self.adjustments = adjustments
      roadsVersion = version
      DispatchQueue.concurrentPerform(iterations: profiles.count) { index in
        profiles[index].apply(adjustments, conditions: conditions)
      }
    }
    customize()
    latest = TrafficSnapshot(
      version: version, publishedAt: moment, roadsVersion: roadsVersion,
      closuresVersion: state.changes.areClosuresNew ? version : latest.closuresVersion,
      speedsVersion: state.changes.areSpeedsNew ? version : latest.speedsVersion, conditions: conditions,
      profiles: writers.map(\.latest))
    return latest
  }

  /// Brings the metrics of all profiles up to date together.
  private func customize() {
    let changed = changedTurns()
    guard !changed.isEmpty else { return }
    let metrics = builder.update(
      writers.map(\.latest.metric), turnWeights: writers.map(\.turnWeights), changed: changed)
    for (writer, metric) in zip(writers, metrics) { writer.take(metric) }
  }

  /// The turns that changed for any profile, each once. What changes for one mostly changes for all.
  private func changedTurns() -> [TurnID] {
    let longest = writers.max { $0.changed.count < $1.changed.count }?.changed ?? []
    if longest.count > network.turnCount / Self.touchedShare { return Array(network.turnHead.indices) }
    let others = writers.map(\.changed).filter { $0 != longest && !$0.isEmpty }
    return others.isEmpty ? longest : Array(others.reduce(into: Set(longest)) { $0.formUnion($1) })
  }

  /// The arcs along the pieces that changed, with their shadows: all there are, if too many pieces changed to
  /// find them one by one in less time.
  private func touchedArcs(_ changes: TrafficChanges) -> [ArcID] {
    if changes.pieces.count > network.pieces.count / Self.touchedShare { return Array(network.arcHead.indices) }
    return network.arcs(along: changes.pieces)
  }

  private static let touchedShare = 4
}

extension RoadNetwork {
  /// The arcs along directed pieces, each once, with their shadows. O(pieces log segments).
  func arcs(along pieces: [DirectedPiece]) -> [ArcID] {
    let courses = Set(pieces.map { ArcCourse(segment: segment(of: $0.piece), isBackward: $0.isBackward) })
    return courses.flatMap { arcs(along: $0) }.sorted()
  }

  /// The arc that a turn leaves. O(log arcs).
  func arc(leftBy turn: TurnID) -> ArcID { firstTurn.row(at: turn.position) }
}
