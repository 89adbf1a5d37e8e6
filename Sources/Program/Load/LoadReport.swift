import Histogram

/// What a load has shown.
public struct LoadReport: Codable, Hashable, Sendable {
  public var measuredSeconds: Double
  public var connections: Int
  /// One for each kind of request that was sent.
  public var kinds: [KindFigures]
  public var generator: GeneratorFigures
  public var idle: IdleFigures?
  /// The server's process at moments of the run.
  public var server: [ProcessSample]
  /// What was wrong after the load: an answer with fewer units than before, a server that did not answer any more.
  public var problem: String?
}

/// The requests of one kind.
public struct KindFigures: Codable, Hashable, Sendable {
  /// "ask", "position" (calls, each of several reports), "closure".
  public var kind: String
  /// What the plan wants; `nil` where the server sets the pace.
  public var wantedPerSecond: Double?
  public var sent: Int
  /// Answers that came in the measured time, per second of it.
  public var answeredPerSecond: Double
  /// The same in position reports; 1 per call for other kinds.
  public var itemsPerSecond: Double
  public var latency: LatencyFigures
  /// How many requests were refused, or had no answer, by code.
  public var failures: [String: Int]
}

/// Times from the moment at which a request was due.
public struct LatencyFigures: Codable, Hashable, Sendable {
  public var p50Milliseconds: Double
  public var p90Milliseconds: Double
  public var p99Milliseconds: Double
  public var p999Milliseconds: Double
  public var maxMilliseconds: Double

  init(_ histogram: Histogram<UInt64>) {
    func milliseconds(_ percentile: Double) -> Double {
      (Double(histogram.valueAtPercentile(percentile)) / 1e3).rounded() / 1e3
    }
    p50Milliseconds = milliseconds(50)
    p90Milliseconds = milliseconds(90)
    p99Milliseconds = milliseconds(99)
    p999Milliseconds = milliseconds(99.9)
    maxMilliseconds = milliseconds(100)
  }
}

/// How well the generator kept its own schedule.
public struct GeneratorFigures: Codable, Hashable, Sendable {
  /// From the moment at which a request was due until it left.
  public var lag: LatencyFigures
  /// CPU time of the generator per second.
  public var cpuShare: Double
  public var residentBytes: Int

  /// With a later 99th percentile the generator is a part of what was measured.
  public static let lagMillisecondsMax = 5.0

  /// True if the latencies say something about the generator too.
  public var isLate: Bool { lag.p99Milliseconds > Self.lagMillisecondsMax }
}

/// The connections that say nothing.
public struct IdleFigures: Codable, Hashable, Sendable {
  public var opened: Int
  /// Of them, those that the server had closed by the end.
  public var closedByServer: Int
}

/// What a driver has counted: the requests of each kind, and how late they left.
typealias DriverFigures = (kinds: [KindFigures], lag: LatencyFigures)

extension LoadDriver {
  /// The figures of what was sent.
  func figures() -> DriverFigures {
    let kinds = RequestKind.allCases.compactMap { kind -> KindFigures? in
      let tally = tallies[kind.rawValue]
      guard tally.sent > 0 || !tally.failures.isEmpty else { return nil }
      let perSecond = Double(tally.answeredInTime) / plan.durationSeconds
      return KindFigures(
        kind: "\(kind)", wantedPerSecond: plan.perSecond(kind), sent: tally.sent, answeredPerSecond: perSecond,
        itemsPerSecond: kind == .position ? perSecond * plan.reportsPerCall : perSecond,
        latency: LatencyFigures(tally.latency), failures: tally.failures)
    }
    return (kinds, LatencyFigures(lag))
  }
}
