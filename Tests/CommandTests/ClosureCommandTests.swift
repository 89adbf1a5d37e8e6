import Foundation
import Testing

/// Closures are listed and lifted by their source.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct ClosureCommandTests {
  private func ids(_ outcome: Program.Outcome) throws -> [String] {
    #expect(outcome.status == 0, "\(outcome.complaint)")
    let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return try #require(answer?["closures"] as? [[String: Any]]).compactMap { $0["id"] as? String }.sorted()
  }

  @Test func sourcesAreListedAndLifted() throws {
    let town = try ServedTown()
    let server = try town.serve()
    defer { server.killNow() }
    #expect(try town.ask("close", "--id", "now", "--way", "1", "--source", "Tiefbauamt Köln").status == 0)
    let planned = ["close", "--id", "planned", "--way", "2", "--source", "Tiefbauamt Köln", "--from"]
    #expect(try Program.run(planned + ["2099-01-01T00:00:00Z", "--server", town.socket]).status == 0)
    #expect(try town.ask("close", "--id", "police", "--way", "2", "--source", "police").status == 0)

    #expect(try ids(try town.ask("closures", "--json")) == ["now", "planned", "police"])
    #expect(try ids(try town.ask("closures", "--active", "--json")) == ["now", "police"])
    #expect(try ids(try town.ask("closures", "--source", "Tiefbauamt Köln", "--json")) == ["now", "planned"])
    let both = try town.ask("closures", "--source", "Tiefbauamt Köln", "--active")
    #expect(both.output.contains("now") && !both.output.contains("planned") && !both.output.contains("police"))
    #expect(try town.ask("closures", "--source", "nobody").output == "No closures.\n")

    let unknown = try town.ask("lift", "--source", "nobody")
    #expect(unknown.status == 1)
    #expect(unknown.complaint == "UNKNOWN_CLOSURE: no closure is of this source (nobody)\n")
    // As a Mac types it: o and a mark.
    let lifted = try town.ask("lift", "--source", "Tiefbauamt Ko\u{308}ln")
    #expect(lifted.status == 0 && lifted.output.hasPrefix("2 closures lifted, version "), "\(lifted)")
    #expect(try ids(try town.ask("closures", "--json")) == ["police"])
    #expect(try town.ask("lift", "--source", "Tiefbauamt Köln").status == 1)
    #expect(try town.ask("lift", "--source", "police", "--json").status == 0)
    #expect(try ids(try town.ask("closures", "--json")) == [])
  }

  @Test(arguments: [["lift"], ["lift", "c", "--source", "police"]])
  func liftTakesIdsOrASource(_ arguments: [String]) throws {
    let refused = try Program.run(arguments)
    #expect(refused.status == 64 && refused.complaint.contains("Name closures by their ids, or by --source."))
  }
}
