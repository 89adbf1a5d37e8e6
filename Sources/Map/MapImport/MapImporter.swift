import Foundation
import RoadGraph
import TimeRules

/// What an import is doing.
public enum ImportPhase: String, CaseIterable, Sendable {
  case readingRoads, readingNodes, buildingSegments, buildingTurns, indexing
}

/// An imported map.
public struct ImportedMap: Sendable {
  public let network: RoadNetwork
  public let report: ImportReport
}

/// OSM in, road network out.
///
/// Every way that any profile may ever drive becomes a road; both directions of a one-way become arcs, the reverse one
/// marked as contraflow, except on motorways, motorway links and trunk roads. Ways are cut where they meet, and joined
/// where only two of them do. The same source gives the same network, byte for byte.
public struct MapImporter {
  private let source: OSMSource
  private let timeZone: TimeZone?
  private let holidays: Holidays
  private let progress: ((ImportPhase, Double) -> Void)?
  var limits = ImportLimits()

  /// - Parameters:
  ///   - source: where the OSM data comes from; it is read twice.
  ///   - timeZone: in which the map's conditional rules are meant; `nil` takes that of the city of tzdata which is
  ///     nearest to the middle of the map.
  ///   - holidays: the days that `PH` and `SH` in conditions mean; what names other ones is left out.
  ///   - progress: called now and then with the phase and the part of it that is done, 0...1.
  public init(
    source: OSMSource, timeZone: TimeZone? = .gmt, holidays: Holidays = Holidays(),
    progress: ((ImportPhase, Double) -> Void)? = nil
  ) {
    (self.source, self.timeZone, self.holidays, self.progress) = (source, timeZone, holidays, progress)
  }

  /// Reads the source and builds the network. O(n log n) in its size.
  ///
  /// - Throws: ``ImportError``: the source is missing, unreadable, damaged, too large, or has no roads.
  public func run() throws(ImportError) -> ImportedMap {
    let log = DropLog()
    var report = ImportReport()
    let roads = try readRoads(log, &report)
    let nodes = try readNodes(of: roads, log, &report)
    let map = SourceMap(name: source.name, roads: roads, nodes: nodes)
    var tables = try NetworkBuilder(map: map, log: log, limits: limits, progress: progress).tables(&report)
    chooseClock(of: &tables, &report)
    report.dropped = log.entries
    progress?(.indexing, 0)
    let network = RoadNetwork(tables)
    progress?(.indexing, 1)
    return ImportedMap(network: network, report: report)
  }

  private func chooseClock(of tables: inout RoadNetworkTables, _ report: inout ImportReport) {
    let choice = ZoneChoice(given: timeZone, places: tables.vertexCoordinate, table: ZoneTable())
    (tables.timeZone, report.timeZone) = (choice.zone.identifier, choice.zone.identifier)
    (report.timeZoneOrigin, report.timeZoneDoubt) = (choice.origin, choice.doubt)
    tables.holidays = holidays.periods
    for period in holidays.periods {
      report.holidaysUntil[period.kind.word] = max(report.holidaysUntil[period.kind.word] ?? "", period.last)
    }
  }

  private func conditionTags(_ log: DropLog) -> ConditionTags { ConditionTags(log: log, holidays: holidays.kinds) }

  private func readRoads(_ log: DropLog, _ report: inout ImportReport) throws(ImportError) -> SourceRoads {
    let collector = RoadCollector(log: log, conditions: conditionTags(log))
    try read(.roadsAndRestrictions, .readingRoads, collector.add)
    report.osmWays = collector.waysRead
    report.osmRelations = collector.relationsRead
    let roads = collector.finish()
    guard !roads.ways.isEmpty else {
      throw ImportError(
        .noRoads, path: source.name, "none of the \(report.osmWays) ways of the source is a road for vehicles")
    }
    return roads
  }

  private func readNodes(
    of roads: SourceRoads, _ log: DropLog, _ report: inout ImportReport
  ) throws(ImportError) -> SourceNodes {
    try ImportLimits.check(roads.nodes.count, "nodes", atMost: limits.wayNodesMax, in: source.name)
    let collector = NodeCollector(nodeIDs: roads.nodes, log: log, conditions: conditionTags(log))
    try read(.nodes, .readingNodes, collector.add)
    report.osmNodes = collector.nodesRead
    return collector.finish()
  }

  private func read(
    _ selection: OSMSelection, _ phase: ImportPhase, _ add: (OSMBatch) -> Void
  ) throws(ImportError) {
    progress?(phase, 0)
    try OSMReader(source).read(selection) { batch in
      add(batch)
      progress?(phase, batch.progress)
    }
    progress?(phase, 1)
  }
}

/// Limits of one map.
struct ImportLimits {
  /// Nodes of all roads, so that every index stays within 31 bits.
  var wayNodesMax = 1_000_000_000
  /// Turns of a map, so that every index stays within 32 bits.
  var turnsMax = 4_000_000_000
  /// Roads that leave one vertex. Turns grow by the square of it; the largest junctions on Earth have about 20.
  var roadsAtVertexMax = 256
  /// Turns for each arc, in the mean of a map. Cities have three; more than these come from a road that crosses itself
  /// without end, or from other nonsense, and would take hours.
  var turnsPerArcMax = 24

  static func check(_ count: Int, _ what: String, atMost max: Int, in source: String) throws(ImportError) {
    guard count <= max else {
      throw ImportError(
        .tooLarge, path: source, "the roads have \(count) \(what), more than \(max): split the source")
    }
  }
}
