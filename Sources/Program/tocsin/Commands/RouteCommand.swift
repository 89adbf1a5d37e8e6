import ArgumentParser
import Engine
import Foundation
import Geometry

/// `tocsin route`.
struct RouteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route", abstract: "The fastest way for one vehicle.",
    discussion: """
      Asks a server, or with --map a map file, without any server and closures.

      --batch reads a request per line from standard input and writes an answer per line, in the same order:
        {"from":{"lat":37.57,"lon":126.98},"to":{"lat":37.5,"lon":127.03},"via":[],"profile":"car"}
        {"ok":true,"travelSeconds":734.2,"lengthMeters":9012.4,"ways":[{"id":1,"name":"..."}],"version":1}
        {"ok":false,"code":"NO_ROUTE","message":"..."}
      Places may have a "heading"; "via" may be left out, "profile" if --profile is given. Empty lines are skipped. \
      A line has at most \(Batch.lineBytesMax) bytes.
      """)

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Where it starts.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var from: Coordinate?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Where it ends.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var to: Coordinate?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A place on the way; may be repeated.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var via: [Coordinate] = []

  @Option(help: "The vehicle's profile. Default: \(Self.defaultProfile).")
  var profile: String?

  @Option(help: "Take the route from this map file, without a server.")
  var map: String?

  @Option(
    help: ArgumentHelp(
      "With --map: vehicle profiles (*.toml), over the built-in ones.",
      valueName: "folder"))
  var profiles: String?

  @Flag(help: "Answer the requests on standard input, one a line.")
  var batch = false

  @Option(help: "How many other good ways to show, 0 to \(Limits.alternativesMax).")
  var alternatives = 0

  @Option(help: ArgumentHelp("Write the route as GeoJSON, for a map.", valueName: "file"))
  var geojson: String?

  @OptionGroup var reach: ReachOption
  @OptionGroup var detail: DetailOption
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  private static let defaultProfile = "ambulance"

  func validate() throws {
    if map != nil && server.server != nil { throw ValidationError("Either --map or --server.") }
    if profiles != nil && map == nil { throw ValidationError("--profiles needs --map: a server has its own.") }
    if batch && (from != nil || to != nil || !via.isEmpty) {
      throw ValidationError("--batch reads places from standard input, not from --from, --to and --via.")
    }
    if batch && geojson != nil { throw ValidationError("--batch answers line by line, not as --geojson.") }
    if batch && alternatives != 0 {
      throw ValidationError("--batch answers one way per line, no --alternatives.")
    }
    if !batch && (from == nil || to == nil) { throw ValidationError("--from and --to are needed.") }
  }

  func run() async throws {
    if let map {
      let engine = try TocsinEngine(map: CityMap(path: map), profiles: ProfileOption.set(folder: profiles))
      try await run(Router(engine))
    } else {
      try await server.withClient { try await run(Router($0)) }
    }
  }

  private func run(_ router: Router) async throws {
    if batch {
      let batch = Batch(
        router: router, profile: profile, detail: detail.value.union(.ways), reach: reach.value)
      return try await batch.run(input: STDIN_FILENO) { Console.write($0) }
    }
    guard let from, let to else { return }
    let places = [from] + via + [to]
    var request = RouteRequest(places: places.map { Place($0) }, profile: profile ?? Self.defaultProfile)
    request.detail = geojson == nil ? detail.value : detail.value.union(.shape)
    request.alternatives = alternatives
    request.reach = reach.value
    var answer = try await router.route(request)
    if let geojson {
      try AsideFile(path: geojson).write(JSONText.line(RouteGeoJSON.collection(answer)))
    }
    if !detail.shape { answer.leaveOutShapes() }
    try output.show(answer.json(detail.value), text: RouteText.text(answer))
  }
}

extension RouteAnswer {
  /// Forgets the lines that only a map wanted.
  fileprivate mutating func leaveOutShapes() {
    route.shape = []
    for index in alternatives.indices { alternatives[index].shape = [] }
  }
}
