import Hierarchy
import Profiles
import RoadGraph

/// The weights of one profile while they change; the metrics of all profiles are made of them together.
final class ProfileWriter: @unchecked Sendable {
  // Unchecked: each writer is used by one thread at a time, the publisher's or the one it lends the writer to.

  private(set) var latest: ProfileSnapshot
  /// The arcs that the last change changed.
  private(set) var arcChanges = ArcChanges()
  /// By `TurnID`, with traffic.
  private(set) var turnWeights: [Weight]
  /// The turns that the last change changed.
  private(set) var changed: [TurnID] = []
  private let number: Int

  /// - Parameters:
  ///   - number: the profile's number among those that are served.
  ///   - turnWeights: without traffic.
  ///   - metric: made of them.
  init(_ roads: ProfileRoads, number: Int, conditions: TrafficConditions, turnWeights: [Weight], metric: Metric) {
    self.number = number
    self.turnWeights = turnWeights
    latest = ProfileSnapshot(
      roads: roads, arcWeights: ChunkedTable(roads.freeFlowWeights), metric: metric,
      conditions: ProfileConditions(roads: conditions, profile: number, costs: roads.costs))
  }

  /// Takes new conditions that may differ on some arcs and turns; a metric has to follow. O(pieces of the arcs).
  func update(_ arcs: some Sequence<ArcID>, _ turns: [(turn: TurnID, from: ArcID)], conditions: TrafficConditions) {
    let roads = latest.roads
    let conditions = ProfileConditions(roads: conditions, profile: number, costs: roads.costs)
    var arcWeights = latest.arcWeights
    (arcChanges, changed) = (ArcChanges(), [])
    for arc in arcs {
      let weight = conditions.weight(of: roads.network.arcCourse[arc])
      guard weight != arcWeights[arc] else {
        // What holds on a stretch of it may have moved all the same.
        if weight != roads.freeFlowWeights[arc.position] { arcChanges.note(within: arc) }
        continue
      }
      arcChanges.note(arc, from: arcWeights[arc], to: weight)
      arcWeights[arc] = weight
      for turn in roads.network.turns(from: arc) {
        turnWeights[turn.position] = turnWeight(turn, from: arc, weight, roads, conditions)
        changed.append(turn)
      }
    }
    for (turn, arc) in turns {
      turnWeights[turn.position] = turnWeight(turn, from: arc, arcWeights[arc], roads, conditions)
      changed.append(turn)
      arcChanges.note(turnFrom: arc)
    }
    (latest.arcWeights, latest.conditions) = (arcWeights, conditions)
  }

  /// Applies the profile to the roads again; a metric has to follow. O(pieces + turns).
  func apply(_ adjustments: RoadAdjustments, conditions: TrafficConditions) {
    let (network, profile) = (latest.roads.network, latest.roads.profile)
    let roads = ProfileRoads(profile: profile, network: network, adjustments: adjustments)
    let conditions = ProfileConditions(roads: conditions, profile: number, costs: roads.costs)
    let arcWeights = network.arcCourse.buffer.map { conditions.weight(of: $0) }
    (arcChanges, changed) = (.everything, [])
    for arc in network.arcHead.indices {
      for turn in network.turns(from: arc) {
        let weight = turnWeight(turn, from: arc, arcWeights[arc.position], roads, conditions)
        guard weight != turnWeights[turn.position] else { continue }
        turnWeights[turn.position] = weight
        changed.append(turn)
      }
    }
    (latest.roads, latest.arcWeights, latest.conditions) = (roads, ChunkedTable(arcWeights), conditions)
  }

  /// Takes the metric of the turn weights as they are now.
  func take(_ metric: Metric) { latest.metric = metric }

  private func turnWeight(
    _ turn: TurnID, from arc: ArcID, _ arcWeight: Weight, _ roads: ProfileRoads, _ conditions: ProfileConditions
  ) -> Weight {
    roads.turnCosts[turn.position].adding(arcWeight).adding(conditions.turnDelayMilliseconds(turn, from: arc))
  }
}
