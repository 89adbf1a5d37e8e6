import API
import ArgumentParser
import InputFiles

/// `tocsin assign`.
struct AssignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Show which units should go to which of several incidents, compared with filling them one by one.",
    discussion: """
      The first line of the CSV file names the columns: id, lat, lon, priority (1 is the most urgent), type, plan, level, \
      heading, committed (ids of units separated by ;). Only id, lat and lon are required; incidents without a type or a \
      plan want the lines of --line. For example: tocsin assign incidents.csv --objective fairest
      """)

  @Argument(help: "CSV file of incidents.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "What is made small among incidents that are as urgent: \(AssignObjective.words).", valueName: "objective"),
    transform: AssignObjective.parse)
  var objective = AssignObjective.oneByOne
  @Option(
    help: ArgumentHelp(
      "A line of units for incidents without a type or a plan: NAME=COUNT, as of recommend.", valueName: "line"),
    transform: PlanLineText.line)
  var line: [PlanLine] = []
  @Option(help: "How many units that were not chosen to explain for each incident.")
  var explain = 0

  @Option(help: ArgumentHelp("List what of these layers lies along the ways, e.g. camera,signal.", valueName: "layers"))
  var layers: [String] = []

  @OptionGroup var diversions: DiversionOption
  @OptionGroup var time: DepartureOption
  @OptionGroup var candidates: CandidateOption
  @OptionGroup var units: UnitOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var detail: DetailOption
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let incidents = try IncidentFile.incidents(path: file, lines: line.isEmpty ? nil : PlanLevel(line))
    var request = AssignRequest(incidents)
    (request.objective, request.keep, request.explainCount) = (objective, candidates.keep, explain)
    request.reach = reach.value
    let told = detail.value(layers: layers.flatMap(Parse.list))
    request.detail = geojson.isGiven ? told.union(.shape) : told
    request.diversions = diversions.search(priority: 0)
    request.units = candidates.filter(units)
    var (answer, departure) = try await server.withClient { [request] client in
      let departure = try await time.departure(client)
      var request = request
      request.departAt = departure.date
      return (try await client.assign(request), departure)
    }
    let features = geojson.isGiven ? RecommendGeoJSON.features(answer) : []
    if !detail.shape {
      for index in answer.incidents.indices { answer.incidents[index].recommended.leaveOutShapes() }
    }
    try geojson.show(
      features, output, answer.json(told), text: departure.note(answer.basis) + AssignText.text(answer, incidents))
  }
}

extension AssignObjective {
  static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

  static func parse(_ text: String) throws -> AssignObjective {
    guard let objective = AssignObjective(rawValue: text.replacing("-", with: "_")) else {
      throw ValidationError("'\(text)' is not an objective; known are \(words)")
    }
    return objective
  }
}
