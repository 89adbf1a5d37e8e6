import ArgumentParser
import InputFiles

/// `tocsin units`.
struct UnitsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "units", abstract: "List, put or remove response units.",
    subcommands: [PutUnits.self, ListUnits.self, RemoveUnits.self], defaultSubcommand: ListUnits.self)
}

struct PutUnits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Add or replace units from a CSV file: all or none.",
    discussion: """
      The first line names the columns: id, agency, station, capabilities (separated by ;), profile, status, lat, lon, \
      turnout_seconds, heading. Only id, profile, lat and lon are required.
      """)

  @Argument(help: "CSV file of units.")
  var file: String
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let units = try UnitFile.units(path: file)
    let answer = try await server.withClient { try await $0.putUnits(units) }
    try output.show(
      ["version": answer.version, "count": answer.count] as JSONObject,
      text: "\(Figures.count(answer.count, of: "unit")) put, version \(answer.version)\n")
  }
}

struct ListUnits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List all units.")

  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listUnits() }
    try output.show(
      ["version": answer.version, "units": answer.units.map(\.json)] as JSONObject,
      text: UnitListText.text(answer.units))
  }
}

struct RemoveUnits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove units by id: all or none.")

  @Argument(help: "Ids of units, as `tocsin units` lists them.")
  var ids: [String]
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws { if ids.isEmpty { throw ValidationError("Missing expected argument '<ids> ...'") } }

  func run() async throws {
    let answer = try await server.withClient { try await $0.removeUnits(ids) }
    try output.show(
      ["version": answer.version, "count": answer.count] as JSONObject,
      text: "\(Figures.count(answer.count, of: "unit")) removed, version \(answer.version)\n")
  }
}
