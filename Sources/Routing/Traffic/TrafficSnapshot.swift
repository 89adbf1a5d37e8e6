import Foundation
import Hierarchy
import Profiles
import RoadGraph

/// One moment of traffic, for all profiles: immutable, so a query that runs on it sees nothing change.
public final class TrafficSnapshot: Sendable {
  /// Rises by one with every change.
  public let version: UInt64
  /// Where its weights come from.
  public let origin: Origin
  public let publishedAt: Date
  /// The version with which the roads of the profiles were made: traffic leaves it, adjustments raise it.
  public let roadsVersion: UInt64
  /// The version with which closures were last put or lifted, began or ended.
  public let closuresVersion: UInt64
  /// The version with which speeds were last measured, or forgotten.
  public let speedsVersion: UInt64
  public let conditions: TrafficConditions
  let profiles: [ProfileSnapshot]
  private let numbersByName: [String: Int]

  /// Where the weights of a snapshot come from.
  public enum Origin: Hashable, Sendable {
    /// They were published: those of all snapshots of the version.
    case published
    /// They are those of a moment to come, by a number of their own.
    case planned(UInt64)
    /// A question's own closures are among them.
    case imagined
  }

  init(
    version: UInt64, _ origin: Origin = .published, publishedAt: Date, roadsVersion: UInt64,
    closuresVersion: UInt64? = nil, speedsVersion: UInt64? = nil, conditions: TrafficConditions,
    profiles: [ProfileSnapshot]
  ) {
    (self.version, self.origin) = (version, origin)
    (self.closuresVersion, self.speedsVersion) = (closuresVersion ?? version, speedsVersion ?? version)
    (self.publishedAt, self.roadsVersion) = (publishedAt, roadsVersion)
    (self.conditions, self.profiles) = (conditions, profiles)
    numbersByName = Dictionary(
      uniqueKeysWithValues: profiles.enumerated().map { ($0.element.roads.profile.name, $0.offset) })
  }

  /// The weights of a profile; `nil` if the engine does not serve it.
  public subscript(profile name: String) -> ProfileSnapshot? { numbersByName[name].map { profiles[$0] } }
}

/// The weights of one profile at one moment.
public struct ProfileSnapshot: Sendable {
  public internal(set) var roads: ProfileRoads
  /// By `ArcID`, with traffic.
  public internal(set) var arcWeights: ChunkedTable<ArcID, Weight>
  public internal(set) var metric: Metric
  public internal(set) var conditions: ProfileConditions

  /// True if traffic changes what an arc weighs. O(1).
  public func isAffected(_ arc: ArcID) -> Bool { arcWeights[arc] != roads.freeFlowWeights[arc.position] }

  /// By `ArcID`: what an arc weighs if traffic leaves that as it is; infinity if it doesn't, and where nobody gets
  /// through. O(n), for loops over all arcs.
  public var steadyWeights: [Weight] {
    var weights = roads.freeFlowWeights
    var first = 0
    for chunk in arcWeights.chunks {
      for (number, weight) in chunk.prefix(weights.count - first).enumerated() where weight != weights[first + number] {
        weights[first + number] = .infinity
      }
      first += chunk.count
    }
    return weights
  }

  /// The costs of parts of arcs, with traffic.
  public var parts: ArcParts { ArcParts(costs: roads.costs, conditions: conditions) }

  /// The weight of a turn without the arc that it leaves. O(1); O(turns there) with a turn penalty.
  public func turnWeight(_ turn: TurnID, from arc: ArcID) -> Weight {
    roads.turnCosts[turn.position].adding(conditions.turnDelayMilliseconds(turn, from: arc))
  }

  /// The cost of a turn without the arc that it leaves. O(turns there).
  func turnCost(_ turn: TurnID, from arc: ArcID) -> TravelCost {
    roads.costs.turnCost(turn, from: arc)
      + TravelCost(timeMilliseconds: conditions.turnDelayMilliseconds(turn, from: arc))
  }
}
