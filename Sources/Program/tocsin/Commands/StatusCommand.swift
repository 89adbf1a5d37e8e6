import ArgumentParser

/// `tocsin status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "What a server does and knows.")

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let status = try await server.withClient { try await $0.status() }
    try output.show(status.json, text: StatusText.text(status))
  }
}

/// `tocsin health`.
struct HealthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health", abstract: "Exit status 0 if a server answers, 2 if none does.")

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let version = try await server.withClient { try await $0.health() }
    try output.show(["status": "ok", "version": version] as JSONObject, text: "ok, version \(version)\n")
  }
}
