import ArgumentParser
import Foundation
import InputFiles

/// The command line: the one place that puts the modules together.
@main
struct Tocsin: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "tocsin",
    abstract: "Which units get there first, and how: routing for emergency responders.",
    discussion: """
      Commands that ask a server take its address from --server or $TOCSIN_SERVER, the caller's token from --token-file \
      or $TOCSIN_TOKEN_FILE, and the authorities of its certificate from --ca or $TOCSIN_CA.

      Exit status: 0 done, 1 refused (CODE: message (value) on standard error), 2 no connection to a server, 64 wrong \
      usage.
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
        subcommands: [
          UnitsCommand.self, FastestCommand.self, RecommendCommand.self, AssignCommand.self, CoverageCommand.self,
          RouteCommand.self, MatrixCommand.self, ReachCommand.self, RankCommand.self, SnapCommand.self,
          MatchCommand.self,
          FollowCommand.self, LocateCommand.self, NearbyCommand.self, HospitalsCommand.self, MoveUpCommand.self,
          StagingCommand.self, PostsCommand.self, PlansCommand.self, LayersCommand.self,
        ]),
      CommandGroup(
        name: "Traffic",
        subcommands: [
          CloseCommand.self, ClosuresCommand.self, LiftCommand.self, FeedCommand.self, SpeedsCommand.self,
          WatchCommand.self,
        ]),
      CommandGroup(name: "Ledger", subcommands: [AuditCommand.self, LedgerCommand.self]),
      CommandGroup(
        name: "Demonstration",
        subcommands: [MakeCityCommand.self, MakeUnitsCommand.self, MakeIncidentCommand.self]),
    ])

  private static let faultsShownMax = 20

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
      if let file = error as? InputFileError, file.faults.count > 1 {
        for fault in file.faults.prefix(faultsShownMax) { Console.complain(Printable.text("\(fault)") + "\n") }
      }
      Console.complain(Printable.text("\(failure)") + "\n")
      Foundation.exit(failure.status.rawValue)
    }
  }
}
