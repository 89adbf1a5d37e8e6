import RoadGraph

/// All turns: from every arc onto every arc that starts where it ends, U-turns included.
///
/// The turns out of an arc are in the order of the arcs they enter, so that a turn is found without a search.
struct TurnBuilder {
  private let numbering: Numbering
  private let facts: ArcFacts
  /// Arcs out of each vertex, as n + 1 offsets.
  let firstOut: [UInt32]
  private(set) var firstTurn: [UInt32] = [0]
  private(set) var turnHead: [ArcID] = []
  private(set) var turnAttributes: [TurnAttributes] = []

  init(_ numbering: Numbering, _ facts: ArcFacts) {
    self.numbering = numbering
    self.facts = facts
    firstOut = Self.firstOut(numbering)
    for arc in numbering.arcHead.indices { addTurns(from: ArcID(arc)) }
  }

  /// The arcs out of a vertex.
  func arcsOut(of vertex: VertexID) -> Range<Int> {
    Int(firstOut[vertex.position])..<Int(firstOut[vertex.position + 1])
  }

  private static func firstOut(_ numbering: Numbering) -> [UInt32] {
    var firstOut = [UInt32](repeating: 0, count: numbering.vertexNodes.count + 1)
    for tail in numbering.arcTail { firstOut[tail.position + 1] += 1 }
    for vertex in numbering.vertexNodes.indices { firstOut[vertex + 1] += firstOut[vertex] }
    return firstOut
  }

  private mutating func addTurns(from arc: ArcID) {
    let segment = numbering.arcCourse[arc.position].segment
    let arcsOut = arcsOut(of: numbering.arcHead[arc.position])
    let goesOn = arcsOut.contains { next in
      numbering.arcCourse[next].segment != segment && !facts.isContraflow[next]
    }
    for next in arcsOut {
      let isUTurn = numbering.arcCourse[next].segment == segment
      var flags: TurnFlags = []
      if isUTurn { flags = goesOn ? .uTurn : [.uTurn, .deadEnd] }
      let angleDegrees = isUTurn ? 180 : facts.angleDegrees(from: arc, to: ArcID(next))
      turnHead.append(ArcID(next))
      turnAttributes.append(TurnAttributes(angleDegrees: angleDegrees, flags: flags))
    }
    firstTurn.append(UInt32(turnHead.count))
  }

  /// Bans the turn from `arc` onto `next`; a ban that also holds for responders outweighs one that does not.
  mutating func ban(from arc: ArcID, to next: ArcID, exceptsEmergency: Bool) {
    let turn = self.turn(from: arc, to: next)
    var flags = turnAttributes[turn].flags
    let isFirst = !flags.contains(.banned)
    flags.insert(.banned)
    if !exceptsEmergency {
      flags.remove(.exceptEmergency)
    } else if isFirst {
      flags.insert(.exceptEmergency)
    }
    turnAttributes[turn].flags = flags
  }

  /// Position of the turn from `arc` onto `next`, which starts where `arc` ends.
  func turn(from arc: ArcID, to next: ArcID) -> Int {
    let arcsOut = arcsOut(of: numbering.arcHead[arc.position])
    precondition(arcsOut.contains(next.position), "a turn between arcs that do not meet")
    return Int(firstTurn[arc.position]) + next.position - arcsOut.lowerBound
  }
}
