import ArgumentParser
import Foundation

/// Measures Tocsin, and prepares comparisons with others.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Bench", abstract: "Measure Tocsin: swift run -c release Bench --map CITY.osm.pbf",
    subcommands: [MeasureCommand.self, OrderCommand.self, PeerCommand.self, CallsCommand.self],
    defaultSubcommand: MeasureCommand.self)
}

/// Measures the engine's parts on one map, without a server.
///
/// Answers are checked against a reference before any number is printed.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measure the engine's parts on one map.",
    discussion: """
      Scenarios: \(Scenario.allCases.map(\.rawValue).joined(separator: ", ")). Times are wall time per call; "CPU mean" \
      is the CPU time of all threads per call, which a busy machine disturbs less. The same map, seed and version give \
      the same checksums.
      """)

  @Option(help: ArgumentHelp("OSM data; without it, the demo city of 20,000 junctions.", valueName: "file"))
  var map: String?

  @Option(
    help: ArgumentHelp("Instead of OSM data: a map file that `tocsin import` made.", valueName: "file"))
  var city: String?

  @Option(help: "Measure only this scenario; may be repeated.")
  var scenario: [String] = []

  @Option(help: "Other seeds give other queries.")
  var seed: UInt64 = 1

  @Option(help: "The vehicle profile.")
  var profile = "car"

  @Option(help: ArgumentHelp("First compare this many random pairs with plain Dijkstra.", valueName: "pairs"))
  var verify: Int?

  @Option(
    help: ArgumentHelp(
      "JSON lines of an earlier run: a scenario of it whose checksum differs fails.", valueName: "file"))
  var expect: String?

  @Flag(help: "One JSON object per line; the default where the output is no terminal.")
  var json = false

  func validate() throws {
    for name in scenario where Scenario(rawValue: name) == nil {
      throw ValidationError("'\(name)' is not a scenario.")
    }
    if map != nil && city != nil { throw ValidationError("Either --map or --city.") }
    if city != nil && scenario.contains(Scenario.importing.rawValue) {
      throw ValidationError("The scenario 'import' needs --map: a map file is imported already.")
    }
    if let verify, verify < 0 { throw ValidationError("--verify is 0 or more.") }
  }

  func run() throws {
    let expected = try expectedChecksums()
    let world = try world()
    let report = Report(isJSON: json || isatty(STDOUT_FILENO) == 0)
    if let verify { report.showVerified(verify, try Verification(world: world).run(verify)) }
    report.heading(world)
    for scenario in scenarios {
      let lines = try scenario.run(world).map { Report.Line($0, world: world) }
      for line in lines {
        let known = expected[line.scenario] ?? line.checksum
        try BenchFailure.check(line.checksum == known, line.scenario, "checksum \(line.checksum), expected \(known)")
      }
      for line in lines { try report.show(line) }
    }
  }

  private func world() throws -> World {
    guard let city else { return try World(map: map, seed: seed, profile: profile) }
    return try World(city: city, seed: seed, profile: profile)
  }

  /// Those asked for, else all that the map allows.
  private var scenarios: [Scenario] {
    guard scenario.isEmpty else { return scenario.compactMap(Scenario.init) }
    return Scenario.allCases.filter { $0 != .importing || city == nil }
  }

  private func expectedChecksums() throws -> [String: String] {
    guard let expect else { return [:] }
    let lines = try String(contentsOfFile: expect, encoding: .utf8).split(separator: "\n")
    let decoder = JSONDecoder()
    let known = lines.compactMap { try? decoder.decode(Report.Line.self, from: Data($0.utf8)) }
    if known.isEmpty { throw BenchFailure("\(expect) has no JSON lines of an earlier run") }
    return Dictionary(known.map { ($0.scenario, $0.checksum) }) { _, last in last }
  }
}
