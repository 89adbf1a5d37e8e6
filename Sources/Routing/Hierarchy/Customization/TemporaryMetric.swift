import RoadGraph

/// A metric for a question of the kind "what if these roads were closed": another one with a few weights changed.
///
/// A workspace: it keeps its memory, and what the last derivation changed. If the next one is from the same metric,
/// only these weights are put back; from another one, all of them are copied. It holds no metric but its own, so the
/// writer of the other one can go on using that one's memory.
public final class TemporaryMetric: Workspace {
  /// Names the weights that a derivation starts from: two metrics with the same key have the same weights.
  public struct BaseKey: Hashable, Sendable {
    /// The version of the traffic.
    public let version: UInt64
    /// Of weights that are not those of the version: their number.
    public let plan: UInt64?
    /// The number of the profile.
    public let profile: Int

    public init(version: UInt64, plan: UInt64? = nil, profile: Int) {
      (self.version, self.plan, self.profile) = (version, plan, profile)
    }
  }

  private let hierarchy: ContractionHierarchy
  private let partial: PartialCustomization<OneLane>
  private var derived: Metric?
  /// What `derived` was made from, and where it differs from that.
  private var baseKey: BaseKey?
  private var difference: [UInt32] = []

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    partial = PartialCustomization(hierarchy)
  }

  /// Does nothing: the next derivation puts back what this one changed.
  public func reset() {}

  /// The metric that a full customization would make of the changed weights, bit for bit.
  ///
  /// - Parameters:
  ///   - base: a metric of this hierarchy. It isn't kept.
  ///   - baseKey: another one for each metric with other weights.
  ///   - changed: the turns whose weights differ from those that `base` was made from. Turns that don't do no harm.
  ///   - turnWeight: the weight of a turn, changed or not; at most infinity.
  ///   - isOver: looked at every few milliseconds: true ends the work.
  /// - Returns: a metric that this workspace uses again as soon as nobody else holds it; `nil` if the work was ended.
  /// - Complexity: that of the lower triangles of the arcs that change and of those that might have; plus a copy of all
  ///   weights if the last derivation was from another metric or its result is still held.
  public func derive(
    from base: Metric, baseKey: BaseKey, changed: [TurnID], turnWeight: (TurnID) -> Weight, isOver: () -> Bool
  ) -> Metric? {
    precondition(base.hierarchy === hierarchy, "a metric of another hierarchy")
    let metric = twin(of: base, baseKey)
    (self.baseKey, difference) = (nil, [])
    guard
      let changes = partial.update(
        [metric], from: [base], changed: changed, workMax: .max, turnWeights: turnWeight, isOver: isOver)
      // Half changed as it is, the metric is let go.
    else { return nil }
    difference = changes.positions
    derived = metric
    self.baseKey = baseKey
    return metric
  }

  private func twin(of base: Metric, _ key: BaseKey) -> Metric {
    let known = isKnownUniquelyReferenced(&derived) ? derived.take() : nil
    let metric = known ?? Metric(hierarchy)
    metric.copyWeights(of: base, at: known != nil && key == baseKey ? difference : nil)
    return metric
  }
}
