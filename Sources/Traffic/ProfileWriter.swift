import Hierarchy
import MapFile
import Profiles
import RoadGraph

/// The weights of one profile while they change.
final class ProfileWriter: @unchecked Sendable {
  // Unchecked: each writer is used by one thread at a time, the publisher's or the one it lends the writer to.

  private(set) var latest: ProfileSnapshot
  /// What the last change changed.
  private(set) var news = ArcNews()
  private let number: Int
  private let builder: MetricBuilder
  private var turnWeights: [Weight]

  /// - Parameter number: the profile's number among those that are served.
  init(_ roads: ProfileRoads, number: Int, conditions: RoadConditions, hierarchy: ContractionHierarchy) {
    self.number = number
    builder = MetricBuilder(hierarchy)
    turnWeights = type(of: roads.costs).turnWeights(
      arcWeights: roads.freeFlowWeights, turnCosts: roads.turnCosts, network: roads.network)
    latest = ProfileSnapshot(
      roads: roads, arcWeights: ChunkedTable(roads.freeFlowWeights), metric: builder.customize(turnWeights),
      conditions: ProfileConditions(roads: conditions, profile: number, costs: roads.costs))
  }

  /// Takes new conditions that may differ on some arcs and turns. O(pieces of the arcs), and what changes above.
  func update(_ arcs: some Sequence<ArcID>, _ turns: [(turn: TurnID, from: ArcID)], conditions: RoadConditions) {
    let roads = latest.roads
    let conditions = ProfileConditions(roads: conditions, profile: number, costs: roads.costs)
    var arcWeights = latest.arcWeights
    var changed: [TurnID] = []
    var news = ArcNews()
    for arc in arcs {
      let weight = conditions.weight(of: roads.network.arcCourse[arc])
      guard weight != arcWeights[arc] else { continue }
      news.note(arc, from: arcWeights[arc], to: weight)
      arcWeights[arc] = weight
      for turn in roads.network.turns(from: arc) {
        turnWeights[turn.position] = turnWeight(turn, from: arc, weight, roads, conditions)
        changed.append(turn)
      }
    }
    for (turn, arc) in turns {
      turnWeights[turn.position] = turnWeight(turn, from: arc, arcWeights[arc], roads, conditions)
      changed.append(turn)
      news.note(turnFrom: arc)
    }
    self.news = news
    publish(roads, arcWeights, changed: changed, conditions)
  }

  /// Applies the profile to the roads anew. O(pieces + turns), and the hierarchy arcs that change.
  func apply(_ adjustments: RoadAdjustments, conditions: RoadConditions) {
    let (network, profile) = (latest.roads.network, latest.roads.profile)
    let roads = ProfileRoads(profile: profile, network: network, adjustments: adjustments)
    let conditions = ProfileConditions(roads: conditions, profile: number, costs: roads.costs)
    let arcWeights = network.arcCourse.buffer.map { conditions.weight(of: $0) }
    var changed: [TurnID] = []
    for arc in network.arcHead.indices {
      for turn in network.turns(from: arc) {
        let weight = turnWeight(turn, from: arc, arcWeights[arc.position], roads, conditions)
        guard weight != turnWeights[turn.position] else { continue }
        turnWeights[turn.position] = weight
        changed.append(turn)
      }
    }
    news = .everything
    publish(roads, ChunkedTable(arcWeights), changed: changed, conditions)
  }

  private func turnWeight(
    _ turn: TurnID, from arc: ArcID, _ arcWeight: Weight, _ roads: ProfileRoads, _ conditions: ProfileConditions
  ) -> Weight {
    roads.turnCosts[turn.position].adding(arcWeight).adding(conditions.turnDelayMilliseconds(turn, from: arc))
  }

  private func publish(
    _ roads: ProfileRoads, _ arcWeights: ChunkedTable<ArcID, Weight>, changed: [TurnID],
    _ conditions: ProfileConditions
  ) {
    let metric = builder.update(latest.metric, turnWeights: turnWeights, changed: changed)
    latest = ProfileSnapshot(roads: roads, arcWeights: arcWeights, metric: metric, conditions: conditions)
  }
}
