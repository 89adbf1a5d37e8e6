import Profiles
import RoadGraph
import Testing

@Suite struct ExemptionSecondsTests {
  private static let profile = VehicleProfile.plain {
    $0.delays.trafficSignals = 5
    $0.exemptions.contraflow = PassageRule(.lastResort, delaySeconds: 4, maxKmh: 18)
    $0.exemptions.turnBans = PassageRule(.allowed, delaySeconds: 3)
    $0.barriers.gate = PassageRule(.allowed, delaySeconds: 20)
    $0.turns.left = 6
  }

  @Test func aStretchAddsItsDelayAndWhatItIsSlower() {
    var sketch = RoadSketch("AB")
    sketch.road("AB", .oneway())
    let model = Costs(sketch, Self.profile).model
    #expect(model.exemptionSeconds(piece: PieceID(0), .forward) == 0)
    // 20 s instead of 10 s, and 4 s.
    #expect(model.exemptionSeconds(piece: PieceID(0), .backward) == 14)
    let civil = Costs(sketch, .plain).model
    #expect(civil.exemptionSeconds(piece: PieceID(0), .backward) == 0)
  }

  @Test func aGateAddsItsDelayASignalIsNoExemption() {
    var sketch = RoadSketch("AB")
    let half = RoadSketch.Part.stretch(.street, centimeters: 5_000)
    sketch.road(
      "AB", half, .point(PointFeature(osmID: 1, kind: .gate)), half,
      .point(PointFeature(osmID: 2, kind: .trafficSignals)), half)
    let model = Costs(sketch, Self.profile).model
    #expect(model.exemptionSeconds(piece: PieceID(1), .forward) == 20)
    #expect(model.exemptionSeconds(piece: PieceID(3), .forward) == 0)
    #expect(Costs(sketch, .plain).model.exemptionSeconds(piece: PieceID(1), .forward) == 0)
  }

  @Test func aTurnAddsItsBanAndItsGateNotItsAngle() {
    var sketch = RoadSketch("ABCD")
    for road in ["AB", "BC", "BD"] { sketch.road(road, .street) }
    sketch.turn("ABC", angleDegrees: -90, .banned)
    sketch.turn("ABD", angleDegrees: -90)
    func seconds(_ sketch: RoadSketch, _ name: String, _ profile: VehicleProfile = Self.profile) -> Double {
      let costs = Costs(sketch, profile)
      let (turn, arc) = costs.turnID(name)
      return costs.model.exemptionSeconds(turn: turn, from: arc)
    }
    #expect(seconds(sketch, "ABC") == 3)
    #expect(seconds(sketch, "ABD") == 0)
    #expect(seconds(sketch, "ABC", .plain) == 0)
    sketch.place(PointFeature(osmID: 1, kind: .gate), at: "B")
    #expect(seconds(sketch, "ABC") == 23)
    #expect(seconds(sketch, "ABD") == 20)
  }
}
