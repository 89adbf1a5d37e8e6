import ArgumentParser
import Client
import Engine
import Feeds
import Foundation
import Messages
import Traffic

/// `tocsin feed`.
struct FeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feed", abstract: "Push a traffic feed to a server, once or again and again.",
    discussion: """
      What a feed says replaces what it said before. A record that is not understood, or means no road of the map, is \
      reported and skipped; the rest goes through. Closures without an end, and speeds, end by themselves after --ttl: so \
      a feed that stops does no harm, and `tocsin status` shows it as stale. Formats: \
      \(FeedFormat.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @Argument(help: "The feed's format.")
  var format: FeedFormat

  @Argument(help: ArgumentHelp("The file to read, anew each time; - is standard input, once.", valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "Its name; other than the format's where there are several.", valueName: "name"))
  var source: String?

  @Option(
    help: ArgumentHelp("Read and push so often, such as 60s.", valueName: "duration"), transform: Parse.seconds)
  var every: Double?

  @Option(
    help: ArgumentHelp(
      "How long it holds without a word from the feed. Default: three times --every, at least 10m.",
      valueName: "duration"), transform: Parse.seconds)
  var ttl: Double?

  @Option(
    help: ArgumentHelp("The zone of times that come without one.", valueName: "name"),
    transform: Parse.timeZone)
  var timeZone: TimeZone?

  @Option(help: "What says where something is, where a record has both: links or coordinates.")
  var prefer: FeedOptions.Place = .links

  @Option(
    help: ArgumentHelp("Speeds that were measured earlier are unknown.", valueName: "duration"),
    transform: Parse.seconds)
  var ageMax: Double?

  @Flag(help: "Say what would be pushed, and push nothing.")
  var dryRun = false

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if every == 0 { throw ValidationError("--every is above 0.") }
    if ttl == 0 { throw ValidationError("--ttl is above 0.") }
    if file == "-" && every != nil { throw ValidationError("Standard input is read once: without --every.") }
  }

  func run() async throws {
    let pusher = FeedPusher(
      reader: FeedReader(
        format: format, source: source ?? format.rawValue,
        options: FeedOptions(timeZone: timeZone, preferredPlace: prefer, speedAgeSecondsMax: ageMax)),
      intervalSeconds: every ?? Self.onceIntervalSeconds,
      timeToLiveSeconds: ttl ?? max(Self.timeToLiveSecondsMin, 3 * (every ?? 0)), isDryRun: dryRun)
    guard let every else { return try show(try await push(pusher)) }
    while true {
      // A server that restarts or a file that is being written is no reason to end.
      do {
        try show(try await push(pusher))
      } catch {
        guard let failure = CommandFailure(error) else { throw error }
        Console.complain("\(failure)\n")
      }
      try await Task.sleep(for: .seconds(every))
    }
  }

  private static let timeToLiveSecondsMin = 600.0
  /// One that comes once is expected again within a day.
  private static let onceIntervalSeconds = 86_400.0

  private func push(_ pusher: FeedPusher) async throws -> FeedOutcome {
    let data = try read()
    return try await server.withClient { try await pusher.push(data, to: $0) }
  }

  private func read() throws -> Data {
    if file == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandFailure("FEED_UNREADABLE", "the file can't be read", value: file)
    }
    return data
  }

  private func show(_ outcome: FeedOutcome) throws {
    for problem in outcome.problems { Console.complain("\(Printable.text(problem))\n") }
    try output.show(outcome.json, text: outcome.text)
  }
}

extension FeedFormat: ExpressibleByArgument {}
extension FeedOptions.Place: ExpressibleByArgument {}
