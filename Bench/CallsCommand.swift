import API
import ArgumentParser
import Engine
import Foundation
import Geometry
import InputFiles
import TestSupport

/// `Bench calls`: what stations of a city reach of its calls, found in four ways that have to agree to the millisecond.
struct CallsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calls", abstract: "Compare matrix, coverage and plans with routes, one for each station and call.",
    discussion: """
      The CSV of stations has the columns name, kind (소방서, 안전센터, 구조대), lat, lon; that of calls lat, lon. A \
      station has an engine, a 소방서 also a ladder and a chief; a 구조대 has a rescue unit alone. Prints a Markdown table.
      """)

  @Option(help: ArgumentHelp("A map file that `tocsin import` made.", valueName: "file"))
  var city: String

  @Option(help: ArgumentHelp("CSV of stations.", valueName: "file"))
  var stations: String

  @Option(help: ArgumentHelp("CSV of calls.", valueName: "file"))
  var calls: String

  @Option(help: "The vehicle profile.")
  var profile = "fire_engine"

  @Option(help: "Ask for the route of each nth pair of a station and a call.")
  var eachRoute = 1

  private static let turnoutSeconds = 80.0
  private static let limitsSeconds = [300.0, 420, 480, 600]

  func run() throws {
    let world = try World(city: city, seed: 1, profile: profile)
    let engine = try world.engine()
    let stations = try Self.stations(stations)
    let calls = try Self.rows(calls, ["lat", "lon"]).map { try Self.coordinate($0[0], $0[1]) }
    let table = CallTable(
      stations: stations, calls: calls, profile: profile, turnoutSeconds: Self.turnoutSeconds,
      limitsSeconds: Self.limitsSeconds)
    let matrix = try table.matrix(engine)
    try table.compareRoutes(matrix, engine, each: eachRoute)
    let times = table.sortedTimes(matrix)
    try table.compareCoverage(times, engine)
    try table.comparePlans(times, engine)
    FileHandle.standardOutput.write(Data(table.text(times, matrix).utf8))
  }

  private static func stations(_ path: String) throws -> [CallTable.Station] {
    try rows(path, ["kind", "lat", "lon"]).enumerated().map { number, row in
      CallTable.Station(
        id: String(format: "%03d", number), kinds: kinds(row[0]), coordinate: try coordinate(row[1], row[2]))
    }
  }

  /// The units of a station; none that are sent to a fire if it is of another kind, such as helicopters.
  private static func kinds(_ kind: String) -> [String] {
    switch kind {
    case "소방서": ["engine", "ladder", "chief"]
    case "안전센터": ["engine"]
    case "구조대": ["rescue"]
    default: []
    }
  }

  private static func coordinate(_ latitude: String, _ longitude: String) throws -> Coordinate {
    guard let degrees = Double(latitude), let along = Double(longitude),
      let coordinate = Coordinate(latitude: degrees, longitude: along)
    else { throw BenchFailure("'\(latitude),\(longitude)' is no place") }
    return coordinate
  }

  /// Some columns of a CSV.
  private static func rows(_ path: String, _ columns: [String]) throws -> [[String]] {
    let records = try CSVReader.records(of: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    guard let header = records.first?.fields else { throw BenchFailure("\(path) is empty") }
    let positions = try columns.map { column in
      guard let position = header.firstIndex(of: column) else { throw BenchFailure("\(path) has no column \(column)") }
      return position
    }
    return records.dropFirst().map { record in positions.map { record.fields[$0] } }
  }
}
