import Foundation
import Profiles
import RoadGraph
import TimeRules

/// When the map's conditional rules hold: what is forbidden, allowed or faster at times only.
///
/// Times are those of the map's own time zone, wherever the engine runs.
public struct RoadSchedule: Sendable {
  /// The rules that hold under one condition.
  private typealias Entry = (rule: TimeRule, effects: [(order: Int, effect: ConditionalRule.Effect)])

  private let entries: [Entry]
  private let timeZone: TimeZone

  /// Reads the conditions of a map. A condition that is not understood never holds. O(rules).
  public init(_ network: RoadNetwork) {
    timeZone = TimeZone(identifier: network.timeZone) ?? .gmt
    var entries: [TextID: Entry] = [:]
    for (order, rule) in network.conditionalRules.buffer.enumerated() {
      if entries[rule.condition] == nil {
        entries[rule.condition] = TimeRule(network.texts[rule.condition]).map { ($0, []) }
      }
      entries[rule.condition]?.effects.append((order, rule.effect))
    }
    self.entries = entries.sorted { $0.key < $1.key }.map(\.value)
  }

  /// What holds at a moment. Of several rules for one subject the last one of the map counts. O(rules).
  public func adjustments(at moment: Date) -> RoadAdjustments {
    var adjustments = RoadAdjustments()
    let holding = entries.filter { $0.rule.holds(at: moment, in: timeZone) }.flatMap(\.effects)
    for (_, effect) in holding.sorted(by: { $0.order < $1.order }) {
      switch effect {
      case .ban(let turn, let exceptEmergency):
        adjustments.turnRules[turn] = exceptEmergency ? .bannedExceptEmergency : .banned
      case .free(let turn): adjustments.turnRules[turn] = .free
      case .attributes(let way, let attributes): adjustments.attributesByWay[way] = attributes
      }
    }
    return adjustments
  }

  /// The next moment after `moment` at which a rule begins or ceases to hold; `nil` if none ever does. O(rules).
  public func nextChange(after moment: Date) -> Date? {
    entries.compactMap { $0.rule.nextChange(after: moment, in: timeZone) }.min()
  }
}
