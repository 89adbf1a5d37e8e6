import API
import ArgumentParser
import Client
import Engine
import Geometry
import InputFiles

/// `tocsin reach`.
struct ReachCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reach", abstract: "Show how far a vehicle gets within some minutes, or from where it gets somewhere.",
    discussion: """
      Asks a server or, with --map, uses a map file without a server and its closures. For example:
        tocsin reach --from 37.5665,126.9780 --within 3m,5m,7m --profile fire_engine
        tocsin reach --to 37.5665,126.9780 --within 8m --geojson reach.geojson
        tocsin reach --from-station Jongno --within 7m --close-area flood.geojson
      """)

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Where vehicles start, e.g. 37.5665,126.9780; may be repeated, then the nearest counts.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var from: [Coordinate] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Where they go, e.g. 37.5665,126.9780; may be repeated, then the nearest counts.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var to: [Coordinate] = []

  @Option(help: ArgumentHelp("Start where the units of this station stand, with a server.", valueName: "station"))
  var fromStation: String?

  @Option(
    help: ArgumentHelp("The limits of time, ascending, e.g. 3m,5m,7m.", valueName: "durations"),
    transform: { try Parse.list($0).map(Parse.seconds) })
  var within: [[Double]]

  @Option(help: "The vehicle profile.")
  var profile = "ambulance"

  @OptionGroup var closures: WhatIfOption
  @OptionGroup var time: DepartureOption

  @Flag(help: "Include the reached parts of roads (with --json or --geojson).")
  var roads = false

  @Option(help: ArgumentHelp("The side of the cells that outlines are drawn by, 10 to 500.", valueName: "meters"))
  var cell = 50.0

  @Option(
    help: ArgumentHelp("Count the points of these layers on reached roads, e.g. hydrants,schools.", valueName: "layers")
  )
  var layers: [String] = []

  @OptionGroup var geojson: GeoJSONOption

  @Option(help: "Use this map file instead of a server.")
  var map: String?

  @Option(folder: "With --map: folder of vehicle profiles (*.toml) that replace built-in ones of the same name.")
  var profiles: String?

  @OptionGroup var reach: ReachOption
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if map != nil && server.server != nil { throw ValidationError("Give either --map or --server.") }
    if profiles != nil && map == nil { throw ValidationError("--profiles needs --map: a server has its own profiles.") }
    let ends = [!from.isEmpty, !to.isEmpty, fromStation != nil].filter { $0 }
    if ends.count != 1 { throw ValidationError("Give one of --from, --to and --from-station.") }
    if !layers.isEmpty && map != nil { throw ValidationError("--layers needs a server: it keeps them.") }
    if fromStation != nil && map != nil { throw ValidationError("--from-station needs a server: it knows the units.") }
  }

  func run() async throws {
    if let map {
      let engine = try TocsinEngine(map: CityMap(path: map), profiles: ProfilesOption.set(folder: profiles))
      let departure = try time.departure(engine)
      return try show(engine.reach(request(from.isEmpty ? to : from, at: departure)), departure)
    }
    try await server.withClient { client in
      let departure = try await time.departure(client)
      try show(try await client.reach(request(try await places(client), at: departure)), departure)
    }
  }

  /// Where vehicles start, or where they go.
  private func places(_ client: TocsinClient) async throws -> [Coordinate] {
    guard let fromStation else { return from.isEmpty ? to : from }
    let places = try await client.listUnits().units.map(\.unit).filter { $0.station == fromStation }.map(\.coordinate)
    if places.isEmpty {
      throw CommandFailure("UNKNOWN_STATION", "no unit belongs to this station", value: fromStation)
    }
    return places
  }

  private func request(_ places: [Coordinate], at departure: Departure) -> ReachRequest {
    // Units of one station mostly stand at one place.
    var seen: Set<Coordinate> = []
    var request = ReachRequest(
      places: places.filter { seen.insert($0).inserted }.map { Place($0) }, to.isEmpty ? .from : .to, profile: profile,
      limitsSeconds: Array(within.joined()))
    request.reach = reach.value
    request.detail.roads = roads
    request.detail.layers = layers.flatMap(Parse.list)
    request.detail.outlines = true
    request.detail.outlineCellMeters = cell
    (request.whatIf, request.departAt) = (closures.value, departure.date)
    return request
  }

  private func show(_ answer: ReachAnswer, _ departure: Departure) throws {
    closures.tellLeftOut()
    try geojson.show(
      ReachText.features(answer), output, ReachText.json(answer),
      text: departure.note(answer.basis) + ReachText.text(answer))
  }
}
