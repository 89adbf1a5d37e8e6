import API
import ArgumentParser
import Geometry

/// `tocsin recommend`.
struct RecommendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Show which units should go to an incident, each in its place, and why not others.",
    discussion: """
      What is wanted comes from the plan for --type there and then, from --plan, or from lines: --line engine=2 --line \
      "ladder=1:ladder|quint" is two units that can do engine, and one that can do ladder or, as a substitute, quint. \
      For example: tocsin recommend --at 37.49029,126.87693 --type house-fire --level 1
      """)

  @Option(place: "Where the incident is, e.g. 37.5665,126.9780.")
  var at: Coordinate

  @OptionGroup var wish: WantedOption

  @Option(
    parsing: .unconditional,
    help:
      "Direction of travel in degrees clockwise from north, e.g. 90 for east: selects a carriageway of a divided road.")
  var heading: Double?
  @Option(help: ArgumentHelp("The incident's id: units whose task it is count as committed.", valueName: "id"))
  var incident = ""
  @Option(help: ArgumentHelp("Units that are at it already, e.g. E1,L2.", valueName: "ids"))
  var committed: [String] = []
  @Option(help: ArgumentHelp("Units that have to go, whatever their time.", valueName: "ids"))
  var wanted: [String] = []

  @Option(duration: "How long the call took before the alarm, e.g. 60s: goals count from the call then.")
  var handling: Double?
  @Option(help: "How many units that were not chosen to explain.")
  var explain = RecommendRequest.explainCountDefault

  @Option(duration: "Show what each unit leaves bare: what it alone reaches within this, e.g. 7m.")
  var strips: Double?
  @Option(help: ArgumentHelp("For --strips: the points of this layer by weight instead of road.", valueName: "layer"))
  var demand: String?

  @Option(help: "The incident's priority, 1 the most urgent: for --divert.")
  var priority: Int?
  @OptionGroup var diversions: DiversionOption

  @OptionGroup var time: DepartureOption
  @OptionGroup var candidates: CandidateOption
  @OptionGroup var units: UnitOption
  @OptionGroup var levels: AlongOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var detail: DetailOption
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    guard wish.isGiven else { throw ValidationError("Give one of --type, --plan and --line.") }
    if demand != nil, strips == nil { throw ValidationError("--demand needs --strips.") }
    guard diversions.divert == (priority != nil) else {
      throw ValidationError("--divert and --priority go together.")
    }
  }

  func run() async throws {
    guard let wanted = wish.value else { return }
    var (answer, departure) = try await server.withClient { client in
      let departure = try await time.departure(client)
      return (try await client.recommend(request(wanted, at: departure)), departure)
    }
    let features = geojson.isGiven ? RecommendGeoJSON.features(answer, incidentID: incident) : []
    if !detail.shape { answer.leaveOutShapes() }
    try geojson.show(
      features, output, answer.json(detail.value(along: levels)),
      text: departure.note(answer.basis) + RecommendText.text(answer, isOfDemand: demand != nil))
  }

  private func request(_ lines: RecommendRequest.Wanted, at departure: Departure) -> RecommendRequest {
    var request = RecommendRequest(
      incident: Place(at, headingDegrees: heading, levels: levels.value), wanted: lines)
    (request.incidentID, request.departAt) = (incident, departure.date)
    request.level = wish.level
    request.committedIDs = committed.flatMap(Parse.list)
    request.wantedIDs = wanted.flatMap(Parse.list)
    (request.keep, request.handlingSeconds, request.explainCount) = (candidates.keep, handling, explain)
    request.reach = reach.value
    let told = detail.value(along: levels)
    request.detail = geojson.isGiven ? told.union(.shape) : told
    request.diversions = diversions.search(priority: priority ?? 0)
    request.strips = strips.map { StripQuestion(limitSeconds: $0, demandLayer: demand ?? "") }
    request.units = candidates.filter(units)
    return request
  }
}

/// What says which lines are to be filled.
struct WantedOption: ParsableArguments {
  @Option(help: ArgumentHelp("The incident's type: takes the plan that is chosen for it.", valueName: "type"))
  var type: String?
  @Option(help: ArgumentHelp("The plan, by its id.", valueName: "id"))
  var plan: String?
  @Option(
    help: ArgumentHelp(
      "A line without a plan: NAME=COUNT, with whoever may fill it if that isn't its name: NAME=COUNT:CAN+CAN|CAN.",
      valueName: "line"),
    transform: PlanLineText.line)
  var line: [PlanLine] = []

  @Option(help: "The alarm, from 1: wants the lines of all levels up to it.")
  var level = 1

  func validate() throws {
    guard [type != nil, plan != nil, !line.isEmpty].count(where: { $0 }) <= 1 else {
      throw ValidationError("Give one of --type, --plan and --line.")
    }
  }

  var isGiven: Bool { value != nil }

  /// `nil` if nothing says it.
  var value: RecommendRequest.Wanted? {
    type.map { .incidentType($0) } ?? plan.map { .plan(id: $0) } ?? (line.isEmpty ? nil : .lines(PlanLevel(line)))
  }
}

/// Lines and rules of a plan in one word.
enum PlanLineText {
  /// `engine=2`, `ladder=1:ladder|quint`, `medic=1:als+ambulance`.
  static func line(_ text: String) throws -> PlanLine {
    let (name, count, rest) = try parts(of: text, "NAME=COUNT, such as engine=2 or ladder=1:ladder|quint")
    let needs = (rest ?? name).split(separator: "|").map { alternative in
      UnitNeed(alternative.split(separator: "+").map { $0.trimmingCharacters(in: .whitespaces) })
    }
    return PlanLine(name, count: count, needs: needs)
  }

  /// `North=1`, `North=1:engine`.
  static func keepRule(_ text: String) throws -> KeepRule {
    let (station, count, capability) = try parts(of: text, "STATION=COUNT, such as North=1 or North=1:engine")
    return KeepRule(station: station, capability: capability ?? "", count: count)
  }

  private static func parts(of text: String, _ form: String) throws -> (name: String, count: Int, rest: String?) {
    guard let match = text.wholeMatch(of: #/([^=]+)=([0-9]+)(?::(.+))?/#), let count = Int(match.2) else {
      throw ValidationError("'\(text)' is not \(form)")
    }
    return (String(match.1), count, match.3.map(String.init))
  }
}
