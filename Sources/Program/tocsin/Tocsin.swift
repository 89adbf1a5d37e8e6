import ArgumentParser
import Foundation

/// The command line: the one place that puts the modules together.
@main
struct Tocsin: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "tocsin",
    abstract: "Which units get there first, and how: routing for emergency responders.",
    discussion: """
      Exit status: 0 done, 1 refused (CODE: text (value) on standard error), 2 no connection to a server, 64 wrong usage.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Maps",
        subcommands: [
          ImportCommand.self, InspectCommand.self, CheckCommand.self, ExplainCommand.self, ProfileCommand.self,
          LinkTableCommand.self, ExportCommand.self,
        ]),
      CommandGroup(
        name: "Server",
        subcommands: [
          ServeCommand.self, ConfigCommand.self, LimitsCommand.self, StatusCommand.self, HealthCommand.self,
          ReloadCommand.self, TokenCommand.self, LoadCommand.self,
        ]),
      CommandGroup(
        name: "Dispatch",
        subcommands: [UnitsCommand.self, FastestCommand.self, RouteCommand.self, SnapCommand.self]),
      CommandGroup(
        name: "Traffic",
        subcommands: [
          CloseCommand.self, ClosuresCommand.self, LiftCommand.self, FeedCommand.self, WatchCommand.self,
        ]),
      CommandGroup(name: "Ledger", subcommands: [AuditCommand.self, LedgerCommand.self]),
      CommandGroup(
        name: "Demonstration",
        subcommands: [MakeCityCommand.self, MakeUnitsCommand.self, MakeIncidentCommand.self]),
    ])

  static func main() async {
    do {
      var command = try await asyncParseAsRoot()
      if var asyncCommand = command as? any AsyncParsableCommand {
        try await asyncCommand.run()
      } else {
        try command.run()
      }
    } catch {
      guard let failure = CommandFailure(error) else { exit(withError: error) }
      Console.complain("\(failure)\n")
      Foundation.exit(failure.status.rawValue)
    }
  }
}
