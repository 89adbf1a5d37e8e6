import API
import ArgumentParser
import Geometry
import InputFiles

/// `tocsin coverage`.
struct CoverageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Show how much road the units reach in time, and where nobody comes.",
    discussion: """
      For example:
        tocsin coverage --within 5m,7m --depth 3 --capability engine
        tocsin coverage --within 5m,7m --depth 3 --demand calls
        tocsin coverage --within 7m --away A-12 --move B-1=37.5665,126.9780
        tocsin coverage --within 7m --close-area flood.geojson --geojson coverage.geojson
      """)

  @Option(
    help: ArgumentHelp(
      "The limits of handling, turnout and travel, ascending, e.g. 5m,7m.", valueName: "durations"),
    transform: { try Parse.list($0).map(Parse.seconds) })
  var within: [[Double]]

  @Option(help: "How many units are to be there, 1 to \(Limits.coverageDepthMax).")
  var depth = 1

  @Option(duration: "From the call to the alarm, e.g. 1m.")
  var handling = 0.0

  @Option(help: ArgumentHelp("Of how much demand is covered: the points of this layer by weight.", valueName: "layer"))
  var demand: String?

  @OptionGroup var units: UnitOption

  @Option(duration: "Only units whose position is no older than this, e.g. 90s.")
  var maxAge: Double?

  @Option(help: ArgumentHelp("As if this unit were away; may be repeated.", valueName: "unit"))
  var away: [String] = []

  @Option(
    help: ArgumentHelp("As if a unit stood elsewhere: UNIT=LAT,LON; may be repeated.", valueName: "unit=lat,lon"),
    transform: Parse.move)
  var move: [UnitMove] = []

  @OptionGroup var closures: WhatIfOption
  @OptionGroup var time: DepartureOption

  @Option(help: "How many units to list with what they alone cover.")
  var sole = 5

  @Option(help: "How many gaps to list.")
  var gaps = 10

  @OptionGroup var geojson: GeoJSONOption

  @Flag(help: "Print it again whenever it changes by half a percent of roads or demand, or more.")
  var watch = false

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = CoverageRequest(limitsSeconds: Array(within.joined()))
    request.units = units.filter
    request.units.positionAgeSecondsMax = maxAge
    (request.depth, request.handlingSeconds) = (depth, handling)
    request.demandLayer = demand ?? ""
    request.moves = move + away.map { UnitMove(unitID: $0, place: nil) }
    request.whatIf = closures.value
    (request.detail.soleCount, request.detail.gapCount) = (sole, gaps)
    request.detail.roads = geojson.isGiven
    closures.tellLeftOut()
    try await server.withClient { [request] client in
      let departure = try await time.departure(client)
      var request = request
      request.departAt = departure.date
      guard watch else { return try show(try await client.coverage(request), departure) }
      for try await answer in client.watchCoverage(WatchCoverageRequest(request)) { try show(answer, departure) }
    }
  }

  private func show(_ answer: CoverageAnswer, _ departure: Departure) throws {
    try geojson.show(
      CoverageText.features(answer), output, CoverageText.json(answer),
      text: departure.note(answer.basis) + CoverageText.text(answer))
  }
}

/// Closures that hold for one question.
struct WhatIfOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "As if the roads in an area were closed: its corners separated by spaces, or all areas of a GeoJSON file.",
      valueName: "places-or-file"),
    transform: Parse.areas)
  var closeArea: GeoJSONSelection<Area>?

  @Option(help: ArgumentHelp("As if this OSM way were closed; may be repeated.", valueName: "osm-id"))
  var closeWay: [Int64] = []

  var value: [RoadClosure] {
    let ways = closeWay.map { RoadSelector.way(osmID: $0, direction: .both) }
    let areas = closeArea.map { [RoadSelector.areas($0.shapes)] } ?? []
    return (ways + areas).enumerated().map { RoadClosure(id: "what if \($0 + 1)", selector: $1) }
  }

  /// Says what of the file is no area.
  func tellLeftOut() { LeftOutNote.tell(closeArea?.leftOut ?? [:], taken: "areas") }
}
