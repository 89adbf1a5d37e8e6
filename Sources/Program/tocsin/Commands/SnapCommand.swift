import API
import ArgumentParser
import Geometry

/// `tocsin snap`.
struct SnapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "snap", abstract: "List the roads near a place.")

  @Option(place: "The place, e.g. 37.5665,126.9780.")
  var at: Coordinate

  @Option(
    parsing: .unconditional,
    help: "Only roads in about this direction, in degrees clockwise from north, e.g. 90 for east.")
  var heading: Double?

  @Option(help: "Only roads that this vehicle profile may use.")
  var profile = "ambulance"

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many roads to list.")
  var count = 5

  @OptionGroup var levels: LevelOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = SnapRequest(place: Place(at, headingDegrees: heading, levels: levels.value), profile: profile)
    request.reach = reach.value
    request.count = count
    let answer = try await server.withClient { [request] in try await $0.snap(request) }
    try output.show(answer.json, text: SnapText.text(answer.places))
  }
}
