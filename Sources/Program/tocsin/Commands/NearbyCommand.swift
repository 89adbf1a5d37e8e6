import API
import ArgumentParser
import Geometry

/// `tocsin nearby`.
struct NearbyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nearby", abstract: "List what of some layers is near a place: hydrants, cameras, schools.",
    discussion: "For example: tocsin nearby --at 37.49029,126.87693 --layers hydrant --count 3 --along-roads")

  @Option(place: "The place, e.g. 37.5665,126.9780.")
  var at: Coordinate

  @Option(help: ArgumentHelp("Of these layers, e.g. hydrant,camera.", valueName: "layers"))
  var layers: [String]

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many of each layer to list.")
  var count = NearbyRequest.countDefault

  @Option(parsing: .unconditional, help: ArgumentHelp("How far away at most.", valueName: "meters"))
  var radius = NearbyRequest.radiusMetersDefault

  @Flag(help: "By the way that a hose or a person takes, each road in both directions; by air without.")
  var alongRoads = false

  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = NearbyRequest(Place(at), layers: layers.flatMap(Parse.list))
    (request.count, request.radiusMeters, request.isAlongRoads) = (count, radius, alongRoads)
    let answer = try await server.withClient { [request] in try await $0.nearby(request) }
    try geojson.show(answer.features.map(\.geoJSON), output, answer.json, text: NearbyText.text(answer))
  }
}
