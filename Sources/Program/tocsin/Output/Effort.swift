import Foundation

/// The time that a piece of work took.
struct Effort {
  var wallSeconds: Double
  /// Of all threads of this process.
  var cpuSeconds: Double

  /// Does the work and takes its time.
  static func of<Result>(_ work: () throws -> Result) rethrows -> (result: Result, effort: Effort) {
    let (wallStart, cpuStart) = (seconds(of: CLOCK_MONOTONIC), seconds(of: CLOCK_PROCESS_CPUTIME_ID))
    let result = try work()
    let (wallEnd, cpuEnd) = (seconds(of: CLOCK_MONOTONIC), seconds(of: CLOCK_PROCESS_CPUTIME_ID))
    return (result, Effort(wallSeconds: wallEnd - wallStart, cpuSeconds: cpuEnd - cpuStart))
  }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
