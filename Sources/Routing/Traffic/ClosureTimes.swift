import API
import Foundation
import TimeRules

/// When a closure holds: from, until, and in between at certain hours of the week.
struct ClosureTimes: Sendable {
  let from: Date?
  let until: Date?
  let hours: TimeRule?
  let clock: LocalClock

  /// `nil` if the hours are not understood.
  init?(_ closure: RoadClosure, clock: LocalClock) {
    (from, until, self.clock) = (closure.from, closure.until, clock)
    hours = closure.hours.isEmpty ? nil : TimeRule(closure.hours, knowing: clock.holidays.kinds)
    if hours == nil, !closure.hours.isEmpty { return nil }
  }

  func isActive(at moment: Date) -> Bool {
    if let from, moment < from { return false }
    return !isOver(at: moment) && hours?.holds(at: moment, in: clock) ?? true
  }

  func isOver(at moment: Date) -> Bool { until.map { $0 <= moment } ?? false }

  /// The next moment after `moment` at which it may begin or end by itself. O(days looked at).
  func nextChange(after moment: Date) -> Date? {
    if isOver(at: moment) { return nil }
    if let from, moment < from { return from }
    return [until, hours?.nextChange(after: moment, in: clock)].compactMap { $0 }.min()
  }
}
