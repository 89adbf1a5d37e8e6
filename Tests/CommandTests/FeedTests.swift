import Foundation
import TestSupport
import Testing

@testable import tocsin

/// Feeds pushed to a real server, and a link table built for it.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct FeedCommandTests {
  private let folder = TemporaryFolder()
  private var map: String { folder.path("town.tocsin") }
  private var socket: String { folder.path("s") }

  /// Two streets that meet: A-B-C from west to east, B-D to the north.
  private static let opl = """
    n1 x9.000 y0.0
    n2 x9.010 y0.0
    n3 x9.020 y0.0
    n4 x9.010 y0.010
    w1 Thighway=primary,name=Long%20%Street Nn1,n2,n3
    w2 Thighway=primary,name=Side%20%Street Nn2,n4

    """

  private func write(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
    return folder.path(name)
  }

  private func json(_ outcome: Program.Outcome) throws -> [String: Any] {
    #expect(outcome.status == 0, "\(outcome.complaint)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func ask(_ arguments: String...) throws -> [String: Any] {
    try json(try Program.run(arguments + ["--server", socket, "--json"]))
  }

  @Test func aFeedGoesFromFileToRoute() async throws {
    let osm = try write(Self.opl, "town.osm.opl")
    #expect(try Program.run(["import", osm, "-o", map]).status == 0)
    let links = try write(
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","id":"east","geometry":{"type":"LineString","coordinates":[[9.0001,0.00002],[9.0199,0.00002]]},"properties":{}},
      {"type":"Feature","id":"nowhere","geometry":{"type":"LineString","coordinates":[[9.5,0.5],[9.6,0.5]]},"properties":{}},
      {"type":"Feature","id":"sign","geometry":{"type":"Point","coordinates":[9.5,0.5]},"properties":{}}]}
      """, "links.geojson")
    let table = folder.path("links.csv")
    let build = try Program.run(["link-table", "build", "--links", links, "--map", map, "-o", table, "--json"])
    #expect(build.complaint.contains("left out: 1 Point"))
    let built = try json(build)
    #expect(built["matched"] as? Int == 1 && built["links"] as? Int == 2)

    let server = try Program.start(["serve", map, "--socket", socket, "--profile", "car", "--links", table])
    defer {
      kill(server.processIdentifier, SIGKILL)
      server.waitUntilExit()
    }
    for _ in 0..<600 where server.isRunning {
      if try Program.run(["health", "--server", socket]).status == 0 { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    let route = ["route", "--from", "0.0,9.001", "--to", "0.0,9.019", "--profile", "car", "--server", socket, "--json"]
    let free = try #require(try json(try Program.run(route))["travelSeconds"] as? Double)

    let speeds = try write("1,2,5\n2,3,5\n3,2,50\n77,78,10\nnonsense\n", "speeds.csv")
    let tried = try ask("feed", "osrm-speeds", speeds, "--dry-run")
    #expect(tried["matched"] as? Int == 3 && tried["unmatched"] as? Int == 1 && tried["skipped"] as? Int == 1)
    #expect((try ask("status")["speeds"] as? [Any])?.isEmpty == true)
    let pushed = try ask("feed", "osrm-speeds", speeds, "--ttl", "1m")
    #expect(pushed["matched"] as? Int == 3 && pushed["unmatched"] as? Int == 1 && pushed["skipped"] as? Int == 1)
    let jammed = try #require(try json(try Program.run(route))["travelSeconds"] as? Double)
    #expect(jammed > 3 * free)

    let cifs = try write(
      #"{"incidents":[{"incident":{"id":"x","type":"ROAD_CLOSED","street":"Side Street","polyline":"0.0001 9.01 0.0099 9.01","starttime":"2020-01-01T00:00:00+00:00","endtime":"2099-01-01T00:00:00+00:00","direction":"BOTH_DIRECTIONS"}}]}"#,
      "closures.json")
    #expect(try ask("feed", "cifs", cifs)["matched"] as? Int == 1)
    let closures = try #require(try ask("closures")["closures"] as? [[String: Any]])
    #expect(closures.map { $0["id"] as? String } == ["cifs/x"])
    // As long as the feed says.
    #expect(closures.map { $0["until"] as? String } == ["2099-01-01T00:00:00Z"])
    let status = try ask("status")
    let feeds = try #require(status["feeds"] as? [[String: Any]])
    #expect(feeds.map { $0["source"] as? String } == ["cifs", "osrm-speeds"])
    #expect(feeds.map { $0["inForce"] as? Int } == [1, 3] && feeds.map { $0["unmatched"] as? Int } == [0, 1])
    #expect(feeds.allSatisfy { $0["intervalSeconds"] == nil && $0["isStale"] as? Bool == false })
    #expect(status["links"] as? Int == 1)
    try pushOthers()
    // What the feed doesn't say any more is lifted.
    #expect(try ask("feed", "cifs", try write(#"{"incidents":[]}"#, "none.json"))["lifted"] as? Int == 1)

    let bad = try Program.run(["feed", "wzdx", speeds, "--server", socket])
    #expect(bad.status == 1 && bad.complaint.contains("FEED_NOT_JSON"))
  }

  /// What is no feed of its format changes nothing, and what gives nothing says why.
  private func pushOthers() throws {
    let turns = try write("1,2,3001,5\n2,3,3002,5\n", "turns.csv")
    let other = try Program.run(["feed", "osrm-speeds", turns, "--server", socket])
    #expect(other.status == 1 && other.complaint.contains("FEED_NOTHING_UNDERSTOOD"))
    let over = try write(
      #"{"incidents":[{"id":"y","type":"ROAD_CLOSED","polyline":"0.0001 9.01 0.0099 9.01","endtime":"2020-01-01T00:00:00Z"}]}"#,
      "over.json")
    let idle = try Program.run(["feed", "cifs", over, "--source", "other", "--server", socket])
    #expect(idle.status == 0 && idle.complaint.contains("FEED_OVER") && idle.complaint.contains("2020-01-01"))
    let closed = try Program.run(["close", "--way", "1", "--until", "2020-01-01T00:00:00Z", "--server", socket])
    #expect(closed.status == 1 && closed.complaint.contains("NOTHING_IN_TIME"))
    #expect(try ask("closures")["closures"] as? [Any] != nil)
    #expect((try ask("status")["speeds"] as? [[String: Any]])?.map { $0["roads"] as? Int } == [3])
  }
}
