import Messages
import Metrics

/// What is counted of calls: how many by method and outcome, how long they took and how long they waited.
///
/// Durations are seconds. The system of metrics must be chosen before one is made.
final class CallMetrics: Sendable {
  private struct OfMethod: Sendable {
    let answered: Counter
    let duration: Timer
  }

  private let ofMethod: [String: OfMethod]
  private let wait = Timer(label: "tocsin_call_wait_seconds")

  init(methods: [String]) {
    ofMethod = Dictionary(
      uniqueKeysWithValues: methods.map { method in
        (
          method,
          OfMethod(
            answered: Counter(label: "tocsin_calls_total", dimensions: [("method", method), ("code", "OK")]),
            duration: Timer(label: "tocsin_call_duration_seconds", dimensions: [("method", method)]))
        )
      })
  }

  /// Counts a call that ran.
  func record(_ call: Call, start: ContinuousClock.Instant, answer: Result<[UInt8], CallStatus>) {
    wait.recordNanoseconds((start - call.arrival).nanoseconds)
    guard let metrics = ofMethod[call.method] else { return recordRefusal(of: call.method, "UNKNOWN_METHOD") }
    metrics.duration.recordNanoseconds((ContinuousClock.now - call.arrival).nanoseconds)
    switch answer {
    case .success: metrics.answered.increment()
    case .failure(let status): recordRefusal(of: call.method, status.code)
    }
  }

  /// Counts calls that were refused. An unknown method has no label of its own: clients name what they like.
  func recordRefusal(of method: String, _ code: String, count: Int = 1) {
    let known = ofMethod[method] == nil ? "" : method
    Counter(label: "tocsin_calls_total", dimensions: [("method", known), ("code", code)]).increment(by: count)
  }
}

extension Duration {
  /// Rounded down; of a duration beyond 292 years the largest number.
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, isOverflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isOverflow ? .max : product + attoseconds / 1_000_000_000
  }
}
