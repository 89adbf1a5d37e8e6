import RoadGraph

/// Finds the turns that each restriction means, and bans them.
struct RestrictionApplier {
  private let numbering: Numbering
  private let facts: ArcFacts
  private let map: SourceMap
  private let log: DropLog
  /// Restrictions in force, by kind.
  private(set) var applied: [String: Int] = [:]
  /// Arcs into the via vertices.
  private var arcsInto: [VertexID: [ArcID]] = [:]

  private struct ArcPair: Hashable {
    let from: ArcID
    let to: ArcID
  }

  /// The turns that a road user may take from an arc, and whether responders need not care.
  private struct OnlyTurns {
    var to: Set<ArcID> = []
    var exceptsEmergency = true
  }

  init(_ numbering: Numbering, _ facts: ArcFacts, _ map: SourceMap, log: DropLog) {
    self.numbering = numbering
    self.facts = facts
    self.map = map
    self.log = log
    let vias = Set(map.roads.restrictions.compactMap { vertex(of: $0) })
    for (arc, head) in numbering.arcHead.enumerated() where vias.contains(head) {
      arcsInto[head, default: []].append(ArcID(arc))
    }
  }

  /// Bans turns in `turns`. Several `only_*` restrictions from one arc allow all of their turns.
  mutating func apply(to turns: inout TurnBuilder) {
    var onlyTurns: [ArcID: OnlyTurns] = [:]
    for restriction in map.roads.restrictions {
      let pairs: [ArcPair]
      switch self.pairs(of: restriction, turns) {
      case .success(let found): pairs = found
      case .failure(let dropped):
        log.drop(dropped.reason, osmID: restriction.osmID, value: restriction.kind)
        continue
      }
      applied[restriction.kind, default: 0] += 1
      for pair in pairs {
        switch restriction.effect {
        case .ban: turns.ban(from: pair.from, to: pair.to, exceptsEmergency: restriction.exceptsEmergency)
        case .only:
          onlyTurns[pair.from, default: OnlyTurns()].to.insert(pair.to)
          if !restriction.exceptsEmergency { onlyTurns[pair.from]?.exceptsEmergency = false }
        }
      }
    }
    for (arc, only) in onlyTurns {
      for next in turns.arcsOut(of: numbering.arcHead[arc.position]) where !only.to.contains(ArcID(next)) {
        turns.ban(from: arc, to: ArcID(next), exceptsEmergency: only.exceptsEmergency)
      }
    }
  }

  private struct Dropped: Error { let reason: DropReason }

  private func vertex(of restriction: SourceRestriction) -> VertexID? {
    guard let node = map.nodes.position(of: restriction.via) else { return nil }
    let vertex = numbering.vertexOfNode[Int(node)]
    return vertex == .max ? nil : VertexID(vertex)
  }

  private func way(_ osmID: Int64) -> UInt32? {
    var (low, high) = (0, map.roads.ways.count)
    while low < high {
      let middle = (low + high) / 2
      if map.roads.ways[middle].osmID < osmID { low = middle + 1 } else { high = middle }
    }
    return low < map.roads.ways.count && map.roads.ways[low].osmID == osmID ? UInt32(low) : nil
  }

  private func pairs(of restriction: SourceRestriction, _ turns: TurnBuilder) -> Result<[ArcPair], Dropped> {
    guard let via = vertex(of: restriction) else { return .failure(Dropped(reason: .restrictionMemberMissing)) }
    let (from, to) = (restriction.from.compactMap(way), restriction.to.compactMap(way))
    let arcsIn = preferLegal((arcsInto[via] ?? []).filter { from.contains(facts.lastWay[$0.position]) })
    let arcsOut = preferLegal(
      turns.arcsOut(of: via).map { ArcID($0) }.filter { to.contains(facts.firstWay[$0.position]) })
    let all = arcsIn.flatMap { arc in arcsOut.map { ArcPair(from: arc, to: $0) } }
    guard !all.isEmpty else { return .failure(Dropped(reason: .restrictionMemberMissing)) }
    let fitting = all.filter { fits($0, restriction.bend) }
    if !fitting.isEmpty { return .success(fitting) }
    // Members that name one turn count more than the word for its bend, which is often wrong at flat angles.
    return all.count == 1 ? .success(all) : .failure(Dropped(reason: .restrictionAmbiguous))
  }

  /// Arcs against a one-way are meant only where there is no other.
  private func preferLegal(_ arcs: [ArcID]) -> [ArcID] {
    let legal = arcs.filter { !facts.isContraflow[$0.position] }
    return legal.isEmpty ? arcs : legal
  }

  /// True if the turn bends as the restriction says. A way that runs through the via vertex offers several turns.
  private func fits(_ pair: ArcPair, _ bend: SourceRestriction.Bend) -> Bool {
    let isUTurn = numbering.arcCourse[pair.from.position].segment == numbering.arcCourse[pair.to.position].segment
    let angleDegrees = facts.angleDegrees(from: pair.from, to: pair.to)
    switch bend {
    case .any: return !isUTurn
    case .uTurn: return isUTurn || abs(angleDegrees) > 120
    case .left: return !isUTurn && angleDegrees < -10
    case .right: return !isUTurn && angleDegrees > 10
    case .straight: return !isUTurn && abs(angleDegrees) < 60
    }
  }
}
