import API
import ArgumentParser
import Geometry

/// `tocsin fastest`.
struct FastestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fastest", abstract: "Show which units reach an incident first.",
    discussion: "For example: tocsin fastest --at 37.5665,126.9780 -k 3 --capability als --steps")

  @Option(place: "Where the incident is, e.g. 37.5665,126.9780.")
  var at: Coordinate

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many units to list.")
  var count = 5

  @Option(
    parsing: .unconditional,
    help:
      "Direction of travel in degrees clockwise from north, e.g. 90 for east: selects a carriageway of a divided road.")
  var heading: Double?

  @Option(duration: "Only units whose travel time is at most this, e.g. 8m.")
  var maxTravel: Double?

  @Option(duration: "Only units whose position is no older than this, e.g. 90s.")
  var maxAge: Double?

  @Option(help: "How many units that were not chosen to explain.")
  var explain = 0

  @OptionGroup var time: DepartureOption
  @OptionGroup var units: UnitOption
  @OptionGroup var levels: AlongOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var detail: DetailOption
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = FastestUnitsRequest(incident: Place(at, headingDegrees: heading, levels: levels.value), count: count)
    units.choose(for: &request)
    request.travelSecondsMax = maxTravel
    request.positionAgeSecondsMax = maxAge
    request.explainCount = explain
    request.reach = reach.value
    let told = detail.value(along: levels)
    request.detail = geojson.isGiven ? told.union(.shape) : told
    var (answer, departure) = try await server.withClient { [request] client in
      let departure = try await time.departure(client)
      var request = request
      request.departAt = departure.date
      return (try await client.fastestUnits(request), departure)
    }
    let features = geojson.isGiven ? FastestGeoJSON.features(answer) : []
    if !detail.shape { for index in answer.units.indices { answer.units[index].route.shape = [] } }
    try geojson.show(
      features, output, answer.json(told), text: departure.note(answer.basis) + FastestText.text(answer))
  }
}

/// Which units are meant.
struct UnitOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only units with one of these statuses, e.g. available,returning. Default: available.", valueName: "statuses"),
    transform: Parse.statuses)
  var status: [[UnitStatus]] = []

  @Option(help: ArgumentHelp("Only units with all of these capabilities, e.g. als,ladder.", valueName: "capabilities"))
  var capability: [String] = []

  @Option(help: ArgumentHelp("Only units of these agencies, e.g. EMS,Fire.", valueName: "agencies"))
  var agency: [String] = []

  var isGiven: Bool { !(status.isEmpty && capability.isEmpty && agency.isEmpty) }

  /// The same for questions about many units.
  var filter: UnitFilter {
    var filter = UnitFilter()
    if !status.isEmpty { filter.statuses = Set(status.joined()) }
    filter.capabilities = capability.flatMap(Parse.list)
    filter.agencies = agency.flatMap(Parse.list)
    return filter
  }

  func choose(for request: inout FastestUnitsRequest) {
    if !status.isEmpty { request.statuses = Set(status.joined()) }
    request.capabilities = capability.flatMap(Parse.list)
    request.agencies = agency.flatMap(Parse.list)
  }
}

/// What an answer carries beyond time and length.
struct DetailOption: ParsableArguments {
  @Flag(help: "Include the route, street by street.")
  var steps = false
  @Flag(help: "Include the route's shape: its coordinates.")
  var shape = false
  @Flag(help: "Include the OSM ways of the route (with --json).")
  var ways = false
  @Flag(help: "Include the traffic signals on the route, and when the vehicle reaches them.")
  var signals = false

  /// - Parameter along: the layers whose points along the way are listed.
  func value(along layers: AlongOption) -> RouteDetail { value(layers: layers.names) }

  func value(layers: [String]) -> RouteDetail {
    let named: [(Bool, RouteDetail.Part)] = [(steps, .steps), (shape, .shape), (ways, .ways), (signals, .signals)]
    return RouteDetail(RouteDetail.Part(named.filter(\.0).map(\.1)), layers: layers)
  }
}

/// How far a road may be from a place and its heading.
struct ReachOption: ParsableArguments {
  @Option(parsing: .unconditional, help: ArgumentHelp("How far a road may be from the place.", valueName: "meters"))
  var radius = Limits.snapRadiusMeters

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far a road's direction may be from the heading.", valueName: "degrees"))
  var headingTolerance = Limits.headingToleranceDegrees

  var value: SnapReach { SnapReach(radiusMeters: radius, headingToleranceDegrees: headingTolerance) }
}
