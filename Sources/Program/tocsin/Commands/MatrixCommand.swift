import API
import ArgumentParser
import Engine
import InputFiles

/// `tocsin matrix`.
struct MatrixCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix", abstract: "Show how long a vehicle takes between many places.",
    discussion: """
      Asks a server or, with --map, uses a map file without a server and its closures.

      The first line of a file names its columns: id, lat, lon, heading; heading may be missing, and other columns are \
      passed over. --csv prints a line for each pair (from,to,seconds; empty where there is no way), --json \
      {"durations":[[...]]} in whole seconds with a row for each origin and null where there is no way, which VROOM and \
      other planners take.
      """)

  @Option(file: "CSV file of the places where trips start.")
  var from: String

  @Option(file: "CSV file of the places where they end. Default: the same as --from.")
  var to: String?

  @Option(help: "The vehicle profile.")
  var profile = "ambulance"

  @Option(duration: "Only ways that take at most this, e.g. 10m.")
  var within: Double?

  @Flag(help: "Also show how long the ways are; slower.")
  var lengths = false

  @Flag(help: "Print CSV, a line for each pair of places.")
  var csv = false

  @Option(help: "Use this map file instead of a server.")
  var map: String?

  @Option(folder: "With --map: folder of vehicle profiles (*.toml) that replace built-in ones of the same name.")
  var profiles: String?

  @OptionGroup var time: DepartureOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if map != nil && server.server != nil { throw ValidationError("Give either --map or --server.") }
    if profiles != nil && map == nil { throw ValidationError("--profiles needs --map: a server has its own profiles.") }
    if csv && output.json { throw ValidationError("Give either --csv or --json.") }
  }

  func run() async throws {
    let origins = try PlaceFile.places(path: from)
    let destinations = try to.map { path throws(InputFileError) in try PlaceFile.places(path: path) } ?? origins
    var request = MatrixRequest(
      origins: origins.map(\.place), destinations: destinations.map(\.place), profile: profile)
    request.travelSecondsMax = within
    request.wantsLengths = lengths
    request.reach = reach.value
    let (answer, departure) = try await ask(request)
    let text = MatrixText(origins: origins.map(\.id), destinations: destinations.map(\.id), answer: answer)
    Console.complain(text.offMap)
    if csv { return Console.write(text.csv) }
    try output.show(text.json, text: departure.note(answer.basis) + text.summary)
  }

  private func ask(_ request: MatrixRequest) async throws -> (MatrixAnswer, Departure) {
    var request = request
    if let map {
      let engine = try TocsinEngine(map: CityMap(path: map), profiles: ProfilesOption.set(folder: profiles))
      let departure = try time.departure(engine)
      request.departAt = departure.date
      return (try engine.matrix(request), departure)
    }
    return try await server.withClient { [request] client in
      let departure = try await time.departure(client)
      var request = request
      request.departAt = departure.date
      return (try await client.matrix(request), departure)
    }
  }
}
