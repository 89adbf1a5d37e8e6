import ArgumentParser
import Engine
import Fleet
import Geometry

/// `tocsin fastest`.
struct FastestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fastest", abstract: "Which units reach an incident first.")

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Where the incident is.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var at: Coordinate

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many units.")
  var count = 5

  @Option(
    parsing: .unconditional,
    help:
      "Which carriageway of a divided road: its direction of travel in degrees clockwise from north.")
  var heading: Double?

  @Option(
    help: ArgumentHelp(
      "Only units with these statuses, joined by commas. Default: available.", valueName: "statuses"),
    transform: Parse.statuses)
  var status: [[UnitStatus]] = []

  @Option(help: ArgumentHelp("Only units with all of these capabilities.", valueName: "capabilities"))
  var capability: [String] = []

  @Option(help: ArgumentHelp("Only units of these agencies.", valueName: "agencies"))
  var agency: [String] = []

  @Option(
    help: ArgumentHelp("Only units that drive no longer than this, such as 8m.", valueName: "duration"),
    transform: Parse.seconds)
  var maxTravel: Double?

  @Option(
    help: ArgumentHelp("Only units whose position is no older than this.", valueName: "duration"),
    transform: Parse.seconds)
  var maxAge: Double?

  @OptionGroup var reach: ReachOption
  @OptionGroup var detail: DetailOption
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    var request = FastestUnitsRequest(incident: Place(at, headingDegrees: heading), count: count)
    if !status.isEmpty { request.statuses = Set(status.joined()) }
    request.capabilities = capability.flatMap(Parse.list)
    request.agencies = agency.flatMap(Parse.list)
    request.travelSecondsMax = maxTravel
    request.positionAgeSecondsMax = maxAge
    request.reach = reach.value
    request.detail = detail.value
    let asked = request
    let answer = try await server.withClient { try await $0.fastestUnits(asked) }
    try output.show(answer.json(detail.value), text: FastestText.text(answer))
  }
}

/// What an answer carries beyond time and length.
struct DetailOption: ParsableArguments {
  @Flag(help: "Street by street.")
  var steps = false
  @Flag(help: "The line on the map.")
  var shape = false
  @Flag(help: "The OSM ways (with --json).")
  var ways = false
  @Flag(help: "The traffic signals on the way, and when the vehicle comes to them.")
  var signals = false

  var value: RouteDetail {
    var detail: RouteDetail = []
    if steps { detail.insert(.steps) }
    if shape { detail.insert(.shape) }
    if ways { detail.insert(.ways) }
    if signals { detail.insert(.signals) }
    return detail
  }
}

/// How far from its place, and from its heading, a road may be to be meant.
struct ReachOption: ParsableArguments {
  @Option(parsing: .unconditional, help: ArgumentHelp("How far a road may be from its place.", valueName: "meters"))
  var radius = Limits.snapRadiusMeters

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far a road's direction may be from a heading.", valueName: "degrees"))
  var headingTolerance = Limits.headingToleranceDegrees

  var value: SnapReach { SnapReach(radiusMeters: radius, headingToleranceDegrees: headingTolerance) }
}
