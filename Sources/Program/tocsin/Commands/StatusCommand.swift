import API
import ArgumentParser
import Engine
import Foundation

/// `tocsin status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "What a server does and knows.")

  struct Shape: Encodable {
    var version: UInt64
    var map: String
    var startedAt: String
    var snapshotPublishedAt: String
    var lastUpdate: Update
    var waitingChanges: Int
    var profiles: [String]
    var vertices: Int
    var arcs: Int
    var units: Int
    var closures: Int
    var links: Int
    var feeds: [Feed]
    var speeds: [Speeds]

    struct Update: Encodable {
      var changes: Int
      var resolveMilliseconds: Double
      var draftMilliseconds: Double
      var recordMilliseconds: Double
      var publishMilliseconds: Double

      init(_ times: UpdateTimes) {
        changes = times.changeCount
        resolveMilliseconds = Rounded.seconds(times.resolveMilliseconds)
        draftMilliseconds = Rounded.seconds(times.draftMilliseconds)
        recordMilliseconds = Rounded.seconds(times.recordMilliseconds)
        publishMilliseconds = Rounded.seconds(times.publishMilliseconds)
      }
    }

    struct Feed: Encodable {
      var source: String
      var isStale: Bool
      var lastPutAt: String
      var intervalSeconds: Double
      var records: Int
      var skipped: Int
    }

    struct Speeds: Encodable {
      var source: String
      var roads: Int
      var turns: Int
    }

    init(_ status: StatusAnswer) {
      (version, map, profiles) = (status.version, status.mapPath, status.profiles)
      startedAt = Figures.moment(status.startedAt)
      snapshotPublishedAt = Figures.moment(status.snapshotPublishedAt)
      (lastUpdate, waitingChanges) = (Update(status.lastUpdate), status.waitingChangeCount)
      links = status.linkCount
      feeds = status.feeds.map { feed in
        Feed(
          source: feed.report.source, isStale: feed.isStale, lastPutAt: Figures.moment(feed.lastPutAt),
          intervalSeconds: feed.report.intervalSeconds, records: feed.report.recordCount,
          skipped: feed.report.skippedCount)
      }
      speeds = status.speedSources.map {
        Speeds(source: $0.source, roads: $0.speedCount, turns: $0.turnPenaltyCount)
      }
      (vertices, arcs, units, closures) = (status.vertexCount, status.arcCount, status.unitCount, status.closureCount)
    }
  }

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let status = try await server.withClient { try await $0.status() }
    try output.show(Shape(status), text: Self.text(status))
  }

  static func text(_ status: StatusAnswer, now: Date = Date()) -> String {
    let age = Figures.time(seconds: max(0, now.timeIntervalSince(status.snapshotPublishedAt)))
    var text = """
      map        \(Printable.text(status.mapPath)): \(Figures.count(status.vertexCount)) junctions, \
      \(Figures.count(status.arcCount)) arcs
      profiles   \(status.profiles.map(Printable.text).joined(separator: ", "))
      units      \(Figures.count(status.unitCount))
      closures   \(Figures.count(status.closureCount))
      version    \(status.version), published \(Figures.moment(status.snapshotPublishedAt)), \(age) ago
      changed    \(times(status.lastUpdate))
      waiting    \(Figures.count(status.waitingChangeCount, of: "change"))
      up since   \(Figures.moment(status.startedAt))

      """
    if status.linkCount > 0 { text += "links      \(Figures.count(status.linkCount))\n" }
    if !status.speedSources.isEmpty { text += "\n" + speeds(status.speedSources) }
    if !status.feeds.isEmpty { text += "\n" + feeds(status.feeds, now: now) }
    return text
  }

  private static func times(_ times: UpdateTimes) -> String {
    func milliseconds(_ value: Double) -> String { Figures.decimals(value, 1) }
    return "\(Figures.count(times.changeCount, of: "call")): roads \(milliseconds(times.resolveMilliseconds)), "
      + "draft \(milliseconds(times.draftMilliseconds)), ledger \(milliseconds(times.recordMilliseconds)), "
      + "weights \(milliseconds(times.publishMilliseconds)) ms"
  }

  private static func speeds(_ sources: [SpeedSource]) -> String {
    var table = TextTable("speeds of", ">roads", ">turns")
    for source in sources {
      table.add(source.source, Figures.count(source.speedCount), Figures.count(source.turnPenaltyCount))
    }
    return table.text
  }

  private static func feeds(_ feeds: [FeedStatus], now: Date) -> String {
    var table = TextTable("feed", "state", ">last", ">every", ">records", ">skipped")
    for feed in feeds {
      table.add(
        feed.report.source, feed.isStale ? "STALE" : "fresh",
        Figures.time(seconds: max(0, now.timeIntervalSince(feed.lastPutAt))) + " ago",
        Figures.time(seconds: feed.report.intervalSeconds), Figures.count(feed.report.recordCount),
        Figures.count(feed.report.skippedCount))
    }
    return table.text
  }
}

/// `tocsin health`.
struct HealthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health", abstract: "Exit status 0 if a server answers, 2 if none does.")

  struct Shape: Encodable {
    var status = "ok"
    var version: UInt64
  }

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let version = try await server.withClient { try await $0.health() }
    try output.show(Shape(version: version), text: "ok, version \(version)\n")
  }
}
