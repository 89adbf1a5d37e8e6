import API
import ArgumentParser
import Engine
import Foundation
import Geometry
import InputFiles

/// `tocsin rank`.
struct RankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank", abstract: "Show how soon units would have come to many calls.",
    discussion: """
      Uses a map file, without a server and its closures; each unit stands where its file says. Times are turnout and \
      travel.

      The first line of the file of calls names its columns: lat, lon, id, heading, time; only lat and lon are \
      required, and other columns are passed over. A time such as 2026-05-01 12:00:00 is a local one. It may have \
      millions of lines, of which each has at most \(CallFile.recordBytesMax) bytes. Lines that can't be read are \
      listed and counted, and so are calls off the map and calls to which nobody comes.

      -o writes a line for each unit of each call: call,rank,unit,station,eta_seconds,travel_seconds,last_resort,note. \
      For example: tocsin rank --map city.tocsin --units units.csv --calls calls.csv -k 3 -o ranks.csv
      """)

  @Option(file: "The map file.")
  var map: String

  @Option(file: "CSV file of units, as for units put.")
  var units: String

  @Option(file: "CSV file of calls.")
  var calls: String

  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many units to list for each call.")
  var count = 1

  @Option(
    help: ArgumentHelp("The share within each of these, e.g. 5m,7m,10m.", valueName: "durations"),
    transform: { try Parse.list($0).map(Parse.seconds) })
  var within: [[Double]] = []

  @Option(
    help: ArgumentHelp(
      "The time zone of the hours for times that have one of their own. Default: the map's.", valueName: "name"),
    transform: Parse.timeZone)
  var timeZone: TimeZone?

  @Option(name: .shortAndLong, file: "The CSV file to write.")
  var output: String?

  @OptionGroup var choice: UnitOption
  @OptionGroup var profiles: ProfilesOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var form: OutputOption

  /// How many calls are ranked at a time.
  private static let batchCount = 1_024

  func run() throws {
    let fleet = try UnitFile.units(path: units)
    let map = try CityMap(path: map)
    var file = try CallFile(
      path: calls, timeZone: timeZone ?? TimeZone(identifier: map.network.timeZone) ?? .gmt)
    let engine = try TocsinEngine(
      map: map, profiles: ProfilesOption.set(folder: profiles.profiles, only: Set(fleet.map(\.profile)).sorted()))
    _ = try engine.putUnits(fleet)
    var request = FastestUnitsRequest(incident: Place(Coordinate(latitudeE7: 0, longitudeE7: 0)), count: count)
    choice.choose(for: &request)
    request.reach = reach.value
    let ranking = CallRanking(engine: engine, request: request)
    var report = RankReport(
      count: count, within: within.isEmpty ? TimeTable.limitsUsual : within.flatMap(\.self))
    if let output {
      try AsideFile(path: output).write { sink in
        try rank(&file, ranking, &report) { line in try Array(line.utf8).withUnsafeBytes(sink) }
      }
    } else {
      try rank(&file, ranking, &report) { _ in }
    }
    Console.complain(report.complaints)
    try form.show(report.json, text: report.text)
  }

  private func rank(
    _ file: inout CallFile, _ ranking: CallRanking, _ report: inout RankReport, write: (String) throws -> Void
  ) throws {
    try write(RankReport.header)
    while let (calls, faults) = try file.next() {
      report.add(faults)
      for start in stride(from: 0, to: calls.count, by: Self.batchCount) {
        let batch = calls[start..<min(start + Self.batchCount, calls.count)]
        for (call, outcome) in zip(batch, try ranking.outcomes(of: batch)) {
          try write(report.add(call, outcome))
        }
      }
    }
  }
}
