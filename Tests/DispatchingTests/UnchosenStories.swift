import API
import Dispatching
import Testing

/// Why a unit was not chosen, and by how much.
@Suite struct UnchosenStories {
  @Test func anOutrankedUnitHearsByHowMuchItIsTooLate() {
    let wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    let choice = ForceChoice(
      wish,
      responders: [
        Responder("E1", "engine", 100), Responder("L1", "ladder", 400), Responder("E2", "engine", 187),
        Responder("L2", "ladder", 634),
      ])
    let left = choice.unchosen(for: 0, count: 10)
    #expect(left.map(\.unit.id) == ["E2", "L2"])
    #expect(left.map(\.reason) == [.outranked, .outranked])
    #expect(left.map(\.line) == [0, 1])
    #expect(left.map(\.shortByMilliseconds) == [87_000, 234_000])
  }

  /// It would not replace the engine that is as far as the ladder: a quint can move from one line to the other.
  @Test func theUnitThatWouldGoMayBeInAnotherLine() {
    let wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    let choice = ForceChoice(
      wish,
      responders: [
        Responder("Q1", "engine ladder", 50), Responder("L1", "ladder", 300), Responder("E1", "engine", 340),
      ])
    #expect(choice.forces[0].text(wish) == "engine: Q1, ladder: L1")
    #expect(choice.unchosen(for: 0, count: 10).map(\.shortByMilliseconds) == [40_000])
  }

  @Test func aCloserUnitOnAnotherCallComesFirst() {
    let wish = Wish(.of(1, "engine"))
    let choice = ForceChoice(wish, responders: [Responder("E1", "engine", 100), Responder("E2", "engine", 110)])
    var busy = ResponseUnit.story("E9", "engine")
    busy.status = .onScene
    busy.task = UnitTask(incidentID: "I-7")
    let absent = [
      AbsentUnit(busy, .status, arrival: Arrival(seconds: 40)),
      AbsentUnit(.story("E8", "engine"), .status, arrival: Arrival(seconds: 400)),
      AbsentUnit(.story("P1", "patrol"), .status, arrival: Arrival(seconds: 1)),
    ]
    let left = choice.unchosen(for: 0, count: 10, absent: absent)
    #expect(left.map(\.unit.id) == ["E9", "E2"])
    #expect(left.first?.holder == .incident("I-7"))
    #expect(choice.unchosen(for: 0, count: 1, absent: absent).map(\.unit.id) == ["E9"])
  }

  @Test func unitsThatNobodyWantsAreNotListed() {
    let choice = ForceChoice(
      Wish(.of(1, "engine")), responders: [Responder("E1", "engine", 100), Responder("P1", "patrol", 10)])
    #expect(choice.unchosen(for: 0, count: 10).isEmpty)
    #expect(choice.reason(of: .story("P1", "patrol"), for: 0) == .notNeeded)
  }

  @Test func tooFewPeopleAreAReason() {
    let wish = Wish([PlanLevel([PlanLine("engine", count: 1, needs: [UnitNeed(["engine"], crewCountMin: 4)])])])
    let choice = ForceChoice(
      wish, responders: [Responder("E1", "engine", 100, crew: 4), Responder("E2", "engine", 10, crew: 1)])
    #expect(choice.forces[0].text(wish) == "engine: E1")
    #expect(choice.unchosen(for: 0, count: 10).map(\.reason) == [.underCrewed])
  }

  /// With buckets: what it takes to be in a lower one.
  @Test func tiesAreCountedInTheirBuckets() {
    var wish = Wish(.of(1, "engine"))
    wish.tie = TieRule(milliseconds: 30_000)
    let choice = ForceChoice(
      wish, responders: [Responder("E1", "engine", 50, idleSince: 1), Responder("E2", "engine", 70)])
    #expect(choice.unchosen(for: 0, count: 1).map(\.shortByMilliseconds) == [10_001])
  }
}
