import API
import Foundation
import Geometry
import TimeRules

/// All response plans that are kept, and what chooses them.
struct PlanBook: Sendable {
  /// A choice, its hours read.
  struct Entry: Sendable {
    let choice: PlanChoice
    /// `nil` is always.
    let hours: TimeRule?
  }

  /// By which hours are meant.
  let clock: LocalClock
  private(set) var plans: [String: ResponsePlan] = [:]
  private(set) var choices = PlanChoices()
  /// By type, the most specific ones first.
  private var entries: [String: [Entry]] = [:]

  init(clock: LocalClock) { self.clock = clock }

  /// By id.
  var sorted: [ResponsePlan] { plans.values.sorted { $0.id < $1.id } }

  mutating func put(_ plan: ResponsePlan) { plans[plan.id] = plan }

  mutating func remove(_ id: String) { plans[id] = nil }

  /// Replaces all choices. Hours that aren't understood on this map, as when nobody knows its holidays any more, never
  /// hold.
  mutating func put(_ choices: PlanChoices) {
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
  }

  /// The first choice that names a layer, or an area of it, by its position. O(choices).
  func choice(namingLayer name: String) -> Int? {
    choices.choices.firstIndex { !$0.area.isEmpty && LayerShelf.parts(of: $0.area).layer == name }
  }

  /// When hours of a choice begin or end next; `nil` if none do. O(different hours).
  func nextChange(after moment: Date) -> Date? {
    let rules = Dictionary(entries.values.joined().map { ($0.choice.hours, $0.hours) }) { first, _ in first }
    return rules.values.compactMap { $0?.nextChange(after: moment, in: clock) }.min()
  }

  /// - Throws: `UNKNOWN_PLAN`.
  func plan(_ id: String) throws(EngineError) -> ResponsePlan {
    if let plan = plans[id] { return plan }
    throw EngineError(.unknownPlan, "no plan has this id", value: id)
  }

  /// The plan for an incident: that of the most specific choice that holds.
  ///
  /// - Throws: `NO_PLAN`. O(choices of the type x log areas).
  func plan(
    for type: String, at place: Coordinate, moment: Date, _ layers: LayerShelf
  ) throws(EngineError) -> ResponsePlan {
    for entry in (entries[type] ?? []) + (type.isEmpty ? [] : entries[""] ?? []) {
      let choice = entry.choice
      guard entry.hours?.holds(at: moment, in: clock) ?? true else { continue }
      if !choice.area.isEmpty, (try? layers.area(choice.area))?.contains(place) != true { continue }
      if let plan = plans[choice.planID] { return plan }
    }
    let areas = Set(choices.choices.map(\.area)).filter { (try? layers.area($0))?.contains(place) == true }.sorted()
    throw EngineError(
      .noPlan, "no choice names a plan for this type of incident there and then",
      value: "\(type.isEmpty ? "no type" : type) at \(place)"
        + (areas.isEmpty ? "" : ", in \(areas.joined(separator: ", "))"))
  }
}

extension EngineState {
  /// The plan for an incident of a type at a place, by the choices that are kept.
  ///
  /// - Throws: `NO_PLAN`.
  func plan(for type: String, at place: Coordinate, moment: Date) throws(EngineError) -> ResponsePlan {
    try plans.plan(for: type.composed, at: place, moment: moment, layers)
  }

  /// - Throws: `UNKNOWN_PLAN`.
  func plan(id: String) throws(EngineError) -> ResponsePlan { try plans.plan(id.composed) }
}
