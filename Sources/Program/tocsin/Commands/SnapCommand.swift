import ArgumentParser
import Engine
import Geometry

/// `tocsin snap`.
struct SnapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "snap", abstract: "Which roads are near a place.")

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The place.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var at: Coordinate

  @Option(
    parsing: .unconditional,
    help: "Only roads that run in about this direction, in degrees clockwise from north.")
  var heading: Double?

  @Option(help: "Roads that this profile may drive.")
  var profile = "ambulance"

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many roads.")
  var count = 5

  @OptionGroup var reach: ReachOption
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = SnapRequest(place: Place(at, headingDegrees: heading), profile: profile)
    request.reach = reach.value
    request.count = count
    let asked = request
    let answer = try await server.withClient { try await $0.snap(asked) }
    try output.show(answer.json, text: SnapText.text(answer.places))
  }
}
