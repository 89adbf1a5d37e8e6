import Foundation
import Profiles
import RoadGraph
import TimeRules

/// When the map's conditional rules hold: what is forbidden, allowed or faster at times only.
///
/// Times are those of the map's own clock, wherever the engine runs.
public struct RoadSchedule: Sendable {
  /// The rules that hold under one condition.
  private typealias Entry = (condition: RuleCondition, effects: [(order: Int, effect: ConditionalRule.Effect)])

  private let entries: [Entry]
  private let clock: LocalClock

  /// Reads the conditions of a map. A condition that is not understood never holds. O(rules).
  public init(_ network: RoadNetwork) {
    clock = network.clock
    var entries: [TextID: Entry] = [:]
    for (order, rule) in network.conditionalRules.buffer.enumerated() {
      if entries[rule.condition] == nil { entries[rule.condition] = network.condition(of: rule).map { ($0, []) } }
      entries[rule.condition]?.effects.append((order, rule.effect))
    }
    self.entries = entries.sorted { $0.key < $1.key }.map(\.value)
  }

  /// What holds at a moment. Of several rules for one subject the last one of the map counts. O(rules).
  public func adjustments(at moment: Date) -> RoadAdjustments {
    var adjustments = RoadAdjustments()
    let holding = entries.filter { $0.condition.holds(at: moment, in: clock) }.flatMap { entry in
      entry.effects.map { (order: $0.order, effect: $0.effect, tests: entry.condition.vehicle) }
    }
    for (_, effect, tests) in holding.sorted(by: { $0.order < $1.order }) { adjustments.add(effect, for: tests) }
    return adjustments
  }

  /// The next moment after `moment` at which a rule begins or ceases to hold; `nil` if none ever does. O(rules).
  public func nextChange(after moment: Date) -> Date? {
    entries.compactMap { $0.condition.nextChange(after: moment, in: clock) }.min()
  }
}

extension RoadNetwork {
  /// The condition of a rule; `nil` if it is not understood. O(length).
  public func condition(of rule: ConditionalRule) -> RuleCondition? {
    RuleCondition.reading(texts[rule.condition], knowing: clock.holidays.kinds).condition
  }
}
