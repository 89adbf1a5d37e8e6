import Hierarchy
import RoadGraph

/// Makes snapshots in which closures of a question's own hold as well, for as long as the question is being answered.
///
/// A workspace: it belongs to one thread at a time.
public final class WhatIfTraffic: Workspace {
  private let hierarchy: ContractionHierarchy
  /// By the profile's number.
  private var metrics: [Int: TemporaryMetric] = [:]

  public init(_ hierarchy: ContractionHierarchy) { self.hierarchy = hierarchy }

  /// This many arcs are weighed in about a millisecond.
  private static let checkInterval = 512

  /// Does nothing: a temporary metric is cleaned up by its next use.
  public func reset() {}

  /// The snapshot with some closures more, whatever their times say; valid until the next call. `nil` if it was ended.
  ///
  /// - Parameters:
  ///   - names: the profiles that the question is about; others are as they were.
  ///   - isOver: looked at every few milliseconds: true ends the work.
  /// - Complexity: that of the hierarchy arcs that change; a copy of all weights if the last call was about another
  ///   snapshot.
  public func snapshot(
    _ base: TrafficSnapshot, closing closures: [ResolvedClosure], for names: [String], isOver: () -> Bool
  ) -> TrafficSnapshot? {
    var conditions = base.conditions
    for (number, closure) in closures.enumerated() {
      let profiles = ProfileMask(closure.closure.scope, of: base.profiles.map(\.roads.profile))
      // No put has such a number: nothing here is ever withdrawn.
      guard conditions.add(closure, serial: UInt64.max - UInt64(number), for: profiles, isOver: isOver) else {
        return nil
      }
    }
    guard let network = base.profiles.first?.roads.network else { return base }
    guard let arcs = network.arcs(along: closures, isOver: isOver) else { return nil }
    var profiles = base.profiles
    for (number, profile) in profiles.enumerated() where names.contains(profile.roads.profile.name) {
      let key = TemporaryMetric.BaseKey(base, profile: number)
      guard let imagined = imagined(profile, on: arcs, conditions, key, isOver) else { return nil }
      profiles[number] = imagined
    }
    return TrafficSnapshot(
      version: base.version, .imagined, publishedAt: base.publishedAt, roadsVersion: base.roadsVersion,
      conditions: conditions,
      profiles: profiles)
  }

  private func imagined(
    _ base: ProfileSnapshot, on arcs: [ArcID], _ roads: TrafficConditions, _ key: TemporaryMetric.BaseKey,
    _ isOver: () -> Bool
  ) -> ProfileSnapshot? {
    let network = base.roads.network
    let conditions = ProfileConditions(roads: roads, profile: key.profile, costs: base.roads.costs)
    var arcWeights = base.arcWeights
    var changed: [TurnID] = []
    for (number, arc) in arcs.enumerated() {
      if number % Self.checkInterval == 0, isOver() { return nil }
      let weight = conditions.weight(of: network.arcCourse[arc])
      if weight == arcWeights[arc] { continue }
      arcWeights[arc] = weight
      changed += network.turns(from: arc)
    }
    let metric = metrics[key.profile] ?? TemporaryMetric(hierarchy)
    metrics[key.profile] = metric
    if isOver() { return nil }
    let weights = { (turn: TurnID) in
      let arc = network.arc(leftBy: turn)
      return arcWeights[arc].adding(base.turnWeight(turn, from: arc))
    }
    return metric.derive(from: base.metric, baseKey: key, changed: changed, turnWeight: weights, isOver: isOver).map {
      ProfileSnapshot(roads: base.roads, arcWeights: arcWeights, metric: $0, conditions: conditions)
    }
  }
}

extension TemporaryMetric.BaseKey {
  fileprivate init(_ base: TrafficSnapshot, profile: Int) {
    switch base.origin {
    case .published: self.init(version: base.version, profile: profile)
    case .planned(let number): self.init(version: base.version, plan: number, profile: profile)
    case .imagined: preconditionFailure("what comes of a question is no base of another one")
    }
  }
}

extension RoadNetwork {
  /// The arcs over which closures have stretches, in their order; `nil` if it was ended.
  fileprivate func arcs(along closures: [ResolvedClosure], isOver: () -> Bool) -> [ArcID]? {
    var courses: Set<ArcCourse> = []
    for closure in closures {
      for (number, stretch) in closure.stretches.enumerated() {
        if number % 1_024 == 0, isOver() { return nil }
        courses.insert(ArcCourse(segment: segment(of: stretch.piece.piece), isBackward: stretch.piece.isBackward))
      }
    }
    return courses.flatMap { arcs(along: $0) }.sorted()
  }
}
