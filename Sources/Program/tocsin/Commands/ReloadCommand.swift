import API
import ArgumentParser

/// `tocsin reload`.
struct ReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Make a server read its files again while it serves, and print what the new ones lack.",
    discussion: "Without a flag it reads all files: the map with its link table, the profiles, the overrides.")

  @Flag(help: "Read the map file and the link table.")
  var map = false

  @Flag(help: "Read the folder of profiles.")
  var profiles = false

  @Flag(help: "Read the department's overrides.")
  var overrides = false

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let report = try await server.withClient { try await $0.reload(parts) }
    try output.show(report.json, text: ReloadText.text(report))
  }

  private var parts: Set<ReloadPart> {
    let named: [(Bool, ReloadPart)] = [(map, .map), (profiles, .profiles), (overrides, .overrides)]
    let parts = Set(named.filter(\.0).map(\.1))
    return parts.isEmpty ? Set(ReloadPart.allCases) : parts
  }
}
