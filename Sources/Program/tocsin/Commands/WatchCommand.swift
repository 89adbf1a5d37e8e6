import API
import ArgumentParser
import Client
import Geometry

/// `tocsin watch`.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Print changes as they happen, until interrupted.",
    discussion: """
      By default prints every change of the traffic; with --at, the fastest units to an incident; with --at and one of \
      --type, --plan and --line, who should go there; with --from, --to and --profile, a route; with --within, what the \
      units cover in time; with --within, --profile and one of --from and --to, how far a vehicle gets. An answer is printed again only when it has changed, with what changed and why. A connection \
      that is lost is made again, which standard error says.
      """)

  @Option(place: "Watch the fastest units to this place, e.g. 37.5665,126.9780.")
  var at: Coordinate?

  @Option(name: .customShort("k"), help: ArgumentHelp("How many units to list.", valueName: "count"))
  var count = 5

  @Option(place: "Watch the route from this place, e.g. 37.5665,126.9780.")
  var from: Coordinate?

  @Option(place: "Watch the route to this place, e.g. 37.4979,127.0276.")
  var to: Coordinate?

  @Option(help: ArgumentHelp("Vehicle profile of the route or the reach.", valueName: "name"))
  var profile: String?

  @OptionGroup var wanted: WantedOption

  @Option(
    help: ArgumentHelp(
      "Watch what is covered or reached within these limits, ascending, e.g. 5m,7m.", valueName: "durations"),
    transform: { try Parse.list($0).map(Parse.seconds) })
  var within: [[Double]] = []

  @Option(help: "With --within: how many units are to be there, 1 to \(Limits.coverageDepthMax).")
  var depth = 1

  @OptionGroup var units: UnitOption

  @Option(
    help: ArgumentHelp("Watch what of these layers lies along a way, too, e.g. camera,signal.", valueName: "layers"))
  var layers: [String] = []

  @Option(duration: "Times that differ by less are no news, e.g. 30s. Default: 1s.")
  var leastChange: Double?

  @Option(help: ArgumentHelp("Stop after this many answers.", valueName: "count"))
  var limit: Int?

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    let isRoute = from != nil || to != nil
    if within.isEmpty {
      guard !isRoute || from != nil && to != nil && profile != nil else {
        throw ValidationError("--from, --to and --profile go together.")
      }
    } else if isRoute {
      guard (from == nil) != (to == nil), profile != nil else {
        throw ValidationError("--within goes with --profile and one of --from and --to, or alone.")
      }
    }
    guard at != nil || (!within.isEmpty && !isRoute) || !units.isGiven else {
      throw ValidationError("--status, --capability and --agency go with --at.")
    }
    guard at == nil || !isRoute && within.isEmpty else {
      throw ValidationError("Give either --at, or --from and --to.")
    }
    guard layers.isEmpty || within.isEmpty && (at != nil || isRoute) else {
      throw ValidationError("--layers goes with --at, or with --from and --to.")
    }
    guard at != nil || !wanted.isGiven else { throw ValidationError("--type, --plan and --line go with --at.") }
  }

  func run() async throws {
    var session = Session(limit: limit)
    // Who never reached the server named a wrong one.
    try await listen(&session)
    while !session.isOver {
      Console.complain("the connection was lost; trying again in \(session.pauseSeconds) s\n")
      try await Task.sleep(for: .seconds(session.pauseSeconds))
      session.pauseSeconds = min(session.pauseSeconds * 2, Session.pauseSecondsMax)
      do {
        try await listen(&session)
      } catch let error as ClientError where Self.passing.contains(error.code) {
      }
    }
  }

  /// What a server that starts again answers until it has room for everybody who comes back.
  private static let passing: Set = ["CONNECTION_FAILED", "TOO_MANY_CONNECTIONS", "OVERLOADED"]

  /// What is left of a watch when a connection ends.
  private struct Session {
    static let pauseSecondsMax = 30
    let limit: Int?
    var shownCount = 0
    var pauseSeconds = 1
    var wasConnected = false
    /// The answer that was printed last.
    var last: WatchAnswer?

    var isOver: Bool { shownCount == limit }

    mutating func show(_ print: () throws -> Void) rethrows {
      try print()
      (shownCount, pauseSeconds) = (shownCount + 1, 1)
    }
  }

  /// Prints what one connection brings, until it ends or enough was printed. Throws what ends a watch for good.
  private func listen(_ session: inout Session) async throws {
    let client = try await server.connected()
    if session.wasConnected {
      // A question is answered again, and so says what changed.
      let gap = question == nil ? "; what was closed or lifted meanwhile is not listed here" : ""
      Console.complain("connected again\(gap)\n")
    }
    session.wasConnected = true
    do {
      if let question {
        for try await answer in client.watch(question) where isNews(answer, since: session.last) {
          try session.show { try output.show(answer.json, text: WatchText.text(answer)) }
          session.last = answer
          if session.isOver { break }
        }
      } else {
        for try await event in client.watchTraffic() {
          try session.show { try output.show(event.json, text: WatchText.text(event)) }
          if session.isOver { break }
        }
      }
    } catch let error as ClientError where ["CONNECTION_LOST", "SHUTTING_DOWN"].contains(error.code) {
    }
    await client.close()
  }

  private func isNews(_ answer: WatchAnswer, since last: WatchAnswer?) -> Bool {
    guard let last, let leastChange else { return true }
    return WatchNews.differs(answer.content, from: last.content, bySeconds: leastChange)
  }

  private var question: WatchQuestion? {
    if let at, let wanted = wanted.value {
      var request = RecommendRequest(incident: Place(at), wanted: wanted)
      (request.level, request.units, request.explainCount) = (self.wanted.level, units.filter, 0)
      request.detail.layers = layers.flatMap(Parse.list)
      return .recommend(request)
    }
    if let at {
      var request = FastestUnitsRequest(incident: Place(at), count: count)
      units.choose(for: &request)
      request.detail.layers = layers.flatMap(Parse.list)
      return .fastestUnits(request)
    }
    if !within.isEmpty { return wide(limitsSeconds: Array(within.joined())) }
    guard let from, let to, let profile else { return nil }
    var request = RouteRequest(places: [Place(from), Place(to)], profile: profile)
    request.detail.layers = layers.flatMap(Parse.list)
    return .route(request)
  }

  /// About all roads.
  private func wide(limitsSeconds: [Double]) -> WatchQuestion {
    if let profile, let place = from ?? to {
      return .reach(
        ReachRequest(
          places: [Place(place)], from == nil ? .to : .from, profile: profile, limitsSeconds: limitsSeconds))
    }
    var request = CoverageRequest(limitsSeconds: limitsSeconds)
    (request.units, request.depth) = (units.filter, depth)
    (request.detail.soleCount, request.detail.gapCount) = (0, 0)
    return .coverage(request)
  }
}
