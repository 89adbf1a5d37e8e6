import ArgumentParser

/// `tocsin closures`.
struct ClosuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "closures", abstract: "List all closures, in force or planned.")

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listClosures() }
    try output.show(answer.json, text: ClosureListText.text(answer.closures))
  }
}

/// `tocsin lift`.
struct LiftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "lift", abstract: "Lift closures by id: all or none.")

  @Argument(help: "Ids of closures, as `tocsin closures` lists them.")
  var ids: [String]
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws { if ids.isEmpty { throw ValidationError("Missing expected argument '<ids> ...'") } }

  func run() async throws {
    let answer = try await server.withClient { try await $0.liftClosures(ids) }
    try output.show(answer.json, text: "\(Figures.count(ids.count, of: "closure")) lifted, version \(answer.version)\n")
  }
}
