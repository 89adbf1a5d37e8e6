import ArgumentParser
import Engine
import Foundation
import Geometry
import Traffic

/// `tocsin close`.
struct CloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close roads until they are lifted, or for a while.",
    discussion: """
      Either --way, or --at with --radius. Several ways become several closures, put together: all or none. \
      Prints the closures; with one way or place and no --id, an id is made up.
      """)

  @Option(help: "The closure's id; a closure with this id is replaced.")
  var id: String?

  @Option(help: ArgumentHelp("Close this OSM way; may be repeated.", valueName: "osm-id"))
  var way: [Int64] = []

  @Option(help: "Which direction of the OSM way: \(WayDirection.allCases.map(\.rawValue).joined(separator: ", ")).")
  var direction: WayDirection = .both

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Close the roads around this place.", valueName: "lat,lon"),
    transform: Parse.coordinate)
  var at: Coordinate?

  @Option(parsing: .unconditional, help: ArgumentHelp("How far around the place.", valueName: "meters"))
  var radius: Double?

  @Option(
    name: .customLong("for"), help: ArgumentHelp("For how long, such as 2h or 1h30m.", valueName: "duration"),
    transform: Parse.seconds)
  var seconds: Double?

  @Option(help: "Why.")
  var reason = ""

  @Option(help: "Who says so.")
  var source = ""

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    guard way.isEmpty != (at == nil) else { throw ValidationError("Either --way or --at with --radius is needed.") }
    guard (at == nil) == (radius == nil) else { throw ValidationError("--at and --radius belong together.") }
  }

  func run() async throws {
    let closures = closures(now: Date(), newID: Self.newID())
    let answer = try await server.withClient { try await $0.putClosures(closures) }
    try output.show(
      ClosureListShape(answer), text: ClosureListText.text(answer.closures) + "version \(answer.version)\n")
  }

  /// One closure per way, or one for the place.
  func closures(now: Date, newID: String) -> [RoadClosure] {
    let selectors =
      if let at, let radius { [RoadSelector.point(at, radiusMeters: radius)] } else {
        way.map { RoadSelector.way(osmID: $0, direction: direction) }
      }
    return selectors.enumerated().map { position, selector in
      RoadClosure(
        id: (id ?? newID) + (selectors.count > 1 ? "-\(position + 1)" : ""), source: source, selector: selector,
        reason: reason, until: seconds.map { now.addingTimeInterval($0) })
    }
  }

  private static func newID() -> String { "closure-" + UUID().uuidString.prefix(8).lowercased() }
}
