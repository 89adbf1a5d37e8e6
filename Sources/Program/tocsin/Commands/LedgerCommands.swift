import ArgumentParser
import Foundation
import LedgerFile

/// `tocsin audit`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Who changed what, when and from where: the trail that a ledger keeps.",
    discussion: """
      Reads the file, also while a server writes to it. Lists the latest changes, the oldest of them first. Reports that \
      say nothing new about a unit but its position leave no trail.
      """)

  @Option(help: ArgumentHelp("The ledger, as `tocsin serve --ledger` writes it.", valueName: "file"))
  var ledger: String

  @Option(
    help: ArgumentHelp(
      "Only changes since a moment (2026-05-01T12:00:00Z), or within a span of time (2h).", valueName: "moment"),
    transform: { try Parse.moment($0) })
  var since: Date?

  @Option(help: "Only changes of the unit or closure with this id.")
  var id: String?

  @Option(help: ArgumentHelp("At most this many.", valueName: "count"))
  var limit = 1_000

  @OptionGroup var output: OutputOption

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is 1 or more.") }
  }

  func run() throws {
    let entries = try LedgerReader(path: ledger).entries(AuditQuery(since: since, id: id, countMax: limit))
    try output.show(["entries": entries.map(\.json)] as JSONObject, text: AuditText.text(entries))
  }
}

/// `tocsin ledger`.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Care for a ledger file.", subcommands: [BackupLedger.self])
}

struct BackupLedger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy a ledger, also while a server writes to it.",
    discussion: "The copy is one moment of the ledger, and a ledger itself. A file that is there is never replaced.")

  @Argument(help: "The ledger.")
  var file: String
  @Argument(help: "The new file.")
  var target: String

  func run() throws {
    try LedgerReader(path: file).backUp(to: target)
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    Console.write("\(Printable.text(target)): \(Figures.bytes(attributes[.size] as? Int ?? 0))\n")
  }
}
