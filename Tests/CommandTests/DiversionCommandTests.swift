import API
import Foundation
import TestSupport
import Testing

@testable import tocsin

/// What a dispatcher reads of units that could be called off, and of questions that are watched.
@Suite struct DiversionTextTests {
  @Test func aTableOfWhoCouldBeCalledOff() {
    let text = DiversionText.table(Samples.recommendAnswer.diversions)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.first == "Could be called off:")
    #expect(text.contains("I-7") && text.contains("E9") && text.contains("1:02") && text.contains("-0:03"), "\(text)")
    #expect(text.contains("an open place") && text.contains("nobody known"), "\(text)")
    #expect(DiversionText.table([]).isEmpty)
  }

  @Test func aSentenceForASwap() throws {
    let text = DiversionText.sentence(try #require(Samples.assignAnswer.swaps.first))
    #expect(text.contains("could change incidents: ") && text.hasSuffix("0:20 later\n"), "\(text)")
    #expect(text.contains("at é in 2:01, 2:31 earlier; "), "\(text)")
  }

  /// Other units, another line, other open places and another plan are news however small the times.
  @Test func whatIsNewsOfARecommendation() {
    let before = Samples.recommendAnswer
    func isNews(seconds: Double = 30, _ change: (inout RecommendAnswer) -> Void) -> Bool {
      var now = before
      change(&now)
      return WatchNews.differs(.recommend(now), from: .recommend(before), bySeconds: seconds)
    }
    #expect(!isNews { _ in } && !isNews { $0.units[0].unit.etaSeconds += 29 })
    #expect(isNews { $0.units[0].unit.etaSeconds += 30 } && isNews { $0.units[0].line = "pump" })
    #expect(isNews { $0.open = [] } && isNews { $0.planID = "other" } && isNews { $0.units.removeLast() })
  }
}

/// The same from the program beside a server.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct DiversionCommandTests {
  private static let units = """
    id,profile,lat,lon,capabilities,status,turnout_seconds,incident,incident_priority,destination_lat,destination_lon
    x,car,0.0,9.000,als,available,90,,,,
    p,car,0.0,9.008,als,en_route,0,ankle,3,0.0,9.019

    """

  @Test func aTownWithAUnitThatPassesBy() throws {
    let town = try ServedTown()
    let server = try town.serve()
    defer { server.killNow() }
    try Self.units.write(toFile: town.folder.path("units.csv"), atomically: true, encoding: .utf8)
    #expect(try town.ask("units", "put", town.folder.path("units.csv")).status == 0)
    let question = ["--at", "0.0,9.010", "--line", "medic=1:als"]

    let plain = try Program.run(["recommend"] + question + ["--server", town.socket])
    #expect(plain.status == 0 && !plain.output.contains("called off"), "\(plain)")
    let offered = try Program.run(
      ["recommend"] + question + ["--divert", "--priority", "1", "--server", town.socket])
    #expect(offered.output.contains("Could be called off:") && offered.output.contains("ankle"), "\(offered)")
    let urgent = try Program.run(
      ["recommend"] + question + ["--divert", "--priority", "3", "--server", town.socket])
    #expect(urgent.status == 0 && !urgent.output.contains("called off"), "\(urgent)")
    #expect(try Program.run(["recommend"] + question + ["--divert"]).status == 64)
    #expect(try Program.run(["recommend"] + question + ["--divert-gain", "30s"]).status == 64)

    try "id,lat,lon,priority\nI-1,0.0,9.010,1\n".write(
      toFile: town.folder.path("incidents.csv"), atomically: true, encoding: .utf8)
    let assigned = try town.ask("assign", town.folder.path("incidents.csv"), "--line", "medic=1:als", "--divert")
    #expect(assigned.output.contains("I-1: Could be called off:"), "\(assigned)")

    let fastest = try town.ask("fastest", "--at", "0.0,9.010", "-k", "1", "--explain", "3")
    #expect(fastest.output.contains("Not chosen:") && fastest.output.contains("en route with ankle"), "\(fastest)")
  }

  @Test func wideQuestionsAreWatched() throws {
    let town = try ServedTown()
    let server = try town.serve()
    defer { server.killNow() }
    try Self.units.write(toFile: town.folder.path("units.csv"), atomically: true, encoding: .utf8)
    #expect(try town.ask("units", "put", town.folder.path("units.csv")).status == 0)
    func watch(_ arguments: String...) throws -> String {
      let outcome = try Program.run(["watch"] + arguments + ["--limit", "1", "--server", town.socket])
      #expect(outcome.status == 0, "\(outcome)")
      return outcome.output
    }
    #expect(try watch("--at", "0.0,9.010", "--line", "medic=1:als").contains("  medic x "))
    #expect(try watch("--within", "1m,2m").contains("%, 2:00 "))
    #expect(try watch("--within", "1m", "--to", "0.0,9.000", "--profile", "car").contains("  1:00 "))
    #expect(try watch("--within", "1m", "--json").contains(#""levels":[{"depth":1"#))
    for wrong in [
      ["--within", "1m", "--from", "0.0,9.0"], ["--line", "medic=1:als"],
      ["--within", "1m", "--at", "0.0,9.0"], ["--at", "0.0,9.0", "--plan", "a", "--type", "b"],
    ] {
      #expect(try Program.run(["watch"] + wrong + ["--server", town.socket]).status == 64, "\(wrong)")
    }
  }
}
