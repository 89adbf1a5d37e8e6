import Foundation
import Hierarchy
import Profiles
import RoadGraph

/// One moment of traffic, for all profiles: immutable, so a query that runs on it sees nothing change.
public final class TrafficSnapshot: Sendable {
  /// Rises by one with every change.
  public let version: UInt64
  public let publishedAt: Date
  /// The version with which the roads of the profiles were made: closures leave it, adjustments raise it.
  public let roadsVersion: UInt64
  /// What is closed.
  public let closedPieces: Set<DirectedPiece>
  private let profilesByName: [String: ProfileSnapshot]

  init(
    version: UInt64, publishedAt: Date, roadsVersion: UInt64, closedPieces: Set<DirectedPiece>,
    profiles: [ProfileSnapshot]
  ) {
    self.version = version
    self.publishedAt = publishedAt
    self.roadsVersion = roadsVersion
    self.closedPieces = closedPieces
    profilesByName = Dictionary(uniqueKeysWithValues: profiles.map { ($0.roads.profile.name, $0) })
  }

  /// The weights of a profile; `nil` if the engine does not serve it.
  public subscript(profile name: String) -> ProfileSnapshot? { profilesByName[name] }
}

/// The weights of one profile at one moment.
public struct ProfileSnapshot: Sendable {
  public let roads: ProfileRoads
  /// By `ArcID`, closures applied.
  public let arcWeights: [Weight]
  public let metric: Metric
  public let closedPieces: Set<DirectedPiece>

  /// True if a closure blocks the way through an arc. O(1).
  public func isClosed(_ arc: ArcID) -> Bool { arcWeights[arc.position] != roads.freeFlowWeights[arc.position] }

  /// The costs of parts of arcs, closures applied.
  public var parts: ArcParts { ArcParts(costs: roads.costs, closedPieces: closedPieces) }
}
