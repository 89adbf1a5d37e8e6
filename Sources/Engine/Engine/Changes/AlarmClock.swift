import Dispatch

/// One timer that is set again and again.
final class AlarmClock: @unchecked Sendable {
  // Unchecked: a dispatch source may be used from any thread.
  private let source: any DispatchSourceTimer

  /// Late enough that what was to happen at the moment has its time behind it.
  private static let slackSeconds = 0.001
  /// The alarm never sleeps longer than this: somebody may put the system's clock forward meanwhile.
  private static let sleepSecondsMax = 30.0

  init() {
    source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "tocsin.alarm"))
  }

  deinit { source.cancel() }

  /// What happens at the alarm. Called once, before the first ``set(secondsFromNow:)``.
  func onAlarm(_ action: @escaping @Sendable () -> Void) {
    source.setEventHandler(handler: action)
    source.activate()
  }

  /// Sets the alarm, instead of the one that was set before; `nil` sets none.
  func set(secondsFromNow seconds: Double?) {
    let deadline = seconds.map { DispatchTime.now() + min(max($0, 0), Self.sleepSecondsMax) + Self.slackSeconds }
    source.schedule(deadline: deadline ?? .distantFuture)
  }
}
