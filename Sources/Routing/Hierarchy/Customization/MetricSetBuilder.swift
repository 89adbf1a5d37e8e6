import RoadGraph

/// Makes the metrics of several profiles together: the writer's workspace, used by one thread at a time.
///
/// Up to four profiles are customized in one pass over the hierarchy: it is read once, and what changes for one of them
/// mostly changes for all. More profiles are groups of four, side by side on all cores.
///
/// A metric never changes once it's handed out. So an update needs a second buffer for each profile: the builder keeps
/// the metric before the latest one, and when no reader holds it any more, brings it up to date by the few weights that
/// differ and hands it out again. While a reader still holds it, the latest metric is copied instead. Readers never
/// wait, and two buffers are enough when queries are short.
public final class MetricSetBuilder {
  public let hierarchy: ContractionHierarchy
  /// The number of profiles.
  public let count: Int
  private let groups: [(writer: MetricGroup, profiles: Range<Int>)]

  /// - Parameters:
  ///   - hierarchy: that of all profiles.
  ///   - count: the number of profiles, at least one.
  /// - Complexity: O(vertices).
  public init(_ hierarchy: ContractionHierarchy, count: Int) {
    precondition(count > 0, "at least one profile")
    (self.hierarchy, self.count) = (hierarchy, count)
    let triangles = hierarchy.statistics().triangleCount
    groups = stride(from: 0, to: count, by: MetricGroup.countMax).map { first in
      let profiles = first..<min(first + MetricGroup.countMax, count)
      return (MetricGroup(hierarchy, count: profiles.count, triangleCount: triangles), profiles)
    }
  }

  /// The metrics from the weights of all turns, on all cores.
  ///
  /// - Parameter turnWeights: by profile; one weight per turn of the turn-expanded graph, none above infinity.
  /// - Returns: one metric per profile.
  /// - Complexity: O(lower triangles), for each group of four profiles.
  public func customize(_ turnWeights: [[Weight]]) -> [Metric] { customize(turnWeights, on: .all) }

  func customize(_ turnWeights: [[Weight]], on cores: Cores) -> [Metric] {
    check(turnWeights)
    return groups.flatMap { $0.writer.customize(Array(turnWeights[$0.profiles]), on: cores) }
  }

  /// The metrics after some turn weights have changed; the result is that of a full customization, bit for bit.
  ///
  /// - Parameters:
  ///   - metrics: by profile; metrics of this hierarchy, best those that this builder made last.
  ///   - turnWeights: by profile; the weights of *all* turns, after the change.
  ///   - changed: the turns whose weight differs, for any profile, from that which its metric was made from, in any
  ///     order. Turns that didn't change do no harm.
  /// - Returns: by profile a new metric, or, if a partial customization finds that no arc's weight changed, the given
  ///   one.
  /// - Complexity: that of the lower triangles of the arcs that change and of those that might have; plus a copy of a
  ///   profile's weights if a reader still holds the metric before its given one. At most half more than a full
  ///   customization, which is what happens when by what was seen so far it's the cheaper one.
  public func update(_ metrics: [Metric], turnWeights: [[Weight]], changed: [TurnID]) -> [Metric] {
    precondition(metrics.count == count, "one metric per profile")
    precondition(metrics.allSatisfy { $0.hierarchy === hierarchy }, "a metric of another hierarchy")
    check(turnWeights)
    // The writers are independent of one another.
    nonisolated(unsafe) let groups = groups
    return Parallel.map(groups) { group in
      group.writer.update(
        Array(metrics[group.profiles]), turnWeights: Array(turnWeights[group.profiles]), changed: changed)
    }.flatMap { $0 }
  }

  private func check(_ turnWeights: [[Weight]]) {
    precondition(turnWeights.count == count, "the turn weights of each profile")
    precondition(turnWeights.allSatisfy { $0.count == hierarchy.turnCount }, "one weight per turn")
  }
}
