import API
import AnswerJSON

extension ReloadReport {
  var json: JSONObject {
    [
      "version": version, "parts": parts.map(\.rawValue), "before": before.json, "after": after.json,
      "addedProfiles": addedProfiles, "removedProfiles": removedProfiles,
      "units": unitCount, "lostUnits": lostUnits.json, "lostFeatures": lostFeatures.json,
      "closures": closureCount, "unmatchedClosures": unmatchedClosures.json,
      "partlyMatchedClosures": partlyMatchedClosures.json,
      "speeds": speeds.map { loss -> JSONObject in
        ["source": loss.source, "matched": loss.matchedCount, "unmatched": loss.unmatchedCount]
      },
      "links": linkCount, "unmatchedLinks": unmatchedLinks.json,
      "unmatchedTypicalRoads": unmatchedTypicalCount, "overrides": overrideCount,
      "unmatchedOverrides": unmatchedOverrides.map { entry -> JSONObject in
        ["kind": entry.kind.rawValue, "id": entry.id, "line": entry.line, "why": entry.why]
      },
      "seconds": seconds, "holdMilliseconds": holdMilliseconds,
    ]
  }
}

extension MapFacts {
  fileprivate var json: JSONObject {
    ["path": path, "bytes": bytes, "vertices": vertexCount, "arcs": arcCount, "ways": wayCount]
  }
}

extension IDList {
  fileprivate var json: JSONObject { ["count": count, "ids": ids] }
}

/// What became of a reload, for people.
enum ReloadText {
  /// How many ids of a list are shown.
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
    return text + "\n"
      + TextTable(">line", "matches nothing", "why").text(of: report.unmatchedOverrides) {
        ["\($0.line)", "\($0.kind.rawValue) \($0.id)", $0.why]
      }
  }

  private static func facts(_ report: ReloadReport) -> String {
    var table = TextTable("", ">before", ">now")
    func add(_ name: String, _ before: Int?, _ now: Int) { table.add(name, before.map { "\($0)" } ?? "", "\(now)") }
    add("vertices", report.before.vertexCount, report.after.vertexCount)
    add("arcs", report.before.arcCount, report.after.arcCount)
    add("OSM ways", report.before.wayCount, report.after.wayCount)
    add("units", nil, report.unitCount)
    add("closures", nil, report.closureCount)
    add("links", nil, report.linkCount)
    add("overrides", nil, report.overrideCount)
    for speeds in report.speeds {
      add("speeds of \(speeds.source)", speeds.matchedCount + speeds.unmatchedCount, speeds.matchedCount)
    }
    let profiles = report.addedProfiles.map { "+\($0)" } + report.removedProfiles.map { "-\($0)" }
    return table.text + (profiles.isEmpty ? "" : "\nprofiles: \(profiles.joined(separator: " "))\n")
  }
}
