import ArgumentParser
import Engine
import Foundation
import Hierarchy
import MapImport

/// `tocsin import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a map file from OpenStreetMap data.",
    discussion: "If the import fails, an earlier map file stays as it was.")

  @Argument(help: "OSM data: .osm.pbf, or .osm or .osm.opl, which may be compressed (.gz, .bz2).")
  var source: String

  @Option(name: .shortAndLong, file: "The map file to write.")
  var output: String

  @Option(
    help: ArgumentHelp(
      "The map's time zone, e.g. Asia/Seoul, for time-dependent rules. Default: this machine's.",
      valueName: "name"),
    transform: Parse.timeZone)
  var timeZone: TimeZone = .current

  @OptionGroup var form: OutputOption

  func run() throws {
    let start = ContinuousClock.now
    let bar = ProgressBar()
    defer { bar.clear() }
    let imported = try MapImporter(source: .file(source), timeZone: timeZone, progress: { bar.show($0.words, $1) })
      .run()
    let (hierarchy, effort) = Effort.of {
      ContractionHierarchy.build(imported.network.turnExpanded) { bar.show("hierarchy: \($0)", $1) }
    }
    bar.show("writing", 0)
    try CityMap.write(network: imported.network, hierarchy: hierarchy, importReport: imported.report.json, to: output)
    let map = try CityMap(path: output)
    bar.clear()
    if let doubt = TimeZoneDoubt.text(map.network) { Console.complain("note: \(doubt)\n") }
    var summary = try MapSummary(map)
    summary.importSeconds = (ContinuousClock.now - start) / .seconds(1)
    summary.hierarchyEffort = effort
    try form.show(summary.json, text: summary.text)
  }
}

/// `tocsin inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what a map file holds, and what its import left out.")

  @Argument(help: "The map file.")
  var map: String

  @OptionGroup var form: OutputOption

  func run() throws {
    let summary = try MapSummary(CityMap(path: map))
    try form.show(summary.json, text: summary.text)
  }
}

extension ImportPhase {
  /// For people: `reading roads`.
  var words: String { rawValue.map { $0.isUppercase ? " " + $0.lowercased() : String($0) }.joined() }
}
