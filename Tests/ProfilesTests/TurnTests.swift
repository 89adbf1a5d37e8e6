import Profiles
import RoadGraph
import Testing

/// A crossroads: B in the middle of A, C, D; a road goes on from C to E.
private func crossroads() -> RoadSketch {
  var sketch = RoadSketch("ABCDE")
  sketch.road("AB", .street)
  sketch.road("BC", .street)
  sketch.road("BD", .street)
  sketch.road("CE", .street)
  return sketch
}

@Suite struct TurnTests {
  static let turning = VehicleProfile.plain {
    $0.turns.left = 6
    $0.turns.right = 2
    $0.turns.sharpLeft = 9
    $0.turns.sharpRight = 8
    $0.turns.uTurn = 20
  }

  @Test(
    arguments: [
      (0, 0), (-28, 0), (28, 0), (-90, 6_000), (90, 2_000), (-60, 3_000), (60, 1_000), (-136, 9_000), (136, 8_000),
      (180, 8_000), (-180, 9_000),
    ] as [(Int, Weight)])
  func turnsCostByAngle(_ angleDegrees: Int, _ milliseconds: Weight) {
    var sketch = crossroads()
    sketch.turn("ABC", angleDegrees: angleDegrees)
    #expect(Costs(sketch, Self.turning).turn("ABC") == TravelCost(timeMilliseconds: milliseconds))
  }

  @Test func sharperTurnsNeverCostLess() {
    var last: Weight = 0
    for angle in stride(from: 0, through: -180, by: -2) {
      var sketch = crossroads()
      sketch.turn("ABC", angleDegrees: angle)
      let cost = Costs(sketch, Self.turning).turn("ABC").timeMilliseconds
      #expect(cost >= last, "at \(angle) degrees")
      last = cost
    }
    #expect(last == 9_000)
  }

  @Test func followingABendIsNoTurn() {
    var sketch = crossroads()
    sketch.turn("BCE", angleDegrees: -90)
    #expect(Costs(sketch, Self.turning).turn("BCE") == .zero)
  }

  /// What a path makes of a street is a matter of who may drive there.
  @Test func aRoadThatIsClosedMakesNoJunction() {
    var sketch = RoadSketch("ABCD")
    sketch.road("AB", .street)
    sketch.road("BC", .street)
    sketch.road("BD", .both(.restricted))
    sketch.turn("ABC", angleDegrees: 90)
    #expect(Costs(sketch, Self.turning).turn("ABC") == .zero)
    var may = Self.turning
    may.exemptions.restrictedAccess = .allowed
    #expect(Costs(sketch, may).turn("ABC").timeMilliseconds == 2_000)
    var oneway = RoadSketch("ABCD")
    oneway.road("AB", .street)
    oneway.road("BC", .street)
    oneway.road("BD", .oneway())
    oneway.turn("ABC", angleDegrees: 90)
    #expect(Costs(oneway, Self.turning).turn("ABC").timeMilliseconds == 2_000)
  }

  @Test func bannedTurns() {
    var sketch = crossroads()
    sketch.turn("ABC", .banned)
    #expect(Costs(sketch, .plain).turn("ABC") == .impassable)
    #expect(Costs(sketch, .plain).exemptions(turn: "ABC") == [])
    #expect(Costs(sketch, .plain).turn("ABD") == .zero)
    let may = VehicleProfile.plain { $0.exemptions.turnBans = PassageRule(.allowed, delaySeconds: 4) }
    #expect(Costs(sketch, may).turn("ABC") == TravelCost(timeMilliseconds: 4_000))
    #expect(Costs(sketch, may).exemptions(turn: "ABC") == [.turnBan])
    #expect(Costs(sketch, may).exemptions(turn: "ABD") == [])
    let lastResort = VehicleProfile.plain { $0.exemptions.turnBans = .lastResort }
    #expect(Costs(sketch, lastResort).turn("ABC") == TravelCost(timeMilliseconds: 0, reluctanceMilliseconds: 3_600_000))
  }

  @Test func exceptEmergencyLiftsABanForSirensOnly() {
    var sketch = crossroads()
    sketch.turn("ABC", [.banned, .exceptEmergency])
    #expect(Costs(sketch, .plain).turn("ABC") == .impassable)
    let siren = Costs(sketch, .plain { $0.siren = .on })
    #expect(siren.turn("ABC") == .zero)
    #expect(siren.exemptions(turn: "ABC") == [])
  }

  @Test func aBanMadeForRespondersBindsSirensOnly() {
    var sketch = crossroads()
    sketch.turn("ABC", .bannedForEmergency)
    #expect(Costs(sketch, .plain).turn("ABC") == .zero)
    let siren = VehicleProfile.plain {
      $0.siren = .on
      $0.exemptions.turnBans = .allowed
    }
    #expect(Costs(sketch, siren).turn("ABC") == .impassable)
    #expect(Costs(sketch, .plain { $0.siren = .off }).turn("ABC") == .zero)
    var may = siren
    may.exemptions.emergencyTurnBans = PassageRule(.lastResort, delaySeconds: 2)
    #expect(Costs(sketch, may).turn("ABC").timeMilliseconds == 2_000)
    #expect(Costs(sketch, may).turn("ABC").reluctanceMilliseconds == 3_600_000 + 8_000)
    #expect(Costs(sketch, may).exemptions(turn: "ABC") == [.emergencyTurnBan])
  }

  @Test func whoHasToGiveWayWaits() {
    var sketch = crossroads()
    sketch.turn("ABC", angleDegrees: 90, .yields)
    sketch.turn("BCE", angleDegrees: 90, .yields)
    var profile = Self.turning
    profile.turns.yielding = 3
    #expect(Costs(sketch, profile).turn("ABC").timeMilliseconds == 5_000)
    // Two roads only: nothing to wait for.
    #expect(Costs(sketch, profile).turn("BCE") == .zero)
  }

  @Test func signalsAndGatesAtTheJunctionCount() {
    var sketch = crossroads()
    sketch.place(PointFeature(osmID: 7, kind: .trafficSignals), at: "B")
    sketch.place(PointFeature(osmID: 8, kind: .gate), at: "C")
    let profile = VehicleProfile.plain {
      $0.delays.trafficSignals = 3
      $0.barriers.gate = PassageRule(.allowed, delaySeconds: 15)
    }
    let costs = Costs(sketch, profile)
    #expect(costs.turn("ABC").timeMilliseconds == 3_000)
    #expect(costs.turn("BCE").timeMilliseconds == 15_000)
    #expect(costs.exemptions(turn: "BCE") == [.gate])
    #expect(Costs(sketch, .plain).turn("BCE") == .impassable)
  }
}

@Suite struct UTurnTests {
  @Test func aDeadEndLetsEverybodyTurnRound() {
    var sketch = crossroads()
    sketch.turn("BDB", .deadEnd)
    let costs = Costs(sketch, TurnTests.turning)
    #expect(costs.turn("BDB") == TravelCost(timeMilliseconds: 20_000))
    #expect(costs.turn("ABA") == .impassable)
  }

  @Test(arguments: [
    (PassageRule.allowed, TravelCost(timeMilliseconds: 20_000)),
    (PassageRule(.allowed, delaySeconds: 7), TravelCost(timeMilliseconds: 27_000)),
    (.lastResort, TravelCost(timeMilliseconds: 20_000, reluctanceMilliseconds: 3_680_000)),
    (.never, .impassable),
  ])
  func awayFromDeadEndsTheRuleDecides(_ rule: PassageRule, _ expected: TravelCost) {
    var sketch = crossroads()
    sketch.turn("BDB", .deadEnd)
    var profile = TurnTests.turning
    profile.turns.uTurnAwayFromDeadEnd = rule
    let costs = Costs(sketch, profile)
    #expect(costs.turn("ABA") == expected)
    #expect(costs.turn("BDB") == TravelCost(timeMilliseconds: 20_000))
  }

  @Test func whereThereIsNoRoomTwoRulesCount() {
    var sketch = crossroads()
    sketch.turn("ABA", .confined)
    sketch.turn("BDB", [.deadEnd, .confined])
    var profile = TurnTests.turning
    profile.turns.uTurnAwayFromDeadEnd = PassageRule(.allowed, delaySeconds: 7)
    profile.turns.uTurnConfined = .never
    #expect(Costs(sketch, profile).turn("ABA") == .impassable)
    #expect(Costs(sketch, profile).turn("CBC").timeMilliseconds == 27_000)
    #expect(Costs(sketch, profile).turn("BDB").timeMilliseconds == 20_000)
    profile.turns.uTurnConfined = PassageRule(.allowed, delaySeconds: 100)
    #expect(Costs(sketch, profile).turn("ABA").timeMilliseconds == 127_000)
    profile.turns.uTurnAwayFromDeadEnd = .allowed
    #expect(Costs(sketch, profile).turn("ABA").timeMilliseconds == 120_000)
  }

  /// Where only closed roads go on, the road ends for this vehicle.
  @Test func closedRoadsAheadMakeADeadEnd() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .both(.restricted))
    #expect(Costs(sketch, TurnTests.turning).turn("ABA") == TravelCost(timeMilliseconds: 20_000))
    var may = TurnTests.turning
    may.exemptions.restrictedAccess = .allowed
    #expect(Costs(sketch, may).turn("ABA") == .impassable)
  }

  @Test func turningRoundInFrontOfABarrierDoesNotPassIt() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .street)
    sketch.place(PointFeature(osmID: 7, kind: .bollard), at: "B")
    let costs = Costs(sketch, TurnTests.turning)
    #expect(costs.turn("ABC") == .impassable)
    #expect(costs.turn("ABA") == TravelCost(timeMilliseconds: 20_000))
  }

  @Test func aBannedUTurnNeedsBothExemptions() {
    var sketch = crossroads()
    sketch.turn("ABA", .banned)
    var profile = TurnTests.turning
    profile.turns.uTurnAwayFromDeadEnd = .allowed
    #expect(Costs(sketch, profile).turn("ABA") == .impassable)
    profile.exemptions.turnBans = .allowed
    #expect(Costs(sketch, profile).turn("ABA").timeMilliseconds == 20_000)
    #expect(Costs(sketch, profile).exemptions(turn: "ABA") == [.turnBan])
  }
}
