import RoadGraph

/// Finds the paths over original arcs that the members of a restriction name.
struct RestrictionResolver {
  let numbering: Numbering
  let vertexArcs: VertexArcs
  let facts: ArcFacts
  let map: SourceMap

  /// Limits for relations that name half a town as their via ways.
  private static let pathsMax = 64
  private static let viaArcsMax = 100

  /// The paths from `from` over the via to `to`, each of two arcs or more; at least one.
  ///
  /// Paths against a one-way are meant only where there is no other. Throws why a restriction is left out.
  func paths(of restriction: SourceRestriction) throws(DropReason) -> [[OriginalArcID]] {
    let (from, to) = (Set(restriction.from.compactMap(way)), Set(restriction.to.compactMap(way)))
    guard !from.isEmpty, !to.isEmpty else { throw .restrictionMemberMissing }
    let all: [[OriginalArcID]]
    switch restriction.via {
    case .node(let osmID):
      guard let via = vertex(of: osmID) else { throw .restrictionMemberMissing }
      all = paths(from: from, over: via, to: to)
    case .ways(let osmIDs):
      let vias = Set(osmIDs.compactMap(way))
      guard vias.count == Set(osmIDs).count else { throw .restrictionMemberMissing }
      all = paths(from: from, along: vias, to: to)
    }
    let legal = all.filter { path in !path.contains { facts.isContraflow[$0.position] } }
    guard !all.isEmpty else { throw .restrictionDisconnected }
    return legal.isEmpty ? all : legal
  }

  /// Those of the paths that bend as a rule says. A way that runs through the via offers several turns.
  func fitting(_ paths: [[OriginalArcID]], _ rule: RestrictionRule) throws(DropReason) -> [[OriginalArcID]] {
    let bend = rule.bend
    let fitting = paths.filter { fits($0, bend) }
    if rule.effect == .only {
      // Under another name, nobody is meant to be sent back the way he came, nor where cars may not drive.
      if fitting.isEmpty, paths.contains(where: isUTurn) { throw .restrictionTurnsBack }
      if paths.allSatisfy(isClosedToCars), rule.binding != .responders { throw .restrictionCommandsClosed }
    }
    // Members that name one turn count more than the word for its bend, which is often wrong at flat angles.
    if fitting.isEmpty, paths.count == 1 { return paths }
    guard !fitting.isEmpty, bend == .uTurn || namesEachTurn(of: fitting) else { throw .restrictionAmbiguous }
    return fitting
  }

  private func isClosedToCars(_ path: [OriginalArcID]) -> Bool { facts.isClosedToCars[path[path.count - 1].position] }

  private func isUTurn(_ path: [OriginalArcID]) -> Bool {
    numbering.arcCourse[path[0].position].segment == numbering.arcCourse[path[path.count - 1].position].segment
  }

  /// True if a path turns clearly another way than a rule says.
  func bendsOtherwise(_ path: [OriginalArcID], _ bend: RestrictionRule.Bend) -> Bool {
    guard !fits(path, bend) else { return false }
    let degrees = facts.angleDegrees(from: path[0], to: path[path.count - 1])
    return switch bend {
    case .any: false
    case .uTurn: abs(degrees) < 60
    case .left: degrees > 10
    case .right: degrees < -10
    case .straight: abs(degrees) > 120
    }
  }

  /// False if a road runs through the via, so that its name means two roads there, and the bend doesn't tell which.
  private func namesEachTurn(of paths: [[OriginalArcID]]) -> Bool {
    struct Members: Hashable { let from: UInt32, to: UInt32 }
    let members = paths.filter { $0.count == 2 }.map { path in
      Members(from: facts.lastWay[path[0].position], to: facts.firstWay[path[1].position])
    }
    return Set(members).count == members.count
  }

  private func fits(_ path: [OriginalArcID], _ bend: RestrictionRule.Bend) -> Bool {
    let turnsBack = isUTurn(path)
    let angleDegrees = facts.angleDegrees(from: path[0], to: path[path.count - 1])
    switch bend {
    case .any: return !turnsBack
    case .uTurn: return turnsBack || abs(angleDegrees) > 120
    case .left: return !turnsBack && angleDegrees < -10
    case .right: return !turnsBack && angleDegrees > 10
    case .straight: return !turnsBack && abs(angleDegrees) < 60
    }
  }

  // MARK: Members

  private func vertex(of osmID: Int64) -> VertexID? {
    guard let node = map.nodes.position(of: osmID) else { return nil }
    let vertex = numbering.vertexOfNode[Int(node)]
    return vertex == .max ? nil : VertexID(vertex)
  }

  private func way(_ osmID: Int64) -> UInt32? { map.roads.position(ofWay: osmID) }

  // MARK: Paths

  private func paths(from: Set<UInt32>, over via: VertexID, to: Set<UInt32>) -> [[OriginalArcID]] {
    // Arcs against a one-way are left out on each side on its own, where there are others.
    let arcsIn = preferLegal(vertexArcs.into(via).filter { from.contains(facts.lastWay[$0.position]) })
    let arcsOut = preferLegal(vertexArcs.out(of: via).filter { to.contains(facts.firstWay[$0.position]) })
    return arcsIn.flatMap { arc in arcsOut.map { [arc, $0] } }
  }

  private func preferLegal(_ arcs: [OriginalArcID]) -> [OriginalArcID] {
    let legal = arcs.filter { !facts.isContraflow[$0.position] }
    return legal.isEmpty ? arcs : legal
  }

  private func paths(from: Set<UInt32>, along vias: Set<UInt32>, to: Set<UInt32>) -> [[OriginalArcID]] {
    var search = ViaSearch(vias: vias, to: to)
    for vertex in vertices(of: vias) {
      for arc in vertexArcs.into(vertex) where from.contains(facts.lastWay[arc.position]) {
        extend([arc], &search)
      }
    }
    return search.found
  }

  /// The vertices along some ways, each once.
  private func vertices(of ways: Set<UInt32>) -> [VertexID] {
    let nodes = ways.flatMap { map.roads.nodes(ofWay: Int($0)) }
    return Set(nodes.compactMap(vertex)).sorted()
  }

  private struct ViaSearch {
    let vias: Set<UInt32>
    let to: Set<UInt32>
    var found: [[OriginalArcID]] = []
  }

  /// Follows the via ways from the end of a path, each way once and without meeting a vertex again; where all of them
  /// have been driven, the turns onto `to` end a path.
  private func extend(_ path: [OriginalArcID], _ search: inout ViaSearch) {
    guard path.count <= Self.viaArcsMax, search.found.count < Self.pathsMax else { return }
    let driven = Set(path.dropFirst().map { facts.firstWay[$0.position] })
    let vertex = numbering.arcHead[path[path.count - 1].position]
    for next in vertexArcs.out(of: vertex) {
      let way = facts.firstWay[next.position]
      if driven.count == search.vias.count, search.to.contains(way) { search.found.append(path + [next]) }
      let isSameWay = path.count > 1 && way == facts.lastWay[path[path.count - 1].position]
      guard search.vias.contains(way), isSameWay || !driven.contains(way), !meetsAgain(next, path) else { continue }
      extend(path + [next], &search)
    }
  }

  private func meetsAgain(_ next: OriginalArcID, _ path: [OriginalArcID]) -> Bool {
    let head = numbering.arcHead[next.position]
    return path.dropFirst().contains { numbering.arcTail[$0.position] == head }
      || path.count == 1 && numbering.arcCourse[path[0].position].segment == numbering.arcCourse[next.position].segment
  }
}
