/// Writes metrics in the text format 0.0.4 of Prometheus.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
public struct ExpositionText {
  /// The `Content-Type` of such a text.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""

  /// Adds the series of a metric, in the order of their labels.
  mutating func add(_ family: MetricFamily, name: String, help: String?) {
    addHead(name, family.kind, help)
    for (labels, cell) in family.cells.sorted(by: { Self.isOrdered($0.key, $1.key) }) {
      if let histogram = cell as? HistogramCell {
        add(histogram, name, labels.pairs)
      } else {
        addLine(name, labels.pairs, cell.value)
      }
    }
  }

  /// Adds what a collector told.
  mutating func add(_ family: MetricReadings.Family, name: String) {
    addHead(name, family.kind, family.help)
    for (labels, value) in family.series.sorted(by: { Self.isOrdered($0.key, $1.key) }) {
      addLine(name, labels.pairs, value)
    }
  }

  private mutating func add(_ histogram: HistogramCell, _ name: String, _ pairs: [MetricLabels.Pair]) {
    // Counted once, so that the last bucket and the count agree.
    let counts = histogram.cumulativeCounts
    for (bound, count) in zip(histogram.upperBounds + [.infinity], counts) {
      addLine("\(name)_bucket", pairs + [.init(name: "le", value: Self.number(bound))], Double(count))
    }
    addLine("\(name)_sum", pairs, histogram.value)
    addLine("\(name)_count", pairs, Double(counts.last ?? 0))
  }

  private mutating func addHead(_ name: String, _ kind: MetricFamily.Kind, _ help: String?) {
    if let help, !help.isEmpty { text += "# HELP \(name) \(Self.escaped(help, quote: false))\n" }
    text += "# TYPE \(name) \(kind.rawValue)\n"
  }

  private mutating func addLine(_ name: String, _ pairs: [MetricLabels.Pair], _ value: Double) {
    let labels = pairs.map { "\($0.name)=\"\(Self.escaped($0.value, quote: true))\"" }.joined(separator: ",")
    text += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(value))\n"
  }

  /// Numbers as Go reads them.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int64(exactly: value).map(String.init) ?? String(value)
  }

  /// Backslashes and ends of lines, and quotes within quotes.
  static func escaped(_ text: String, quote: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quote: escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isOrdered(_ left: MetricLabels, _ right: MetricLabels) -> Bool {
    for (left, right) in zip(left.pairs, right.pairs) where left != right {
      return (left.name, left.value) < (right.name, right.value)
    }
    return left.pairs.count < right.pairs.count
  }
}
