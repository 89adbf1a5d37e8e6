import RoadGraph

/// Takes what was read through the phases of building: cut, join, number, shape, turn.
struct NetworkBuilder {
  let map: SourceMap
  let log: DropLog
  let limits: ImportLimits
  let progress: ((ImportPhase, Double) -> Void)?

  /// The tables of the network; counts go into `report`.
  ///
  /// - Throws: `OSM_NO_ROADS` if no road is left, `OSM_TOO_LARGE` if there are too many turns.
  func tables(_ report: inout ImportReport) throws(ImportError) -> RoadNetworkTables {
    progress?(.buildingSegments, 0)
    let lines = RoadLines(
      directions: map.roads.directions, firstNode: map.roads.firstNode, nodes: map.nodes.positions(of: map.roads.nodes))
    let numbering = Numbering(chains(lines), lines, map.nodes)
    guard !numbering.segmentChains.isEmpty else {
      throw ImportError(.noRoads, path: map.name, "no road of the source has two nodes with coordinates")
    }
    let segments = SegmentBuilder(lines, map.nodes, chains: numbering.segmentChains)
    progress?(.buildingSegments, 1)

    progress?(.buildingTurns, 0)
    let vertexArcs = VertexArcs(numbering)
    try check(numbering, vertexArcs)
    let facts = ArcFacts(numbering, vertexArcs, segments, map.roads)
    let resolver = RestrictionResolver(numbering: numbering, vertexArcs: vertexArcs, facts: facts, map: map)
    var bans = BannedPaths(map.roads.restrictions, resolver, log: log)
    bans.banOthers { vertexArcs.out(of: numbering.arcHead[$0.position]) }
    let shadows = ShadowArcs(originalCount: numbering.arcCount, paths: bans.paths.map(\.arcs))
    let turnCount = TurnBuilder.turnCount(numbering, vertexArcs, shadows)
    try ImportLimits.check(turnCount, "turns", atMost: limits.turnsMax, in: map.name)
    let turnFacts = TurnFacts(numbering: numbering, vertexArcs: vertexArcs, arcs: facts, segments: segments, map: map)
    var turns = TurnBuilder(numbering, vertexArcs, shadows, turnFacts)
    var restrictions = RestrictionApplier(bans)
    restrictions.apply(to: &turns)
    progress?(.buildingTurns, 1)

    report.restrictions = bans.counts
    report.contraflowArcs = facts.isContraflow.count { $0 }
    report.shadowArcs = shadows.shadowCount
    var tables = tables(numbering, segments, turns)
    for rule in restrictions.timedRules {
      let condition = tables.texts.id(of: rule.condition)
      tables.conditionalRules.append(
        ConditionalRule(osmID: rule.relation, condition: condition, effect: rule.effect))
    }
    for rule in map.nodes.conditions {
      let condition = tables.texts.id(of: rule.text)
      let osmID = tables.features[rule.feature.position].osmID
      tables.conditionalRules.append(
        ConditionalRule(osmID: osmID, condition: condition, effect: .feature(rule.feature, rule.replacement)))
    }
    addNames(numbering, to: &tables)
    count(tables, &report)
    return tables
  }

  /// Refuses what no road network looks like, by the OSM node at which it is worst. O(arcs).
  private func check(_ numbering: Numbering, _ vertexArcs: VertexArcs) throws(ImportError) {
    let roads = numbering.vertexNodes.indices.map { vertexArcs.out(of: VertexID($0)).count }
    guard let worst = roads.indices.max(by: { roads[$0] < roads[$1] }) else { return }
    let node = map.nodes.ids[Int(numbering.vertexNodes[worst])]
    if roads[worst] > limits.roadsAtVertexMax {
      throw ImportError(
        .tooLarge, path: map.name,
        "\(roads[worst]) roads meet at node \(node), more than \(limits.roadsAtVertexMax): mend or remove them")
    }
    let turnCount = numbering.arcHead.reduce(0) { $0 + roads[$1.position] }
    if turnCount > limits.turnsPerArcMax * numbering.arcCount {
      throw ImportError(
        .tooLarge, path: map.name,
        "the roads have more than \(limits.turnsPerArcMax) turns for each arc, which no map has: at node \(node) alone "
          + "\(roads[worst]) roads meet")
    }
  }

  private func chains(_ lines: RoadLines) -> Chains {
    let vias = map.roads.restrictions.flatMap(viaNodes)
    var cutter = WayCutter(lines, map.nodes, log: log)
    let links = cutter.links(vias: vias, wayIDs: map.roads.ways.map(\.osmID))
    var builder = ChainBuilder(lines, map.nodes, links: links, vias: vias)
    let chains = builder.build()
    for way in builder.ringsOfNoSize { log.drop(.wayTooShort, osmID: map.roads.ways[Int(way)].osmID) }
    return chains
  }

  /// The OSM nodes that must be vertices, so that a restriction's roads are told apart.
  private func viaNodes(_ restriction: SourceRestriction) -> [UInt32] {
    switch restriction.via {
    case .node(let osmID): return [map.nodes.position(of: osmID)].compactMap { $0 }
    case .ways(let osmIDs):
      let ends = osmIDs.compactMap(map.roads.position(ofWay:)).flatMap { way in
        let nodes = map.roads.nodes(ofWay: Int(way))
        return [nodes.first, nodes.last].compactMap { $0 }
      }
      return ends.compactMap { map.nodes.position(of: $0) }
    }
  }

  private func tables(_ numbering: Numbering, _ segments: SegmentBuilder, _ turns: TurnBuilder) -> RoadNetworkTables {
    var tables = RoadNetworkTables()
    tables.vertexCoordinate = numbering.vertexNodes.map { map.nodes.coordinates[Int($0)] }
    tables.vertexFeature = numbering.vertexNodes.map { map.nodes.featureIDs[Int($0)] }
    addArcs(numbering, turns.shadows, to: &tables)
    tables.firstPiece = segments.firstPiece
    tables.pieces = segments.pieces
    tables.firstPoint = segments.firstPoint
    tables.points = segments.points
    tables.pointOSMNode = segments.nodes.map { map.nodes.ids[Int($0)] }
    tables.firstTurn = turns.firstTurn
    tables.turnHead = turns.turnHead
    tables.turnAttributes = turns.turnAttributes
    tables.ways = map.roads.ways
    tables.attributes = map.roads.attributes
    tables.features = segments.features
    tables.conditionalRules = map.roads.conditionalRules
    tables.texts = map.roads.texts
    return tables
  }

  private func addNames(_ numbering: Numbering, to tables: inout RoadNetworkTables) {
    (tables.names.wayNames, tables.names.otherNames) = (map.roads.wayNames, Array(map.roads.otherNames))
    tables.names.points = map.nodes.named.map { point in
      NamedPoint(
        osmID: point.osmID, point.coordinate, kind: point.kind, name: tables.texts.id(of: point.name),
        ref: tables.texts.id(of: point.ref), meters: point.meters)
    }
    tables.names.vertexNames = VertexNaming(numbering, map).names(&tables.texts)
  }

  /// Shadow arcs run along the same segments, between the same vertices as their originals.
  private func addArcs(_ numbering: Numbering, _ shadows: ShadowArcs, to tables: inout RoadNetworkTables) {
    let originals = (0..<shadows.arcCount).map { shadows.original(of: ArcID($0)).position }
    tables.arcTail = originals.map { numbering.arcTail[$0] }
    tables.arcHead = originals.map { numbering.arcHead[$0] }
    tables.arcCourse = originals.map { numbering.arcCourse[$0] }
  }

  private func count(_ tables: RoadNetworkTables, _ report: inout ImportReport) {
    report.roads = tables.ways.count
    report.vertices = tables.vertexCoordinate.count
    report.segments = tables.firstPiece.count - 1
    report.arcs = tables.arcHead.count
    report.turns = tables.turnHead.count
    report.bannedTurns = tables.turnAttributes.count { $0.flags.contains(.banned) }
    report.conditionalRules = tables.conditionalRules.count
    report.namedPoints = tables.names.points.count
    let others = Set(map.nodes.conditions.map(\.replacement.position))
    let felt = tables.features.indices.filter { !others.contains($0) && !tables.features[$0].flags.contains(.unfelt) }
    for (kind, features) in Dictionary(grouping: felt, by: { tables.features[$0].kind }) {
      report.features[kind.osmName] = features.count
    }
  }
}
