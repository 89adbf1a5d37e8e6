import API
import AnswerJSON
import ArgumentParser
import Foundation
import Geometry
import InputFiles

/// `tocsin close`.
struct CloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close roads or slow them down, for some time or until lifted.",
    discussion: """
      Prints the roads that were found; --dry-run prints them and changes nothing. Several ways become several \
      closures, put together: all or none. For example:
        tocsin close --way 4711 --for 2h --reason flood
        tocsin close --at 37.5665,126.9780 --radius 200 --civil
        tocsin close --nodes 4711,4712 --factor 3 --hours "Mo-Fr 07:00-09:00"
      """)

  @Option(help: "The closure's id; replaces a closure with the same id. Default: a new id.")
  var id: String?

  @OptionGroup(title: "Which roads") var roads: RoadOptions
  @OptionGroup(title: "Effect (default: closed)") var effect: EffectOptions
  @OptionGroup(title: "For whom (default: everybody)") var scope: ScopeOptions
  @OptionGroup(title: "When") var times: TimeOptions

  @Option(help: "Reason, shown in lists.")
  var reason = ""

  @Option(help: "Source of the closure, shown in lists.")
  var source = ""

  @Flag(help: "Print the roads that would be closed, and change nothing.")
  var dryRun = false

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let request = ClosuresRequest(closures(now: Date(), newID: Self.newID()))
    let leftOut = roads.line?.leftOut ?? roads.area?.leftOut ?? [:]
    LeftOutNote.tell(leftOut, taken: roads.line == nil ? "areas" : "lines")
    let (answer, clock) = try await server.withClient { client in
      let answer = dryRun ? try await client.previewClosures(request) : try await client.putClosures(request)
      return (answer, await LocalClock(of: client))
    }
    let lastLine = dryRun ? "dry run: nothing was changed\n" : "version \(answer.version)\n"
    let json = answer.json + ["leftOut": leftOut.isEmpty ? nil : leftOut]
    try output.show(json, text: ClosureListText.text(answer.closures, clock) + lastLine)
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

/// Which roads a closure is on.
struct RoadOptions: ParsableArguments {
  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("An OSM way; may be repeated.", valueName: "osm-id"))
  var way: [Int64] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The road between two OSM nodes, e.g. 4711,4712; on --way if it is given.", valueName: "from,to"),
    transform: Parse.nodes)
  var nodes: OSMNodePair?

  @Option(place: "The road nearest to this place, e.g. 37.5665,126.9780; with --radius, the roads within it.")
  var at: Coordinate?

  @Option(parsing: .unconditional, help: ArgumentHelp("With --at: how far around the place.", valueName: "meters"))
  var radius: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --at: only directions within \(Int(Limits.headingToleranceDegrees)) degrees of this heading, e.g. 90 for east.",
      valueName: "degrees"))
  var heading: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The roads along a line: places separated by spaces ("37.56,126.97 37.57,126.98"); or along all lines of a GeoJSON \
      file.
      """, valueName: "places-or-file"),
    transform: Parse.lines)
  var line: GeoJSONSelection<[Coordinate]>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The roads in an area, as far as they lie in it: its corners separated by spaces; or all areas of a GeoJSON file.",
      valueName: "places-or-file"),
    transform: Parse.areas)
  var area: GeoJSONSelection<Area>?

  @Option(parsing: .unconditional, help: ArgumentHelp("A link of the server's link table.", valueName: "id"))
  var link: String?

  @Option(help: "Direction along the way, nodes or line. Default: both; of a line that follows a one-way, its own.")
  var direction: WayDirection?

  @OptionGroup var level: LevelOption

  /// Far enough for a place that was read off a map.
  private static let nearestMeters = 100.0

  func validate() throws {
    let kinds = [!way.isEmpty || nodes != nil, at != nil, line != nil, area != nil, link != nil]
    guard kinds.count(where: { $0 }) == 1 else {
      throw ValidationError("Give one of --way, --nodes, --at, --line, --area and --link.")
    }
    guard at != nil || radius == nil && heading == nil else {
      throw ValidationError("--radius and --heading need --at.")
    }
    guard nodes == nil || way.count <= 1 else { throw ValidationError("--nodes takes at most one --way.") }
  }

  var levels: LevelFilter { level.value }

  var selectors: [RoadSelector] {
    if let at, let radius { return [.point(at, radiusMeters: radius, headingDegrees: heading)] }
    if let at { return [.nearest(at, radiusMeters: Self.nearestMeters, headingDegrees: heading)] }
    if let lines = line?.shapes {
      return [lines.count == 1 ? .polyline(lines[0], direction: direction) : .polylines(lines, direction: direction)]
    }
    if let areas = area?.shapes {
      return [areas.count == 1 && areas[0].holes.isEmpty ? .polygon(areas[0].corners) : .areas(areas)]
    }
    if let link { return [.link(id: link)] }
    if let nodes, way.isEmpty { return [.nodes(nodes, direction: direction ?? .both)] }
    return way.map { .way(osmID: $0, direction: direction ?? .both, nodes: nodes) }
  }
}

/// What a closure does.
struct EffectOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Multiply the travel time by this factor, e.g. 3.", valueName: "number")
  )
  var factor: Double?

  @Option(duration: "Add this time to driving the whole length, e.g. 3m.")
  var delay: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Limit the speed to this.", valueName: "km/h"))
  var speed: Double?

  func validate() throws {
    guard [factor, delay, speed].count(where: { $0 != nil }) <= 1 else {
      throw ValidationError("Give only one of --factor, --delay and --speed.")
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
  @Flag(help: "Only civil traffic; responders may pass.")
  var civil = false

  @Option(
    help: ArgumentHelp("Only these profiles, separated by commas, e.g. car,police.", valueName: "names"),
    transform: Parse.list)
  var profiles: [String]?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only vehicles higher than this.", valueName: "meters"))
  var higherThan: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only vehicles wider than this.", valueName: "meters"))
  var widerThan: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only vehicles longer than this.", valueName: "meters"))
  var longerThan: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Only vehicles heavier than this.", valueName: "tonnes"))
  var heavierThan: Double?

  private var hasSize: Bool { [higherThan, widerThan, longerThan, heavierThan].contains { $0 != nil } }

  func validate() throws {
    guard [civil, profiles != nil, hasSize].count(where: { $0 }) <= 1 else {
      throw ValidationError("Give only one of --civil, --profiles and a size.")
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
  @Option(moment: "Start, e.g. 2026-05-01T12:00:00Z. Default: now.")
  var from: Date?

  @Option(moment: "End, e.g. 2026-05-01T18:00:00Z. Default: until it is lifted.")
  var until: Date?

  @Option(name: .customLong("for"), duration: "How long it lasts, e.g. 2h or 1h30m.")
  var seconds: Double?

  @Option(help: ArgumentHelp("Only at these hours, e.g. \"Mo-Fr 22:00-05:00\".", valueName: "hours"))
  var hours = ""

  func validate() throws {
    guard until == nil || seconds == nil else { throw ValidationError("Give only one of --until and --for.") }
  }

  func until(now: Date) -> Date? { until ?? seconds.map { (from ?? now).addingTimeInterval($0) } }
}

extension WayDirection: ExpressibleByArgument {}
