import API
import ArgumentParser
import Client
import Engine
import Foundation
import Geometry

/// `tocsin route`.
struct RouteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route", abstract: "Show the fastest route for one vehicle.",
    discussion: """
      Asks a server or, with --map, uses a map file without a server and its closures.

      --batch reads one request per line from standard input and writes one answer per line, in the same order:
        {"from":{"lat":37.57,"lon":126.98},"to":{"lat":37.5,"lon":127.03}}
        {"ok":true,"travelSeconds":734.2,"lengthMeters":9012.4,"ways":[...]}
        {"ok":false,"code":"NO_ROUTE","message":"..."}
      A request may name a "profile", and must without --profile; it may have "via", a list of places, and each place a \
      "heading", "layers" such as [-1, 0], "bridges" and "tunnels" (included, excluded or only). Empty lines are \
      skipped. A line has at most \(Batch.lineBytesMax) bytes.
      """)

  @Option(place: "Where the route starts, e.g. 37.5665,126.9780.")
  var from: Coordinate?

  @Option(help: ArgumentHelp("Start where this unit is, with its profile; with a server.", valueName: "unit"))
  var fromUnit: String?

  @Option(place: "Where the route ends, e.g. 37.4979,127.0276.")
  var to: Coordinate?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A place on the way, e.g. 37.5407,127.0019; may be repeated.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var via: [Coordinate] = []

  @Option(help: "The vehicle profile. Default: \(Self.defaultProfile).")
  var profile: String?

  @Option(help: "Use this map file instead of a server.")
  var map: String?

  @Option(folder: "With --map: folder of vehicle profiles (*.toml) that replace built-in ones of the same name.")
  var profiles: String?

  @Flag(help: "Answer requests from standard input, one per line.")
  var batch = false

  @Option(help: "How many alternative routes to show, 0 to \(Limits.alternativesMax).")
  var alternatives = 0

  @OptionGroup var time: DepartureOption
  @OptionGroup var levels: AlongOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var detail: DetailOption
  @OptionGroup var language: LanguageOption
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  private static let defaultProfile = "ambulance"

  func validate() throws {
    if map != nil && server.server != nil { throw ValidationError("Give either --map or --server.") }
    if map != nil && !levels.names.isEmpty {
      throw ValidationError("--layers with names needs a server: it keeps them.")
    }
    if profiles != nil && map == nil { throw ValidationError("--profiles needs --map: a server has its own profiles.") }
    if batch && (from != nil || fromUnit != nil || to != nil || !via.isEmpty) {
      throw ValidationError("--batch reads places from standard input: leave out --from, --from-unit, --to and --via.")
    }
    if batch && geojson.isGiven { throw ValidationError("--batch prints one answer per line: leave out --geojson.") }
    if batch && language.language != nil {
      throw ValidationError("--batch prints JSON without words: leave out --language.")
    }
    if batch && alternatives != 0 {
      throw ValidationError("--batch prints one route per line: leave out --alternatives.")
    }
    if fromUnit != nil && map != nil { throw ValidationError("--from-unit needs a server: it knows the units.") }
    if from != nil && fromUnit != nil { throw ValidationError("Give either --from or --from-unit.") }
    if !batch && (from == nil && fromUnit == nil || to == nil) {
      throw ValidationError("--from or --from-unit, and --to are required.")
    }
  }

  func run() async throws {
    if let map {
      let engine = try TocsinEngine(map: CityMap(path: map), profiles: ProfilesOption.set(folder: profiles))
      try await run(from: from.map { Start(place: Place($0)) }, at: time.departure(engine)) { try engine.route($0) }
    } else {
      try await server.withClient { client in
        var start = from.map { Start(place: Place($0)) }
        if let fromUnit { start = try await Start(unit: fromUnit, of: client) }
        try await run(from: start, at: try await time.departure(client)) {
          try await client.route($0)
        }
      }
    }
  }

  /// Where a route starts.
  private struct Start {
    var place: Place
    /// Of the unit that is there.
    var profile: String?

    init(place: Place) { self.place = place }

    init(unit id: String, of client: TocsinClient) async throws {
      guard let unit = try await client.listUnits().units.map(\.unit).first(where: { $0.id == id }) else {
        throw CommandFailure("UNKNOWN_UNIT", "there is no such unit", value: id)
      }
      place = Place(unit.coordinate, headingDegrees: unit.headingDegrees)
      profile = unit.profile
    }
  }

  private func run(from start: Start?, at departure: Departure, _ router: @escaping Router) async throws {
    if batch {
      let batch = Batch(
        router: {
          var request = $0
          request.departAt = departure.date
          return try await router(request)
        }, profile: profile, detail: detail.value(along: levels).union(.ways), reach: reach.value,
        levels: levels.value)
      return try await batch.run(input: STDIN_FILENO) { Console.write($0) }
    }
    guard let start, let to else { return }
    let words = try language.value
    var request = RouteRequest(
      places: [start.place] + (via + [to]).map { Place($0) }, profile: profile ?? start.profile ?? Self.defaultProfile)
    for index in request.places.indices { request.places[index].levels = levels.value }
    let told = detail.value(along: levels)
    request.detail = geojson.isGiven ? told.union(.shape) : told
    request.alternatives = alternatives
    (request.reach, request.departAt) = (reach.value, departure.date)
    var answer = try await router(request)
    let features = geojson.isGiven ? RouteGeoJSON.features(answer) : []
    if !detail.shape { answer.leaveOutShapes() }
    try geojson.show(
      features, output, answer.json(told, language.language == nil ? nil : words),
      text: departure.note(answer.basis) + RouteText.text(answer, words))
  }
}

extension RouteAnswer {
  /// Forgets the lines that only a map wanted.
  fileprivate mutating func leaveOutShapes() {
    route.shape = []
    for index in alternatives.indices { alternatives[index].shape = [] }
  }
}
