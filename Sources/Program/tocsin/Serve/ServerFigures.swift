import API
import Calls
import Engine
import Foundation
import Messages
import Monitoring

/// The figures of a server that are computed when its metrics are read.
enum ServerFigures {
  /// What the counters and histograms mean.
  private static let help = [
    "tocsin_calls_total": "Calls that ended, by method and code.",
    "tocsin_call_duration_seconds": "From the last byte of a request to its answer.",
    "tocsin_call_wait_seconds": "How long calls waited for a thread.",
  ]

  /// Adds the state that queries run on.
  private static func collect(_ status: StatusAnswer, at now: Date, into readings: inout MetricReadings) {
    readings.gauge("tocsin_info", 1, [("version", Tocsin.version), ("map", status.mapPath)], help: "What is served.")
    readings.gauge("tocsin_snapshot_version", Double(status.version), help: "Version of the latest snapshot.")
    readings.gauge(
      "tocsin_snapshot_age_seconds", now.timeIntervalSince(status.snapshotPublishedAt),
      help: "Since the latest snapshot was published.")
    readings.gauge("tocsin_units", Double(status.unitCount), help: "Known units.")
    readings.gauge("tocsin_closures", Double(status.closureCount), help: "Known closures.")
    readings.gauge("tocsin_plans", Double(status.planCount), help: "Known response plans.")
    readings.gauge("tocsin_hospitals", Double(status.hospitalCount), help: "Known hospitals.")
    readings.gauge("tocsin_posts", Double(status.postCount), help: "Known posts.")
    readings.gauge("tocsin_layer_features", Double(status.layerFeatureCount), help: "Features of all layers.")
    readings.gauge("tocsin_subscriptions", Double(status.subscriptionCount), help: "Questions and traffic watched.")
    readings.gauge("tocsin_changes_waiting", Double(status.waitingChangeCount), help: "Changes waiting for the writer.")
    readings.gauge(
      "tocsin_ledger_failing", status.ledgerFault.isEmpty ? 0 : 1, help: "1 while the ledger refuses changes.")
    readings.counter(
      "tocsin_ledger_refusals_total", Double(status.ledgerRefusedCount), help: "Writes that the ledger refused.")
    for feed in status.feeds {
      readings.gauge(
        "tocsin_feed_age_seconds", now.timeIntervalSince(feed.lastPutAt), [("source", feed.report.source)],
        help: "Since a feed's last report.")
      readings.gauge(
        "tocsin_feed_interval_seconds", feed.report.intervalSeconds, [("source", feed.report.source)],
        help: "How often a feed is expected; 0 for one that came once.")
      readings.gauge(
        "tocsin_feed_in_force", Double(feed.inForceCount), [("source", feed.report.source)],
        help: "Closures and speeds of a feed that are in force.")
      readings.gauge(
        "tocsin_feed_unmatched", Double(feed.unmatchedCount), [("source", feed.report.source)],
        help: "What a feed brought last that the map lacks, or that was refused.")
    }
  }

  /// Adds what became of the reports of units.
  private static func collect(_ counts: ReportCounts, into readings: inout MetricReadings) {
    let outcomes: [(kind: String, outcome: String, count: Int)] = [
      ("position", "taken", counts.positions.taken), ("position", "older", counts.positions.older),
      ("position", "unknown", counts.unknownPositions), ("position", "refused", counts.refusedPositions),
      ("status", "taken", counts.statuses.taken), ("status", "older", counts.statuses.older),
    ]
    for (kind, outcome, count) in outcomes {
      readings.counter(
        "tocsin_unit_reports_total", Double(count), [("kind", kind), ("outcome", outcome)],
        help: "Reports of units' positions and statuses, by what became of them.")
    }
  }

  /// A registry that all metrics of the process go to from now on.
  static func registry() -> PrometheusRegistry {
    let registry = PrometheusRegistry(help: help)
    registry.install()
    registry.addCollector(ProcessFigures.collect)
    return registry
  }

  /// Adds the figures of an engine and of the service before it.
  static func add(
    _ engine: EngineHandle, _ service: CallService, _ security: ServerSecurity, to registry: PrometheusRegistry
  ) {
    registry.addCollector { readings in
      guard let endsAt = security.tls?.endsAt else { return }
      readings.gauge(
        "tocsin_certificate_end_timestamp_seconds", endsAt.timeIntervalSince1970,
        help: "When the server's certificate runs out.")
    }
    registry.addCollector { collect(engine.status(), at: Date(), into: &$0) }
    registry.addCollector { collect(engine.reports.counts, into: &$0) }
    registry.addCollector { collect(service, into: &$0) }
  }

  /// Adds what waits and what is open.
  private static func collect(_ service: CallService, into readings: inout MetricReadings) {
    let load = service.load
    let help = "Calls waiting for a thread."
    for lane in CallLane.allCases {
      readings.gauge("tocsin_calls_waiting", Double(load.calls[lane] ?? 0), [("lane", lane.rawValue)], help: help)
    }
    readings.gauge(
      "tocsin_unsent_bytes", Double(service.unsentAnswers.byteCount), help: "Answers that clients have not taken yet.")
    readings.gauge(
      "tocsin_silent_connections", Double(service.silentConnections.count),
      help: "Open connections that have brought no call yet.")
    readings.gauge("tocsin_connections", Double(load.connections), help: "Open connections.")
    readings.gauge("tocsin_streams", Double(load.streams), help: "Open streams of answers.")
  }
}
