import AnswerJSON
import Engine
import Foundation
import Hierarchy
import MapImport

/// What a map file holds: the answer of `import` and `inspect`.
struct MapSummary {
  private let map: CityMap
  private let report: ImportReport
  private let bytes: Int
  private let hierarchy: ContractionHierarchy.Statistics
  /// Of an import that just ran; `nil` for a map file that is only looked at.
  var importSeconds: Double?
  /// Of these, for order and contraction.
  var hierarchyEffort: Effort?

  /// - Throws: ``CommandFailure`` with `MAP_CORRUPT` if the stored report can't be read.
  init(_ map: CityMap) throws {
    self.map = map
    do {
      report = try JSONDecoder().decode(ImportReport.self, from: Data(map.importReport))
    } catch {
      throw CommandFailure("MAP_CORRUPT", "the import's report in the file can't be read", value: map.path)
    }
    bytes = map.sections.map { $0.offset + $0.byteCount }.max() ?? 0
    hierarchy = map.hierarchy.statistics()
  }

  var json: JSONObject {
    let network = map.network
    return [
      "map": map.path, "bytes": bytes, "junctions": network.vertexCount, "arcs": network.arcCount,
      "segments": network.segmentCount, "turns": network.turnCount,
      "restrictions": report.restrictions.values.reduce(0, +), "importReport": report,
      "hierarchy": [
        "arcs": hierarchy.upwardArcCount + hierarchy.downwardArcCount, "upwardArcs": hierarchy.upwardArcCount,
        "downwardArcs": hierarchy.downwardArcCount, "triangles": hierarchy.triangleCount,
        "treeHeight": hierarchy.treeHeight,
      ] as [String: Int],
      "sections": map.sections.map { section -> JSONObject in
        ["name": section.name, "bytes": section.byteCount, "count": section.count]
      },
      "importSeconds": importSeconds.map(Rounded.thousandths),
      "hierarchySeconds": (hierarchyEffort?.wallSeconds).map(Rounded.thousandths),
      // Over all cores.
      "hierarchyCPUSeconds": (hierarchyEffort?.cpuSeconds).map(Rounded.thousandths),
    ]
  }

  /// For people.
  var text: String {
    var text = "\(Printable.text(map.path)): \(Figures.bytes(bytes))"
    if let importSeconds { text += ", imported in \(Figures.decimals(importSeconds, 1)) s" }
    return text + "\n\n" + counts + "\n" + dropped + sectionTable
  }

  private var counts: String {
    var table = TextTable("", ">")
    func add(_ name: String, _ number: Int) { table.add(name, Figures.count(number)) }
    add("OSM ways read", report.osmWays)
    add("OSM ways that are roads", report.roads)
    add("junctions", map.network.vertexCount)
    add("segments", map.network.segmentCount)
    add("arcs", map.network.arcCount)
    add("arcs against a one-way", report.contraflowArcs)
    add("turns", map.network.turnCount)
    add("turns that are banned", report.bannedTurns)
    for (kind, count) in report.restrictions.sorted(by: { $0.key < $1.key }) { add("restrictions: \(kind)", count) }
    for (kind, count) in report.features.sorted(by: { $0.key < $1.key }) { add("features: \(kind)", count) }
    table.add("time zone", "\(report.timeZone) (\(report.timeZoneOrigin))")
    for (kind, last) in report.holidaysUntil.sorted(by: { $0.key < $1.key }) {
      table.add("holidays known until: \(kind)", last)
    }
    add("conditional rules", report.conditionalRules)
    add("named points", report.namedPoints)
    add("hierarchy arcs", hierarchy.upwardArcCount + hierarchy.downwardArcCount)
    add("hierarchy triangles", hierarchy.triangleCount)
    add("elimination tree height", hierarchy.treeHeight)
    return table.text.drop { $0 == "\n" }.description
  }

  private var sectionTable: String {
    TextTable("section", ">elements", ">bytes").text(of: map.sections) {
      [$0.name, Figures.count($0.count), Figures.bytes($0.byteCount)]
    }
  }

  private var dropped: String {
    guard !report.dropped.isEmpty else { return "" }
    return TextTable("left out", ">count", "such as").text(of: report.dropped) { entry in
      let examples = entry.examples.prefix(3).map { "\($0.osmID)" + ($0.value.map { " '\($0)'" } ?? "") }
      return [entry.reason.rawValue, Figures.count(entry.count), examples.joined(separator: ", ")]
    } + "\n"
  }
}
