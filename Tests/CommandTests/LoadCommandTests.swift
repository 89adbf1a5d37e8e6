import ArgumentParser
import Foundation
import Geometry
import Load
import Testing

@testable import tocsin

/// What `tocsin load` takes, and how it shows what it found.
@Suite struct LoadCommandTests {
  @Test(arguments: [
    (["--rate", "10"], "--map or --around"),
    (["--rate", "10", "--map", "m", "--around", "1,2"], "--map or --around"),
    (["--map", "m"], "a rate above 0"),
    (["--map", "m", "--rate", "10", "--max", "5"], "exclude each other"),
    (["--map", "m", "--rate=-1"], "-1"),
    (["--map", "m", "--rate", "10", "--duration", "soon"], "soon"),
    (["--map", "m", "--rate", "10", "--grpc", "h:1", "--server", "h:2"], "exclude each other"),
    (["--map", "m", "--rate", "10", "--grpc", "/s"], "HOST:PORT"),
    (["--map", "m", "--rate", "10", "-k", "0"], "not 0"),
    (["--map", "m", "--max", "0"], "not 0"),
  ])
  func refuses(_ arguments: [String], _ part: String) {
    let error = #expect(throws: (any Error).self) { try LoadCommand.parse(arguments) }
    if let error { #expect(LoadCommand.fullMessage(for: error).contains(part)) }
  }

  @Test func takesWhatCanBe() throws {
    _ = try LoadCommand.parse(["--map", "m", "--max", "64"])
    let command = try LoadCommand.parse([
      "--around", "-37.5,127", "--rate", "5", "--duration", "2h", "--warm-up", "10s",
    ])
    #expect(command.duration == 7_200)
    #expect(command.warmUp == 10)
  }

  @Test func takesPlacesOfTheSouth() throws {
    let command = try LoadCommand.parse(["--around", "-33.8,151.2", "--rate", "5"])
    #expect(command.places.around == Coordinate(latitude: -33.8, longitude: 151.2))
  }

  private static let json = """
    {"connections": 4, "measuredSeconds": 60, "idle": {"opened": 5000, "closedByServer": 7},
     "generator": {"cpuShare": 0.125, "residentBytes": 54000000, "lag": LAG},
     "kinds": [{"kind": "ask", "wantedPerSecond": 5000, "sent": 300000, "answeredPerSecond": 4900.4,
                "itemsPerSecond": 4900.4, "failures": {"TIMEOUT": 3, "OVERLOADED": 1200},
                "latency": {"p50Milliseconds": 1.5, "p90Milliseconds": 2, "p99Milliseconds": 12,
                            "p999Milliseconds": 30, "maxMilliseconds": 1000.4}}],
     "server": [{"moment": "half", "residentBytes": 200000000, "descriptors": 5020, "threads": 9, "cpuSeconds": 42.04}]}
    """

  private static func report(lagMilliseconds: Double) throws -> LoadReport {
    let lag = """
      {"p50Milliseconds": 0.02, "p90Milliseconds": 0.1, "p99Milliseconds": \(lagMilliseconds), \
      "p999Milliseconds": 9, "maxMilliseconds": 9}
      """
    return try JSONDecoder().decode(
      LoadReport.self, from: Data(json.replacingOccurrences(of: "LAG", with: lag).utf8))
  }

  @Test func showsFigures() throws {
    let text = LoadText.text(try Self.report(lagMilliseconds: 0.3))
    #expect(
      text == """
        requests  wanted/s  answered/s  items/s     sent  failed
        ask          5,000       4,900    4,900  300,000   1,203

        times in ms   p50   p90  p99  p99.9   max
        ask          1.50  2.00   12     30  1000
        measured 1:00 over 4 connections

        ask failed  requests
        OVERLOADED     1,200
        TIMEOUT            3

        generator: left late by p50 0.02, p99 0.30, max 9.00 ms; 12 % of a processor, 54 MB
        5,000 idle connections, 7 closed by the server

        server  memory  descriptors  threads  CPU s
        half    200 MB        5,020        9   42.0

        """)
  }

  @Test func tellsOfALateGeneratorAndOfWrongAnswers() throws {
    var report = try Self.report(lagMilliseconds: 7)
    report.problem = "LOAD_CHECK_FAILED: an answer has 0 units"
    let text = LoadText.text(report)
    #expect(text.contains("THE GENERATOR DID NOT KEEP ITS SCHEDULE"))
    #expect(text.contains("AFTER THE LOAD: LOAD_CHECK_FAILED"))
  }
}
