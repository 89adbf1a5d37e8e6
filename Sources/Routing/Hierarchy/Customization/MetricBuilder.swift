import RoadGraph

/// Makes the metrics of one profile: a ``MetricSetBuilder`` for one.
///
/// Public for Bench and tests, which compare one profile with several and one core with all. The engine customizes all
/// its profiles together.
public final class MetricBuilder {
  private let builder: MetricSetBuilder

  public init(_ hierarchy: ContractionHierarchy) { builder = MetricSetBuilder(hierarchy, count: 1) }

  public var hierarchy: ContractionHierarchy { builder.hierarchy }

  /// A metric from the weights of all turns, on all cores.
  ///
  /// - Parameter turnWeights: one weight per turn of the turn-expanded graph, none above infinity.
  /// - Complexity: O(lower triangles); about 0.05 s on one core for a metropolis.
  public func customize(_ turnWeights: [Weight]) -> Metric { builder.customize([turnWeights])[0] }

  /// The same as ``customize(_:)`` on the calling thread alone, bit for bit.
  public func customizeOnOneCore(_ turnWeights: [Weight]) -> Metric { builder.customize([turnWeights], on: .one)[0] }

  /// The metric after some turn weights have changed; the result is that of a full customization, bit for bit.
  ///
  /// - SeeAlso: ``MetricSetBuilder/update(_:turnWeights:changed:)``, also for the complexity.
  /// - Returns: a new metric, or `metric` itself if no arc's weight changed.
  public func update(_ metric: Metric, turnWeights: [Weight], changed: [TurnID]) -> Metric {
    builder.update([metric], turnWeights: [turnWeights], changed: changed)[0]
  }
}
