import API
import ArgumentParser
import Geometry
import InputFiles

/// `tocsin staging`.
struct StagingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "staging", abstract: "Show where units can gather out of danger, and where they can't and why.",
    discussion: """
      Places are the points of a layer, whose tag "capacity" says how many vehicles one holds, or given. For example:
        tocsin staging --at 37.5665,126.9780 --hazard-radius 300 --margin 50 --units E1,E2,L1 --layer staging
        tocsin staging --at 37.5665,126.9780 --hazard gas.geojson --type chemical --wind-from 270 --layer staging
      """)

  @Option(place: "The scene, e.g. 37.5665,126.9780.")
  var at: Coordinate

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The hazard is all within this of the scene.", valueName: "meters"))
  var hazardRadius: Double?
  @Option(
    help: ArgumentHelp(
      "The hazard's area: its corners separated by spaces, or all areas of a GeoJSON file.",
      valueName: "places-or-file"),
    transform: Parse.areas)
  var hazard: GeoJSONSelection<Area>?
  @Option(parsing: .unconditional, help: ArgumentHelp("Stay out of this much around the hazard.", valueName: "meters"))
  var margin = 0.0

  @Option(help: ArgumentHelp("Units that gather, e.g. E1,L2.", valueName: "ids"))
  var units: [String] = []
  @Option(help: ArgumentHelp("Units of the plan that is chosen for this type of incident.", valueName: "type"))
  var type: String?
  @Option(help: ArgumentHelp("Units of this plan, by its id.", valueName: "id"))
  var plan: String?

  @Option(help: ArgumentHelp("Places: the points of this layer.", valueName: "layer"))
  var layer: String?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A place, e.g. 37.5665,126.9780; may be repeated.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var place: [Coordinate] = []

  @Option(help: ArgumentHelp("The profile of a vehicle that must get in and out, too.", valueName: "name"))
  var profile = ""
  @Option(duration: "How long units stay before they go on, e.g. 5m.")
  var reserve = 0.0
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where the wind comes from, clockwise from north, e.g. 270 for west.", valueName: "degrees"))
  var windFrom: Double?

  @OptionGroup var closures: WhatIfOption
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    guard (hazardRadius == nil) != (hazard == nil) else {
      throw ValidationError("Give one of --hazard-radius and --hazard.")
    }
    guard [!units.isEmpty, type != nil, plan != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("Give one of --units, --type and --plan.")
    }
    guard (layer == nil) != place.isEmpty else { throw ValidationError("Give either --layer or --place.") }
  }

  func run() async throws {
    LeftOutNote.tell(hazard?.leftOut ?? [:], taken: "areas")
    closures.tellLeftOut()
    let request = request
    let answer = try await server.withClient { try await $0.staging(request) }
    try geojson.show(answer.geoJSON, output, answer.json(request), text: StagingText.text(answer, request))
  }

  private var request: StagingRequest {
    let area = hazard.map { StagingRequest.Hazard.areas($0.shapes) }
    let force =
      type.map { StagingRequest.Force.incidentType($0) } ?? plan.map { .plan(id: $0) }
      ?? .units(ids: units.flatMap(Parse.list))
    let listed = place.enumerated().map { StagingPlace(id: "\($0 + 1)", $1) }
    var request = StagingRequest(
      scene: Place(at), hazard: area ?? .radius(meters: hazardRadius ?? 0), force: force,
      places: layer.map { .layer($0) } ?? .listed(listed))
    (request.marginMeters, request.profile, request.reserveSeconds) = (margin, profile, reserve)
    (request.windFromDegrees, request.whatIf) = (windFrom, closures.value)
    return request
  }
}
