import Geometry
import MapFile
import RoadGraph

/// Takes what was read through the phases of building: cut, join, number, shape, turn.
struct NetworkBuilder {
  private let map: SourceMap
  private let log: DropLog
  private let progress: ((ImportPhase, Double) -> Void)?

  init(_ map: SourceMap, log: DropLog, progress: ((ImportPhase, Double) -> Void)?) {
    self.map = map
    self.log = log
    self.progress = progress
  }

  /// The tables of the network; counts go into `report`.
  ///
  /// - Throws: `OSM_NO_ROADS` if no road is left.
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
    let facts = ArcFacts(numbering, segments, map.roads)
    var turns = TurnBuilder(numbering, facts)
    var restrictions = RestrictionApplier(numbering, facts, map, log: log)
    restrictions.apply(to: &turns)
    progress?(.buildingTurns, 1)

    report.restrictions = restrictions.applied
    report.contraflowArcs = facts.isContraflow.count { $0 }
    let tables = tables(numbering, segments, turns)
    count(tables, &report)
    return tables
  }

  private func chains(_ lines: RoadLines) -> Chains {
    let vias = map.roads.restrictions.compactMap { map.nodes.position(of: $0.via) }
    var cutter = WayCutter(lines, map.nodes, log: log)
    let links = cutter.links(vias: vias, wayIDs: map.roads.ways.map(\.osmID))
    var builder = ChainBuilder(lines, map.nodes, links: links, vias: vias)
    return builder.build()
  }

  private func tables(_ numbering: Numbering, _ segments: SegmentBuilder, _ turns: TurnBuilder) -> RoadNetworkTables {
    var tables = RoadNetworkTables()
    tables.vertexCoordinate = numbering.vertexNodes.map { map.nodes.coordinates[Int($0)] }
    tables.vertexOSMNode = numbering.vertexNodes.map { map.nodes.ids[Int($0)] }
    tables.vertexFeature = numbering.vertexNodes.map { map.nodes.featureIDs[Int($0)] }
    tables.arcTail = numbering.arcTail
    tables.arcHead = numbering.arcHead
    tables.arcCourse = numbering.arcCourse
    tables.segmentArcs = numbering.segmentArcs
    tables.firstPiece = segments.firstPiece
    tables.pieces = segments.pieces
    tables.firstPoint = segments.firstPoint
    tables.points = segments.points
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

  private func count(_ tables: RoadNetworkTables, _ report: inout ImportReport) {
    report.roads = tables.ways.count
    report.vertices = tables.vertexCoordinate.count
    report.segments = tables.segmentArcs.count
    report.arcs = tables.arcHead.count
    report.turns = tables.turnHead.count
    report.bannedTurns = tables.turnAttributes.count { $0.flags.contains(.banned) }
    report.conditionalRules = tables.conditionalRules.count
    for feature in tables.features { report.features[feature.kind.osmName, default: 0] += 1 }
  }
}
