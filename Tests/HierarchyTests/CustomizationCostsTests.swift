import Testing

@testable import Hierarchy

/// What decides between partial and full customization.
struct CustomizationCostsTests {
  @Test func whatIsNotKnownIsTried() {
    var costs = CustomizationCosts(full: 60_000)
    let isWorthTrying = costs.isPartialWorthTrying(turnCount: 1_000_000)
    #expect(isWorthTrying)
  }

  @Test func aPartialOneIsGivenUpAtHalfTheCostOfAFullOne() {
    #expect(CustomizationCosts(full: 60_000).partialMax == 30_000)
  }

  @Test func aFewTurnsArePartialManyAreFull() {
    var costs = CustomizationCosts(full: 60_000)
    for _ in 0..<10 { costs.notePartial(20_000, turnCount: 400, isFinished: true) }
    let worthTrying = [400, 4_000].map { costs.isPartialWorthTrying(turnCount: $0) }
    #expect(worthTrying == [true, false])
  }

  @Test func whatWasGivenUpIsNotTriedAgainAtOnce() {
    var costs = CustomizationCosts(full: 60_000)
    costs.notePartial(30_000, turnCount: 3_000, isFinished: false)
    let tries = (0..<20).count { _ in costs.isPartialWorthTrying(turnCount: 3_000) }
    #expect((1..<15).contains(tries))
  }

  @Test func aChoiceForFullIsReconsidered() {
    var costs = CustomizationCosts(full: 60_000)
    for _ in 0..<10 { costs.notePartial(25_000, turnCount: 400, isFinished: true) }
    let refused = (0..<100).prefix { _ in !costs.isPartialWorthTrying(turnCount: 1_000) }.count
    #expect((1..<20).contains(refused))
  }
}
