/// Figures that are worked out when somebody looks: what a collector tells.
public struct MetricReadings: Sendable {
  struct Family: Sendable {
    let kind: MetricFamily.Kind
    var help: String
    var series: [MetricLabels: Double] = [:]
  }

  private(set) var families: [String: Family] = [:]

  public init() {}

  /// A number that goes up and down.
  public mutating func gauge(_ name: String, _ value: Double, _ labels: [(String, String)] = [], help: String) {
    add(name, .gauge, value, labels, help)
  }

  /// A number that only grows.
  public mutating func counter(_ name: String, _ value: Double, _ labels: [(String, String)] = [], help: String) {
    add(name, .counter, value, labels, help)
  }

  private mutating func add(
    _ name: String, _ kind: MetricFamily.Kind, _ value: Double, _ labels: [(String, String)], _ help: String
  ) {
    let name = MetricName.metric(name)
    var labels = MetricLabels(labels)
    var family = families[name] ?? Family(kind: kind, help: help)
    if family.series[labels] == nil, family.series.count >= MetricLimits.seriesPerFamilyMax { labels = labels.other }
    family.series[labels] = value
    families[name] = family
  }
}
