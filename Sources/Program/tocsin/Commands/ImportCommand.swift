import ArgumentParser
import Engine
import Foundation
import Hierarchy
import InputFiles
import MapImport
import TimeRules

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
      "The map's time zone, e.g. Asia/Seoul, for time-dependent rules. Default: that of the nearest city of tzdata.",
      valueName: "name"),
    transform: Parse.timeZone)
  var timeZone: TimeZone?

  @Option(
    help: ArgumentHelp(
      "CSV of holidays, for rules that name PH or SH: kind, first and, for more than a day, last.", valueName: "file"))
  var holidays: String?

  @OptionGroup var form: OutputOption

  func run() throws {
    let start = ContinuousClock.now
    let target = try OutputPlace(output).filePath()
    let bar = ProgressBar()
    defer { bar.clear() }
    let known = try holidays.map { try HolidayFile.holidays(path: $0) } ?? Holidays()
    let importer = MapImporter(
      source: .file(source), timeZone: timeZone, holidays: known, progress: { bar.show($0.words, $1) })
    let imported = try importer.run()
    let (hierarchy, effort) = Effort.of {
      ContractionHierarchy.build(imported.network.turnExpanded) { bar.show("hierarchy: \($0)", $1) }
    }
    bar.show("writing", 0)
    try CityMap.write(network: imported.network, hierarchy: hierarchy, importReport: imported.report.json, to: target)
    let map = try CityMap(path: output)
    bar.clear()
    for note in imported.report.notes { Console.complain("note: \(note)\n") }
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

extension ImportReport {
  /// What people should know of the clock by which the map's rules hold.
  fileprivate var notes: [String] {
    let isSaid = timeZoneOrigin != "given"
    let zone = isSaid ? "the map's time zone is \(timeZone) (\(timeZoneOrigin))" : nil
    let doubt = timeZoneDoubt.map { "\($0); if \(timeZone) is wrong, import again with --time-zone" }
    return [zone, doubt].compactMap { $0 }
  }
}

extension ImportPhase {
  /// For people: `reading roads`.
  var words: String { rawValue.map { $0.isUppercase ? " " + $0.lowercased() : String($0) }.joined() }
}
