import ArgumentParser
import Engine

/// `tocsin status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "What a server does and knows.")

  struct Shape: Encodable {
    var version: UInt64
    var map: String
    var startedAt: String
    var snapshotPublishedAt: String
    var lastUpdateMilliseconds: Double
    var profiles: [String]
    var vertices: Int
    var arcs: Int
    var units: Int
    var closures: Int

    init(_ status: StatusAnswer) {
      (version, map, profiles) = (status.version, status.mapPath, status.profiles)
      startedAt = Figures.moment(status.startedAt)
      snapshotPublishedAt = Figures.moment(status.snapshotPublishedAt)
      lastUpdateMilliseconds = Rounded.seconds(status.lastUpdateMilliseconds)
      (vertices, arcs, units, closures) = (status.vertexCount, status.arcCount, status.unitCount, status.closureCount)
    }
  }

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let status = try await server.withClient { try await $0.status() }
    try output.show(Shape(status), text: Self.text(status))
  }

  static func text(_ status: StatusAnswer) -> String {
    """
    map        \(Printable.text(status.mapPath)): \(Figures.count(status.vertexCount)) junctions, \
    \(Figures.count(status.arcCount)) arcs
    profiles   \(status.profiles.map(Printable.text).joined(separator: ", "))
    units      \(Figures.count(status.unitCount))
    closures   \(Figures.count(status.closureCount))
    version    \(status.version), published \(Figures.moment(status.snapshotPublishedAt)) \
    in \(Figures.decimals(status.lastUpdateMilliseconds, 1)) ms
    up since   \(Figures.moment(status.startedAt))

    """
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
