import API
import Dispatching
import TestSupport
import Testing

/// Several incidents at once.
@Suite struct IncidentAssignmentTests {
  private func assigned(
    _ wishes: [Wish], _ responders: [Responder], _ priorities: [Int], _ objective: IncidentAssignment.Objective
  ) -> IncidentAssignment {
    IncidentAssignment(
      ForceChoice.Question(wishes, responders: responders), priorities: priorities, objective: objective)
  }

  private let engine = Wish(.of(1, "engine"))

  @Test func theMoreUrgentNeverWaitsForTheLessUrgent() {
    let units = [Responder("E1", "engine", at: [100, 10]), Responder("E2", "engine", at: [110, 500])]
    for objective in [IncidentAssignment.Objective.oneByOne, .fastestTotal, .fairest] {
      let choice = assigned([engine, engine], units, [1, 2], objective).choice
      #expect(choice.forces.map { $0.members.map(\.unit.id) } == [["E1"], ["E2"]])
    }
  }

  @Test func aPriorityThatIsNotKnownComesLast() {
    let choice = assigned([engine, engine], [Responder("E1", "engine", at: [10, 100])], [0, 3], .oneByOne).choice
    #expect(choice.forces.map { $0.members.map(\.unit.id) } == [[], ["E1"]])
  }

  /// The nearest for the first leaves the second a long way.
  @Test func togetherIsFasterThanOneByOne() {
    let units = [Responder("E1", "engine", at: [100, 120]), Responder("E2", "engine", at: [130, 900])]
    let assignment = assigned([engine, engine], units, [1, 1], .fastestTotal)
    #expect(assignment.oneByOne.forces.map { $0.members.map(\.unit.id) } == [["E1"], ["E2"]])
    #expect(assignment.choice.forces.map { $0.members.map(\.unit.id) } == [["E2"], ["E1"]])
    #expect(ForceTotals(assignment.oneByOne.forces).sumMilliseconds == 1_000_000)
    #expect(ForceTotals(assignment.choice.forces).sumMilliseconds == 250_000)
    #expect(ForceTotals(assignment.choice.forces).latestMilliseconds == 130_000)
  }

  /// The smallest sum may make somebody wait for long.
  @Test func fairestTakesTheSmallestLatestArrival() {
    let units = [Responder("E1", "engine", at: [100, 200]), Responder("E2", "engine", at: [210, 300])]
    let total = assigned([engine, engine], units, [1, 1], .fastestTotal).choice
    let fair = assigned([engine, engine], units, [1, 1], .fairest).choice
    #expect(ForceTotals(total.forces).sumMilliseconds == 400_000)
    #expect(ForceTotals(fair.forces).latestMilliseconds == 210_000)
  }

  @Test func minimumPlacesOfAllComeBeforeAnybodysExtras() {
    let two = Wish(.of(2, "engine", minimum: 1))
    let units = [Responder("E1", "engine", at: [10, 20]), Responder("E2", "engine", at: [15, 500])]
    let choice = assigned([two, two], units, [1, 1], .fastestTotal).choice
    #expect(choice.forces.map { $0.members.count } == [1, 1])
    #expect(choice.forces.map { $0.openCount(0) } == [1, 1])
  }

  @Test func theSamePointTwiceIsTwoIncidents() {
    let units = [Responder("E1", "engine", at: [10, 10]), Responder("E2", "engine", at: [20, 20])]
    let choice = assigned([engine, engine], units, [1, 1], .fairest).choice
    #expect(Set(choice.forces.flatMap { $0.members.map(\.unit.id) }) == ["E1", "E2"])
  }

  @Test func aUnitThatGoesElsewhereSaysWhere() {
    let units = [Responder("E1", "engine", at: [10, 20]), Responder("E2", "engine", at: [500, 500])]
    let choice = assigned([engine, engine], units, [1, 2], .oneByOne).choice
    let left = choice.unchosen(for: 1, count: 5)
    #expect(left.map(\.reason) == [.taken])
    #expect(left.first?.holder == .wish(0))
  }

  @Test func committedUnitsStayWithTheirIncident() {
    var wishes = [engine, engine]
    wishes[1].committedIDs = ["E1"]
    let units = [Responder("E1", "engine", at: [10, 900]), Responder("E2", "engine", at: [500, 20])]
    for objective in [IncidentAssignment.Objective.oneByOne, .fairest] {
      let choice = assigned(wishes, units, [1, 1], objective).choice
      #expect(choice.forces.map { $0.members.map(\.unit.id) } == [["E2"], ["E1"]])
    }
  }

  /// Against all ways to give crews places, class by class.
  @Test(arguments: [IncidentAssignment.Objective.fastestTotal, .fairest])
  func isTheBestOfAllWays(_ objective: IncidentAssignment.Objective) {
    for seed in 0..<1_500 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let wishes = (0..<2).map { _ in
        Wish(
          .of(Int.random(in: 1...2, using: &generator), "engine", minimum: Int.random(in: 0...1, using: &generator)),
          .of(1, "ladder"))
      }
      let units = (0..<6).map { number in
        Responder(
          "U\(number)", ["engine", "ladder", "engine ladder"].randomElement(using: &generator) ?? "",
          at: (0..<2).map { _ in generator.oneIn(6) ? nil : Double(Int.random(in: 1...9, using: &generator)) },
          crewID: generator.oneIn(4) ? "c" : "")
      }
      let priorities = generator.oneIn(3) ? [2, 1] : [1, 1]
      let choice = assigned(wishes, units, priorities, objective).choice
      let oracle = IncidentOracle(wishes: wishes, units: units, objective: objective)
      if priorities[0] == priorities[1] {
        #expect(oracle.merit(of: choice, [0, 1]) == oracle.best([0, 1], without: []), "seed \(seed)")
      } else {
        let first = Set(choice.forces[1].members.flatMap { [$0.unit.id, $0.unit.crewID] }).subtracting([""])
        let single = IncidentOracle(wishes: wishes, units: units, objective: .fairest)
        #expect(single.merit(of: choice, [1]) == single.best([1], without: []), "seed \(seed)")
        #expect(single.merit(of: choice, [0]) == single.best([0], without: first), "seed \(seed)")
      }
    }
  }
}

/// All ways to give vehicles the places of some incidents.
private struct IncidentOracle {
  let wishes: [Wish]
  let units: [Responder]
  let objective: IncidentAssignment.Objective

  private struct Place {
    var wish: Int
    var line: Int
    var number: Int
    var isExtra: Bool
  }

  private func places(_ group: [Int]) -> [Place] {
    let all = group.flatMap { wish in
      wishes[wish].lines.enumerated().flatMap { index, line in
        (1...line.count).map {
          Place(wish: wish, line: index, number: $0, isExtra: $0 > (line.minimumCount ?? line.count))
        }
      }
    }
    return all.filter { !$0.isExtra } + all.filter(\.isExtra)
  }

  private func merit(_ times: [Int64?]) -> [Int64] {
    let known = times.compactMap(\.self)
    let latest = objective == .fairest ? [known.max() ?? 0] : []
    return times.map { $0 == nil ? 1 : 0 } + latest + [known.reduce(0, +)]
  }

  func best(_ group: [Int], without taken: Set<String>) -> [Int64] {
    let places = places(group)
    var best: [Int64]?
    func visit(_ times: [Int64?], _ used: Set<String>) {
      guard times.count < places.count else {
        let merit = merit(times)
        if best.map({ merit.lexicographicallyPrecedes($0) }) ?? true { best = merit }
        return
      }
      visit(times + [nil], used)
      let place = places[times.count]
      let skill = wishes[place.wish].lines[place.line].name
      for responder in units where responder.unit.capabilities.contains(skill) {
        let unit = responder.unit
        if used.contains(unit.id) || used.contains(unit.crewID) { continue }
        guard let arrival = responder.arrivals[place.wish] else { continue }
        visit(times + [arrival.etaMilliseconds], used.union([unit.id, unit.crewID]).subtracting([""]))
      }
    }
    visit([], taken)
    return best ?? []
  }

  func merit(of choice: ForceChoice, _ group: [Int]) -> [Int64] {
    merit(
      places(group).map { place in
        choice.forces[place.wish].members.first { $0.line == place.line && $0.place == place.number }?
          .arrival.etaMilliseconds
      })
  }
}
