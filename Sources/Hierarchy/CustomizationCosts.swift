/// What customizations took on this machine and map: decides whether a partial or a full one comes next.
///
/// How many hierarchy arcs a change touches isn't known before. So a partial customization that is expected to be the
/// faster one is begun, and given up when it has taken half as long as a full one.
struct CustomizationCosts {
  private var full: Duration?
  private var partialPerTurn = Duration.zero

  private static let fullShareMax = 0.5
  /// A partial customization that was given up is taken to be no more than a quarter done.
  private static let givenUpFactor = 4
  /// The part of the expectation that is forgotten each time it speaks for a full customization, so that a partial one
  /// is tried again.
  private static let forgottenPart = 10

  mutating func noteFull(_ duration: Duration) { full = duration }

  /// - Parameter isFinished: false if it was given up after `duration`.
  mutating func notePartial(_ duration: Duration, turnCount: Int, isFinished: Bool) {
    guard turnCount >= Self.turnsToLearnFrom else { return }
    let perTurn = duration / turnCount
    partialPerTurn =
      isFinished ? (partialPerTurn + perTurn) / 2 : max(partialPerTurn, perTurn * Self.givenUpFactor)
  }

  /// The time of a few turns says little of that of many, which share the arcs above.
  private static let turnsToLearnFrom = 100

  mutating func isPartialWorthTrying(turnCount: Int) -> Bool {
    guard let full, partialPerTurn * turnCount > full else { return true }
    partialPerTurn -= partialPerTurn / Self.forgottenPart
    return false
  }

  func isPartialWorthGoingOn(after duration: Duration) -> Bool {
    full.map { duration < $0 * Self.fullShareMax } ?? true
  }
}
