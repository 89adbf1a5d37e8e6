import CoreMetrics
import Synchronization

/// Keeps the metrics of a process and shows them in the text format of Prometheus: a backend of swift-metrics.
///
/// Counters and gauges are one atomic each, timers and recorders histograms with fixed buckets; none takes a lock when
/// it is used, only when it is made. A metric made twice is one. A name that is in use for another kind of metric, and
/// names beyond ``MetricLimits/familiesMax``, are dropped and counted as `tocsin_metrics_dropped_total`.
///
/// Names and units are the caller's: a timer's values are seconds, so it is named `…_seconds`.
public final class PrometheusRegistry: Sendable {
  /// Tells figures that are worked out when somebody looks.
  public typealias Collector = @Sendable (inout MetricReadings) -> Void

  private struct State {
    var families: [String: MetricFamily] = [:]
    var collectors: [Collector] = []
    var droppedCount = 0
  }

  private let state = Mutex(State())
  private let helpByName: [String: String]

  /// - Parameter help: what metrics mean, by name; the others are shown without.
  public init(help: [String: String] = [:]) { helpByName = help }

  /// Makes this registry the one that all metrics of the process go to. Once, before any metric is made.
  public func install() { MetricsSystem.bootstrap(self) }

  /// Adds figures that are worked out at each ``exposition()``; collectors run in the order in which they were added.
  public func addCollector(_ collector: @escaping Collector) { state.withLock { $0.collectors.append(collector) } }

  /// All metrics in the text format 0.0.4 of Prometheus, in the order of their names. O(series).
  public func exposition() -> String {
    let (families, collectors, droppedCount) = state.withLock { ($0.families, $0.collectors, $0.droppedCount) }
    var readings = MetricReadings()
    for collector in collectors { collector(&readings) }
    readings.counter(
      "tocsin_metrics_dropped_total", Double(droppedCount), help: "Metrics asked for that there was no room for.")
    var text = ExpositionText()
    for name in Set(families.keys).union(readings.families.keys).sorted() {
      // A name that a collector tells and that is a metric as well is shown once, as the metric.
      if let family = families[name] {
        text.add(family, name: name, help: helpByName[name])
      } else if let family = readings.families[name] {
        text.add(family, name: name)
      }
    }
    return text.text
  }

  /// The series of a metric; `nil` if there is no room for it, or if the name is known as another kind of metric.
  private func cell<Cell: MetricCell>(
    _ name: String, _ dimensions: [(String, String)], make: () -> Cell
  ) -> Cell? {
    let name = MetricName.metric(name)
    let labels = MetricLabels(dimensions)
    return state.withLock { state in
      var family = state.families[name]
      if family == nil, state.families.count < MetricLimits.familiesMax { family = MetricFamily(kind: Cell.kind) }
      guard family?.kind == Cell.kind, let cell = family?.cell(labels, make: make) else {
        state.droppedCount += 1
        return nil
      }
      state.families[name] = family
      return cell as? Cell
    }
  }
}

/// Metrics outlive the objects that count them: what was counted stays counted, so nothing is destroyed.
extension PrometheusRegistry: MetricsFactory {
  /// A counter.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    cell(label, dimensions, make: CounterCell.init) ?? NOOPMetricsHandler.instance
  }

  /// A counter of parts.
  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    cell(label, dimensions, make: CounterCell.init) ?? NOOPMetricsHandler.instance
  }

  /// A gauge.
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    cell(label, dimensions, make: GaugeCell.init) ?? NOOPMetricsHandler.instance
  }

  /// A histogram of ``MetricLimits/countBuckets``; without aggregation a gauge.
  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else { return cell(label, dimensions, make: GaugeCell.init) ?? NOOPMetricsHandler.instance }
    return cell(label, dimensions) { HistogramCell(upperBounds: MetricLimits.countBuckets) }
      ?? NOOPMetricsHandler.instance
  }

  /// A histogram of ``MetricLimits/secondsBuckets``.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    cell(label, dimensions) { HistogramCell(upperBounds: MetricLimits.secondsBuckets) } ?? NOOPMetricsHandler.instance
  }

  /// Does nothing.
  public func destroyCounter(_ handler: any CounterHandler) {}
  /// Does nothing.
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  /// Does nothing.
  public func destroyMeter(_ handler: any MeterHandler) {}
  /// Does nothing.
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  /// Does nothing.
  public func destroyTimer(_ handler: any TimerHandler) {}
}
