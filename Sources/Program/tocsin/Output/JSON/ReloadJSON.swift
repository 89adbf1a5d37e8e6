import API
import Engine

/// What became of a reload, as JSON.
struct ReloadJSON: Encodable {
  struct Map: Encodable {
    var path: String
    var bytes: UInt64
    var vertices: Int
    var arcs: Int
    var ways: Int

    init(_ facts: MapFacts) {
      (path, bytes) = (facts.path, facts.bytes)
      (vertices, arcs, ways) = (facts.vertexCount, facts.arcCount, facts.wayCount)
    }
  }

  struct IDs: Encodable {
    var count: Int
    var ids: [String]

    init(_ list: IDList) { (count, ids) = (list.count, list.ids) }
  }

  struct Speeds: Encodable {
    var source: String
    var matched: Int
    var unmatched: Int
  }

  struct Unmatched: Encodable {
    var kind: String
    var id: String
    var line: Int
    var why: String
  }

  var version: UInt64
  var parts: [String]
  var before: Map
  var after: Map
  var addedProfiles: [String]
  var removedProfiles: [String]
  var units: Int
  var lostUnits: IDs
  var closures: Int
  var unmatchedClosures: IDs
  var partlyMatchedClosures: IDs
  var speeds: [Speeds]
  var links: Int
  var unmatchedLinks: IDs
  var overrides: Int
  var unmatchedOverrides: [Unmatched]
  var seconds: Double
  var holdMilliseconds: Double

  init(_ report: ReloadReport) {
    (version, parts) = (report.version, report.parts.map(\.rawValue))
    (before, after) = (Map(report.before), Map(report.after))
    (addedProfiles, removedProfiles) = (report.addedProfiles, report.removedProfiles)
    (units, lostUnits) = (report.unitCount, IDs(report.lostUnits))
    (closures, unmatchedClosures) = (report.closureCount, IDs(report.unmatchedClosures))
    partlyMatchedClosures = IDs(report.partlyMatchedClosures)
    speeds = report.speeds.map {
      Speeds(source: $0.source, matched: $0.matchedCount, unmatched: $0.unmatchedCount)
    }
    (links, unmatchedLinks) = (report.linkCount, IDs(report.unmatchedLinks))
    overrides = report.overrideCount
    unmatchedOverrides = report.unmatchedOverrides.map {
      Unmatched(kind: $0.kind.rawValue, id: $0.id, line: $0.line, why: $0.why)
    }
    (seconds, holdMilliseconds) = (report.seconds, report.holdMilliseconds)
  }
}

// MARK: Text

extension ReloadJSON {
  /// So many ids of a list are shown to people.
  private static let shownMax = 20

  static func text(_ report: ReloadReport) -> String {
    var text =
      "\(report.parts.map(\.rawValue).joined(separator: ", ")) read again in "
      + "\(Figures.decimals(report.seconds, 1)) s, version \(report.version); "
      + "changes waited \(Figures.decimals(report.holdMilliseconds, 1)) ms\n\n" + facts(report)
    for (what, list) in report.losses where list.count > 0 {
      let shown = list.ids.prefix(shownMax).map { Printable.text($0) }.joined(separator: " ")
      text += "\n\(list.count) \(what): \(shown)\(list.count > shownMax ? " …" : "")\n"
    }
    guard !report.unmatchedOverrides.isEmpty else { return text }
    var table = TextTable(">line", "matches nothing", "why")
    for entry in report.unmatchedOverrides {
      table.add("\(entry.line)", "\(entry.kind.rawValue) \(Printable.text(entry.id))", Printable.text(entry.why))
    }
    return text + "\n" + table.text
  }

  private static func facts(_ report: ReloadReport) -> String {
    var table = TextTable("", ">before", ">now")
    table.add("vertices", "\(report.before.vertexCount)", "\(report.after.vertexCount)")
    table.add("arcs", "\(report.before.arcCount)", "\(report.after.arcCount)")
    table.add("OSM ways", "\(report.before.wayCount)", "\(report.after.wayCount)")
    table.add("units", "", "\(report.unitCount)")
    table.add("closures", "", "\(report.closureCount)")
    table.add("links", "", "\(report.linkCount)")
    table.add("overrides", "", "\(report.overrideCount)")
    for speeds in report.speeds {
      table.add(
        "speeds of \(Printable.text(speeds.source))", "\(speeds.matchedCount + speeds.unmatchedCount)",
        "\(speeds.matchedCount)")
    }
    let profiles = report.addedProfiles.map { "+\($0)" } + report.removedProfiles.map { "-\($0)" }
    return table.text + (profiles.isEmpty ? "" : "\nprofiles: \(profiles.joined(separator: " "))\n")
  }
}
