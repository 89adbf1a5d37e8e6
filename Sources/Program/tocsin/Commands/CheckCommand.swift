import ArgumentParser
import Checks
import Engine
import Foundation
import InputFiles

/// `tocsin check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find errors of a map that spoil rankings: cut-off stations, one-ways, restrictions.",
    discussion: """
      Checks the ways out of and back to every station, neighbouring stations with one direction far longer than the \
      other, and roads that are cut off. The exit status is 0 whatever is found; with --strict it is 1 if there is an \
      error or a warning.

      The first line of the station file names the columns: name, lat and lon are required, id and district (or gu) \
      are optional; others are ignored.
      """)

  @Argument(help: "The map file, written by `tocsin import`.")
  var map: String

  @Option(file: "CSV file of stations.")
  var stations: String

  @OptionGroup var profiles: ProfilesOption

  @Option(help: "Vehicle profile of the units at the stations.")
  var profile = "ambulance"

  @Option(help: ArgumentHelp("Report roads that this profile can't reach.", valueName: "profile"))
  var civilProfile = "car"

  @Option(file: "The department's overrides: applied to the map, and checked themselves.")
  var overrides: String?

  @Option(help: ArgumentHelp("Also report closures on this server that match no road.", valueName: "address"))
  var server: String?

  @Flag(help: "Exit with status 1 if there is an error or a warning.")
  var strict = false

  @OptionGroup var thresholds: CheckThresholdOptions
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let stations = try StationFile.stations(path: stations)
    let set = try profiles.set()
    let checked = try CheckedMap(
      map: CityMap(path: map), profile: set.profile(named: profile), civilProfile: set.profile(named: civilProfile),
      overrides: overrides.map { try CheckedOverrides(path: $0, profileNames: set.names) })
    let bar = ProgressBar()
    defer { bar.clear() }
    var findings = MapCheck(checked, stations: stations, thresholds: thresholds.value)
      .run { bar.show("checking", $0) }
    bar.clear()
    findings = MapCheck.sorted(findings + (try await closureFindings()))
    try geojson.show(
      CheckJSON.geoJSON(findings), output,
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

/// The thresholds above which something is worth a finding.
struct CheckThresholdOptions: ParsableArguments {
  private static let defaults = CheckThresholds()

  @Option(help: "How many of its nearest stations to compare each station with.")
  var neighbours = defaults.neighbourCount

  @Option(help: ArgumentHelp("Report stations farther than this from their road.", valueName: "meters"))
  var far = defaults.farMeters

  @Option(help: ArgumentHelp("Report rules near a station that cost more than this.", valueName: "seconds"))
  var detour = defaults.detourSeconds

  @Option(
    help: ArgumentHelp(
      "Report pairs of stations whose longer direction takes this many times as long as the other.", valueName: "times")
  )
  var ratio = defaults.oneSidedRatio

  @Option(
    help: ArgumentHelp("With --ratio: only pairs whose longer direction takes this much longer.", valueName: "seconds"))
  var extra = defaults.oneSidedSeconds

  @Option(help: ArgumentHelp("Report cut-off roads of at least this length.", valueName: "meters"))
  var cutOff = defaults.cutOffMeters

  func validate() throws {
    guard (1...100).contains(neighbours) else {
      throw ValidationError("--neighbours must be 1 to 100, not \(neighbours)")
    }
    guard ratio >= 1 else { throw ValidationError("--ratio must be 1 or more, not \(ratio)") }
    for (name, value) in [("far", far), ("detour", detour), ("extra", extra), ("cut-off", cutOff)] where !(value >= 0) {
      throw ValidationError("--\(name) must be 0 or more, not \(value)")
    }
  }

  var value: CheckThresholds {
    var thresholds = Self.defaults
    (thresholds.neighbourCount, thresholds.farMeters, thresholds.cutOffMeters) = (neighbours, far, cutOff)
    (thresholds.detourSeconds, thresholds.oneSidedRatio, thresholds.oneSidedSeconds) = (detour, ratio, extra)
    return thresholds
  }
}
