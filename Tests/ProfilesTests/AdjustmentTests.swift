import Profiles
import RoadGraph
import Testing

/// What conditional rules change while they hold.
@Suite struct AdjustmentTests {
  /// A crossroads: B in the middle of A, C, D.
  private func crossroads() -> RoadSketch {
    var sketch = RoadSketch("ABCD")
    for road in ["AB", "BC", "BD"] { sketch.road(road, .street) }
    return sketch
  }

  @Test func aWayHasOtherAttributesForATime() {
    var sketch = crossroads()
    sketch.road("CD", .both(.restricted))
    let costs = Costs(sketch, .plain) { adjustments, network in
      adjustments.attributesByWay[WayID(0)] = network.ways[WayID(3)].attributes
    }
    #expect(costs.arc("AB") == .impassable)
    #expect(costs.arc("BC").isPassable)
    #expect(costs.model.arcWeights()[sketch.arc("AB", costs.network).position] == .infinity)
  }

  private func turn(_ flags: TurnFlags, _ rule: RoadAdjustments.ConditionalTurn, _ profile: VehicleProfile) -> Costs {
    var sketch = crossroads()
    sketch.turn("ABC", flags)
    return Costs(sketch, profile) { adjustments, network in
      let arc = sketch.arc("AB", network)
      for turn in network.turns(from: arc) where network.turnHead[turn] == sketch.arc("BC", network) {
        adjustments.turnRules[turn] = rule
      }
    }
  }

  @Test func bansBeginAndAreSuspended() {
    let siren = VehicleProfile.plain { $0.siren = .on }
    #expect(turn([], .banned, .plain).turn("ABC") == .impassable)
    #expect(turn([], .banned, .plain).turn("ABD") == .zero)
    #expect(turn([], .banned, siren).turn("ABC") == .impassable)
    #expect(turn([], .bannedExceptEmergency, .plain).turn("ABC") == .impassable)
    #expect(turn([], .bannedExceptEmergency, siren).turn("ABC") == .zero)
    // A ban that holds always is not loosened by one that holds at times.
    #expect(turn(.banned, .bannedExceptEmergency, siren).turn("ABC") == .impassable)
    #expect(turn(.banned, .free, .plain).turn("ABC") == .zero)
    #expect(turn([.banned, .exceptEmergency], .banned, siren).turn("ABC") == .impassable)
  }

  @Test func theWeightsOfAllFollow() {
    let costs = turn([], .banned, .plain)
    let (turn, _) = costs.turnID("ABC")
    #expect(costs.model.turnCosts()[turn.position] == .infinity)
  }

  @Test func whereAllElseIsBannedTheRoadEnds() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .street)
    func costs(_ rule: RoadAdjustments.ConditionalTurn?) -> Costs {
      Costs(sketch, .plain) { adjustments, network in
        for turn in network.turns(from: sketch.arc("AB", network))
        where network.turnHead[turn] == sketch.arc("BC", network) {
          adjustments.turnRules[turn] = rule
        }
      }
    }
    #expect(costs(nil).turn("ABA") == .impassable)
    #expect(costs(.banned).turn("ABA") == .zero)
  }
}
