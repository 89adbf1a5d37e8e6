import API
import Dispatching
import Testing

/// Run cards of four places, from what is public about them, filled from made-up fleets.
@Suite struct RunCardStories {
  private func fleet(_ count: Int, _ can: String, from seconds: Double, every step: Double, crew: Int? = nil)
    -> [Responder]
  {
    (0..<count).map { number in
      Responder("\(can.split(separator: " ")[0])-\(number + 1)", can, seconds + Double(number) * step, crew: crew)
    }
  }

  /// New York's box: three engines, two ladders and a chief; two engines and one ladder from however far.
  @Test func newYorksBoxAndItsAlarms() {
    func line(_ count: Int, _ name: String, minimum: Int? = nil, within: Double? = nil) -> PlanLine {
      var line = PlanLine.of(count, name, minimum: minimum)
      line.travelSecondsMax = within
      return line
    }
    let box = PlanLevel([
      line(3, "engine", minimum: 2, within: 600), line(2, "ladder", minimum: 1, within: 600), line(1, "chief"),
    ])
    let working = PlanLevel([
      line(1, "engine"), line(1, "ladder"), line(1, "squad"), line(1, "rescue"), line(1, "chief"),
    ])
    let second = PlanLevel([line(5, "engine"), line(2, "ladder"), line(2, "chief")])
    let near =
      fleet(9, "engine", from: 60, every: 60) + fleet(5, "ladder", from: 90, every: 60)
      + fleet(4, "chief", from: 120, every: 90) + fleet(1, "squad", from: 300, every: 0)
      + fleet(1, "rescue", from: 400, every: 0)
    let first = ForceChoice(Wish([box]), responders: near).forces[0]
    #expect(first.text(Wish([box])) == "engine: engine-1 engine-2 engine-3, ladder: ladder-1 ladder-2, chief: chief-1")
    var all = Wish([box, working, second])
    all.committedIDs = first.members.map(\.unit.id)
    let third = ForceChoice(all, responders: near).forces[0]
    #expect(third.open.isEmpty)
    #expect(third.members.count { $0.why == [.committed] } == 6)
    #expect(third.members.count == 6 + 5 + 9)
    // At the city's edge: the minimum comes from far away, and nobody else does.
    let far =
      fleet(3, "engine", from: 700, every: 10) + fleet(2, "ladder", from: 800, every: 10)
      + fleet(1, "chief", from: 900, every: 0)
    let edge = ForceChoice(Wish([box]), responders: far).forces[0]
    #expect(edge.text(Wish([box])) == "engine: engine-1 engine-2, ladder: ladder-1, chief: chief-1")
    #expect(edge.open == [Force.Open(line: 0, count: 1), Force.Open(line: 1, count: 1)])
  }

  /// Frederick County's house fire: substitutes, a special unit only if it is closer, and a driver who needs others.
  @Test func fredericksHouseFire() {
    var closer = PlanLine.of(1, "squad")
    closer.isOnlyIfFirst = true
    let staffed = PlanLine(
      "engine", count: 6, needs: [UnitNeed(["engine"], crewCountMin: 2), UnitNeed(["engine-tanker"], crewCountMin: 2)])
    let wish = Wish(
      staffed, .of(1, "service"), .of(1, "aerial", or: UnitNeed(["tower"])), .of(1, "rescue", or: UnitNeed(["squad"])),
      .of(3, "tanker", or: UnitNeed(["engine-tanker"], penaltySeconds: 60)),
      .of(1, "ambulance", or: UnitNeed(["medic"])),
      .of(1, "medic"), .of(2, "chief"), .of(1, "safety"), closer)
    let units =
      fleet(5, "engine", from: 100, every: 30, crew: 4) + [Responder("driver-only", "engine", 50, crew: 1)]
      + fleet(3, "engine-tanker", from: 200, every: 50, crew: 3) + fleet(1, "service", from: 300, every: 0)
      + fleet(1, "tower", from: 250, every: 0) + fleet(1, "squad", from: 40, every: 0)
      + fleet(1, "rescue", from: 500, every: 0) + fleet(2, "tanker", from: 320, every: 60)
      + fleet(3, "medic", from: 150, every: 100) + fleet(2, "chief", from: 180, every: 90)
    let choice = ForceChoice(wish, responders: units)
    let force = choice.forces[0]
    #expect(force.member("driver-only") == nil)
    #expect(choice.unchosen(for: 0, count: 20).first { $0.unit.id == "driver-only" }?.reason == .underCrewed)
    #expect(force.member("tower-1")?.why == [.closest, .substitute])
    #expect(force.openCount(8) == 1)
    // Either the squad is the rescue, or it comes as well since it is first.
    #expect(force.member("squad-1") != nil)
    // One as an engine, two as tankers: a minute more for standing in is still earlier than the second tanker.
    #expect(force.members.count { $0.unit.capabilities == ["engine-tanker"] } == 3)
  }

  /// Seoul sends the four nearest, whichever district they belong to, and about 17 vehicles in all.
  @Test func seoulsHouseFireKnowsNoDistricts() {
    let wish = Wish(
      .of(4, "pump"), .of(2, "tank"), .of(1, "ladder"), .of(1, "rescue"), .of(1, "ambulance"), .of(8, "any"))
    let pumps = (0..<6).map { number in
      Responder("P\(number)", "pump any", 100 + Double(number) * 20, agency: "district-\(number)")
    }
    let kinds = ["tank any", "ladder any", "rescue any", "ambulance any"]
    let others = (0..<14).map { number in
      Responder("V\(number)", kinds[number % 4], 150 + Double(number) * 15)
    }
    let units: [Responder] = pumps + others
    let force = ForceChoice(wish, responders: units).forces[0]
    #expect(force.members.count == 17)
    #expect(force.open.isEmpty)
    #expect(force.members(of: 0).map(\.unit.id) == ["P0", "P1", "P2", "P3"])
  }

  /// Portland counts people: fifteen, at least a chief, two engines and a truck, within twelve minutes.
  @Test func portlandCountsPeople() {
    func line(_ count: Int, _ name: String) -> PlanLine {
      var line = PlanLine.of(count, name)
      line.goalSeconds = 720
      return line
    }
    let wish = Wish([
      PlanLevel([line(1, "chief"), line(2, "engine"), line(1, "truck")], crewTotalMin: 15, crewLine: "engine")
    ])
    let units =
      fleet(1, "chief", from: 200, every: 0, crew: 1) + fleet(4, "engine", from: 100, every: 100, crew: 4)
      + fleet(1, "truck", from: 250, every: 0, crew: 4)
    let force = ForceChoice(wish, responders: units).forces[0]
    #expect(force.text(wish) == "chief: chief-1, engine: engine-1 engine-2 engine-3, truck: truck-1")
    #expect(force.crewTotal == 17)
    #expect(force.member("engine-3")?.why == [.crew])
  }
}
