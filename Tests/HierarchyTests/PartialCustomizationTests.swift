import RoadGraph
import Testing

@testable import Hierarchy

/// Partial customization without the clock that may end it.
struct PartialCustomizationTests {
  /// A hierarchy whose weights change now and then.
  private struct Changing {
    var roads: RandomRoads
    var weights: [Weight]

    init(seed: UInt64, vertexCount: Int) {
      roads = RandomRoads(seed: seed, vertexCount: vertexCount)
      weights = roads.turnWeights()
    }

    /// Changes up to `turnsMax` weights, up or down.
    mutating func change(_ turnsMax: Int) -> [TurnID] {
      (0..<Int.random(in: 1...turnsMax, using: &roads.generator)).map { _ in
        let turn = Int.random(in: 0..<roads.graph.turnCount, using: &roads.generator)
        weights[turn] = roads.weight()
        return TurnID(turn)
      }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func itEqualsFullCustomization(seed: UInt64) throws {
    var changing = Changing(seed: seed, vertexCount: seed < 50 ? 40 : 400)
    guard changing.roads.graph.turnCount > 0 else { return }
    let hierarchy = ContractionHierarchy.build(changing.roads.graph)
    let partial = PartialCustomization(hierarchy)
    let builder = MetricBuilder(hierarchy)
    var old = builder.customizeOnOneCore(changing.weights)
    for round in 0..<30 {
      let changed = changing.change(round % 3 == 0 ? 200 : 8)
      let updated = Metric(copyOf: old)
      let changes = try #require(
        partial.update(
          updated, from: old, changed: changed, turnWeight: { changing.weights[$0.position] }, mayGoOn: { true }))
      let full = builder.customizeOnOneCore(changing.weights)
      #expect(updated.hasSameWeights(as: full), "round \(round)")
      let differing = (0..<hierarchy.arcCount).filter { updated.weights[$0] != old.weights[$0] }
      #expect(changes.map(Int.init).sorted() == differing)
      old = updated
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func workThatWasGivenUpLeavesNothingBehind(seed: UInt64) {
    var changing = Changing(seed: seed, vertexCount: 400)
    let hierarchy = ContractionHierarchy.build(changing.roads.graph)
    let partial = PartialCustomization(hierarchy)
    let builder = MetricBuilder(hierarchy)
    var old = builder.customizeOnOneCore(changing.weights)
    for _ in 0..<5 {
      var questions = Int.random(in: 0...3, using: &changing.roads.generator)
      let changed = changing.change(300)
      let changes = partial.update(
        Metric(copyOf: old), from: old, changed: changed, turnWeight: { changing.weights[$0.position] },
        mayGoOn: {
          questions -= 1
          return questions >= 0
        })
      #expect((changes == nil) == (questions < 0))
      old = builder.customizeOnOneCore(changing.weights)
      let next = Metric(copyOf: old)
      _ = partial.update(next, from: old, changed: [], turnWeight: { changing.weights[$0.position] }, mayGoOn: { true })
      #expect(next.hasSameWeights(as: old))
    }
  }
}

/// What decides between partial and full customization.
struct CustomizationCostsTests {
  @Test func withoutAFullCustomizationToCompareWithItIsPartial() {
    var costs = CustomizationCosts()
    let isWorthTrying = costs.isPartialWorthTrying(turnCount: 1_000_000)
    #expect(isWorthTrying)
    #expect(costs.isPartialWorthGoingOn(after: .seconds(1000)))
  }

  @Test func aPartialOneIsGivenUpAtHalfTheTimeOfAFullOne() {
    var costs = CustomizationCosts()
    costs.noteFull(.milliseconds(60))
    #expect(costs.isPartialWorthGoingOn(after: .milliseconds(29)))
    #expect(!costs.isPartialWorthGoingOn(after: .milliseconds(31)))
  }

  @Test func aFewTurnsArePartialManyAreFull() {
    var costs = CustomizationCosts()
    costs.noteFull(.milliseconds(60))
    for _ in 0..<10 { costs.notePartial(.milliseconds(20), turnCount: 400, isFinished: true) }
    let worthTrying = [400, 4_000].map { costs.isPartialWorthTrying(turnCount: $0) }
    #expect(worthTrying == [true, false])
  }

  @Test func whatWasGivenUpIsNotTriedAgainAtOnce() {
    var costs = CustomizationCosts()
    costs.noteFull(.milliseconds(60))
    costs.notePartial(.milliseconds(30), turnCount: 3_000, isFinished: false)
    let tries = (0..<20).count { _ in costs.isPartialWorthTrying(turnCount: 3_000) }
    #expect((1..<15).contains(tries))
  }

  @Test func aChoiceForFullIsReconsidered() {
    var costs = CustomizationCosts()
    costs.noteFull(.milliseconds(60))
    for _ in 0..<10 { costs.notePartial(.milliseconds(50), turnCount: 400, isFinished: true) }
    let refused = (0..<100).prefix { _ in !costs.isPartialWorthTrying(turnCount: 1_000) }.count
    #expect((1..<20).contains(refused))
  }
}
