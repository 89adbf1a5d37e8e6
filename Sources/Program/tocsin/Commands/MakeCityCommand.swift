import AnswerJSON
import ArgumentParser
import DemoCity
import Foundation
import MapImport

/// `tocsin make-city`.
struct MakeCityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-city", abstract: "Make up a city; the same seed and size give the same file.")

  /// The formats that a city is written in, by the ending of the file's name.
  private enum Format: String, CaseIterable {
    case opl = ".osm.opl"
    case pbf = ".osm.pbf"
  }

  @Option(help: "Random seed: another seed gives another city.")
  var seed: UInt64 = 1

  @Option(help: "Approximate number of junctions.")
  var junctions = 20_000

  @Option(name: .shortAndLong, file: "The file to write: .osm.opl or .osm.pbf.")
  var output: String

  @Option(file: "Also write response units of the city to this CSV file.")
  var units: String?

  @Option(help: "Number of response units.")
  var unitCount = 60

  @OptionGroup var form: OutputOption

  func validate() throws {
    guard format != nil else { throw ValidationError("'\(output)' must end in .osm.opl or .osm.pbf.") }
    guard (1...100_000).contains(unitCount) else { throw ValidationError("--unit-count must be 1 to 100000.") }
  }

  private var format: Format? { Format.allCases.first { output.hasSuffix($0.rawValue) } }

  func run() throws {
    let plan = try CityPlan(seed: seed, junctions: junctions)
    try write(plan)
    if let units {
      let lines = [RosterUnit.csvHeader] + plan.unitRoster(count: unitCount).map(\.csvLine)
      try AsideFile(path: units).write(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
    let summary = plan.summary
    let answer: JSONObject = [
      "file": output, "junctions": summary.junctions, "ways": summary.ways, "bridges": summary.bridges.count,
      "restrictions": summary.restrictions, "signals": summary.signals, "units": units == nil ? nil : unitCount,
    ]
    try form.show(
      answer,
      text: """
        \(Printable.text(output)): \(Figures.count(summary.junctions)) junctions, \(Figures.count(summary.ways)) OSM \
        ways, \(summary.bridges.count) bridges, \(Figures.count(summary.restrictions)) turn restrictions

        """)
  }

  private func write(_ plan: CityPlan) throws {
    guard format == .pbf else { return try AsideFile(path: output).write(plan.write) }
    let target = try OutputPlace(output).filePath()
    let text = AsideFile(path: target, suffix: Format.opl.rawValue)
    defer { unlink(text.asidePath) }
    try text.writeAside(plan.write)
    try OSMSource.file(text.asidePath).writePBF(to: target)
  }
}
