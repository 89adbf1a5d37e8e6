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

  /// False if it holds at no time from `moment` on. O(days looked at).
  func holdsEver(from moment: Date) -> Bool {
    let first = max(moment, from ?? moment)
    if let until, until <= first { return false }
    guard let hours, !hours.holds(at: first, in: clock) else { return true }
    guard let next = hours.nextChange(after: first, in: clock) else { return false }
    return until.map { next < $0 } ?? true
  }

  func isOver(at moment: Date) -> Bool { until.map { $0 <= moment } ?? false }

  /// The next moment after `moment` at which it may begin or end by itself. O(days looked at).
  func nextChange(after moment: Date) -> Date? {
    if isOver(at: moment) { return nil }
    if let from, moment < from { return from }
    return [until, hours?.nextChange(after: moment, in: clock)].compactMap { $0 }.min()
  }
}

extension RoadResolver {
  /// Checks that a closure holds at some time from `moment` on.
  ///
  /// - Throws: ``TrafficError/unknownHours(id:hours:)``, ``TrafficError/nothingInTime(_:)``.
  public func checkTimes(of closure: RoadClosure, at moment: Date) throws(TrafficError) {
    guard let times = ClosureTimes(closure, clock: network.clock) else {
      throw .unknownHours(id: closure.id, hours: closure.hours)
    }
    guard times.holdsEver(from: moment) else { throw .nothingInTime(closure) }
  }
}
