import Profiles
import RoadGraph
import Testing

/// Streets for those who go to a place on them: a trip may begin or end there, not cut through.
@Suite struct ZoneTests {
  static let zone = RoadAttributes.both([.civil, .destinationOnly])
  static let profile = VehicleProfile.plain {
    $0.exemptions.destinationOnly = .lastResort
    $0.exemptions.privateRoads = .lastResort
  }

  /// A street AB, a zone BCD, a street DE.
  private func sketch() -> RoadSketch {
    var sketch = RoadSketch("ABCDE")
    sketch.road("AB", .street)
    sketch.road("BC", Self.zone)
    sketch.road("CD", .both(.ownersOnly))
    sketch.road("DE", .street)
    return sketch
  }

  @Test func enteringIsChargedOnceAndLeavingIsNot() {
    let costs = Costs(sketch(), Self.profile)
    let entry = TravelCost(timeMilliseconds: 0, reluctanceMilliseconds: 3_600_000)
    #expect(costs.turn("ABC") == entry)
    #expect(costs.turn("BCD") == .zero)
    #expect(costs.turn("CDE") == .zero)
    #expect(costs.turn("EDC") == entry)
    #expect(costs.turn("DCB") == .zero)
    #expect(costs.turn("CBA") == .zero)
    for road in ["AB", "BC", "CD", "DE"] { #expect(costs.arc(road) == TravelCost(timeMilliseconds: 10_000)) }
    #expect(costs.exemptions(arc: "BC") == [.destinationOnly])
  }

  @Test func whoMayDriveThereIsNotCharged() {
    var profile = Self.profile
    profile.exemptions.destinationOnly = .allowed
    profile.exemptions.privateRoads = .allowed
    #expect(Costs(sketch(), profile).turn("ABC") == .zero)
    profile.exemptions.destinationOnly = .never
    #expect(Costs(sketch(), profile).arc("BC") == .impassable)
  }

  /// A zone that begins between two junctions is entered on the road: its first piece is charged, in each direction.
  @Test func aZoneWithinARoadIsChargedToItsFirstPiece() {
    var sketch = RoadSketch("AB")
    let inside = RoadSketch.Part.stretch(Self.zone, centimeters: 10_000)
    let outside = RoadSketch.Part.stretch(.street, centimeters: 10_000)
    sketch.road("AB", outside, .point(PointFeature(osmID: 1, kind: .crossing)), inside, inside, outside)
    let costs = Costs(sketch, Self.profile)
    let (forward, backward) = ([0, 2, 3, 4], [4, 3, 2, 0])
    func reluctance(_ pieces: [Int], _ direction: SegmentDirection) -> [Weight] {
      pieces.map { costs.model.pieceCost(PieceID($0), direction).reluctanceMilliseconds }
    }
    #expect(reluctance(forward, .forward) == [0, 3_600_000, 0, 0])
    #expect(reluctance(backward, .backward) == [0, 3_600_000, 0, 0])
    #expect(costs.arc("AB").weight == 3_640_000)
    #expect(costs.arc("BA").weight == 3_640_000)
  }

  @Test func theWeightsOfAllAgreeWithTheCostsOfEach() {
    let costs = Costs(sketch(), Self.profile)
    let weights = costs.model.turnCosts()
    for arc in costs.network.arcHead.indices {
      for turn in costs.network.turns(from: arc) {
        #expect(weights[turn.position] == costs.model.turnCost(turn, from: arc).weight)
      }
    }
    #expect(weights.contains(3_600_000))
  }
}
