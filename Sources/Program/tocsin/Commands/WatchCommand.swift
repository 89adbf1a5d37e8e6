import API
import ArgumentParser
import Geometry

/// `tocsin watch`.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Print changes as they happen, until interrupted.",
    discussion: """
      By default prints every change of the traffic; with --at, the fastest units to an incident; with --from, --to and \
      --profile, a route. An answer is printed again only when it has changed, with what changed and why.
      """)

  @Option(place: "Watch the fastest units to this place, e.g. 37.5665,126.9780.")
  var at: Coordinate?

  @Option(name: .customShort("k"), help: ArgumentHelp("How many units to list.", valueName: "count"))
  var count = 5

  @Option(place: "Watch the route from this place, e.g. 37.5665,126.9780.")
  var from: Coordinate?

  @Option(place: "Watch the route to this place, e.g. 37.4979,127.0276.")
  var to: Coordinate?

  @Option(help: ArgumentHelp("Vehicle profile of the route.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("Stop after this many answers.", valueName: "count"))
  var limit: Int?

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    let isRoute = from != nil || to != nil
    guard !isRoute || from != nil && to != nil && profile != nil else {
      throw ValidationError("--from, --to and --profile go together.")
    }
    guard !isRoute || at == nil else { throw ValidationError("Give either --at, or --from and --to.") }
  }

  func run() async throws {
    let question = question
    try await server.withClient { client in
      if let question {
        try await show(client.watch(question)) { try output.show($0.json, text: WatchText.text($0)) }
      } else {
        try await show(client.watchTraffic()) { try output.show($0.json, text: WatchText.text($0)) }
      }
    }
  }

  private func show<Answer>(_ stream: AsyncThrowingStream<Answer, any Error>, _ body: (Answer) throws -> Void)
    async throws
  {
    var shown = 0
    for try await answer in stream {
      try body(answer)
      shown += 1
      if shown == limit { return }
    }
  }

  private var question: WatchQuestion? {
    if let at { return .fastestUnits(FastestUnitsRequest(incident: Place(at), count: count)) }
    guard let from, let to, let profile else { return nil }
    return .route(RouteRequest(places: [Place(from), Place(to)], profile: profile))
  }
}
