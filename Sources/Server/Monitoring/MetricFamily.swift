/// All series of one name: what is shown together.
struct MetricFamily: Sendable {
  enum Kind: String, Sendable { case counter, gauge, histogram }

  let kind: Kind
  private(set) var cells: [MetricLabels: any MetricCell] = [:]
  /// Takes what is beyond the number of series that are kept.
  private(set) var overflow: (any MetricCell)?

  /// The series with these labels, made if it is new.
  mutating func cell(_ labels: MetricLabels, make: () -> any MetricCell) -> any MetricCell {
    let isFull = cells.count >= MetricLimits.seriesPerFamilyMax
    if let known = cells[labels] ?? (isFull ? overflow : nil) { return known }
    let labels = isFull ? labels.other : labels
    let cell = cells[labels] ?? make()
    cells[labels] = cell
    if isFull { overflow = cell }
    return cell
  }
}

/// One series of a metric.
protocol MetricCell: AnyObject, Sendable {
  static var kind: MetricFamily.Kind { get }
  var value: Double { get }
}
