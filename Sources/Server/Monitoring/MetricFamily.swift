/// All series of one name: what is shown together.
struct MetricFamily: Sendable {
  enum Kind: String, Sendable { case counter, gauge, histogram }

  enum Cell: Sendable {
    case counter(CounterCell)
    case gauge(GaugeCell)
    case histogram(HistogramCell)

    var kind: Kind {
      switch self {
      case .counter: .counter
      case .gauge: .gauge
      case .histogram: .histogram
      }
    }
  }

  let kind: Kind
  private(set) var cells: [MetricLabels: Cell] = [:]
  /// Takes what is beyond the number of series that are kept.
  private var overflow: Cell?

  init(kind: Kind) { self.kind = kind }

  /// The series with these labels, made if it is new. `nil` if the name is known as another kind of metric.
  mutating func cell(_ labels: MetricLabels, make: () -> Cell) -> Cell? {
    if let known = cells[labels] { return known }
    if let overflow, cells.count >= MetricLimits.seriesPerFamilyMax { return overflow }
    let new = make()
    guard new.kind == kind else { return nil }
    if cells.count < MetricLimits.seriesPerFamilyMax {
      cells[labels] = new
    } else {
      let other = cells[labels.other] ?? new
      cells[labels.other] = other
      overflow = other
      return other
    }
    return new
  }
}
