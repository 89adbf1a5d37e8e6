import API
import ArgumentParser
import InputFiles

/// `tocsin match`.
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Find the way that a vehicle drove, by places where it was.",
    discussion: """
      The file is CSV with lat and lon, and time, accuracy (metres) and heading if they are known; other columns are \
      passed over. For example: tocsin match trace.csv --profile car --geojson ways.geojson
      """)

  @Argument(help: "A CSV file of places in the order of the travel.", completion: .file())
  var file: String

  @Option(help: "The vehicle profile.")
  var profile = "ambulance"

  @Flag(help: "Not to begin another way after a minute of silence.")
  var ignoreGaps = false

  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = MatchRequest(points: try TraceFile.points(path: file), profile: profile)
    request.detail = [.shape, .ways]
    request.splitsAtGaps = !ignoreGaps
    let answer = try await server.withClient { [request] in try await $0.match(request) }
    try geojson.show(
      answer.matchings.map(\.geoJSON), output, answer.json(request.detail),
      text: MatchText.text(answer))
  }
}
