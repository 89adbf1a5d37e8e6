import Dispatch

/// When an answer that has to be looked at again may be worked out: at once, or a while after the last one.
struct AnswerPace {
  enum Step {
    case nothing
    case later(Duration)
    case now
  }

  /// How long after one answer the next one is worked out at the earliest.
  let interval: Duration
  /// True if it has to be looked at again.
  var isStale = true
  private var answeredAt: ContinuousClock.Instant?

  init(interval: Duration) { self.interval = interval }

  /// Of questions about a whole fleet or all roads: they cost much, and some unit or road changes all the time.
  static let wide = Duration.seconds(1)

  /// What is to be done; `now` counts as done.
  mutating func step(at now: ContinuousClock.Instant = .now) -> Step {
    guard isStale else { return .nothing }
    if let answeredAt, now < answeredAt + interval { return .later(answeredAt + interval - now) }
    (isStale, answeredAt) = (false, now)
    return .now
  }
}

extension ReadySignal {
  /// Notifies the transport after a while.
  func notify(after wait: Duration) {
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + wait / .seconds(1)) { [weak self] in
      self?.notify()
    }
  }
}
