import RoadGraph

/// A metric for one question: a published one with a few turns that weigh something else.
///
/// A workspace: it belongs to one thread at a time. It keeps a metric of its own, which is copied from the published one
/// only when that is another one than the last time; else only what the last question changed is put back.
public final class TemporaryMetric: Workspace {
  /// Names the weights of a published metric: those with equal keys hold the same.
  public struct BaseKey: Hashable, Sendable {
    public let version: UInt64
    public let profile: Int

    public init(version: UInt64, profile: Int) {
      self.version = version
      self.profile = profile
    }
  }

  private let hierarchy: ContractionHierarchy
  private lazy var partial = PartialCustomization(hierarchy)
  private lazy var metric = Metric(hierarchy)
  private var baseKey: BaseKey?
  /// The positions at which the metric differs from its base.
  private var difference: [UInt32] = []

  public init(_ hierarchy: ContractionHierarchy) { self.hierarchy = hierarchy }

  /// Does nothing: what the last question changed is put back by the next one.
  public func reset() {}

  /// The weights of `base` after some turns have changed, as a full customization gives them, bit for bit.
  ///
  /// The result is valid until the next call. No reference to `base` is kept.
  /// - Parameters:
  ///   - turnWeight: of any turn, after the change.
  ///   - changed: the turns whose weights may differ from those of `base`.
  /// - Complexity: that of ``MetricBuilder/update(_:turnWeights:changed:)``; plus a copy of all weights for a new key.
  public func derive(
    from base: Metric, key: BaseKey, changed: [TurnID], turnWeight: (TurnID) -> Weight
  ) -> Metric {
    precondition(base.hierarchy === hierarchy, "a metric of another hierarchy")
    if key == baseKey {
      for position in difference { metric.weights[Int(position)] = base.weights[Int(position)] }
    } else {
      metric.weights.update(from: base.weights, count: hierarchy.arcCount)
    }
    baseKey = key
    difference = partial.update(metric, from: base, changed: changed, turnWeight: turnWeight) { true } ?? []
    return metric
  }
}
