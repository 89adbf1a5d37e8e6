/// What customizations cost on this map: decides whether a partial or a full one comes next.
///
/// Costs are counted in triangles, not measured in time: a busy machine doesn't change the choice, and the same changes
/// are always customized in the same way. How many hierarchy arcs a change touches isn't known before. So a partial
/// customization that is expected to be the cheaper one is begun, and given up when it has cost half as much as a full
/// one (which takes no longer, if there is a second core to share it with).
struct CustomizationCosts {
  private let full: Int
  private var partialPerTurn = 0.0

  private static let fullShareMax = 0.5
  /// A partial customization that was given up is taken to be no more than a quarter done.
  private static let givenUpFactor = 4.0
  /// The part of the expectation that is forgotten each time it speaks for a full customization, so that a partial one
  /// is tried again.
  private static let forgottenShare = 0.1
  /// The cost of a few turns says little of that of many, which share the arcs above.
  private static let turnsToLearnFrom = 100

  /// - Parameter full: the triangles of a full customization.
  init(full: Int) { self.full = full }

  /// A partial customization that has cost more triangles than this is given up.
  var partialMax: Int { Int(Double(full) * Self.fullShareMax) }

  /// - Parameter isFinished: false if it was given up after that many triangles.
  mutating func notePartial(_ triangles: Int, turnCount: Int, isFinished: Bool) {
    guard turnCount >= Self.turnsToLearnFrom else { return }
    let perTurn = Double(triangles) / Double(turnCount)
    partialPerTurn = isFinished ? (partialPerTurn + perTurn) / 2 : max(partialPerTurn, perTurn * Self.givenUpFactor)
  }

  mutating func isPartialWorthTrying(turnCount: Int) -> Bool {
    if partialPerTurn * Double(turnCount) <= Double(partialMax) { return true }
    partialPerTurn -= partialPerTurn * Self.forgottenShare
    return false
  }
}
