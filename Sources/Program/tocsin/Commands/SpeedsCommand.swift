import AnswerJSON
import ArgumentParser
import Engine
import Feeds
import Foundation
import InputFiles

/// `tocsin speeds`.
struct SpeedsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speeds", abstract: "Learn how fast traffic usually is.", subcommands: [Learn.self])

  /// `tocsin speeds learn`.
  struct Learn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Learn typical speeds by hour of the week from a feed.",
      discussion: """
        Reads the feed again and again, and writes a file beside the map after each hour: of each road and hour the \
        medians of the last \(LearntSpeeds.weeksMax) weeks. Goes on from the file that is there; what was read of an \
        hour that isn't over is lost when it is stopped. `tocsin serve --typical-speeds FILE` answers questions about \
        other times by it. For example:
          tocsin speeds learn city.tocsin its-speeds https://example.org/speeds --every 5m
        """)

    @Argument(help: "The map, for its clock; the file is written beside it.")
    var map: String

    @Argument(help: "The feed's format.")
    var format: FeedFormat

    @Argument(help: ArgumentHelp("The file, or the page at http:// or https://, of the feed.", valueName: "file"))
    var file: String

    @Option(duration: "How often the feed is read, e.g. 5m.")
    var every = 300.0

    @Option(duration: "Wait this long for a page, e.g. 20s.")
    var timeout = 30.0

    @Option(file: "Write this file. Default: the map's name with .speeds.csv.")
    var out: String?

    func validate() throws {
      guard every > 0, timeout > 0 else { throw ValidationError("--every and --timeout must be above 0.") }
      guard format == .itsSpeeds || format == .osrmSpeeds else {
        throw ValidationError("\(format.rawValue) brings no speeds.")
      }
    }

    func run() async throws {
      let zone = LocalClock(zoneName: try CityMap(path: map).network.timeZone).timeZone
      let path = out ?? (map as NSString).deletingPathExtension + ".speeds.csv"
      var learnt = LearntSpeeds(zone)
      if FileManager.default.fileExists(atPath: path) { try learnt.add(path: path) }
      let reader = FeedReader(format: format, source: format.rawValue, options: FeedOptions(timeZone: zone))
      var feed = FeedFile(file, secondsMax: timeout)
      while true {
        do {
          let now = Date()
          let speeds = try reader.read(feed.read(), at: now).speeds
          if speeds.isEmpty { Console.complain("the feed has no speeds\n") }
          if learnt.add(speeds, at: now) {
            try AsideFile(path: path).write(Array(learnt.text.utf8))
            Console.write("\(Figures.count(learnt.roadCount, of: "road")) in \(path)\n")
          }
        } catch {
          // A server that restarts or a file that is being written is no reason to end.
          guard let failure = CommandFailure(error) else { throw error }
          Console.complain(Printable.text("\(failure)") + "\n")
        }
        try await Task.sleep(for: .seconds(every))
      }
    }
  }
}
