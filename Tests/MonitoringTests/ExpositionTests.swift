import CoreMetrics
import Testing

@testable import Monitoring

/// What Prometheus reads, byte for byte.
@Suite struct ExpositionTests {
  private static let dropped = """
    # HELP tocsin_metrics_dropped_total Metrics asked for that there was no room for.
    # TYPE tocsin_metrics_dropped_total counter
    tocsin_metrics_dropped_total
    """

  /// The text without the registry's own counter, which has the last name here.
  private static func text(_ registry: PrometheusRegistry, droppedCount: Int = 0) throws -> String {
    let text = registry.exposition()
    let own = "\(Self.dropped) \(droppedCount)\n"
    try #require(text.hasSuffix(own))
    return String(text.dropLast(own.count))
  }

  @Test func showsCountersAndGauges() throws {
    let registry = PrometheusRegistry(help: ["calls_total": "Calls\\answered\nso far."])
    Counter(label: "calls_total", dimensions: [("method", "Route"), ("code", "OK")], factory: registry).increment(by: 3)
    Counter(label: "calls_total", dimensions: [("code", "A \"b\"\\\n"), ("method", "Route")], factory: registry)
      .increment()
    Gauge(label: "depth", factory: registry).record(2.5)
    let meter = Meter(label: "level", factory: registry)
    meter.set(7)
    meter.decrement(by: 9)
    let part = FloatingPointCounter(label: "parts_total", factory: registry)
    part.increment(by: 0.25)
    part.increment(by: 0.5)
    #expect(
      try Self.text(registry) == #"""
        # HELP calls_total Calls\\answered\nso far.
        # TYPE calls_total counter
        calls_total{code="A \"b\"\\\n",method="Route"} 1
        calls_total{code="OK",method="Route"} 3
        # TYPE depth gauge
        depth 2.5
        # TYPE level gauge
        level -2
        # TYPE parts_total counter
        parts_total 0.75

        """#)
  }

  @Test func showsTimersAsHistograms() throws {
    let registry = PrometheusRegistry()
    let timer = Timer(label: "call_seconds", dimensions: [("method", "Snap")], factory: registry)
    timer.recordNanoseconds(100_000)  // at a bound: within it
    timer.recordMilliseconds(2)
    timer.recordSeconds(20)
    let lines = try Self.text(registry).split(separator: "\n").map(String.init)
    #expect(lines.first == "# TYPE call_seconds histogram")
    #expect(lines.count == 1 + 17 + 2)
    #expect(lines[1] == #"call_seconds_bucket{method="Snap",le="0.0001"} 1"#)
    #expect(lines[4] == #"call_seconds_bucket{method="Snap",le="0.001"} 1"#)
    #expect(lines[5] == #"call_seconds_bucket{method="Snap",le="0.0025"} 2"#)
    #expect(lines[13] == #"call_seconds_bucket{method="Snap",le="1"} 2"#)
    #expect(lines[16] == #"call_seconds_bucket{method="Snap",le="10"} 2"#)
    #expect(lines[17] == #"call_seconds_bucket{method="Snap",le="+Inf"} 3"#)
    #expect(lines[18] == #"call_seconds_sum{method="Snap"} 20.0021"#)
    #expect(lines[19] == #"call_seconds_count{method="Snap"} 3"#)
  }

  @Test func recordersAreHistogramsOfCounts() throws {
    let registry = PrometheusRegistry()
    let recorder = Recorder(label: "batch_units", factory: registry)
    recorder.record(3)
    recorder.record(Double.nan)
    let text = try Self.text(registry)
    #expect(text.contains("batch_units_bucket{le=\"2\"} 0\nbatch_units_bucket{le=\"5\"} 1\n"))
    #expect(text.contains("batch_units_sum 3\nbatch_units_count 1\n"))
  }

  @Test func collectorsTellWhenAsked() throws {
    let registry = PrometheusRegistry()
    Gauge(label: "twice", factory: registry).record(1)
    registry.addCollector { readings in
      readings.gauge("age_seconds", 1.5, help: "Age.")
      readings.gauge("profile info", 1, [("name", "car")], help: "Names are made fit.")
      readings.counter("seen_total", .infinity, help: "")
      readings.gauge("twice", 2, help: "Hidden by the metric.")
    }
    let text = registry.exposition()
    #expect(text.hasPrefix("# HELP age_seconds Age.\n# TYPE age_seconds gauge\nage_seconds 1.5\n"))
    #expect(
      text.contains(
        "# TYPE profile_info gauge\nprofile_info{name=\"car\"} 1\n# TYPE seen_total counter\nseen_total +Inf\n"))
    #expect(text.contains("\ntwice 1\n") && !text.contains("\ntwice 2\n"))
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (1e15, "1000000000000000"), (0.1, "0.1"), (1e-7, "1e-07"), (1e300, "1e+300"),
    (.nan, "NaN"), (-.infinity, "-Inf"),
  ])
  func writesNumbers(_ number: Double, _ text: String) {
    #expect(ExpositionText.number(number) == text)
  }

  @Test(arguments: [
    ("ok_1", "ok_1"), ("a.b-c", "a_b_c"), ("1a", "_1a"), ("", "_"), ("é", "__"), ("a:b", "a_b"), ("le", "le_"),
  ])
  func cleansLabels(_ name: String, _ cleaned: String) {
    #expect(MetricName.label(name) == cleaned)
  }
}
