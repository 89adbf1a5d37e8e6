import AnswerJSON
import ArgumentParser
import Feeds
import Foundation

/// `tocsin feed`.
struct FeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feed", abstract: "Push a traffic feed to a server, once or repeatedly.",
    discussion: """
      Each push replaces what the feed said before. A record that can't be understood, or that matches no road of the \
      map, is reported and skipped; the others take effect. A file of which nothing is understood is an error, and \
      changes nothing. A closure holds as long as the feed says; one without an end, and speeds, expire after --ttl, so \
      a feed that stops does no harm; `tocsin status` then shows it as stale. Formats: \
      \(FeedFormat.allCases.map(\.rawValue).joined(separator: ", ")). For example:
        tocsin feed wzdx workzones.json --every 60s
      """)

  @Argument(help: "The feed's format.")
  var format: FeedFormat

  @Argument(
    help: ArgumentHelp(
      "The file, or the page at http:// or https://, to read at each push; - reads standard input, once.",
      valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "The feed's name, needed where several feeds have one format. Default: the format.", valueName: "name"))
  var source: String?

  @Option(duration: "Read and push at this interval, e.g. 60s.")
  var every: Double?

  @Option(duration: "Wait this long for a page, e.g. 20s. Default: 30s.")
  var timeout: Double?

  @Option(
    duration:
      "How long speeds, and closures without an end, hold, e.g. 10m. Default: three times --every, at least 10m.")
  var ttl: Double?

  @Option(
    help: ArgumentHelp("Time zone of times that name none, e.g. Asia/Seoul.", valueName: "name"),
    transform: Parse.timeZone)
  var timeZone: TimeZone?

  @Option(help: "What locates a record that has both a link and a coordinate.")
  var prefer: FeedOptions.PlaceSource = .links

  @Option(duration: "Ignore speeds measured longer ago than this, e.g. 15m.")
  var ageMax: Double?

  @Flag(help: "Print what would be pushed, and push nothing.")
  var dryRun = false

  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if geojson.isGiven && !dryRun { throw ValidationError("--geojson needs --dry-run.") }
    if geojson.isGiven && !format.bringsClosures {
      throw ValidationError("--geojson shows closures: \(format.rawValue) brings none.")
    }
    if every == 0 { throw ValidationError("--every must be above 0.") }
    if timeout == 0 { throw ValidationError("--timeout must be above 0.") }
    if ttl == 0 { throw ValidationError("--ttl must be above 0.") }
    if file == "-" && every != nil { throw ValidationError("Standard input can be read only once: leave out --every.") }
  }

  func run() async throws {
    let pusher = FeedPusher(
      reader: FeedReader(
        format: format, source: source ?? format.rawValue,
        options: FeedOptions(timeZone: timeZone, preferredPlace: prefer, speedAgeSecondsMax: ageMax)),
      intervalSeconds: every ?? 0,
      timeToLiveSeconds: ttl ?? max(Self.timeToLiveSecondsMin, 3 * (every ?? 0)), isDryRun: dryRun)
    var feed = FeedFile(file, secondsMax: timeout ?? Self.timeoutSeconds)
    guard let every else { return try show(try await push(pusher, &feed)) }
    while true {
      // A server that restarts or a file that is being written is no reason to end.
      do {
        try show(try await push(pusher, &feed))
      } catch {
        guard let failure = CommandFailure(error) else { throw error }
        Console.complain(Printable.text("\(failure)") + "\n")
      }
      try await Task.sleep(for: .seconds(every))
    }
  }

  private static let timeoutSeconds = 30.0
  private static let timeToLiveSecondsMin = 600.0

  private func push(_ pusher: FeedPusher, _ file: inout FeedFile) async throws -> FeedOutcome {
    let data = try file.read()
    return try await server.withClient { try await pusher.push(data, to: $0) }
  }

  private func show(_ outcome: FeedOutcome) throws {
    for problem in outcome.complaints { Console.complain("\(Printable.text(problem))\n") }
    try geojson.show(ClosureGeoJSON.features(outcome.closures), output, outcome.json, text: outcome.text)
  }
}

extension FeedFormat: ExpressibleByArgument {}
extension FeedOptions.PlaceSource: ExpressibleByArgument {}
