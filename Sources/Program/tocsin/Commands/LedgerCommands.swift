import AnswerJSON
import ArgumentParser
import Foundation
import LedgerFile

/// `tocsin audit`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Show who changed what, when and from where.",
    discussion: """
      Reads the trail that a ledger keeps, even while a server writes to it. Lists the latest changes, oldest first. \
      Reports in which only a unit's position is new leave no trail.

      --response-times tells how long units took from the alarm (dispatched) to the scene, by agency, station and hour \
      of the alarm. --busy-share tells for how much of the time units were on calls, by default of the last 28 days: \
      what `tocsin moveup --busy` takes.
      """)

  @Option(file: "The ledger file that `tocsin serve --ledger` writes.")
  var ledger: String

  @Option(moment: "Only changes since a moment, e.g. 2026-05-01T12:00:00Z, or within a time, e.g. 2h.")
  var since: Date?

  @Option(help: "Only changes of the unit or closure with this id.")
  var id: String?

  @Option(help: ArgumentHelp("List at most this many changes.", valueName: "count"))
  var limit = 1_000

  @Flag(help: "Show for how much of the time units were on calls, not the changes.")
  var busyShare = false

  @Flag(help: "Show how long units took from the alarm to the scene, not the changes.")
  var responseTimes = false

  @Option(
    help: ArgumentHelp("With --response-times: the share within each of these, e.g. 5m,7m.", valueName: "durations"),
    transform: { try Parse.list($0).map(Parse.seconds) })
  var within: [[Double]] = []

  @Option(
    help: ArgumentHelp(
      "With --response-times: the time zone of the hours, e.g. Asia/Seoul. Default: this machine's.",
      valueName: "name"),
    transform: Parse.timeZone)
  var timeZone: TimeZone?

  @OptionGroup var output: OutputOption

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    if responseTimes, busyShare { throw ValidationError("Give --response-times or --busy-share, not both.") }
    if busyShare, id != nil { throw ValidationError("--busy-share is of all units: leave out --id.") }
    if responseTimes, id != nil { throw ValidationError("--response-times is of all units: leave out --id.") }
  }

  /// Of which a share is told.
  private static let busySecondsUsual = 28.0 * 86_400

  func run() throws {
    if busyShare {
      let now = Date()
      let times = try LedgerReader(path: ledger).busyTimes(since: since ?? now - Self.busySecondsUsual, now: now)
      let report = BusyTimesReport(times)
      return try output.show(report.json, text: report.text)
    }
    if responseTimes {
      let report = ResponseTimesReport(
        try LedgerReader(path: ledger).responseTimes(since: since),
        within: within.isEmpty ? TimeTable.limitsUsual : within.flatMap(\.self), timeZone: timeZone ?? .current)
      return try output.show(report.json, text: report.text)
    }
    let entries = try LedgerReader(path: ledger).entries(AuditQuery(since: since, id: id, countMax: limit))
    try output.show(["entries": entries.map(\.json)] as JSONObject, text: AuditText.text(entries))
  }
}

/// `tocsin ledger`.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Manage a ledger file.", subcommands: [BackupLedger.self, MergeLedger.self])
}

struct BackupLedger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy a ledger, even while a server writes to it.",
    discussion: "The copy is the ledger at one moment, and is a ledger itself. An existing file is never replaced.")

  @Argument(help: "The ledger file.")
  var file: String
  @Argument(help: "The file to write.")
  var target: String

  func run() throws {
    try LedgerReader(path: file).backUp(to: target)
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    Console.write("\(Printable.text(target)): \(Figures.bytes(attributes[.size] as? Int ?? 0))\n")
  }
}

struct MergeLedger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one of ids that only Unicode's forms tell apart.",
    discussion: """
      An earlier Tocsin could keep two units or closures under one id, written in two forms. Of each the one stays that \
      changed last; what the other was is in the audit trail. Stop the server first.
      """)

  @Argument(help: "The ledger file.")
  var file: String

  func run() throws {
    let gone = try SQLiteLedger.merge(path: file)
    for id in gone { Console.write("gone: \(Printable.text(id))\n") }
    Console.write("\(Printable.text(file)): \(gone.count) merged\n")
  }
}
