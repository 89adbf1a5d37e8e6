import Engine
import Foundation
import Hierarchy
import MapImport

/// What a map file holds: the answer of `import` and `inspect`.
struct MapSummary: Encodable {
  struct Section: Encodable {
    var name: String
    var bytes: Int
    var count: Int
  }

  struct HierarchySize: Encodable {
    var arcs: Int
    var upwardArcs: Int
    var downwardArcs: Int
    var triangles: Int
    var treeHeight: Int
  }

  var map: String
  var bytes: Int
  var junctions: Int
  var arcs: Int
  var segments: Int
  var turns: Int
  var restrictions: Int
  var importReport: ImportReport
  var hierarchy: HierarchySize
  var sections: [Section]
  /// Of an import that just ran; `nil` for a map file that is only looked at.
  var importSeconds: Double?
  /// Of these, for order and contraction.
  var hierarchySeconds: Double?
  /// The CPU time of that, over all cores.
  var hierarchyCPUSeconds: Double?

  /// - Throws: ``CommandFailure`` with `MAP_CORRUPT` if the stored report can't be read.
  init(_ map: CityMap) throws {
    self.map = map.path
    do {
      importReport = try JSONDecoder().decode(ImportReport.self, from: Data(map.importReport))
    } catch {
      throw CommandFailure("MAP_CORRUPT", "the import's report in the file can't be read", value: map.path)
    }
    sections = map.sections.map { Section(name: $0.name, bytes: $0.byteCount, count: $0.count) }
    bytes = map.sections.map { $0.offset + $0.byteCount }.max() ?? 0
    junctions = map.network.vertexCount
    arcs = map.network.arcCount
    segments = map.network.segmentCount
    turns = map.network.turnCount
    restrictions = importReport.restrictions.values.reduce(0, +)
    let size = map.hierarchy.statistics()
    hierarchy = HierarchySize(
      arcs: size.upwardArcCount + size.downwardArcCount, upwardArcs: size.upwardArcCount,
      downwardArcs: size.downwardArcCount, triangles: size.triangleCount, treeHeight: size.treeHeight)
  }

  /// For people.
  var text: String {
    var text = "\(Printable.text(map)): \(Figures.bytes(bytes))"
    if let importSeconds { text += ", imported in \(Figures.decimals(importSeconds, 1)) s" }
    return text + "\n\n" + counts + "\n" + dropped + sectionTable
  }

  private var counts: String {
    var table = TextTable("", ">")
    func add(_ name: String, _ number: Int) { table.add(name, Figures.count(number)) }
    add("OSM ways read", importReport.osmWays)
    add("OSM ways that are roads", importReport.roads)
    add("junctions", junctions)
    add("segments", segments)
    add("arcs", arcs)
    add("arcs against a one-way", importReport.contraflowArcs)
    add("turns", turns)
    add("turns that are banned", importReport.bannedTurns)
    for (kind, count) in importReport.restrictions.sorted(by: { $0.key < $1.key }) {
      add("restrictions: \(kind)", count)
    }
    for (kind, count) in importReport.features.sorted(by: { $0.key < $1.key }) { add("features: \(kind)", count) }
    table.add("time zone of conditional rules", importReport.timeZone)
    add("hierarchy arcs", hierarchy.arcs)
    add("hierarchy triangles", hierarchy.triangles)
    add("elimination tree height", hierarchy.treeHeight)
    return table.text.drop { $0 == "\n" }.description
  }

  private var sectionTable: String {
    var table = TextTable("section", ">elements", ">bytes")
    for section in sections { table.add(section.name, Figures.count(section.count), Figures.bytes(section.bytes)) }
    return table.text
  }

  private var dropped: String {
    guard !importReport.dropped.isEmpty else { return "" }
    var table = TextTable("left out", ">count", "such as")
    for entry in importReport.dropped {
      let examples = entry.examples.prefix(3).map { example in
        "\(example.osmID)" + (example.value.map { " '\($0)'" } ?? "")
      }
      table.add(entry.reason.rawValue, Figures.count(entry.count), examples.joined(separator: ", "))
    }
    return table.text + "\n"
  }
}
