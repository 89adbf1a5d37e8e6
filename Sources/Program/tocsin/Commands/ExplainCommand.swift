import API
import ArgumentParser
import Checks
import Engine
import Foundation
import Geometry

/// `tocsin explain`.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain why a road costs a vehicle what it costs.",
    discussion: """
      Shows what the map knows about an OSM way, the rules that hold now, and for each piece and direction the time and the \
      key of the profile that decides it. Closures are those of the server that --server or $TOCSIN_SERVER names.

      Example: tocsin explain city.tocsin --way 4301234 --profile fire_engine
      """)

  @Argument(help: "The map file, written by `tocsin import`.")
  var map: String

  @Option(parsing: .unconditional, help: ArgumentHelp("The OSM way, e.g. 4301234.", valueName: "id"))
  var way: Int64

  @Option(help: "The vehicle profile.")
  var profile = "ambulance"

  @Option(place: "Only the piece of the way nearest to this place, e.g. 37.5665,126.9780.")
  var at: Coordinate?

  @OptionGroup var profiles: ProfilesOption

  @Option(file: "The department's overrides.")
  var overrides: String?

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let set = try profiles.set()
    let network = try CityMap(path: map).network
    let explainer = WayExplainer(
      network: network, profile: try set.profile(named: profile),
      overrides: try overrides.map { try CheckedOverrides(path: $0, profileNames: set.names) }, at: Date())
    guard let explanation = explainer.explanation(ofWay: way, near: at) else {
      throw CommandFailure("UNKNOWN_WAY", "the map has no road with this OSM way id", value: "\(way)")
    }
    let closures = try await closures()
    let clock = LocalClock(zoneName: network.timeZone)
    try output.show(
      explanation.json(closures: closures), text: ExplanationText.text(explanation, closures: closures, clock))
  }

  /// The closures of the way that a server keeps; `nil` if none was named.
  private func closures() async throws -> [ListedClosure]? {
    guard server.isNamed else { return nil }
    let answer = try await server.withClient { try await $0.listClosures() }
    return answer.closures.filter { $0.ways.contains { $0.osmID == way } }
  }
}
