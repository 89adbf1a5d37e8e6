import RoadGraph

/// Makes metrics from turn weights: the writer's workspace, used by one thread at a time.
///
/// A metric never changes once it's handed out. So an update needs a second buffer: the builder keeps the metric before
/// the latest one, and when no reader holds it any more, brings it up to date by the few weights that differ and hands
/// it out again. While a reader still holds it, the latest metric is copied instead. Readers never wait, and two
/// buffers are enough when queries are short.
public final class MetricBuilder {
  public let hierarchy: ContractionHierarchy
  private let basic: BasicCustomization
  private lazy var partial = PartialCustomization(hierarchy)
  private var latest: Metric?
  private var previous: Metric?
  /// The positions at which `latest` differs from `previous`.
  private var difference: [UInt32] = []
  private var costs = CustomizationCosts()

  public init(_ hierarchy: ContractionHierarchy) {
    self.hierarchy = hierarchy
    basic = BasicCustomization(hierarchy)
  }

  /// A metric from the weights of all turns, on all cores.
  ///
  /// - Parameter turnWeights: one weight per turn of the turn-expanded graph, none above infinity.
  /// - Complexity: O(lower triangles); about 0.1 s on one core for a metropolis.
  public func customize(_ turnWeights: [Weight]) -> Metric {
    make(turnWeights, relaxing: basic.relaxTrianglesInParallel)
  }

  /// The same as ``customize(_:)`` on the calling thread alone, bit for bit.
  public func customizeOnOneCore(_ turnWeights: [Weight]) -> Metric {
    make(turnWeights, relaxing: basic.relaxTriangles)
  }

  /// The metric after some turn weights have changed; the result is that of a full customization, bit for bit.
  ///
  /// - Parameters:
  ///   - metric: a metric of this hierarchy, best the one that this builder made last.
  ///   - turnWeights: the weights of *all* turns, after the change.
  ///   - changed: the turns whose weights differ from those that `metric` was made from, in any order. Turns that
  ///     didn't change do no harm.
  /// - Returns: a new metric, or `metric` itself if no arc's weight changed.
  /// - Complexity: that of the lower triangles of the arcs that change and of those that might have; plus a copy of all
  ///   weights if a reader still holds the metric before `metric`. At most half more than a full customization, which
  ///   is what happens when by the times measured so far it's the faster one.
  public func update(_ metric: Metric, turnWeights: [Weight], changed: [TurnID]) -> Metric {
    precondition(metric.hierarchy === hierarchy, "a metric of another hierarchy")
    checkCount(turnWeights)
    guard costs.isPartialWorthTrying(turnCount: changed.count) else { return customize(turnWeights) }
    let updated = spare(for: metric)
    let start = ContinuousClock.now
    let changes = partial.update(
      updated, from: metric, changed: changed, turnWeight: { turnWeights[$0.position] },
      mayGoOn: { costs.isPartialWorthGoingOn(after: ContinuousClock.now - start) })
    costs.notePartial(ContinuousClock.now - start, turnCount: changed.count, isFinished: changes != nil)
    guard let changes else { return customize(turnWeights) }
    difference = changes
    if changes.isEmpty {
      // `updated` is a twin of `metric`: keep it for the next time.
      previous = updated
      latest = metric
      return metric
    }
    previous = metric
    latest = updated
    return updated
  }

  private func make(_ turnWeights: [Weight], relaxing: (Metric) -> Void) -> Metric {
    checkCount(turnWeights)
    let start = ContinuousClock.now
    let metric = Metric(hierarchy)
    basic.respect(turnWeights, in: metric)
    relaxing(metric)
    costs.noteFull(ContinuousClock.now - start)
    latest = metric
    previous = nil
    difference = []
    return metric
  }

  /// A metric with the weights of `metric` that nobody else can see.
  private func spare(for metric: Metric) -> Metric {
    guard metric === latest, isKnownUniquelyReferenced(&previous), let spare = previous else {
      return Metric(copyOf: metric)
    }
    for position in difference { spare.weights[Int(position)] = metric.weights[Int(position)] }
    return spare
  }

  private func checkCount(_ turnWeights: [Weight]) {
    precondition(turnWeights.count == hierarchy.turnCount, "one weight per turn")
  }
}
