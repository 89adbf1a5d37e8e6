import ArgumentParser

/// `tocsin closures`.
struct ClosuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "closures", abstract: "List all closures, those in force and those to come.")

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listClosures() }
    try output.show(answer.json, text: ClosureListText.text(answer.closures))
  }
}

/// `tocsin lift`.
struct LiftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "lift", abstract: "Lift closures: all or none.")

  @Argument(help: "The closures' ids.")
  var ids: [String]
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if ids.isEmpty { throw ValidationError("Missing expected argument '<ids> ...'") }
  }

  func run() async throws {
    let answer = try await server.withClient { try await $0.liftClosures(ids) }
    try output.show(
      answer.json, text: "\(Figures.count(ids.count, of: "closure")) lifted, version \(answer.version)\n")
  }
}
