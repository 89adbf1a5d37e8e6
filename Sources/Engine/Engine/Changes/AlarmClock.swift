import Dispatch

/// One timer that is set again and again.
final class AlarmClock: @unchecked Sendable {
  // Unchecked: a dispatch source may be used from any thread.
  private let source: any DispatchSourceTimer

  /// Late enough that what was to happen at the moment has its time behind it.
  private static let slackSeconds = 0.001
  /// The alarm never sleeps longer than this: somebody may put the system's clock forward or back meanwhile.
  private static let sleepSecondsMax = 1.0

  init() {
    source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "tocsin.alarm"))
  }

  deinit { source.cancel() }

  /// What happens at the alarm. Called once, before the first ``set(secondsFromNow:)``.
  func onAlarm(_ action: @escaping @Sendable () -> Void) {
    source.setEventHandler(handler: action)
    source.activate()
  }

  /// Sets the alarm, instead of the one that was set before; with `nil` it goes off to look at the clock alone.
  func set(secondsFromNow seconds: Double?) {
    let sleep = seconds.map { min(max($0, 0), Self.sleepSecondsMax) } ?? Self.sleepSecondsMax
    source.schedule(deadline: .now() + sleep + Self.slackSeconds)
  }

  /// It goes off no more, until it is set again.
  func stop() { source.schedule(deadline: .distantFuture) }
}
