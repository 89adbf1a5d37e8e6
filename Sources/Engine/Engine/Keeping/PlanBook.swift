import API
import Foundation
import Geometry
import TimeRules

/// All response plans that are kept, and what chooses them.
struct PlanBook: Sendable {
  /// By which hours are meant.
  let clock: LocalClock
  private(set) var plans: [String: KeptPlan] = [:]
  private(set) var kept: KeptChoices
  /// Of all plans.
  private(set) var byteCount = 0

  init(clock: LocalClock) {
    self.clock = clock
    kept = KeptChoices(PlanChoices(), by: clock)
  }

  var choices: PlanChoices { kept.choices }

  /// By id.
  var sorted: [ResponsePlan] { plans.values.map(\.plan).sorted { $0.id < $1.id } }

  mutating func put(_ plan: KeptPlan) {
    let known = plans.updateValue(plan, forKey: plan.plan.id)
    byteCount += plan.byteCount - (known?.byteCount ?? 0)
  }

  mutating func remove(_ id: String) { byteCount -= plans.removeValue(forKey: id)?.byteCount ?? 0 }

  /// Replaces all choices.
  mutating func put(_ choices: KeptChoices) { kept = choices }

  /// The first choice that names a layer, or an area of it, by its position. O(choices).
  func choice(namingLayer name: String) -> Int? {
    guard kept.layerNames.contains(name) else { return nil }
    return choices.choices.firstIndex { !$0.area.isEmpty && LayerShelf.parts(of: $0.area).layer == name }
  }

  /// Checks that a layer still has what choices name of it.
  ///
  /// - Throws: `IN_USE` with the first area that it lacks. O(choices).
  func checkAreas(of name: String, in layers: LayerShelf) throws(EngineError) {
    for (number, choice) in choices.choices.enumerated() where LayerShelf.parts(of: choice.area).layer == name {
      do throws(EngineError) { _ = try layers.area(choice.area) } catch {
        throw EngineError(
          .inUse, "choice \(number + 1) of plans names an area that the layer would lack: put other choices first",
          value: choice.area)
      }
    }
  }

  /// When hours of a choice begin or end next; `nil` if none do. O(different hours).
  func nextChange(after moment: Date) -> Date? {
    let rules = Dictionary(kept.entries.values.joined().map { ($0.choice.hours, $0.hours) }) { first, _ in first }
    return rules.values.compactMap { $0?.nextChange(after: moment, in: clock) }.min()
  }

  /// - Throws: `UNKNOWN_PLAN`.
  func plan(_ id: String) throws(EngineError) -> ResponsePlan {
    if let plan = plans[id]?.plan { return plan }
    throw EngineError(.unknownPlan, "no plan has this id", value: id)
  }

  /// The plan for an incident: that of the most specific choice that holds.
  ///
  /// - Throws: `NO_PLAN`. O(choices of the type x log areas).
  func plan(
    for type: String, at place: Coordinate, moment: Date, _ layers: LayerShelf
  ) throws(EngineError) -> ResponsePlan {
    for entry in (kept.entries[type] ?? []) + (type.isEmpty ? [] : kept.entries[""] ?? []) {
      let choice = entry.choice
      guard entry.hours?.holds(at: moment, in: clock) ?? true else { continue }
      if !choice.area.isEmpty, (try? layers.area(choice.area))?.contains(place) != true { continue }
      if let plan = plans[choice.planID]?.plan { return plan }
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
