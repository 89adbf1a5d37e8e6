import RoadGraph
import Testing
import TimeRules

@testable import Profiles

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
      adjustments.add(.attributes(WayID(0), network.ways[WayID(3)].attributes))
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
        adjustments.add(rule.effect(on: turn))
      }
    }
  }

  private func test(_ text: String) throws -> [VehicleTest] {
    try #require(RuleCondition.reading(text, knowing: []).condition).vehicle
  }

  /// Of several rules that hold at once, the last one that is meant for the vehicle counts.
  @Test func rulesTellVehiclesApart() throws {
    var sketch = crossroads()
    sketch.road("CD", .both(.restricted))
    func costs(_ tonnes: Double, _ rules: [(Int, String)]) throws -> Costs {
      let tests = try rules.map { (WayID($0.0), try test($0.1)) }
      return Costs(sketch, .plain { $0.size.weightTonnes = tonnes }) { adjustments, network in
        for (way, tests) in tests { adjustments.add(.attributes(WayID(0), network.ways[way].attributes), for: tests) }
      }
    }
    #expect(try costs(16, [(3, "weight>7.5")]).arc("AB") == .impassable)
    #expect(try costs(2, [(3, "weight>7.5")]).arc("AB").isPassable)
    #expect(try costs(16, [(3, "weight>7.5"), (1, "weight>3.5")]).arc("AB").isPassable)
    #expect(try costs(16, [(1, "weight>3.5"), (3, "weight>7.5")]).arc("AB") == .impassable)
    #expect(try costs(5, [(3, "weight>3.5"), (1, "weight>7.5")]).arc("AB") == .impassable)
  }

  @Test func aBarrierIsAnotherOneForATime() {
    let (gate, shut) = (
      PointFeature(osmID: 1, kind: .gate, access: .civil), PointFeature(osmID: 1, kind: .gate, access: .restricted)
    )
    let nothing = PointFeature(osmID: 1, kind: .otherBarrier, flags: .unfelt)
    func cost(_ plain: PointFeature, _ other: PointFeature, _ isHolding: Bool) -> TravelCost {
      var sketch = RoadSketch("AB")
      sketch.road("AB", .stretch(.street, centimeters: 10_000), .point(plain), .stretch(.street, centimeters: 0))
      sketch.road("AB", .stretch(.street, centimeters: 10_000), .point(other), .stretch(.street, centimeters: 0))
      let costs = Costs(sketch, .plain) { adjustments, _ in
        if isHolding { adjustments.add(.feature(FeatureID(0), FeatureID(1))) }
      }
      return costs.model.pieceCost(PieceID(1), .forward)
    }
    #expect(cost(gate, shut, false) == .zero && cost(gate, shut, true) == .impassable)
    #expect(cost(shut, gate, false) == .impassable && cost(shut, gate, true) == .zero)
    #expect(cost(nothing, shut, false) == .zero && cost(nothing, shut, true) == .impassable)
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
          if let rule { adjustments.add(rule.effect(on: turn)) }
        }
      }
    }
    #expect(costs(nil).turn("ABA") == .impassable)
    #expect(costs(.banned).turn("ABA") == .zero)
  }
}

extension RoadAdjustments.ConditionalTurn {
  fileprivate func effect(on turn: TurnID) -> ConditionalRule.Effect {
    switch self {
    case .banned: .ban(turn, exceptEmergency: false)
    case .bannedExceptEmergency: .ban(turn, exceptEmergency: true)
    case .free: .free(turn)
    }
  }
}
