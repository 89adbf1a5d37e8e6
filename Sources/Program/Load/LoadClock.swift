import NIOCore

/// The times of a load, in nanoseconds of uptime.
struct LoadClock {
  let start: UInt64
  /// From here on requests are measured.
  let measuredFrom: UInt64
  let end: UInt64

  init(_ plan: LoadPlan, start: UInt64) {
    self.start = start
    measuredFrom = start + Self.nanoseconds(plan.warmUpSeconds)
    end = measuredFrom + Self.nanoseconds(plan.durationSeconds)
  }

  static var now: UInt64 { NIODeadline.now().uptimeNanoseconds }

  static func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }

  /// True in the measured time.
  func isMeasured(_ moment: UInt64) -> Bool { moment >= measuredFrom && moment < end }

  /// When a request is due that was planned for a number of seconds after the start; `.max` for one behind the end.
  func due(_ seconds: Double) -> UInt64 {
    guard seconds < Double(end - start) / 1e9 else { return .max }
    return start + Self.nanoseconds(seconds)
  }
}
