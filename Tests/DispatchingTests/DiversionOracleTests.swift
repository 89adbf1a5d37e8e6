import API
import Dispatching
import TestSupport
import Testing

/// Diversions against all units and lines, swaps against all pairs, by the rules as they are written.
@Suite struct DiversionOracleTests {
  @Test func diversionsAreThoseOfAllUnitsAndLines() {
    var (openCount, gainCount) = (0, 0)
    for seed in 0..<3_000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let skills = ["engine", "ladder"]
      var wish = Wish(
        .of(Int.random(in: 1...2, using: &generator), "engine", or: UnitNeed(["ladder"], penaltySeconds: 70)),
        .of(1, "ladder", minimum: generator.oneIn(2) ? 0 : 1))
      wish.agencies = [AgencyRule("late", tier: .last), AgencyRule("never", tier: .never)]
      func time() -> Double { Double(Int.random(in: 0...9, using: &generator) * 50) }
      func can() -> String { skills.filter { _ in !generator.oneIn(3) }.joined(separator: " ") }
      let agencies = ["", "", "late", "never"]
      let units = (0..<Int.random(in: 1...7, using: &generator)).map {
        Responder("U\($0)", can(), time(), agency: agencies.randomElement(using: &generator) ?? "")
      }
      if generator.oneIn(4), let first = units.first { wish.committedIDs = [first.unit.id] }
      let busy = (0..<4).map { number in
        DiversionStories.busy(
          "B\(number)", can(), time(), priority: Int.random(in: 0...4, using: &generator),
          status: UnitStatus.allCases.randomElement(using: &generator) ?? .enRoute,
          agency: agencies.randomElement(using: &generator) ?? "", lastResort: generator.oneIn(8))
      }
      let choice = ForceChoice(wish, responders: units)
      let rule = DiversionRule(DiversionSearch(priority: 2), priority: 2)
      let found = choice.diversions(for: 0, of: busy, by: rule).map {
        "\($0.unit.id) \($0.insteadOf == nil ? "open" : "\($0.gainMilliseconds ?? 0)")"
      }
      let expected = busy.compactMap { unit, arrival in
        Self.best(unit, arrival, wish, choice.forces[0]).map { "\(unit.id) \($0 == .max ? "open" : "\($0)")" }
      }
      #expect(Set(found) == Set(expected), "seed \(seed)")
      openCount += found.count { $0.hasSuffix("open") }
      gainCount += found.count { !$0.hasSuffix("open") }
    }
    #expect(openCount > 100 && gainCount > 100, "\(openCount) for open places, \(gainCount) that gain")
  }

  /// What a unit gains at best: everything for an open place; `nil` if it isn't to be offered.
  private static func best(_ unit: ResponseUnit, _ arrival: Arrival, _ wish: Wish, _ force: Force) -> Int64? {
    guard [.dispatched, .enRoute].contains(unit.status), (unit.task?.priority ?? 0) > 2, unit.agency != "never" else {
      return nil
    }
    func penalty(_ unit: ResponseUnit, _ line: PlanLine) -> Int64? {
      line.needs.filter { $0.capabilities.allSatisfy(unit.capabilities.contains) }
        .map { Int64($0.penaltySeconds * 1000) }.min()
    }
    var gains: [Int64] = []
    for (index, line) in wish.lines.enumerated() {
      guard let own = penalty(unit, line) else { continue }
      if force.open.contains(where: { $0.line == index }) { return .max }
      let members = force.members.filter { $0.line == index && !$0.why.contains(.committed) && $0.place > 0 }
      let latest = members.map(\.arrival.etaMilliseconds).max()
      guard let last = members.filter({ $0.arrival.etaMilliseconds == latest }).max(by: { $0.unit.id < $1.unit.id })
      else { continue }
      if unit.agency == "late", last.unit.agency != "late" { continue }
      if arrival.needsLastResort { continue }
      let gain = last.arrival.etaMilliseconds - arrival.etaMilliseconds
      if gain >= 60_000, gain + (penalty(last.unit, line) ?? 0) - own >= 60_000 { gains.append(gain) }
    }
    return gains.max()
  }

  @Test func swapsAreThoseOfAllPairs() {
    var count = 0
    for seed in 0..<1_000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var wishes = [Wish(.of(2, "engine")), Wish(.of(2, "engine")), Wish(.of(1, "ladder"))]
      let units = (0..<6).map { number in
        Responder(
          "U\(number)", ["engine", "ladder", "engine ladder"].randomElement(using: &generator) ?? "",
          at: (0..<3).map { _ in generator.oneIn(9) ? nil : Double(Int.random(in: 0...30, using: &generator) * 10) })
      }
      var wishOf: [String: Int] = [:]
      for unit in units where !generator.oneIn(4) {
        let wish = Int.random(in: 0..<3, using: &generator)
        if unit.arrivals[wish] == nil { continue }
        wishes[wish].committedIDs.append(unit.unit.id)
        wishOf[unit.unit.id] = wish
      }
      let choice = IncidentAssignment(
        ForceChoice.Question(wishes, responders: units), priorities: [1, 1, 2], objective: .oneByOne
      ).choice
      let found = Set(choice.swaps(of: units).map { "\($0.one.unit.id) \($0.other.unit.id) \($0.gainMilliseconds)" })
      #expect(found == Self.pairs(units, wishOf, choice), "seed \(seed)")
      count += found.count
    }
    #expect(count > 100)
  }

  private static func pairs(_ units: [Responder], _ wishOf: [String: Int], _ choice: ForceChoice) -> Set<String> {
    var pairs: Set<String> = []
    for one in units {
      for other in units where one.unit.id < other.unit.id {
        guard let here = wishOf[one.unit.id], let there = wishOf[other.unit.id], here != there,
          let oneHere = one.arrivals[here], let oneThere = one.arrivals[there],
          let otherHere = other.arrivals[here], let otherThere = other.arrivals[there],
          does(other, what: one, at: here, choice), does(one, what: other, at: there, choice)
        else { continue }
        let gains = [
          oneHere.etaMilliseconds - otherHere.etaMilliseconds, otherThere.etaMilliseconds - oneThere.etaMilliseconds,
        ]
        if gains.allSatisfy({ $0 >= -30_000 }), gains[0] + gains[1] >= 120_000 {
          pairs.insert("\(one.unit.id) \(other.unit.id) \(gains[0] + gains[1])")
        }
      }
    }
    return pairs
  }

  /// Whether a unit can do what another one is sent for.
  private static func does(_ unit: Responder, what other: Responder, at wish: Int, _ choice: ForceChoice) -> Bool {
    guard let member = choice.forces[wish].member(other.unit.id) else { return false }
    guard let line = member.line else { return Set(other.unit.capabilities).isSubset(of: unit.unit.capabilities) }
    return unit.unit.capabilities.contains(wish == 2 ? "ladder" : line == 0 ? "engine" : "")
  }
}
