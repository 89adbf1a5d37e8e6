import API
import Dispatching
import Foundation
import TestSupport
import Testing

/// Whole plans with crews, substitutes, tiers and penalties, against all ways to give vehicles places.
@Suite struct ForceOracleTests {
  @Test func forcesAreThoseOfTheBestOfAllWays() throws {
    for seed in 0..<3_000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let town = RandomForce(&generator)
      let force = ForceChoice(town.wish, responders: town.responders).forces[0]
      let oracle = ForceOracle(wish: town.wish, responders: town.responders)
      #expect(oracle.merit(of: force) == oracle.best, "seed \(seed)")
    }
  }
}

/// A plan of up to four places and up to seven units.
private struct RandomForce {
  var wish: Wish
  var responders: [Responder]

  init(_ generator: inout SeededGenerator) {
    let skills = ["engine", "ladder", "rescue"]
    var lines: [PlanLine] = []
    for skill in skills where lines.reduce(0, { $0 + $1.count }) < 4 && !generator.oneIn(4) {
      let room = 4 - lines.reduce(0) { $0 + $1.count }
      let count = Int.random(in: 1...min(2, room), using: &generator)
      var needs = [UnitNeed([skill])]
      if generator.oneIn(2), let other = skills.randomElement(using: &generator) {
        needs.append(UnitNeed([other], penaltySeconds: Double(Int.random(in: 0...2, using: &generator))))
      }
      var line = PlanLine(skill, count: count, needs: needs)
      if generator.oneIn(3) {
        line.minimumCount = Int.random(in: 0...count, using: &generator)
        line.travelSecondsMax = 4
      }
      lines.append(line)
    }
    wish = Wish([PlanLevel(lines)])
    wish.agencies = [
      AgencyRule("late", tier: .last), AgencyRule("held", penaltySeconds: 2), AgencyRule("never", tier: .never),
    ]
    responders = (0..<Int.random(in: 0...7, using: &generator)).map { number in
      let can = skills.filter { _ in generator.oneIn(2) }.joined(separator: " ")
      return Responder(
        "U\(number)", can, Double(Int.random(in: 1...6, using: &generator)),
        agency: ["", "", "", "late", "held", "never"].randomElement(using: &generator) ?? "",
        crewID: generator.oneIn(3) ? "c\(Int.random(in: 0...1, using: &generator))" : "",
        lastResort: generator.oneIn(9))
    }
  }
}

/// How good each way is, by the rules as they are written.
private struct ForceOracle {
  let wish: Wish
  let responders: [Responder]

  private struct Place {
    var line: PlanLine
    var isExtra: Bool
  }

  private var places: [Place] {
    let all = wish.lines.flatMap { line in
      (0..<line.count).map { Place(line: line, isExtra: $0 >= (line.minimumCount ?? line.count)) }
    }
    return all.filter { !$0.isExtra } + all.filter(\.isExtra)
  }

  /// What a unit counts in a place: last resort, tier, time; `nil` where it can't go.
  private func key(_ unit: ResponseUnit, _ arrival: Arrival, _ place: Place) -> [Int64]? {
    if place.isExtra, let limit = place.line.travelSecondsMax, Double(arrival.travelMilliseconds) > limit * 1000 {
      return nil
    }
    let rule = wish.agencies.first { $0.agency == unit.agency }
    if rule?.tier == .never { return nil }
    let needs = place.line.needs.filter { $0.capabilities.allSatisfy(unit.capabilities.contains) }
    guard let penalty = needs.map(\.penaltySeconds).min() else { return nil }
    let seconds = Double(arrival.etaMilliseconds) / 1000 + penalty + (rule?.penaltySeconds ?? 0)
    return [arrival.needsLastResort ? 1 : 0, rule?.tier == .last ? 1 : 0, Int64(seconds)]
  }

  /// Open places by importance, then the highest key, then the sum of all.
  private func merit(_ keys: [[Int64]?]) -> [Int64] {
    let known = keys.compactMap(\.self)
    let latest = known.max { $0.lexicographicallyPrecedes($1) } ?? [0, 0, 0]
    let sums = (0..<3).map { digit in known.reduce(0) { $0 + $1[digit] } }
    return keys.map { $0 == nil ? 1 : 0 } + latest + sums
  }

  var best: [Int64] {
    var best: [Int64]?
    func visit(_ keys: [[Int64]?], _ used: Set<String>) {
      guard keys.count < places.count else {
        let merit = merit(keys)
        if best.map({ merit.lexicographicallyPrecedes($0) }) ?? true { best = merit }
        return
      }
      visit(keys + [nil], used)
      for responder in responders {
        let unit = responder.unit
        if used.contains(unit.id) || used.contains(unit.crewID) { continue }
        guard let arrival = responder.arrivals[0], let key = key(unit, arrival, places[keys.count]) else { continue }
        visit(keys + [key], used.union([unit.id, unit.crewID]).subtracting([""]))
      }
    }
    visit([], [])
    return best ?? []
  }

  /// The same of a force, by where its members sit.
  func merit(of force: Force) -> [Int64] {
    var sitting: [[Int64]?] = []
    for isExtra in [false, true] {
      for (index, line) in wish.lines.enumerated() {
        for number in 1...line.count where (number > (line.minimumCount ?? line.count)) == isExtra {
          let member = force.members.first { $0.line == index && $0.place == number }
          sitting.append(member.flatMap { key($0.unit, $0.arrival, Place(line: line, isExtra: isExtra)) })
        }
      }
    }
    return merit(sitting)
  }
}
