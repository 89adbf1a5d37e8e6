import API
import ArgumentParser
import Geometry

/// `tocsin locate`.
struct LocateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "locate", abstract: "Say in words where a caller is.",
    discussion: """
      By --at: the roads around a place with their directions, the junctions before and behind, the kilometre and \
      what to ask the caller. By TEXT: a coordinate, a national point number (다사 5393 5204), a kilometre of a road \
      with markers (호남고속도로 하행 28.5), a crossing (A x B), or the beginning of a name of a street, a junction, a \
      station or a layer's feature; marks over letters don't matter.
      """)

  @Argument(help: "What the caller says or reads.")
  var text: [String] = []

  @Option(place: "The place, e.g. 37.5665,126.9780.")
  var at: Coordinate?

  @Option(
    parsing: .unconditional, help: "The direction of travel, in degrees clockwise from north, e.g. 90 for east.")
  var heading: Double?

  @Option(help: ArgumentHelp("How uncertain the place is. Default: 50.", valueName: "metres"))
  var radius: Double?

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many roads to list.")
  var count = 3

  @OptionGroup var levels: LevelOption
  @OptionGroup var language: LanguageOption
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if (at == nil) == text.isEmpty { throw ValidationError("Give either --at or a text.") }
    if at == nil && heading != nil { throw ValidationError("--heading needs --at.") }
  }

  func run() async throws {
    let words = try language.value
    var request: LocateRequest
    if let at {
      request = LocateRequest(Place(at, headingDegrees: heading, levels: levels.value))
    } else {
      request = LocateRequest(text: text.joined(separator: " "))
    }
    (request.count, request.levels, request.language) = (count, levels.value, language.code)
    if let radius { request.radiusMeters = radius }
    let answer = try await server.withClient { [request] in try await $0.locate(request) }
    try geojson.show(
      LocateGeoJSON.features(answer), output, answer.json,
      text: LocateText.text(answer, radiusMeters: request.radiusMeters, words))
  }
}
