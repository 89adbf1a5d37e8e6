import RoadGraph

/// All turns: from every arc onto every arc that starts where it ends, U-turns included.
///
/// The turns out of an arc are in the order of the arcs they enter, one for each original arc there, so that a turn is
/// found without a search.
struct TurnBuilder {
  private let vertexArcs: VertexArcs
  private let numbering: Numbering
  let shadows: ShadowArcs
  private(set) var firstTurn: [UInt32] = [0]
  private(set) var turnHead: [ArcID] = []
  private(set) var turnAttributes: [TurnAttributes] = []

  init(_ numbering: Numbering, _ vertexArcs: VertexArcs, _ shadows: ShadowArcs, _ facts: TurnFacts) {
    (self.numbering, self.vertexArcs, self.shadows) = (numbering, vertexArcs, shadows)
    for arc in 0..<shadows.arcCount { addTurns(from: ArcID(arc), facts) }
  }

  /// How many turns there will be. O(arcs).
  static func turnCount(_ numbering: Numbering, _ vertexArcs: VertexArcs, _ shadows: ShadowArcs) -> Int {
    (0..<shadows.arcCount).reduce(0) { count, arc in
      count + vertexArcs.out(of: numbering.arcHead[shadows.original(of: ArcID(arc)).position]).count
    }
  }

  private mutating func addTurns(from arc: ArcID, _ facts: TurnFacts) {
    let original = shadows.original(of: arc)
    let vertex = numbering.arcHead[original.position]
    let goesOn = facts.goesOn(behind: original)
    for next in vertexArcs.out(of: vertex) {
      turnHead.append(shadows.next(after: arc, onto: next))
      turnAttributes.append(facts.attributes(from: original, onto: next, goesOn: goesOn))
    }
    firstTurn.append(UInt32(turnHead.count))
  }

  /// The turn from `arc` onto `next`, which starts where `arc` ends. O(1).
  func turn(from arc: ArcID, onto next: OriginalArcID) -> TurnID {
    let arcsOut = vertexArcs.out(of: numbering.arcHead[shadows.original(of: arc).position])
    precondition(arcsOut.contains(next), "a turn between arcs that do not meet")
    return TurnID(Int(firstTurn[arc.position]) + next.position - arcsOut.startIndex)
  }

  func flags(of turn: TurnID) -> TurnFlags { turnAttributes[turn.position].flags }

  /// Bans a turn; a ban that also binds responders outweighs one that does not.
  mutating func ban(_ turn: TurnID, _ binding: RestrictionRule.Binding) {
    var flags = flags(of: turn)
    let isFirst = !flags.contains(.banned)
    switch binding {
    case .responders: flags.insert(.bannedForEmergency)
    case .everyone:
      flags.insert(.banned)
      flags.remove(.exceptEmergency)
    case .civilTraffic:
      flags.insert(.banned)
      if isFirst { flags.insert(.exceptEmergency) }
    }
    turnAttributes[turn.position].flags = flags
  }
}
