import API
import AnswerJSON
import ArgumentParser
import Foundation
import InputFiles

/// `tocsin units`.
struct UnitsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "units", abstract: "List, put, move or remove response units, or change their status.",
    subcommands: [PutUnits.self, SetStatus.self, ReportPositions.self, ListUnits.self, RemoveUnits.self],
    defaultSubcommand: ListUnits.self)
}

struct PutUnits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Add or replace units from a CSV file: all or none.",
    discussion: """
      The first line names the columns: id, agency, station, capabilities (separated by ;), profile, status, status_at, \
      lat, lon, turnout_seconds, heading, home_lat, home_lon, crew_count, crew, idle_since; of what the unit is at: \
      incident, incident_priority, destination_lat, destination_lon, free_at, post. Only id, profile, lat and lon are \
      required. A status is of now unless status_at says since when (2026-05-01T12:00:00Z, or milliseconds since 1970).
      """)

  @Argument(help: "CSV file of units.")
  var file: String
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let units = try UnitFile.units(path: file)
    let answer = try await server.withClient { try await $0.putUnits(units) }
    var text = "\(Figures.count(answer.count, of: "unit")) put"
    if answer.olderPositionCount > 0 { text += ", \(Figures.count(answer.olderPositionCount)) known elsewhere later" }
    if answer.olderStatusCount > 0 { text += ", \(Figures.count(answer.olderStatusCount)) with a later status" }
    try output.show(
      [
        "version": answer.version, "count": answer.count, "olderPositions": answer.olderPositionCount,
        "olderStatuses": answer.olderStatusCount,
      ] as JSONObject, text: text + ", version \(answer.version)\n")
  }
}

struct SetStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Change what a unit does.",
    discussion:
      "A status that is older than the known one changes nothing. For example: tocsin units status A-12 dispatched")

  @Argument(help: "The unit's id, as `tocsin units` lists it.")
  var id: String
  @Argument(
    help: ArgumentHelp("One of \(UnitStatus.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "status"),
    transform: Parse.status)
  var status: UnitStatus
  @Option(moment: "Since when, e.g. 2026-05-01T12:00:00Z, or 5m for five minutes ago. Default: now.")
  var at: Date?
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let report = StatusReport(id: id, status: status, statusAt: at)
    let answer = try await server.withClient { try await $0.setStatus(report) }
    let since = answer.unit.statusAt.map { " since \(Figures.moment($0))" } ?? ""
    let text = "\(answer.unit.id) \(answer.isOlder ? "stays" : "is") \(answer.unit.status.rawValue)\(since)"
    try output.show(
      [
        "version": answer.version, "id": answer.unit.id, "status": answer.unit.status.rawValue,
        "statusAt": answer.unit.statusAt.map(Figures.moment), "isOlder": answer.isOlder,
      ] as JSONObject, text: Printable.text(text) + ", version \(answer.version)\n")
  }
}

struct ReportPositions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "positions", abstract: "Move units to the positions of a CSV file, and change nothing else of them.",
    discussion: """
      The first line names the columns: id, lat, lon, heading, speed_kmh, reported_at (2026-05-01T12:00:00Z, or \
      milliseconds since 1970). Only id, lat and lon are required; without reported_at a position is of now. Units that \
      the server doesn't know, and lines with a fault, are listed and left out; the others are moved.
      """)

  @Argument(help: ArgumentHelp("CSV file of positions; - reads standard input.", valueName: "file"))
  var file: String
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  private static let unknownShownMax = 20

  func run() async throws {
    let (positions, faults) = try PositionFile.read(read(), path: file)
    let answer = try await server.withClient { try await $0.reportPositions(positions) }
    for fault in faults { Console.complain(Printable.text("skipped: \(fault)") + "\n") }
    for refused in answer.refused {
      Console.complain(Printable.text("refused: \(refused.id): \(refused.error)") + "\n")
    }
    if answer.unknown.count > 0 {
      let shown = Array(answer.unknown.ids.prefix(Self.unknownShownMax))
      let rest = answer.unknown.count - shown.count
      let more = rest > 0 ? " and \(Figures.count(rest)) more" : ""
      Console.complain(Printable.text("unknown: " + shown.joined(separator: ", ")) + more + "\n")
    }
    try output.show(json(answer, skipped: faults.count), text: text(answer, skipped: faults.count))
  }

  private func read() throws -> [UInt8] {
    if file == "-" { return try FileHandle.standardInput.readToEnd().map(Array.init) ?? [] }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw InputFileError(code: .fileUnreadable, faults: [], value: file)
    }
    return Array(data)
  }

  private func json(_ answer: PositionsAnswer, skipped: Int) -> JSONObject {
    [
      "version": answer.version, "count": answer.count, "older": answer.olderCount, "refused": answer.refusedCount,
      "skipped": skipped, "unknown": ["count": answer.unknown.count, "ids": answer.unknown.ids] as JSONObject,
    ]
  }

  private func text(_ answer: PositionsAnswer, skipped: Int) -> String {
    "\(Figures.count(answer.count, of: "position")) taken, \(Figures.count(answer.olderCount)) older than known, "
      + "\(Figures.count(answer.unknown.count)) of unknown units, \(Figures.count(answer.refusedCount)) refused, "
      + "\(Figures.count(skipped)) skipped, version \(answer.version)\n"
  }
}

struct ListUnits: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List all units.")

  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listUnits() }
    try geojson.show(
      UnitGeoJSON.features(answer.units), output,
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
