import Foundation
import Profiles
import Traffic

/// What holds on the roads besides closures: the conditional rules of the moment, and the department's overrides.
struct RoadRules {
  private let schedule: RoadSchedule
  private(set) var adjustments = RoadAdjustments.none
  var overrides: ResolvedOverrides {
    get { adjustments.overrides }
    set { adjustments.overrides = newValue }
  }
  /// When the next conditional rule begins or ends.
  private(set) var nextChange: Date?
  private var isEvaluated = false

  init(_ schedule: RoadSchedule) { self.schedule = schedule }

  /// The next ``advance(to:)`` looks at every rule: the clock was put back.
  mutating func reconsider() { isEvaluated = false }

  /// Brings the adjustments up to a moment. O(1) until the next change.
  mutating func advance(to moment: Date) {
    if isEvaluated, nextChange.map({ moment < $0 }) ?? true { return }
    isEvaluated = true
    let overrides = overrides
    adjustments = schedule.adjustments(at: moment)
    adjustments.overrides = overrides
    nextChange = schedule.nextChange(after: moment)
  }
}
