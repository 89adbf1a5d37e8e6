import API
import Dispatching
import TestSupport
import Testing

/// The units that matter are enough: with them alone the choice is that of all.
@Suite struct ShortlistTests {
  @Test func choosesAsIfAllUnitsWereLookedAt() {
    var passedOver = 0
    for seed in 0..<500 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var wish = Wish(
        .of(2, "engine", or: UnitNeed(["quint"], penaltySeconds: generator.oneIn(2) ? 20 : 0), minimum: 1),
        .of(1, "ladder", or: UnitNeed(["quint"])))
      if generator.oneIn(2) { wish.levels[0].lines[0].travelSecondsMax = 60 }
      if generator.oneIn(2) { wish.levels[0].lines.append(.of(1, "patrol")) }
      if generator.oneIn(3) { wish.levels[0].crewTotalMin = 9 }
      if generator.oneIn(3) { wish.tie = TieRule(milliseconds: 15_000) }
      wish.agencies = [AgencyRule("late", tier: .last)]
      let areCrewed = generator.oneIn(2)
      let keep = generator.oneIn(3) ? [KeepRule(station: "North", count: 1)] : []
      let responders = (0..<30).map { number in
        Responder(
          "U\(number)", ["engine", "ladder", "quint", "patrol"].randomElement(using: &generator) ?? "",
          Double(Int.random(in: 10...120, using: &generator)),
          agency: generator.oneIn(5) ? "late" : "", station: generator.oneIn(3) ? "North" : "South",
          crew: Int.random(in: 1...4, using: &generator),
          crewID: areCrewed && generator.oneIn(4) ? "c\(number % 5)" : "",
          idleSince: generator.oneIn(2) ? Double(number) : nil, lastResort: generator.oneIn(9))
      }
      if generator.oneIn(3) { wish.wantedIDs = ["U3"] }
      let candidates = responders.map { responder in
        let early = Double(responder.arrivals[0]?.etaMilliseconds ?? 0) / 1000
        return Shortlist.Candidate(
          responder.unit, bound: Arrival(seconds: early * Double.random(in: 0.5...1, using: &generator)),
          isBound: wish.wantedIDs.contains(responder.unit.id))
      }
      let list = Shortlist(of: candidates, for: wish, keep: keep, besides: 3) { responders[$0].arrivals[0] }
      let short = responders.indices.map { Responder(responders[$0].unit, arrivals: [list.arrivals[$0]]) }
      let (all, few) = (
        ForceChoice(wish, responders: responders, keep: keep), ForceChoice(wish, responders: short, keep: keep)
      )
      #expect(few.forces[0].text(wish) == all.forces[0].text(wish), "seed \(seed)")
      #expect(
        few.unchosen(for: 0, count: 3).map(\.unit.id) == all.unchosen(for: 0, count: 3).map(\.unit.id), "seed \(seed)")
      passedOver += list.isLookedAt.count { !$0 }
    }
    #expect(passedOver > 1_000)
  }
}
