/// Two metrics for each profile of a group: the one that was handed out last, and the one before, which becomes the
/// next one when no reader holds it any more.
///
/// - Invariant: `previous` differs from `latest` at most at `difference`.
struct MetricBuffers {
  private let hierarchy: ContractionHierarchy
  private var latest: [Metric?]
  private var previous: [Metric?]
  /// Positions of arcs; `nil` if any arc may differ.
  private var difference: [UInt32]?

  init(_ hierarchy: ContractionHierarchy, count: Int) {
    self.hierarchy = hierarchy
    latest = Array(repeating: nil, count: count)
    previous = latest
  }

  /// Metrics that nobody else can see, with whatever weights.
  mutating func blanks() -> [Metric] { previous.indices.map { takeSpare($0) ?? Metric(hierarchy) } }

  /// Metrics that nobody else can see, with the weights of `metrics`.
  mutating func twins(of metrics: [Metric]) -> [Metric] { metrics.indices.map { twin(of: metrics[$0], $0) } }

  private mutating func twin(of metric: Metric, _ index: Int) -> Metric {
    let spare = takeSpare(index)
    let twin = spare ?? Metric(hierarchy)
    twin.copyWeights(of: metric, at: spare != nil && metric === latest[index] ? difference : nil)
    return twin
  }

  /// The metric before the latest one, if nobody else holds it.
  private mutating func takeSpare(_ index: Int) -> Metric? {
    guard isKnownUniquelyReferenced(&previous[index]) else { return nil }
    return previous[index].take()
  }

  /// Keeps metrics that were made of blanks, and hands them out.
  mutating func publish(_ metrics: [Metric]) -> [Metric] {
    (previous, latest, difference) = (latest, metrics, nil)
    return metrics
  }

  /// Keeps twins of `metrics` that were changed, and hands those out of which this is true; the others stay as spares.
  mutating func publish(_ twins: [Metric], of metrics: [Metric], _ changes: CustomizationChanges) -> [Metric] {
    difference = changes.positions
    for index in metrics.indices {
      let isChanged = changes.lanes & 1 << UInt8(index) != 0
      (latest[index], previous[index]) = isChanged ? (twins[index], metrics[index]) : (metrics[index], twins[index])
    }
    return latest.compactMap(\.self)
  }

  /// Takes back twins that were changed in vain.
  mutating func discard(_ twins: [Metric]) { (previous, difference) = (twins, nil) }
}

/// What a partial customization did.
struct CustomizationChanges {
  /// The positions of the arcs that changed under any of the metrics.
  var positions: [UInt32] = []
  /// Bit i is set if metric i changed.
  var lanes: UInt8 = 0
}
