import Access
import ArgumentParser
import Foundation

/// `tocsin token`.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make tokens, and see whose there are.",
    discussion: """
      A server reads its file of tokens when it starts and at each SIGHUP. To change a token, make a
      second one with the same name, give it to the caller, and remove the first one from the file.
      """,
    subcommands: [TokenMakeCommand.self, TokenListCommand.self])
}

/// `tocsin token make`.
struct TokenMakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make a token, print it once, and keep its hash in a file.")

  @Argument(help: ArgumentHelp("The file of tokens; it is made if there is none.", valueName: "file"))
  var file: String

  @Option(help: "Whose it is, as logs and the audit trail will say.")
  var name: String

  @Option(help: "What it may do: read, dispatch, traffic or admin; may be repeated.")
  var role: [Role]

  @Option(help: ArgumentHelp("At most so many calls a second.", valueName: "number"))
  var callsPerSecond: Double?

  @Option(help: ArgumentHelp("At most so many calls in 24 hours.", valueName: "number"))
  var callsPerDay: Int?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("It ends after so long: 90d, 12h.", valueName: "duration"),
    transform: Parse.seconds)
  var lifetime: Double?

  mutating func validate() throws {
    guard !name.isEmpty, !role.isEmpty else { throw ValidationError("A token needs --name and --role.") }
  }

  func run() throws {
    let token = AccessToken.make()
    let record = TokenRecord(
      name: name, digest: token.digest, roles: Set(role),
      allowance: CallAllowance(callsPerSecond: callsPerSecond, callsPerDay: callsPerDay),
      expires: lifetime.map { Date(timeIntervalSinceNow: $0) })
    try TokenFile.append(record, to: file)
    Console.write(token.text + "\n")
  }
}

/// `tocsin token list`.
struct TokenListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Tell whose tokens a file has. The tokens themselves are nowhere.")

  @Argument(help: ArgumentHelp("The file of tokens.", valueName: "file"))
  var file: String

  @OptionGroup var output: OutputOption

  func run() throws {
    let records = try TokenFile.read(file)
    try output.show(records.map(\.json), text: TokenText.text(records))
  }
}

extension Role: ExpressibleByArgument {}
