import API
import Dispatching
import TestSupport
import Testing

/// Who could be called off from another call, by the rules of a diversion.
@Suite struct DiversionStories {
  /// A unit on a call.
  static func busy(
    _ id: String, _ can: String, _ seconds: Double, priority: Int, status: UnitStatus = .enRoute, agency: String = "",
    crewID: String = "", lastResort: Bool = false
  ) -> (unit: ResponseUnit, arrival: Arrival) {
    var unit = ResponseUnit.story(id, can, agency: agency, crewID: crewID)
    (unit.status, unit.task) = (status, UnitTask(incidentID: "I-9", priority: priority))
    return (unit, Arrival(seconds: seconds, lastResort: lastResort))
  }

  private let medic = Wish(.of(1, "als"))

  private func offers(
    _ wish: Wish, _ responders: [Responder], _ busy: [(unit: ResponseUnit, arrival: Arrival)], priority: Int = 1,
    change: (inout DiversionSearch) -> Void = { _ in }
  ) -> [DiversionOffer] {
    var search = DiversionSearch(priority: priority)
    change(&search)
    return ForceChoice(wish, responders: responders).diversions(
      for: 0, of: busy, by: DiversionRule(search, priority: priority))
  }

  /// The ambulance that passes the cardiac arrest on its way to a sprained ankle.
  @Test func theAmbulanceThatPassesBy() throws {
    let found = offers(medic, [Responder("A1", "als", 480)], [Self.busy("A7", "als", 90, priority: 4)])
    let offer = try #require(found.first)
    #expect(offer.unit.id == "A7" && offer.insteadOf?.unit.id == "A1" && offer.line == 0)
    #expect(offer.gainMilliseconds == 390_000)
  }

  @Test func aCallThatIsAsUrgentKeepsItsUnit() {
    for (other, isOffered) in [(0, false), (1, false), (2, false), (3, true), (4, true)] {
      let found = offers(
        medic, [Responder("A1", "als", 480)], [Self.busy("A7", "als", 90, priority: other)], priority: 2)
      #expect(!found.isEmpty == isOffered, "priority \(other)")
    }
  }

  @Test func withoutAPriorityNobodyIsCalledOff() {
    #expect(
      offers(medic, [Responder("A1", "als", 480)], [Self.busy("A7", "als", 90, priority: 4)], priority: 0).isEmpty)
  }

  @Test func whoTransportsNeverIs() {
    let busy = UnitStatus.allCases.map { Self.busy($0.rawValue, "als", 90, priority: 4, status: $0) }
    let responders = [Responder("A1", "als", 480)]
    #expect(Set(offers(medic, responders, busy).map(\.unit.id)) == ["dispatched", "en_route"])
    let all = offers(medic, responders, busy) { $0.statuses = Set(UnitStatus.allCases) }
    #expect(Set(all.map(\.unit.id)) == ["dispatched", "en_route", "on_scene"])
  }

  @Test func theLeastGainCounts() {
    for (seconds, isOffered) in [(420.0, true), (420.001, false), (421, false), (500, false)] {
      let found = offers(medic, [Responder("A1", "als", 480)], [Self.busy("A7", "als", seconds, priority: 4)])
      #expect(!found.isEmpty == isOffered, "\(seconds) s")
    }
  }

  @Test func anOpenPlaceIsFilledBeforeAnythingIsGained() throws {
    let wish = Wish(.of(1, "engine"), .of(1, "als"))
    let found = offers(
      wish, [Responder("E1", "engine", 900)],
      [
        Self.busy("X", "engine", 10, priority: 3), Self.busy("A7", "als", 890, priority: 3),
        Self.busy("A8", "als engine", 900, priority: 3),
      ])
    #expect(found.map(\.unit.id) == ["A7", "A8", "X"])
    #expect(found.map(\.line) == [1, 1, 0])
    #expect(found.map { $0.insteadOf?.unit.id } == [nil, nil, "E1"])
  }

  /// Of the lines that it fits the one where most is gained; of a line its last one.
  @Test func itTakesThePlaceWhereMostIsGained() throws {
    let wish = Wish(.of(2, "engine"), .of(1, "als"))
    let found = offers(
      wish, [Responder("E1", "engine", 100), Responder("E2", "engine", 300), Responder("A1", "als", 400)],
      [Self.busy("Q", "als engine", 50, priority: 3), Self.busy("E9", "engine", 50, priority: 3)])
    #expect(found.map(\.unit.id) == ["Q", "E9"])
    #expect(found.map { $0.insteadOf?.unit.id } == ["A1", "E2"])
  }

  @Test func whoIsThereOrHasToGoStays() {
    var wish = Wish(.of(2, "als"))
    (wish.committedIDs, wish.wantedIDs) = (["A1"], ["A2"])
    let found = offers(
      wish, [Responder("A1", "als", 500), Responder("A2", "als", 900)], [Self.busy("A7", "als", 50, priority: 3)])
    #expect(found.isEmpty)
  }

  @Test func aLastResortIsNoGain() {
    let found = offers(
      medic, [Responder("A1", "als", 500)], [Self.busy("A7", "als", 50, priority: 3, lastResort: true)])
    #expect(found.isEmpty)
  }

  @Test func agenciesCountAsInThePlan() {
    var wish = medic
    wish.agencies = [
      AgencyRule("never", tier: .never), AgencyRule("last", tier: .last), AgencyRule("held", penaltySeconds: 300),
    ]
    let busy = ["never", "last", "held", ""].map { Self.busy("A-\($0)", "als", 200, priority: 3, agency: $0) }
    #expect(offers(wish, [Responder("A1", "als", 480)], busy).map(\.unit.id) == ["A-"])
  }

  /// The crew of a unit that goes is not there for another one.
  @Test func aCrewThatGoesIsNotCalledOff() {
    let found = offers(
      Wish(.of(1, "engine"), .of(1, "als")),
      [Responder("E1", "engine", 100, crewID: "c"), Responder("A1", "als", 500)],
      [Self.busy("A7", "als", 50, priority: 3, crewID: "c")])
    #expect(found.isEmpty)
  }

  // MARK: Its old call

  @Test func oneStepCostsLittleTwoStepsCostAnything() {
    let rule = DiversionRule(DiversionSearch(priority: 1), priority: 1)
    let (near, far) = (Self.busy("A", "als", 1, priority: 2).unit, Self.busy("B", "als", 1, priority: 3).unit)
    #expect(rule.accepts(near, lossMilliseconds: 120_000) && !rule.accepts(near, lossMilliseconds: 120_001))
    #expect(rule.accepts(near, lossMilliseconds: -5_000))
    #expect(!rule.accepts(near, lossMilliseconds: nil), "nobody can replace it")
    #expect(rule.accepts(far, lossMilliseconds: nil) && rule.accepts(far, lossMilliseconds: 9_999_999))
  }

  /// The one it stands in for is free then, the others of the new incident are not.
  @Test func theOneInWhosePlaceItGoesIsFree() throws {
    let wish = Wish(.of(2, "als"))
    let choice = ForceChoice(wish, responders: [Responder("A1", "als", 100), Responder("A2", "als", 500)])
    let busy = Self.busy("A7", "als", 50, priority: 3, crewID: "seven")
    let offer = try #require(
      choice.diversions(for: 0, of: [busy], by: DiversionRule(DiversionSearch(priority: 1), priority: 1)).first)
    #expect(choice.isFree(.story("A2", "als"), after: offer))
    #expect(!choice.isFree(.story("A1", "als"), after: offer))
    #expect(choice.isFree(.story("A3", "als"), after: offer))
    #expect(!choice.isFree(busy.unit, after: offer))
    #expect(!choice.isFree(.story("E7", "engine", crewID: "seven"), after: offer), "the same people")
    let standIn = choice.standIn(for: offer, of: 0)
    #expect(standIn.fits(.story("A3", "als bls")) && !standIn.fits(.story("B3", "bls")))
  }

  // MARK: Swaps

  private func swaps(_ units: [Responder], _ wishes: [Wish]? = nil) -> [SwapOffer] {
    var wishes = wishes ?? [medic, medic]
    (wishes[0].committedIDs, wishes[1].committedIDs) = (["A1"], ["A2"])
    let question = ForceChoice.Question(wishes, responders: units)
    return IncidentAssignment(question, priorities: [1, 2], objective: .oneByOne).choice.swaps(of: units)
  }

  @Test func twoUnitsThatCrossEachOther() throws {
    let offer = try #require(
      swaps([Responder("A1", "als", at: [400, 100]), Responder("A2", "als", at: [150, 300])]).first)
    #expect(offer.one.unit.id == "A1" && offer.one.toWish == 1 && offer.one.gainMilliseconds == 200_000)
    #expect(offer.other.unit.id == "A2" && offer.other.toWish == 0 && offer.other.gainMilliseconds == 250_000)
    #expect(offer.gainMilliseconds == 450_000)
  }

  @Test func aSwapGainsEnoughAndNobodyLosesMuch() {
    func isOffered(_ a: [Double], _ b: [Double]) -> Bool {
      !swaps([Responder("A1", "als", at: a), Responder("A2", "als", at: b)]).isEmpty
    }
    #expect(isOffered([300, 330], [150, 300]), "150 gained, 30 lost")
    #expect(!isOffered([300, 331], [150, 300]), "31 lost")
    #expect(isOffered([300, 300], [180, 300]), "120 gained")
    #expect(!isOffered([300, 300], [181, 300]), "119 gained")
  }

  @Test func eachDoesWhatTheOtherOneIsSentFor() {
    let units = [Responder("A1", "als", at: [400, 100]), Responder("A2", "bls", at: [150, 300])]
    #expect(swaps(units, [medic, Wish(.of(1, "bls"))]).isEmpty)
    let both = [Responder("A1", "als bls", at: [400, 100]), Responder("A2", "als bls", at: [150, 300])]
    #expect(swaps(both, [medic, Wish(.of(1, "bls"))]).count == 1)
  }
}
