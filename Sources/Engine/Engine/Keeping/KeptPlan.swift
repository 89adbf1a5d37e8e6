import API
import TimeRules

/// A response plan that is kept. It never changes: another content is another one.
final class KeptPlan: Sendable {
  let plan: ResponsePlan
  /// Counted once: `limits.plans_bytes` is for all plans.
  let byteCount: Int

  init(_ plan: ResponsePlan) {
    self.plan = plan
    byteCount = plan.byteCount
  }
}

/// What chooses plans, all of it. It never changes: other choices are another one.
final class KeptChoices: Sendable {
  /// A choice, its hours read.
  struct Entry: Sendable {
    let choice: PlanChoice
    /// `nil` is always.
    let hours: TimeRule?
  }

  let choices: PlanChoices
  /// By type, the most specific ones first.
  let entries: [String: [Entry]]
  let planIDs: Set<String>
  /// Of the layers that areas are of.
  let layerNames: Set<String>

  /// Hours that aren't understood on this map, as when nobody knows its holidays any more, never hold. O(n log n).
  init(_ choices: PlanChoices, by clock: LocalClock) {
    self.choices = choices
    let read = choices.choices.compactMap { choice -> Entry? in
      if choice.hours.isEmpty { return Entry(choice: choice, hours: nil) }
      return TimeRule(choice.hours, knowing: clock.holidays.kinds).map { Entry(choice: choice, hours: $0) }
    }
    // Of equally specific ones at most one holds; if a new map's holidays make two of them, the first one counts.
    entries = Dictionary(grouping: read, by: \.choice.incidentType).mapValues { entries in
      entries.enumerated().sorted {
        let (one, other) = ($0.element.choice.specificity, $1.element.choice.specificity)
        return one == other ? $0.offset < $1.offset : one > other
      }.map(\.element)
    }
    planIDs = Set(choices.choices.map(\.planID))
    layerNames = Set(choices.choices.map(\.area).filter { !$0.isEmpty }.map { LayerShelf.parts(of: $0).layer })
  }
}
