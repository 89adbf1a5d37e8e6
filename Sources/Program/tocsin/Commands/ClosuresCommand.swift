import API
import AnswerJSON
import ArgumentParser
import Client

/// `tocsin closures`.
struct ClosuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "closures", abstract: "List closures, in force or planned.")

  @Option(help: ArgumentHelp("Only those of this source, e.g. of a feed.", valueName: "name"))
  var source: String?
  @Flag(help: "Only those in force now.")
  var active = false
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let detail: ClosureDetail = geojson.isGiven ? .shapes : []
    var (answer, clock) = try await server.withClient { client in
      (try await client.listClosures(detail), await LocalClock(of: client))
    }
    answer.closures.removeAll { listed in
      active && !listed.isActive || source.map { $0 != listed.closure.source } ?? false
    }
    try geojson.show(
      ClosureGeoJSON.features(answer.closures), output, answer.json,
      text: ClosureListText.text(answer.closures, clock))
  }
}

/// `tocsin lift`.
struct LiftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift", abstract: "Lift closures by id or source: all or none.")

  @Argument(help: "Ids of closures, as `tocsin closures` lists them.")
  var ids: [String] = []
  @Option(help: ArgumentHelp("Lift all closures of this source, e.g. of a feed that ended.", valueName: "name"))
  var source: String?
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if ids.isEmpty == (source == nil) { throw ValidationError("Name closures by their ids, or by --source.") }
  }

  func run() async throws {
    let (answer, lifted) = try await server.withClient { client -> (ClosuresAnswer, [String]) in
      var lifted = ids
      if let source { lifted = try await Self.ids(of: source, client) }
      return (try await client.liftClosures(lifted), lifted)
    }
    try output.show(
      answer.json, text: "\(Figures.count(lifted.count, of: "closure")) lifted, version \(answer.version)\n")
  }

  private static func ids(of source: String, _ client: TocsinClient) async throws -> [String] {
    let ids = try await client.listClosures().closures.map(\.closure).filter { $0.source == source }.map(\.id)
    guard !ids.isEmpty else {
      throw CommandFailure("UNKNOWN_CLOSURE", "no closure is of this source", value: source)
    }
    return ids
  }
}
