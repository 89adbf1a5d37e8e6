import ArgumentParser
import Engine

/// `tocsin reload`.
struct ReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Make a server read its files again while it answers; says what the new ones no longer have.",
    discussion: "Without a flag all files are read: the map with its link table, the profiles, the overrides.")

  @Flag(help: "Read only the map file and the link table.")
  var map = false

  @Flag(help: "Read only the folder of profiles.")
  var profiles = false

  @Flag(help: "Read only the department's overrides.")
  var overrides = false

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let parts = self.parts
    let report = try await server.withClient { try await $0.reload(parts) }
    try output.show(report.json, text: ReloadText.text(report))
  }

  private var parts: Set<ReloadPart> {
    let named: [(Bool, ReloadPart)] = [(map, .map), (profiles, .profiles), (overrides, .overrides)]
    let parts = Set(named.filter(\.0).map(\.1))
    return parts.isEmpty ? Set(ReloadPart.allCases) : parts
  }
}
