import Foundation

/// When other choices of plans hold: their hours begin and end by themselves.
struct PlanHours {
  /// Of the choices that were looked at; `nil` before the first look.
  private var revision: UInt64?
  /// When hours begin or end next, as of the last look.
  private(set) var next: Date?

  /// Takes choices that are new; that they are is other news.
  mutating func note(_ plans: PlanBook, at moment: Date) {
    (revision, next) = (plans.choices.revision, plans.nextChange(after: moment))
  }

  /// Whether hours began or ended since the last look.
  ///
  /// - Parameter isTurnedBack: the clock was put back: any hours may be over, or be to come again.
  mutating func haveChanged(in plans: PlanBook, at moment: Date, isTurnedBack: Bool) -> Bool {
    let isDue = next.map { isTurnedBack || $0 <= moment } ?? false
    if isDue || revision != plans.choices.revision { note(plans, at: moment) }
    return isDue
  }
}
