import MapFile
import Profiles
import RoadGraph
import Testing

@Suite struct TravelCostTests {
  @Test func infinityNeverWraps() {
    let infinite = TravelCost(timeMilliseconds: .infinity, reluctanceMilliseconds: .infinity)
    var sum = infinite
    for _ in 0..<100 { sum += infinite }
    #expect(sum == infinite)
    #expect(sum.weight == .infinity)
    #expect((TravelCost.impassable + TravelCost(timeMilliseconds: 1)).weight == .infinity)
    #expect(TravelCost(timeMilliseconds: .max, reluctanceMilliseconds: .max) == infinite)
    #expect(!infinite.isPassable)
  }

  @Test func timeAndReluctanceAddUpApart() {
    let sum =
      TravelCost(timeMilliseconds: 1, reluctanceMilliseconds: 10)
      + TravelCost(timeMilliseconds: 2, reluctanceMilliseconds: 20)
    #expect(sum == TravelCost(timeMilliseconds: 3, reluctanceMilliseconds: 30))
    #expect(sum.weight == 33)
    #expect(sum.isPassable)
  }
}

@Suite struct WeightTests {
  /// All that a profile can meet, on one network.
  private func everything() -> RoadSketch {
    var sketch = RoadSketch("ABCDEF")
    let half = RoadSketch.Part.stretch(.street, centimeters: 12_345)
    sketch.road("AB", half, .point(PointFeature(osmID: 1, kind: .gate)), half)
    sketch.road("BC", .oneway(), meters: 70)
    sketch.road("BD", .both(.bus, .busway), meters: 130)
    sketch.road("CE", .both(.restricted), meters: 10)
    sketch.road("DE", .both(.footOnly, .pedestrian), meters: 20)
    sketch.road("EF", half, .point(PointFeature(osmID: 2, kind: .bollard)), half)
    sketch.place(PointFeature(osmID: 3, kind: .trafficSignals), at: "B")
    sketch.place(PointFeature(osmID: 4, kind: .removableBollard), at: "D")
    sketch.turn("ABC", angleDegrees: -88, .banned)
    sketch.turn("ABD", angleDegrees: 70)
    sketch.turn("EFE", angleDegrees: 180, .deadEnd)
    return sketch
  }

  @Test(arguments: ProfileSet.builtIn.profiles)
  func weightsOfAllAreTheCostsOfEach(_ profile: VehicleProfile) {
    let network = everything().build()
    let model = CostModel(profile: profile, network: network)
    let arcWeights = model.arcWeights()
    let turnCosts = model.turnCosts()
    let turnWeights = CostModel.turnWeights(arcWeights: arcWeights, turnCosts: turnCosts, network: network)
    #expect(arcWeights == network.arcHead.indices.map { model.arcCost($0).weight })
    #expect(turnCosts == model.turnCosts(arcWeights: arcWeights).weights)
    for arc in network.arcHead.indices {
      for turn in network.turns(from: arc) {
        let cost = model.turnCost(turn, from: arc)
        #expect(turnCosts[turn.position] == cost.weight)
        #expect(turnWeights[turn.position] == (model.arcCost(arc) + cost).weight)
      }
    }
    #expect((arcWeights + turnCosts + turnWeights).allSatisfy { $0 <= .infinity })
  }

  @Test func thePiecesOfAnArcAddUpToIt() {
    let network = everything().build()
    for profile in ProfileSet.builtIn.profiles {
      let model = CostModel(profile: profile, network: network)
      for arc in network.arcHead.indices {
        let course = network.arcCourse[arc]
        let sum = network.pieceIDs(of: course.segment).reduce(TravelCost.zero) {
          $0 + model.pieceCost($1, SegmentDirection(course))
        }
        #expect(sum == model.arcCost(arc))
      }
    }
  }

  /// The longest stretch there can be, at the lowest speed, many times over.
  @Test func aSumOfHugePiecesIsInfinity() {
    var sketch = RoadSketch("AB")
    let huge = RoadSketch.Part.stretch(.both(.contraflow), centimeters: .max)
    sketch.road("AB", huge, huge, huge, huge, huge, huge)
    let profile = VehicleProfile.plain {
      $0.speeds.byClass[.residential] = 1
      $0.exemptions.contraflow = PassageRule(.lastResort, delaySeconds: 86_400)
    }
    let costs = Costs(sketch, profile)
    #expect(costs.arc("AB").weight == .infinity)
    #expect(costs.model.arcWeights() == [.infinity, .infinity])
    let turnCosts = [Weight](repeating: .infinity, count: costs.network.turnCount)
    let turnWeights = CostModel.turnWeights(
      arcWeights: costs.model.arcWeights(), turnCosts: turnCosts, network: costs.network)
    #expect(turnWeights == turnCosts)
  }

  /// A closed arc can be entered, never left: a crew drives up to what closes it.
  @Test func aTurnIntoAClosedArcIsOpenAndTheTurnsOutOfItAreNot() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .both(.restricted))
    let costs = Costs(sketch, .plain)
    let weights = CostModel.turnWeights(
      arcWeights: costs.model.arcWeights(), turnCosts: costs.model.turnCosts(), network: costs.network)
    let (street, closed) = (sketch.arc("AB", costs.network), sketch.arc("CB", costs.network))
    for turn in costs.network.turns(from: street) { #expect(weights[turn.position] < .infinity) }
    for turn in costs.network.turns(from: closed) { #expect(weights[turn.position] == .infinity) }
  }

  /// Of two last resorts the one with the shorter stretch is taken, and any detour of less than an hour beats both.
  @Test func reluctanceGrowsWithTheWay() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .both(.contraflow), meters: 100)
    sketch.road("BC", .both(.contraflow), meters: 200)
    let costs = Costs(sketch, .plain { $0.exemptions.contraflow = .lastResort })
    #expect(costs.arc("AB").reluctanceMilliseconds < costs.arc("BC").reluctanceMilliseconds)
    #expect(costs.arc("AB").weight > 3_600_000)
    #expect(costs.arc("BC").timeMilliseconds == 20_000)
  }
}
