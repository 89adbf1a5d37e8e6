import ArgumentParser
import Engine
import Foundation
import Geometry
import Traffic

/// `tocsin close`.
struct CloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close roads or slow them down, until that is lifted or for a while.",
    discussion: """
      Which roads: --way, --nodes, --at, --line, --area or --link. Several ways become several closures, put together: \
      all or none. What happens there: closed, or --factor, --delay or --speed. To whom: everybody, or --civil, \
      --profiles, --higher-than and the like. Prints the roads that were found; --dry-run prints them and does nothing.
      """)

  @Option(help: "The closure's id; a closure with this id is replaced. Without one an id is made up.")
  var id: String?

  @OptionGroup(title: "Which roads") var roads: RoadOptions
  @OptionGroup(title: "What happens there") var effect: EffectOptions
  @OptionGroup(title: "To whom") var scope: ScopeOptions
  @OptionGroup(title: "When") var times: TimeOptions

  @Option(help: "Why.")
  var reason = ""

  @Option(help: "Who says so.")
  var source = ""

  @Flag(help: "Print what would be closed, and close nothing.")
  var dryRun = false

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let request = ClosuresRequest(closures(now: Date(), newID: Self.newID()))
    let isDryRun = dryRun
    let answer = try await server.withClient { client in
      isDryRun ? try await client.previewClosures(request) : try await client.putClosures(request)
    }
    let lastLine = dryRun ? "nothing was done\n" : "version \(answer.version)\n"
    try output.show(answer.json, text: ClosureListText.text(answer.closures) + lastLine)
  }

  /// One closure for each way, or one for the other roads.
  func closures(now: Date, newID: String) -> [RoadClosure] {
    let selectors = roads.selectors
    return selectors.enumerated().map { position, selector in
      RoadClosure(
        id: (id ?? newID) + (selectors.count > 1 ? "-\(position + 1)" : ""), source: source, selector: selector,
        levels: roads.levels, effect: effect.effect, scope: scope.scope, reason: reason, from: times.from,
        until: times.until(now: now), hours: times.hours)
    }
  }

  private static func newID() -> String { "closure-" + UUID().uuidString.prefix(8).lowercased() }
}

/// Which roads a closure means.
struct RoadOptions: ParsableArguments {
  @Option(help: ArgumentHelp("This OSM way; may be repeated.", valueName: "osm-id"))
  var way: [Int64] = []

  @Option(
    help: ArgumentHelp(
      "Between two OSM nodes, of the way if one is given.", valueName: "from,to"),
    transform: Parse.nodes)
  var nodes: OSMNodePair?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The nearest road to this place; with --radius all roads around it.", valueName: "lat,lon"
    ),
    transform: Parse.coordinate)
  var at: Coordinate?

  @Option(parsing: .unconditional, help: ArgumentHelp("How far around the place.", valueName: "meters"))
  var radius: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "At the place, only in directions that run about so.",
      valueName: "degrees"))
  var heading: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The roads that a line follows: places parted by spaces, or a GeoJSON file.",
      valueName: "places-or-file"),
    transform: { try Parse.places($0, type: "LineString") })
  var line: [Coordinate]?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "All roads that touch an area: its corners parted by spaces, or a GeoJSON file.", valueName: "places-or-file"),
    transform: { try Parse.places($0, type: "Polygon") })
  var area: [Coordinate]?

  @Option(help: ArgumentHelp("A road of the server's link table.", valueName: "id"))
  var link: String?

  @Option(
    help: """
      Along the OSM way, the nodes or the line: \(WayDirection.allCases.map(\.rawValue).joined(separator: ", ")). Default: both for ways and nodes, forward for lines.
      """)
  var direction: WayDirection?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only roads on these layers of OSM, such as 0 or -5..0.", valueName: "layers"),
    transform: Parse.layers)
  var layers: ClosedRange<Int8>?

  @Option(help: "Bridges: \(LevelFilter.Presence.allCases.map(\.rawValue).joined(separator: ", ")).")
  var bridges: LevelFilter.Presence = .included

  @Option(help: "Tunnels and underpasses, likewise.")
  var tunnels: LevelFilter.Presence = .included

  /// Far enough for a place that was read off a map.
  private static let nearestMeters = 100.0

  func validate() throws {
    let kinds = [!way.isEmpty || nodes != nil, at != nil, line != nil, area != nil, link != nil]
    guard kinds.count(where: { $0 }) == 1 else {
      throw ValidationError("One of --way, --nodes, --at, --line, --area and --link is needed.")
    }
    guard at != nil || radius == nil && heading == nil else {
      throw ValidationError("--radius and --heading belong to --at.")
    }
    guard nodes == nil || way.count <= 1 else { throw ValidationError("--nodes lie on one --way.") }
  }

  var levels: LevelFilter { LevelFilter(layers: layers, bridges: bridges, tunnels: tunnels) }

  var selectors: [RoadSelector] {
    if let at, let radius { return [.point(at, radiusMeters: radius, headingDegrees: heading)] }
    if let at { return [.nearest(at, radiusMeters: Self.nearestMeters, headingDegrees: heading)] }
    if let line { return [.polyline(line, direction: direction ?? .forward)] }
    if let area { return [.polygon(area)] }
    if let link { return [.link(id: link)] }
    if let nodes, way.isEmpty { return [.nodes(nodes, direction: direction ?? .both)] }
    return way.map { .way(osmID: $0, direction: direction ?? .both, nodes: nodes) }
  }
}

/// What a closure does.
struct EffectOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: ArgumentHelp("So many times as long.", valueName: "number")
  )
  var factor: Double?

  @Option(
    help: ArgumentHelp("So much longer for who drives all of it, such as 3m.", valueName: "duration"),
    transform: Parse.seconds)
  var delay: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("No faster than this.", valueName: "km/h"))
  var speed: Double?

  func validate() throws {
    guard [factor, delay, speed].count(where: { $0 != nil }) <= 1 else {
      throw ValidationError("Only one of --factor, --delay and --speed.")
    }
  }

  var effect: RoadEffect {
    if let factor { return .factor(factor) }
    if let delay { return .delay(seconds: delay) }
    return speed.map { .speed(kmh: $0) } ?? .closed
  }
}

/// To whom a closure applies.
struct ScopeOptions: ParsableArguments {
  @Flag(help: "Only to civil traffic: responders may pass.")
  var civil = false

  @Option(
    help: ArgumentHelp("Only to these profiles, parted by commas.", valueName: "names"),
    transform: Parse.list)
  var profiles: [String]?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only to vehicles higher than this.", valueName: "meters"))
  var higherThan: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only to vehicles wider than this.", valueName: "meters"))
  var widerThan: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only to vehicles longer than this.", valueName: "meters"))
  var longerThan: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only to vehicles heavier than this.", valueName: "tonnes"))
  var heavierThan: Double?

  private var hasSize: Bool { [higherThan, widerThan, longerThan, heavierThan].contains { $0 != nil } }

  func validate() throws {
    guard [civil, profiles != nil, hasSize].count(where: { $0 }) <= 1 else {
      throw ValidationError("Only one of --civil, --profiles and sizes.")
    }
  }

  var scope: ClosureScope {
    if civil { return .civil }
    if let profiles { return .profiles(Set(profiles)) }
    guard hasSize else { return .everybody }
    return .largerThan(
      .init(
        heightMeters: higherThan ?? 0, widthMeters: widerThan ?? 0, lengthMeters: longerThan ?? 0,
        weightTonnes: heavierThan ?? 0))
  }
}

/// When a closure holds.
struct TimeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("From then on, such as 2026-05-01T12:00:00Z.", valueName: "moment"),
    transform: { try Parse.moment($0) })
  var from: Date?

  @Option(
    help: ArgumentHelp("Until then, such as 2026-05-01T18:00:00Z.", valueName: "moment"),
    transform: { try Parse.moment($0) })
  var until: Date?

  @Option(
    name: .customLong("for"), help: ArgumentHelp("For how long, such as 2h or 1h30m.", valueName: "duration"),
    transform: Parse.seconds)
  var seconds: Double?

  @Option(help: ArgumentHelp("Only at these hours, such as \"Mo-Fr 22:00-05:00\".", valueName: "hours"))
  var hours = ""

  func validate() throws {
    guard until == nil || seconds == nil else { throw ValidationError("Only one of --until and --for.") }
  }

  func until(now: Date) -> Date? { until ?? seconds.map { (from ?? now).addingTimeInterval($0) } }
}

extension WayDirection: ExpressibleByArgument {}
extension LevelFilter.Presence: ExpressibleByArgument {}
