import ArgumentParser
import Checks
import Engine
import Foundation
import InputFiles
import Profiles

/// `tocsin check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find what ruins rankings on a map: stations, one-ways, restrictions.",
    discussion: """
      Looks at the way out and in of every station, at neighbours with one far longer direction, and at roads that are \
      cut off. Exit status 0 whatever is found; with --strict 1 if there is an error or a warning.

      The first line of the station file names the columns: name, lat and lon must be there, id and district (or gu) \
      may be; others are passed over.
      """)

  @Argument(help: "The map file, as `tocsin import` wrote it.")
  var map: String

  @Option(help: ArgumentHelp("CSV file of the stations.", valueName: "file"))
  var stations: String

  @Option(
    help: ArgumentHelp(
      "Vehicle profiles (*.toml), over the built-in ones.", valueName: "folder"))
  var profiles: String?

  @Option(help: "The profile of the units that start from the stations.")
  var profile = "ambulance"

  @Option(help: ArgumentHelp("Roads are looked for that this profile can't reach.", valueName: "profile"))
  var civilProfile = "car"

  @Option(
    help: ArgumentHelp("The department's overrides, to drive by and to be checked.", valueName: "file"))
  var overrides: String?

  @Option(help: ArgumentHelp("Also look for closures of this server that match nothing.", valueName: "address"))
  var server: String?

  @Option(help: ArgumentHelp("Write the findings as GeoJSON, for a map.", valueName: "file"))
  var geojson: String?

  @Flag(help: "Exit status 1 if there is an error or a warning.")
  var strict = false

  @OptionGroup var thresholds: CheckThresholdOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let stations = try StationFile.stations(path: stations)
    let set = try ProfileOption.set(folder: profiles)
    let checked = try CheckedMap(
      map: CityMap(path: map), profile: set.profile(named: profile), civilProfile: set.profile(named: civilProfile),
      overrides: overrides.map { try CheckedOverrides(path: $0, profileNames: set.names) })
    let bar = ProgressBar()
    defer { bar.clear() }
    var findings = MapCheck(checked, stations: stations, thresholds: thresholds.value)
      .run { bar.show("checking", $0) }
    bar.clear()
    findings = MapCheck.sorted(findings + (try await closureFindings()))
    if let geojson { try AsideFile(path: geojson).write(JSONText.line(CheckJSON.geoJSON(findings))) }
    try output.show(
      CheckJSON.object(findings, stations: stations.count, profile: profile),
      text: CheckText.text(findings, stations: stations.count))
    if strict && findings.contains(where: { $0.severity < .notice }) { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  /// Closures that a server keeps though they block no road.
  private func closureFindings() async throws -> [Finding] {
    guard let server else { return [] }
    let option = try ServerOption.parse(["--server", server])
    let answer = try await option.withClient { try await $0.listClosures() }
    return answer.closures.filter(\.ways.isEmpty).map { listed in
      Finding(
        .closureUnmatched, .warning, subject: listed.closure.id,
        "the closure blocks no road of the map" + (listed.closure.reason.isEmpty ? "" : ": \(listed.closure.reason)"))
    }
  }
}

/// From where on something is worth a finding.
struct CheckThresholdOptions: ParsableArguments {
  private static let defaults = CheckThresholds()

  @Option(help: "How many of the nearest stations each station is compared with.")
  var neighbours = defaults.neighbourCount

  @Option(help: ArgumentHelp("A station farther than this from its road is listed.", valueName: "meters"))
  var far = defaults.farMeters

  @Option(help: ArgumentHelp("Rules near a station that cost more are listed.", valueName: "seconds"))
  var detour = defaults.detourSeconds

  @Option(
    help: ArgumentHelp(
      "Pairs whose longer direction takes so many times as long are listed,", valueName: "times")
  )
  var ratio = defaults.oneSidedRatio

  @Option(
    help: ArgumentHelp("if it takes so much longer.", valueName: "seconds"))
  var extra = defaults.oneSidedSeconds

  @Option(help: ArgumentHelp("Roads that are cut off are listed from this length on.", valueName: "meters"))
  var cutOff = defaults.cutOffMeters

  func validate() throws {
    guard (1...100).contains(neighbours) else {
      throw ValidationError("--neighbours is 1 to 100, not \(neighbours)")
    }
    guard ratio >= 1 else { throw ValidationError("--ratio is 1 or more, not \(ratio)") }
    for (name, value) in [("far", far), ("detour", detour), ("extra", extra), ("cut-off", cutOff)] where !(value >= 0) {
      throw ValidationError("--\(name) is 0 or more, not \(value)")
    }
  }

  var value: CheckThresholds {
    var thresholds = Self.defaults
    thresholds.neighbourCount = neighbours
    thresholds.farMeters = far
    thresholds.detourSeconds = detour
    thresholds.oneSidedRatio = ratio
    thresholds.oneSidedSeconds = extra
    thresholds.cutOffMeters = cutOff
    return thresholds
  }
}
