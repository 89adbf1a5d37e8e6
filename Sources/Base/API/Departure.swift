import Foundation

/// What the travel times of an answer rest on.
public enum SpeedBasis: Hashable, Sendable, CaseIterable {
  /// What is measured now.
  case live
  /// How fast traffic usually is then.
  case typical
  /// What is measured where something is, and what is usual elsewhere.
  case mixed
  /// Nothing is known of traffic then but closures and conditional rules.
  case freeFlow
}

extension Validation {
  /// Checks when a question's vehicles leave.
  ///
  /// - Throws: `DEPART_IN_PAST`, `DEPART_TOO_FAR`.
  public static func departure(_ date: Date?, now: Date) throws(EngineError) {
    guard let date else { return }
    let seconds = date.timeIntervalSince(now)
    if seconds < -Limits.departurePastSecondsMax {
      throw EngineError(.departInPast, "nobody leaves before now", value: date.formatted(.iso8601))
    }
    guard seconds <= Limits.departureSecondsMax else {
      throw EngineError(
        .departTooFar, "a departure may be at most \(Int(Limits.departureSecondsMax / 86_400)) days ahead",
        value: date.formatted(.iso8601))
    }
  }
}
