import Messages
import Synchronization

/// What one caller has used up of its allowance: a token bucket for the rate, a fixed window for the day.
///
/// The clock is one that never jumps.
final class CallUsage: Sendable {
  private struct State {
    /// Calls that may come at once; negative never.
    var credit: Double
    var lastCall: ContinuousClock.Instant?
    var dayBegan: ContinuousClock.Instant?
    var callsOfDay = 0
  }

  let allowance: CallAllowance
  private let state: Mutex<State>

  private static let day = Duration.seconds(86_400)

  init(_ allowance: CallAllowance) {
    self.allowance = allowance
    state = Mutex(State(credit: Self.burst(of: allowance)))
  }

  /// Takes one call, or says which limit is exhausted.
  func take(at now: ContinuousClock.Instant) -> CallStatus? {
    guard allowance.callsPerSecond != nil || allowance.callsPerDay != nil else { return nil }
    return state.withLock { state in
      if let max = allowance.callsPerDay, let refusal = takeOfDay(&state, max, now) { return refusal }
      guard let rate = allowance.callsPerSecond else { return nil }
      let seconds = state.lastCall.map { (now - $0) / .seconds(1) } ?? 0
      state.credit = min(state.credit + max(seconds, 0) * rate, Self.burst(of: allowance))
      state.lastCall = now
      guard state.credit >= 1 else { return Self.exhausted("calls_per_second", rate) }
      state.credit -= 1
      return nil
    }
  }

  private func takeOfDay(_ state: inout State, _ max: Int, _ now: ContinuousClock.Instant) -> CallStatus? {
    if state.dayBegan.map({ now - $0 >= Self.day }) ?? true { (state.dayBegan, state.callsOfDay) = (now, 0) }
    guard state.callsOfDay < max else { return Self.exhausted("calls_per_day", max) }
    state.callsOfDay += 1
    return nil
  }

  /// A rate below one a second still lets one call through after a while.
  private static func burst(of allowance: CallAllowance) -> Double { max(allowance.callsPerSecond ?? 0, 1) }

  private static func exhausted(_ name: String, _ max: some CustomStringConvertible) -> CallStatus {
    CallStatus(.rateLimited, "the caller's allowance is used up", value: "\(name) = \(max)")
  }
}
