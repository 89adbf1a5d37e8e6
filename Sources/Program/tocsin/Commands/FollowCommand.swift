import API
import AnswerJSON
import ArgumentParser
import Client
import Foundation

/// `tocsin follow`.
struct FollowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Print when units under way will be there, and what happens to them.",
    discussion: """
      A line for each event, until interrupted: a unit leaves for where its task sends it, is expected at another time, \
      is near, leaves its way, stands still, is not heard of, ends its way. For example:
        tocsin follow E-21 A-12 --thresholds 5m,1m
        tocsin follow --incident 2026-4711 --json
      """)

  @Argument(help: ArgumentHelp("The units, by their ids.", valueName: "unit"))
  var ids: [String] = []

  @Option(help: ArgumentHelp("All units whose task is this incident.", valueName: "id"))
  var incident = ""

  @Option(
    help: ArgumentHelp(
      "Say when the rest of the way takes no longer than these. Default: 5m,1m.", valueName: "durations"),
    transform: { try Parse.list($0).map(Parse.seconds) })
  var thresholds: [[Double]] = []

  @Option(duration: "A position that is older is stale, e.g. 30s. Default: 1m.")
  var maxAge: Double?

  @Option(help: ArgumentHelp("Stop after this many events.", valueName: "count"))
  var limit: Int?

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    guard !ids.isEmpty || !incident.isEmpty else { throw ValidationError("Give units, --incident, or both.") }
  }

  func run() async throws {
    var request = FollowRequest(unitIDs: ids, incidentID: incident)
    if !thresholds.isEmpty { request.thresholdsSeconds = Array(thresholds.joined()) }
    if let maxAge { request.positionAgeSecondsMax = maxAge }
    try await server.withClient { [request] client in
      let clock = await LocalClock(of: client)
      var count = 0
      if limit == 0 { return }
      for try await event in client.follow(request) {
        try output.show(event.json, text: FollowText.line(event, clock))
        count += 1
        if count == limit { return }
      }
    }
  }
}

extension FollowEvent {
  var json: JSONObject {
    [
      "version": version, "unit": unitID, "incident": incidentID.isEmpty ? nil : incidentID, "kind": kind.rawValue,
      "at": Figures.moment(at), "reportedAt": Figures.moment(reportedAt),
      "etaSeconds": etaSeconds.map { Rounded.thousandths($0) }, "arrivalAt": arrivalAt.map { Figures.moment($0) },
      "arrivalBefore": arrivalBefore.map { Figures.moment($0) }, "thresholdSeconds": thresholdSeconds,
      "lat": coordinate.latitude, "lon": coordinate.longitude,
      "to": destination.map { place -> JSONObject in ["lat": place.latitude, "lon": place.longitude] },
      "lengthMeters": route.map { Rounded.hundredths($0.lengthMeters) },
    ]
  }
}

/// Events as lines for people.
enum FollowText {
  static func line(_ event: FollowEvent, _ clock: LocalClock) -> String {
    "\(clock.time(event.at))  \(Printable.text(event.unitID))  \(words(event, clock))\n"
  }

  private static func words(_ event: FollowEvent, _ clock: LocalClock) -> String {
    let rest = event.etaSeconds.map { "\(Figures.time(seconds: $0)) to go, there at " }.map {
      $0 + (event.arrivalAt.map(clock.time) ?? "")
    }
    switch event.kind {
    case .underWay: return "is under way: " + (rest ?? "no way leads there")
    case .eta:
      guard let rest else { return "can't get there any more" }
      return rest + (event.arrivalBefore.map { " instead of \(clock.time($0))" } ?? "")
    case .threshold: return "within \(Figures.time(seconds: event.thresholdSeconds ?? 0)): " + (rest ?? "")
    case .offRoute: return "left its way: " + (rest ?? "no way leads there")
    case .stopped: return "stands still"
    case .moving: return "moves again: " + (rest ?? "no way leads there")
    case .stale: return "not heard of since \(clock.time(event.reportedAt))"
    case .near: return "is near"
    case .ended: return "is followed no more"
    }
  }
}
