import API
import ArgumentParser
import InputFiles

/// `tocsin moveup`.
struct MoveUpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moveup", abstract: "Show which idle units should move to which posts, so that more is covered.",
    discussion: """
      For example:
        tocsin moveup --capability engine --within 7m --demand calls
        tocsin moveup --capability als --within 8m --demand calls --busy 0.4 --stay A-12
        tocsin moveup --within 7m --demand calls --fill North --fill South
      """)

  @Option(
    help: ArgumentHelp("The limit of turnout and travel, e.g. 7m.", valueName: "duration"), transform: Parse.seconds)
  var within: Double
  @Option(help: ArgumentHelp("The demand: the points of this layer by weight.", valueName: "layer"))
  var demand: String

  @Option(
    help: ArgumentHelp(
      "What moves make large: \(CoverObjective.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "objective"),
    transform: { text in
      guard let objective = CoverObjective(rawValue: text) else {
        let known = CoverObjective.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'\(text)' is not an objective; known are \(known)")
      }
      return objective
    })
  var objective = CoverObjective.expected
  @Option(duration: "With --objective double: the farther limit, within which all demand is to be covered, e.g. 12m.")
  var far: Double?
  @Option(
    help: ArgumentHelp(
      "Share of the time that a unit is busy. Default: \(MoveUpRequest.busyShareDefault).", valueName: "share"))
  var busy: Double?

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many units may move.")
  var moves = MoveUpRequest.movesDefault
  @Option(help: ArgumentHelp("A move that gains less of all demand isn't worth it.", valueName: "share"))
  var gain = MoveUpRequest.gainShareDefault
  @Option(duration: "The longest drive to a post, e.g. 10m. Default: 15m.")
  var maxDrive = MoveUpRequest.relocationSecondsDefault
  @Option(help: ArgumentHelp("Units that stay where they are.", valueName: "ids"))
  var stay: [String] = []
  @Option(
    help: ArgumentHelp(
      "Posts to fill, the most important first, instead of looking for the best: by the smallest longest drive.",
      valueName: "ids"))
  var fill: [String] = []
  @Option(file: "CSV file of posts, instead of those that the server knows.")
  var posts: String?

  @OptionGroup var units: UnitOption
  @Option(duration: "Only units whose position is no older than this, e.g. 90s.")
  var maxAge: Double?
  @Option(help: ArgumentHelp("Units that don't count.", valueName: "ids"))
  var hold: [String] = []

  @OptionGroup var closures: WhatIfOption
  @Option(help: "How many gaps to list.")
  var gaps = MoveUpRequest.gapCountDefault
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    closures.tellLeftOut()
    let request = try request()
    let answer = try await server.withClient { try await $0.moveUp(request) }
    try geojson.show(MoveUpText.features(answer), output, answer.json, text: MoveUpText.text(answer, request))
  }

  private func request() throws -> MoveUpRequest {
    var request = MoveUpRequest(demandLayer: demand, limitSeconds: within)
    request.units = units.filter
    (request.units.positionAgeSecondsMax, request.units.excludedIDs) = (maxAge, hold.flatMap(Parse.list))
    if let posts { request.posts = try PostFile.posts(path: posts) }
    (request.objective, request.farLimitSeconds, request.busyShare) = (objective, far, busy)
    (request.movesMax, request.gainShareMin, request.relocationSecondsMax) = (moves, gain, maxDrive)
    (request.stayingUnitIDs, request.targetPostIDs) = (stay.flatMap(Parse.list), fill.flatMap(Parse.list))
    (request.whatIf, request.gapCount) = (closures.value, gaps)
    return request
  }
}
