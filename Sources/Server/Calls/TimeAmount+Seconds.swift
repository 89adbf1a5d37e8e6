import NIOCore

extension TimeAmount {
  /// The time, at most a year, whatever number was set.
  public static func secondsOf(_ seconds: Double) -> TimeAmount {
    let secondsMax = 365.0 * 86_400
    return .nanoseconds(Int64(Double.minimum(Double.maximum(seconds, 0), secondsMax) * 1e9))
  }
}
