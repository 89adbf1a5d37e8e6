import API
import Foundation
import Geometry
import TimeRules

/// Whether choices are ones that can be made: of known plans, in known areas, at hours that are understood, and never
/// two that are equally specific at once.
struct ChoiceCheck {
  private let choices: [PlanChoice]
  private let layers: LayerShelf
  private let clock: LocalClock
  private let moment: Date
  private let limit: WorkLimit
  /// Whoever has no deadline gets an answer as well.
  private let end = ContinuousClock.now.advanced(by: .seconds(Limits.planCheckSecondsMax))

  /// The layers that a check stood on: while they are the same, another check finds the same.
  struct Ground {
    private let layers: [KeptLayer]

    fileprivate init(_ layers: [KeptLayer]) { self.layers = layers }

    /// True if layers have just these. O(layers).
    func isThere(in shelf: LayerShelf, exceptFor name: String? = nil) -> Bool {
      layers.allSatisfy { $0.layer.name == name || shelf[name: $0.layer.name] === $0 }
    }
  }

  init(_ choices: [PlanChoice], _ layers: LayerShelf, by clock: LocalClock, at moment: Date, within limit: WorkLimit) {
    (self.choices, self.layers, self.clock) = (choices, layers, clock)
    (self.moment, self.limit) = (moment, limit)
  }

  /// - Throws: `INVALID_PLAN`, `UNKNOWN_LAYER`, `BAD_HOURS`, `AMBIGUOUS_CHOICE`, `LIMIT_EXCEEDED` for the first choice
  ///   that can't be taken; the message numbers it.
  func run() throws(EngineError) -> Ground {
    var rules: [String: TimeRule] = [:]
    for (number, choice) in choices.enumerated() {
      try Validation.named(Self.name(number)) { () throws(EngineError) in
        try Validation.choice(choice)
        if !choice.area.isEmpty { _ = try layers.area(choice.area) }
        if !choice.hours.isEmpty, rules[choice.hours] == nil { rules[choice.hours] = try rule(choice.hours) }
      }
    }
    try Validation.atMost(Limits.planHoursMax, "plan_hours", rules.count, "too many different hours")
    let agendas = try self.agendas(rules)
    let groups = Dictionary(grouping: choices.indices) { Kind(choices[$0]) }
    for group in groups.values.sorted(by: { $0[0] < $1[0] }) { try checkApart(group, agendas) }
    let names = Set(choices.map { LayerShelf.parts(of: $0.area).layer }).sorted()
    return Ground(names.compactMap { layers[name: $0] })
  }

  /// - Throws: `CANCELLED`, `DEADLINE_EXCEEDED`, `LIMIT_EXCEEDED`.
  private func look() throws(EngineError) {
    try limit.check()
    guard ContinuousClock.now < end else {
      throw EngineError(
        .limitExceeded, "areas and hours take too long to compare: plan_check_seconds",
        value: "\(Int(Limits.planCheckSecondsMax)) s")
    }
  }

  /// Choices that are equally specific.
  private struct Kind: Hashable {
    let type: String
    let hasArea: Bool
    let hasHours: Bool

    init(_ choice: PlanChoice) {
      (type, hasArea, hasHours) = (choice.incidentType, !choice.area.isEmpty, !choice.hours.isEmpty)
    }
  }

  private static func name(_ number: Int) -> String { "choice \(number + 1)" }

  private func rule(_ hours: String) throws(EngineError) -> TimeRule {
    if let rule = TimeRule(hours, knowing: clock.holidays.kinds) { return rule }
    let isOfHolidays = hours.contains("PH") || hours.contains("SH")
    let known = isOfHolidays && clock.holidays.kinds.isEmpty ? "; the map knows no holidays" : ""
    throw EngineError(.badHours, "the hours are not understood; they look like Mo-Fr 22:00-05:00\(known)", value: hours)
  }

  /// All hours laid out over the same days. O(different hours x days).
  private func agendas(_ rules: [String: TimeRule]) throws(EngineError) -> [String: Agenda] {
    let days = Agenda.days(toCompare: Array(rules.values), from: moment, in: clock)
    var agendas: [String: Agenda] = [:]
    for (text, rule) in rules {
      try look()
      agendas[text] = Agenda(rule, on: days, in: clock)
    }
    return agendas
  }

  /// Checks that no two choices of a group hold at once. O(choices log choices), the pairs of hours within an area, and
  /// the pairs of areas whose boxes meet: they are walked, and those of one area are in memory.
  private func checkApart(_ group: [Int], _ agendas: [String: Agenda]) throws(EngineError) {
    guard group.count > 1 else { return }
    var hours = HoursTable(agendas)
    let byArea = Dictionary(grouping: group) { choices[$0].area }.sorted { $0.value[0] < $1.value[0] }
    for (_, members) in byArea {
      try look()
      if let pair = meeting(members, members, &hours) { throw ambiguous(pair, at: nil) }
    }
    let areas = try byArea.filter { !$0.key.isEmpty }.map { area throws(EngineError) in
      (meant: try layers.area(area.key), members: area.value)
    }
    let near = NearBoxes(areas.map(\.meant.boundingBox))
    for one in areas.indices {
      for other in near.later(than: one) {
        try look()
        guard let pair = meeting(areas[one].members, areas[other].members, &hours),
          let place = try areas[one].meant.overlap(
            with: areas[other].meant, check: { () throws(EngineError) in try look() })
        else { continue }
        throw ambiguous(pair, at: place)
      }
    }
  }

  /// Two different choices whose hours meet, the first such ones; `nil` if there are none.
  private func meeting(_ some: [Int], _ others: [Int], _ hours: inout HoursTable) -> (Int, Int)? {
    for other in others {
      for one in some where one != other && hours.meet(choices[one].hours, choices[other].hours) {
        return (min(one, other), max(one, other))
      }
    }
    return nil
  }

  private func ambiguous(_ pair: (Int, Int), at place: Coordinate?) -> EngineError {
    let (one, other) = (choices[pair.0], choices[pair.1])
    let areas = one.area == other.area ? one.area : "\(one.area) and \(other.area)"
    let hours = one.hours == other.hours ? one.hours : "\(one.hours) and \(other.hours)"
    let what = [
      one.incidentType.isEmpty ? "every type" : one.incidentType, areas + (place.map { ", both at \($0)" } ?? ""),
      hours,
    ]
    return EngineError(
      .ambiguousChoice,
      "\(Self.name(pair.1)) is as specific as \(Self.name(pair.0)), and both can hold at once",
      value: what.filter { !$0.isEmpty }.joined(separator: "; "))
  }
}

/// Whether hours can hold at once, each pair compared once.
private struct HoursTable {
  private struct Pair: Hashable {
    let first: String
    let second: String
  }

  private let agendas: [String: Agenda]
  private var known: [Pair: Bool] = [:]

  init(_ agendas: [String: Agenda]) { self.agendas = agendas }

  /// True as well where neither has any.
  mutating func meet(_ one: String, _ other: String) -> Bool {
    guard let mine = agendas[one], let others = agendas[other] else { return true }
    let pair = one < other ? Pair(first: one, second: other) : Pair(first: other, second: one)
    if let meet = known[pair] { return meet }
    let meet = mine.overlaps(others)
    known[pair] = meet
    return meet
  }
}

/// Which boxes meet.
private struct NearBoxes {
  private let boxes: [BoundingBox]
  private let order: [Int]
  private let tree: [BoundingBox]

  /// O(n log n).
  init(_ boxes: [BoundingBox]) {
    self.boxes = boxes
    order = PackedRTree.order(of: boxes)
    tree = PackedRTree.boxes(of: order.map { boxes[$0] })
  }

  /// Those behind one of them that meet it, in their order. O(log n, and those that meet it).
  func later(than number: Int) -> [Int] {
    var found: [Int] = []
    tree.withUnsafeBufferPointer { tree in
      PackedRTree(itemCount: order.count, boxes: tree).visit(where: { $0.intersects(boxes[number]) }) {
        if order[$0] > number { found.append(order[$0]) }
      }
    }
    return found.sorted()
  }
}
