import Histogram

/// What became of the requests of one kind that were due in the measured time.
struct Tally {
  /// From the moment at which a request was due to its answer, in nanoseconds. A request that nobody answered counts
  /// with the time that was waited for it. Refused ones are not in it: a quick "no" is not a quick answer.
  private(set) var latency = Self.histogram()
  private(set) var sent = 0
  /// Answers that came within the measured time, whenever their requests were due.
  var answeredInTime = 0
  /// Requests without an answer of their own, by code.
  private(set) var failures: [String: Int] = [:]

  /// Longer times are counted as this one.
  private static let nanosecondsMax: UInt64 = 3_600_000_000_000

  static func histogram() -> Histogram<UInt64> {
    Histogram(highestTrackableValue: nanosecondsMax, numberOfSignificantValueDigits: .three)
  }

  mutating func send() { sent += 1 }

  mutating func answer(afterNanoseconds nanoseconds: UInt64) { latency.record(min(nanoseconds, Self.nanosecondsMax)) }

  mutating func refuse(code: String) { failures[code, default: 0] += 1 }

  mutating func giveUp(code: String, afterNanoseconds nanoseconds: UInt64) {
    refuse(code: code)
    answer(afterNanoseconds: nanoseconds)
  }
}
