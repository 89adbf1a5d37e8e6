import AnswerJSON
import ArgumentParser

/// `tocsin status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Show a server's status.")

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
    commandName: "health", abstract: "Check whether a server answers: exit status 0 if one does, 2 if none does.")

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let version = try await server.withClient { try await $0.health() }
    try output.show(["status": "ok", "version": version] as JSONObject, text: "ok, version \(version)\n")
  }
}
