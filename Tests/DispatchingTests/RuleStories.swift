import API
import Dispatching
import Testing

/// The rules by which a plan's places are filled, each by its number in the documentation of recommendations.
@Suite struct RuleStories {
  private func force(_ wish: Wish, _ responders: Responder..., keep: [KeepRule] = []) -> Force {
    ForceChoice(wish, responders: responders, keep: keep).forces[0]
  }

  /// Rule 1: the engine and the ladder of one crew are one crew.
  @Test func rule1_aCrewGoesOnceWhateverItDrives() {
    let wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    let choice = ForceChoice(
      wish,
      responders: [
        Responder("E1", "engine", 60, crewID: "c1"), Responder("L1", "ladder", 60, crewID: "c1"),
        Responder("E2", "engine", 300),
      ])
    #expect(choice.forces[0].text(wish) == "engine: E2, ladder: L1")
    let left = choice.unchosen(for: 0, count: 5)
    #expect(left.map(\.unit.id) == ["E1"])
    #expect(left.first?.reason == .crew)
    #expect(left.first?.holder == .unit("L1"))
  }

  /// Rule 1: if its vehicles are not equally fast, the crew takes the one that makes the whole earliest.
  @Test func rule1_aCrewTakesTheVehicleThatServesTheWhole() {
    let wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    let crew = [Responder("E1", "engine", 60, crewID: "c1"), Responder("L1", "ladder", 120, crewID: "c1")]
    let choice = ForceChoice(wish, responders: crew + [Responder("E2", "engine", 90), Responder("L2", "ladder", 400)])
    #expect(choice.forces[0].text(wish) == "engine: E2, ladder: L1")
  }

  /// Rule 2: who is there fills places first, so that the rest is what is still missing.
  @Test func rule2_committedUnitsFillPlacesFirst() {
    var wish = Wish(.of(2, "engine"))
    wish.committedIDs = ["E9"]
    let force = force(
      wish, Responder("E1", "engine", 60), Responder("E2", "engine", 70), Responder("E9", "engine", 900))
    #expect(force.text(wish) == "engine: E1 E9")
    #expect(force.member("E9")?.why == [.committed])
  }

  /// Rule 2: a quint that is there takes the place that leaves the better rest.
  @Test func rule2_committedUnitsTakeThePlaceThatLeavesTheBestRest() {
    var wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    wish.committedIDs = ["Q1"]
    let force = force(
      wish, Responder("Q1", "engine ladder", 10), Responder("E1", "engine", 60), Responder("L1", "ladder", 500))
    #expect(force.text(wish) == "engine: E1, ladder: Q1")
  }

  @Test func rule2_aCommittedUnitThatFitsNothingStaysListed() {
    var wish = Wish(.of(1, "engine"))
    wish.committedIDs = ["P1"]
    let force = force(wish, Responder("P1", "patrol", 10), Responder("E1", "engine", 60))
    #expect(force.text(wish) == "engine: E1")
    #expect(force.member("P1")?.line == nil)
    #expect(force.member("P1")?.why == [.committed])
  }

  /// Rule 3: the dispatcher insists.
  @Test func rule3_wantedUnitsGoWhateverTheirTime() {
    var wish = Wish(.of(2, "engine", minimum: 1))
    wish.levels[0].lines[0].travelSecondsMax = 300
    wish.wantedIDs = ["E8", "E9"]
    wish.committedIDs = []
    let force = force(
      wish, Responder("E1", "engine", 60), Responder("E8", "engine", 800), Responder("E9", "engine", 900))
    #expect(force.text(wish) == "engine: E8 E9")
    #expect(force.member("E8")?.why == [.wanted])
  }

  @Test func rule3_aWantedUnitThatFitsNoLineIsKnownBeforehand() {
    let wish = Wish(.of(1, "engine"))
    #expect(!wish.fits(.story("P1", "patrol")))
    #expect(wish.fits(.story("E1", "engine als")))
  }

  @Test func rule3_aWantedUnitGoesBesideAFullLine() {
    var wish = Wish(.of(1, "engine"))
    (wish.committedIDs, wish.wantedIDs) = (["E1"], ["E2"])
    let force = force(wish, Responder("E1", "engine", 60), Responder("E2", "engine", 70))
    #expect(force.text(wish) == "engine: E1 E2")
    #expect(force.member("E2")?.place == 0)
  }

  /// Rule 4: the minimum of every line comes before anybody's extras.
  @Test func rule4_minimumPlacesOfAllLinesComeFirst() {
    let wish = Wish(
      .of(3, "engine", or: UnitNeed(["quint"]), minimum: 1), .of(1, "ladder", or: UnitNeed(["quint"])))
    let force = force(wish, Responder("E1", "engine", 60), Responder("Q1", "quint", 70))
    #expect(force.text(wish) == "engine: E1, ladder: Q1")
    #expect(force.openCount(0) == 2)
  }

  @Test func rule4_aPlaceBeyondTheMinimumTakesNobodyFromFarAway() {
    var wish = Wish(.of(3, "engine", minimum: 2))
    wish.levels[0].lines[0].travelSecondsMax = 600
    let choice = ForceChoice(
      wish,
      responders: [
        Responder("E1", "engine", 100), Responder("E2", "engine", 900), Responder("E3", "engine", 950),
        Responder("E4", "engine", 670, travel: 590),
      ])
    #expect(choice.forces[0].text(wish) == "engine: E1 E2 E4")
    #expect(choice.forces[0].openCount(0) == 0)
    wish.levels[0].lines[0].count = 4
    let without = ForceChoice(
      wish, responders: ["E1": 100.0, "E2": 900, "E3": 950, "E4": 960].map { Responder($0, "engine", $1) })
    #expect(without.forces[0].text(wish) == "engine: E2 E3 E1")
    #expect(without.forces[0].openCount(0) == 1)
    #expect(without.reasons(for: Force.Open(line: 0, count: 1), of: 0, absent: []) == [.tooFar: 1])
  }

  /// Rule 5: as many places as possible, even if the nearest unit then stands elsewhere.
  @Test func rule5_oneLadderServesTheLineThatNobodyElseCan() {
    let wish = Wish(.of(1, "rescue"), .of(1, "ladder"))
    let force = force(wish, Responder("L1", "ladder rescue", 60), Responder("R2", "rescue", 600))
    #expect(force.text(wish) == "rescue: R2, ladder: L1")
  }

  /// Rule 5: what can't all be filled is filled in the order of the plan.
  @Test func rule5_theFirstLineIsFilledFirst() {
    let force = force(Wish(.of(1, "ladder"), .of(1, "rescue")), Responder("L1", "ladder rescue", 60))
    #expect(force.members.map(\.line) == [0])
    #expect(force.openCount(1) == 1)
  }

  /// Rule 6: a quint frees an engine.
  @Test func rule6_theEarliestSetOfUnitsThatCanSitTogether() {
    let wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    let force = force(
      wish, Responder("Q1", "engine ladder", 60), Responder("E1", "engine", 100), Responder("L1", "ladder", 400))
    #expect(force.text(wish) == "engine: E1, ladder: Q1")
    #expect(force.completeMilliseconds == 100_000)
  }

  /// Rule 6: where substitutes cost something, first the smallest latest arrival, then the smallest sum.
  @Test func rule6_withPenaltiesTheLatestArrivalComesFirst() {
    let wish = Wish(.of(1, "engine", or: UnitNeed(["quint"], penaltySeconds: 60)), .of(1, "ladder"))
    let early = force(
      wish, Responder("Q1", "quint", 100), Responder("E1", "engine", 150), Responder("L1", "ladder", 90))
    #expect(early.text(wish) == "engine: E1, ladder: L1")
    let late = force(wish, Responder("Q1", "quint", 100), Responder("E1", "engine", 170), Responder("L1", "ladder", 90))
    #expect(late.text(wish) == "engine: Q1, ladder: L1")
    #expect(late.member("Q1")?.why == [.closest, .substitute])
    #expect(late.completeMilliseconds == 100_000)
  }

  /// Rule 7: the same seats for the same units, in whatever order they are known.
  @Test func rule7_unitsSitInTheOrderOfTheirTimes() {
    let wish = Wish(.of(3, "engine"))
    let units = [Responder("E3", "engine", 30), Responder("E1", "engine", 20), Responder("E2", "engine", 10)]
    let expected = ForceChoice(wish, responders: units).forces[0].text(wish)
    #expect(expected == "engine: E2 E1 E3")
    #expect(ForceChoice(wish, responders: units.reversed()).forces[0].text(wish) == expected)
  }

  /// Rule 8: "if closer".
  @Test func rule8_onlyIfFirstAddsAndNeverReplaces() {
    var wish = Wish(.of(1, "engine"), .of(1, "ambulance"))
    wish.levels[0].lines[1].isOnlyIfFirst = true
    let near = force(wish, Responder("E1", "engine", 100), Responder("A1", "ambulance", 50))
    #expect(near.text(wish) == "engine: E1, ambulance: A1")
    #expect(near.member("A1")?.why == [.ifFirst])
    let far = force(wish, Responder("E1", "engine", 100), Responder("A1", "ambulance", 100))
    #expect(far.text(wish) == "engine: E1")
    #expect(far.open.isEmpty)
  }

  /// Rule 9: people count, not vehicles.
  @Test func rule9_unitsAreAddedUntilThereAreEnoughPeople() {
    var wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    wish.levels[0].crewTotalMin = 12
    let force = force(
      wish, Responder("E1", "engine", 10, crew: 4), Responder("L1", "ladder", 20, crew: 3),
      Responder("E2", "engine", 30), Responder("E3", "engine", 40, crew: 3), Responder("E4", "engine", 50, crew: 3))
    #expect(force.text(wish) == "engine: E1 E3 E4, ladder: L1")
    #expect(force.crewTotal == 13)
    #expect(force.member("E4")?.why == [.crew])
    #expect(!force.isCrewUnknown)
  }

  @Test func rule9_aCrewThatIsNotKnownCountsAsNobody() {
    let force = force(Wish(.of(1, "engine")), Responder("E1", "engine", 10))
    #expect(force.crewTotal == 0)
    #expect(force.isCrewUnknown)
  }

  /// Rule 10: the last engine of a station stays as long as others can go.
  @Test func rule10_aRuleKeepsTheLastUnitOfAStation() {
    let wish = Wish(.of(1, "engine"))
    let keep = [KeepRule(station: "North", capability: "engine", count: 1)]
    let units = [Responder("E1", "engine", 10, station: "North"), Responder("E2", "engine", 500, station: "South")]
    let choice = ForceChoice(wish, responders: units, keep: keep)
    #expect(choice.forces[0].text(wish) == "engine: E2")
    #expect(choice.unchosen(for: 0, count: 5).map(\.reason) == [.kept])
  }

  @Test func rule10_aRuleNeverLeavesAFireWithoutAnEngine() {
    let force = force(
      Wish(.of(1, "engine")), Responder("E1", "engine", 10, station: "North"),
      keep: [KeepRule(station: "North", count: 1)])
    #expect(force.member("E1")?.why == [.closest, .keptOverruled])
  }

  @Test func rule10_ofTwoTheEarlierOneMayGo() {
    let wish = Wish(.of(1, "engine"))
    let force = force(
      wish, Responder("E1", "engine", 20, station: "North"), Responder("E2", "engine", 10, station: "North"),
      keep: [KeepRule(station: "North", count: 1)])
    #expect(force.text(wish) == "engine: E2")
    #expect(force.member("E2")?.why == [.closest])
  }

  /// Rule 11: a quint is an engine or a ladder.
  @Test func rule11_oneUnitFillsOnePlace() {
    let wish = Wish(.of(1, "engine"), .of(1, "ladder"))
    let force = force(wish, Responder("Q1", "engine ladder", 60))
    #expect(force.members.count == 1)
    #expect(force.openCount(1) == 1)
  }

  /// Rule 12: what can't be filled is said, with the reason and when one is expected back.
  @Test func rule12_openPlacesSayWhy() {
    let wish = Wish(.of(2, "engine"), .of(1, "ladder"))
    let choice = ForceChoice(wish, responders: [Responder("E1", "engine", 60)])
    let absent = [
      AbsentUnit(.story("E2", "engine"), .status), AbsentUnit(.story("E3", "engine"), .stalePosition),
      AbsentUnit(.story("L1", "ladder"), .unreachable),
    ]
    #expect(choice.forces[0].open == [Force.Open(line: 0, count: 1), Force.Open(line: 1, count: 1)])
    #expect(
      choice.reasons(for: choice.forces[0].open[0], of: 0, absent: absent) == [.status: 1, .stalePosition: 1])
    #expect(choice.reasons(for: choice.forces[0].open[1], of: 0, absent: absent) == [.unreachable: 1])
  }

  @Test func rule12_nobodyAtAllIsAnAnswer() {
    let force = force(Wish(.of(2, "engine")))
    #expect(force.members.isEmpty)
    #expect(force.openCount(0) == 2)
    #expect(force.completeMilliseconds == nil)
  }

  /// Rule 13: an agency that comes last comes last however near it is.
  @Test func rule13_tiersComeBeforeTime() {
    var wish = Wish(.of(2, "engine"))
    wish.agencies = [AgencyRule("Gyeonggi", tier: .last, isOnRequest: true)]
    let force = force(
      wish, Responder("E1", "engine", 500), Responder("E2", "engine", 600),
      Responder("G1", "engine", 10, agency: "Gyeonggi"))
    #expect(force.text(wish) == "engine: E1 E2")
    wish.levels[0].lines[0].count = 3
    let more = ForceChoice(
      wish,
      responders: [
        Responder("E1", "engine", 500), Responder("E2", "engine", 600),
        Responder("G1", "engine", 10, agency: "Gyeonggi"),
      ]
    ).forces[0]
    #expect(more.member("G1")?.why == [.closest, .mutualAid])
    #expect(more.member("G1")?.isOnRequest == true)
    // By time of arrival, which no tier and no penalty changes.
    #expect(more.members.map(\.unit.id) == ["G1", "E1", "E2"])
  }

  @Test func rule13_aPenaltyCountsAndIsNotShown() {
    var wish = Wish(.of(1, "engine"))
    wish.agencies = [AgencyRule("Gyeonggi", penaltySeconds: 60)]
    let near = force(wish, Responder("E1", "engine", 100), Responder("G1", "engine", 30, agency: "Gyeonggi"))
    #expect(near.text(wish) == "engine: G1")
    #expect(near.completeMilliseconds == 30_000)
    let far = force(wish, Responder("E1", "engine", 100), Responder("G1", "engine", 50, agency: "Gyeonggi"))
    #expect(far.text(wish) == "engine: E1")
  }

  @Test func rule13_neverIsNever() {
    var wish = Wish(.of(1, "engine"))
    wish.agencies = [AgencyRule("Gyeonggi", tier: .never)]
    let choice = ForceChoice(wish, responders: [Responder("G1", "engine", 30, agency: "Gyeonggi")])
    #expect(choice.forces[0].members.isEmpty)
    #expect(choice.reasons(for: choice.forces[0].open[0], of: 0, absent: []) == [.agency: 1])
  }

  /// Rule 14: the second alarm with those of the first as committed is just the rest.
  @Test func rule14_goingUpNeverTakesAUnitAway() {
    let units = [
      Responder("E1", "engine", 10), Responder("E2", "engine", 20), Responder("E3", "engine", 30),
      Responder("L1", "ladder", 40),
    ]
    let first = PlanLevel([.of(1, "engine"), .of(1, "ladder")])
    let alarm = ForceChoice(Wish([first]), responders: units).forces[0]
    #expect(alarm.members.map(\.unit.id) == ["E1", "L1"])
    var wish = Wish([first, PlanLevel([.of(2, "engine")])])
    wish.committedIDs = ["L1", "E1"]
    let second = ForceChoice(wish, responders: units).forces[0]
    #expect(second.members.filter { $0.why == [.committed] }.map(\.unit.id) == ["E1", "L1"])
    #expect(second.members.filter { $0.why != [.committed] }.map(\.unit.id) == ["E2", "E3"])
  }

  /// Rule 16: within a bucket the longest idle one goes.
  @Test func rule16_ofEqualTimesTheLongestIdleGoes() {
    var wish = Wish(.of(1, "engine"))
    let units = [Responder("E1", "engine", 50, idleSince: 9_000), Responder("E2", "engine", 55, idleSince: 1_000)]
    #expect(ForceChoice(wish, responders: units).forces[0].text(wish) == "engine: E1")
    wish.tie = TieRule(milliseconds: 30_000)
    #expect(ForceChoice(wish, responders: units).forces[0].text(wish) == "engine: E2")
  }

  @Test func aListOfStationsCountsInsteadOfTime() {
    var wish = Wish(.of(1, "engine"))
    wish.stationOrder = ["North", "South"]
    let choice = ForceChoice(
      wish,
      responders: [
        Responder("E1", "engine", 500, station: "North"), Responder("E2", "engine", 10, station: "South"),
        Responder("E3", "engine", 5, station: "Elsewhere"),
      ])
    #expect(choice.forces[0].text(wish) == "engine: E1")
    #expect(choice.unchosen(for: 0, count: 9).map(\.unit.id) == ["E2", "E3"])
    #expect(choice.unchosen(for: 0, count: 9).allSatisfy { $0.shortByMilliseconds == nil })
  }

  @Test func aLastResortComesBehindAllThatNeedNone() {
    let wish = Wish(.of(1, "engine"))
    let force = force(wish, Responder("E1", "engine", 20, lastResort: true), Responder("E2", "engine", 900))
    #expect(force.text(wish) == "engine: E2")
  }
}
