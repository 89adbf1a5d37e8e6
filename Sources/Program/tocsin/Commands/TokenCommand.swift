import Access
import ArgumentParser
import Foundation

/// `tocsin token`.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make tokens, and list their owners.",
    discussion: """
      A server reads its token file when it starts and at each SIGHUP. To replace a token, make a second one with the \
      same name, give it to the caller, and then remove the first one from the file.
      """,
    subcommands: [TokenMakeCommand.self, TokenListCommand.self])
}

/// `tocsin token make`.
struct TokenMakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Make a token: print it once, and add its hash to a file.")

  @Argument(help: ArgumentHelp("The token file; created if there is none.", valueName: "file"))
  var file: String

  @Option(help: "The owner's name, as logs and the audit trail show it.")
  var name: String

  @Option(help: "What the owner may do; may be repeated.")
  var role: [Role]

  @Option(help: ArgumentHelp("Allow at most this many calls per second.", valueName: "number"))
  var callsPerSecond: Double?

  @Option(help: ArgumentHelp("Allow at most this many calls in 24 hours.", valueName: "number"))
  var callsPerDay: Int?

  @Option(name: .customLong("for"), duration: "How long the token is valid, e.g. 90d or 12h. Default: for ever.")
  var lifetime: Double?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the token to this new file, for you alone to read, instead of printing it.", valueName: "file"))
  var output: String?

  mutating func validate() throws {
    guard !name.isEmpty, !role.isEmpty else { throw ValidationError("A token needs --name and --role.") }
  }

  func run() throws {
    let token = AccessToken.make()
    let record = TokenRecord(
      name: name, digest: token.digest, roles: Set(role),
      allowance: CallAllowance(callsPerSecond: callsPerSecond, callsPerDay: callsPerDay),
      expires: lifetime.map { Date(timeIntervalSinceNow: $0) })
    try output.map { try Self.write(token.text + "\n", toNew: $0) }
    try TokenFile.append(record, to: file)
    if output == nil { Console.write(token.text + "\n") }
  }

  private static func write(_ text: String, toNew path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CommandFailure("WRITE_FAILED", "cannot create the file: \(String(cString: strerror(errno)))", value: path)
    }
    try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
  }
}

/// `tocsin token list`.
struct TokenListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the owners of tokens in a file (the file holds only hashes).")

  @Argument(help: ArgumentHelp("The token file.", valueName: "file"))
  var file: String

  @OptionGroup var output: OutputOption

  func run() throws {
    let records = try TokenFile.read(file)
    try output.show(records.map(\.json), text: TokenText.text(records))
  }
}

extension Role: ExpressibleByArgument {}
