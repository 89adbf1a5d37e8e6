import CoreMetrics
import Dispatch
import Testing

@testable import Monitoring

/// Nothing is lost, nothing grows without bounds.
@Suite struct RegistryTests {
  @Test func concurrentIncrementsAddUp() {
    let registry = PrometheusRegistry()
    let (threadCount, perThread) = (8, 20_000)
    DispatchQueue.concurrentPerform(iterations: threadCount) { thread in
      // Each thread makes the metrics anew: they are the same ones.
      let counter = Counter(label: "c_total", factory: registry)
      let parts = FloatingPointCounter(label: "f_total", factory: registry)
      let timer = Timer(label: "t_seconds", factory: registry)
      for index in 0..<perThread {
        counter.increment()
        parts.increment(by: 0.5)
        timer.recordNanoseconds(Int64(index % 2) * 1_000_000_000)
      }
    }
    let count = threadCount * perThread
    let text = registry.exposition()
    #expect(text.contains("\nc_total \(count)\n"))
    #expect(text.contains("\nf_total \(count / 2)\n"))
    #expect(text.contains("\nt_seconds_bucket{le=\"0.0001\"} \(count / 2)\n"))
    #expect(text.contains("\nt_seconds_sum \(count / 2)\nt_seconds_count \(count)\n"))
  }

  @Test func labelsFromOutsideAreBounded() {
    let registry = PrometheusRegistry()
    let (kept, more) = (MetricLimits.seriesPerFamilyMax, 30)
    for caller in 0..<(kept + more) {
      Counter(label: "c_total", dimensions: [("caller", "\(caller)")], factory: registry).increment()
    }
    Counter(label: "c_total", dimensions: [("caller", "0")], factory: registry).increment()
    let text = registry.exposition()
    #expect(text.contains("c_total{caller=\"0\"} 2\n"))
    #expect(text.contains("c_total{caller=\"other\"} \(more)\n"))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("c_total{") } == kept + 1)
    let long = String(repeating: "é", count: MetricLimits.labelBytesMax)
    #expect(MetricLabels([("a", long)]).pairs[0].value == String(long.prefix(MetricLimits.labelBytesMax / 2)))
  }

  @Test func namesAreBounded() {
    let registry = PrometheusRegistry()
    for name in 0..<(MetricLimits.familiesMax + 3) { Counter(label: "c\(name)", factory: registry).increment() }
    #expect(registry.exposition().contains("tocsin_metrics_dropped_total 3\n"))
  }

  @Test func aNameHasOneKind() {
    let registry = PrometheusRegistry()
    Counter(label: "n", factory: registry).increment(by: 5)
    Timer(label: "n", factory: registry).recordSeconds(1)
    Gauge(label: "n", factory: registry).record(9)
    let text = registry.exposition()
    #expect(text.contains("# TYPE n counter\nn 5\n"))
    #expect(text.contains("tocsin_metrics_dropped_total 2\n"))
  }

  @Test func countersNeverShrink() {
    let registry = PrometheusRegistry()
    let counter = Counter(label: "n", factory: registry)
    counter.increment(by: 5)
    counter.increment(by: -2)
    let parts = FloatingPointCounter(label: "p", factory: registry)
    parts.increment(by: 1.5)
    parts.increment(by: Double.nan)
    parts.increment(by: -Double.infinity)
    #expect(registry.exposition().hasPrefix("# TYPE n counter\nn 5\n# TYPE p counter\np 1.5\n"))
  }

  @Test func tellsAboutTheProcess() throws {
    let registry = PrometheusRegistry()
    registry.addCollector(ProcessFigures.collect)
    let text = registry.exposition()
    func value(_ name: String) throws -> Double {
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }, "\(name)")
      return try #require(Double(line.dropFirst(name.count + 1)))
    }
    #expect(try value("process_resident_memory_bytes") > 1e6)
    #expect(try value("process_virtual_memory_bytes") > value("process_resident_memory_bytes"))
    #expect(try value("process_cpu_seconds_total") >= 0)
    #expect(try value("process_start_time_seconds") > 1.7e9)
    #expect(try value("process_open_fds") >= 3)
    #expect(try value("process_max_fds") >= value("process_open_fds"))
    #expect(text.contains("# TYPE process_cpu_seconds_total counter\n"))
  }

  @Test func readsNamesWithParentheses() {
    let fields = (1...52).map(String.init).joined(separator: " ").split(separator: " ").dropFirst(2)
    let stat = ProcessFigures.Stat("1 (a) b (c)) " + fields.joined(separator: " "))
    #expect(stat?.cpuTicks == 29)
    #expect(stat?.startTicks == 22)
    #expect(stat?.residentPages == 24)
    #expect(ProcessFigures.Stat("1 (a) S 1 2") == nil && ProcessFigures.Stat("") == nil)
  }
}
