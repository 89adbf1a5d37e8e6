import Foundation
import TestSupport
import Testing

@testable import tocsin

/// Plans and layers put to a real server, and answers written for maps.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct KeepingCommandTests {
  private let folder = TemporaryFolder()
  private var map: String { folder.path("town.tocsin") }
  private var socket: String { folder.path("s") }
  private var ledger: String { folder.path("l.db") }

  private func write(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
    return folder.path(name)
  }

  private func ask(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments + ["--server", socket])
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  /// Runs a story beside a server of a street from west to east.
  private func withServer(_ body: () throws -> Void) async throws {
    let osm = try write(
      """
      n1 x9.000 y0.0
      n2 x9.010 y0.0
      n3 x9.020 y0.0
      w1 Thighway=primary,name=Long%20%Street Nn1,n2,n3

      """, "town.osm.opl")
    #expect(try Program.run(["import", osm, "-o", map]).status == 0)
    let server = try Program.start(["serve", map, "--socket", socket, "--profile", "car", "--ledger", ledger])
    defer {
      kill(server.processIdentifier, SIGKILL)
      server.waitUntilExit()
    }
    for _ in 0..<600 where server.isRunning {
      if try Program.run(["health", "--server", socket]).status == 0 { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    try body()
  }

  private static let plans = """
    [[plan]]
    id = "house"
    [[plan.level]]
    lines = [{ name = "engine", count = 2, needs = [{ has = ["engine"] }] }]

    [[choice]]
    type = "house"
    plan = "house"

    [[choice]]
    type = "house"
    area = "no-hydrants"
    plan = "house"
    """

  @Test func plansAndLayers() async throws {
    try await withServer {
      let plans = try write(Self.plans, "plans.toml")
      let unknown = try ask("plans", "put", plans)
      #expect(unknown.status == 1 && unknown.complaint.contains("UNKNOWN_LAYER"))
      #expect(unknown.complaint.contains("plans.toml:10: choice 2: no layer has this name"), "\(unknown.complaint)")

      let area = try write(
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":"west","geometry":{"type":"Polygon","coordinates":[[[9,-0.1],[9.01,-0.1],[9.01,0.1],[9,0.1],[9,-0.1]]]},"properties":{"name":"West"}},
        {"type":"Feature","geometry":{"type":"LineString","coordinates":[[9,0],[9.1,0]]},"properties":{}}]}
        """, "areas.geojson")
      let put = try ask("layers", "put", "no-hydrants", area)
      #expect(put.status == 0 && put.complaint.contains("left out: 1 LineString"), "\(put.complaint)")
      let points = try write("id,lat,lon,weight\na,0.0001,9.005,3\nfar,0.5,9.005,1\n", "calls.csv")
      let calls = try ask("layers", "put", "calls", points)
      #expect(calls.status == 0 && calls.output.contains("1: far"), "\(calls.output)")
      let tried = try ask("plans", "put", plans, "--dry-run")
      #expect(tried.output.contains("1 plan and 2 choices would be put"), "\(tried.output)\(tried.complaint)")
      #expect(try ask("plans").output == "No plans.\n")
      #expect(try ask("plans", "put", plans).output.contains("1 plan and 2 choices put"))
      #expect(try ask("plans", "put", plans).output.contains("1 known so already"))
      #expect(try ask("layers", "remove", "no-hydrants").complaint.contains("IN_USE"))
      #expect(try ask("plans", "remove", "house").complaint.contains("IN_USE"))
      // How wide the columns are depends on where the map lies.
      let status = try ask("status").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(status.contains("plans 1, 2 choices layers 2, 3 features"), "\(status)")

      // What a server prints, it takes.
      let listed = try ask("plans", "list", "--toml")
      #expect(try ask("plans", "put", write(listed.output, "again.toml")).output.contains("1 known so already"))
      let exported = try ask("layers", "export", "calls")
      let again = try ask("layers", "put", "calls", write(exported.output, "again.geojson"), "--json")
      let layers = try #require(json(again.output)["layers"] as? [[String: Any]])
      #expect(layers.first?["revision"] as? Int == 1 && layers.first?["weight"] as? Double == 4)
    }
    // Each is a change in the trail.
    let trail = try Program.run(["audit", "--ledger", ledger]).output
    #expect(trail.contains("PutPlans") && trail.contains("PutLayer"), "\(trail)")
  }

  /// A hospital in the west on diversion, one in the east that takes the patient; two engines at one post.
  @Test func hospitalsAndPosts() async throws {
    try await withServer {
      let hospitals = try write(
        """
        id,name,lat,lon,capabilities,states
        west,West,0.0,9.001,stroke;pci,diversion
        east,동부병원,0.0,9.019,stroke,stroke=open:2
        """, "hospitals.csv")
      #expect(try ask("hospitals", "put", hospitals).output.contains("2 hospitals put, version"))
      let question = ["hospitals", "--at", "0.0,9.005", "--profile", "car", "--need", "stroke"]
      let found = try Program.run(question + ["--server", socket])
      #expect(found.output.contains("동부병원") && !found.output.contains("West"), "\(found.output)\(found.complaint)")
      #expect(found.output.contains("Left out: 1 diversion"), "\(found.output)")
      #expect(try ask("hospitals", "state", "west", "open").output.contains("1 hospital told of"))
      #expect(try Program.run(question + ["--server", socket]).output.contains("1  West"))
      #expect(try ask("hospitals", "state", "west", "open", "--at", "1h").output.contains("1 with a later state"))
      #expect(try ask("hospitals", "state", "ghost", "open").complaint.contains("UNKNOWN_HOSPITAL"))
      #expect(try ask("hospitals", "state", "west", "opne").status == 64)
      let map = try Program.run(question + ["--server", socket, "--geojson", "-"])
      #expect(try (json(map.output)["features"] as? [Any])?.count == 5, "\(map.output)")
      #expect(try ask("hospitals", "remove", "west").output.contains("1 hospital removed"))
      #expect(try ask("hospitals", "list", "--json").output.contains("\"freeBeds\":2"))

      let units = try write(
        "id,profile,lat,lon,turnout_seconds\nE1,car,0.0,9.0005,0\nE2,car,0.0,9.0005,0\n", "units.csv")
      #expect(try ask("units", "put", units).status == 0)
      let posts = try write("id,lat,lon,capacity,keep\nWest,0.0,9.0005,2,1\nEast,0.0,9.0195,,\n", "posts.csv")
      #expect(try ask("posts", "put", posts).output.contains("2 posts put"))
      #expect(try ask("posts").output.contains("Long Street"))
      let calls = try write("id,lat,lon\na,0.0,9.001\nb,0.0,9.019\n", "calls.csv")
      #expect(try ask("layers", "put", "calls", calls).status == 0)
      let moved = try ask("moveup", "--within", "30s", "--demand", "calls")
      #expect(
        moved.output.contains("E1") && moved.output.contains("then 100.0%, 1 move"), "\(moved.output)\(moved.complaint)"
      )
      let lines = try ask("moveup", "--within", "30s", "--demand", "calls", "--geojson", "-")
      #expect(try (json(lines.output)["features"] as? [Any])?.count == 1, "\(lines.output)")
      #expect(try ask("posts", "remove", "ghost").complaint.contains("UNKNOWN_POST"))
      #expect(
        try ask("moveup", "--within", "30s", "--demand", "calls", "--busy", "1").complaint.contains(
          "INVALID_BUSY_SHARE"))
    }
    let trail = try Program.run(["audit", "--ledger", ledger]).output
    #expect(trail.contains("SetHospitalStates") && trail.contains("PutPosts"), "\(trail)")
  }

  @Test func aFileOfPlansIsCheckedWithoutAServer() throws {
    let plans = try write(Self.plans.replacing("count = 2", with: "count = 0"), "plans.toml")
    let bad = try Program.run(["plans", "check", plans])
    #expect(bad.status == 1 && bad.complaint.contains("plans.toml:4:"), "\(bad.complaint)")
    #expect(bad.complaint.hasPrefix("PLANS_BAD_VALUE: ") && bad.complaint.contains("EMPTY_LINE"))
    for name in PlanFileTests.runCards {
      #expect(try Program.run(["plans", "check", PlanFileTests.path(of: name)]).status == 0)
    }
  }

  /// Each run card is put as a whole, with the areas that it names.
  @Test func runCardsArePut() async throws {
    try await withServer {
      let area = try write(
        #"{"type":"Polygon","coordinates":[[[9,-0.1],[9.01,-0.1],[9.01,0.1],[9,-0.1]]]}"#, "area.geojson")
      #expect(try ask("layers", "put", "no-hydrants", area).status == 0)
      for name in PlanFileTests.runCards {
        let put = try ask("plans", "put", PlanFileTests.path(of: name))
        #expect(put.status == 0, "\(name): \(put.complaint)")
      }
    }
  }

  /// Lines of closures, units and a ranking on a map; `-` is standard output, and nothing else is there.
  @Test func answersAreWrittenForMaps() async throws {
    func features(_ text: String) throws -> [(type: String?, properties: [String: Any])] {
      let found = try #require(try json(text)["features"] as? [[String: Any]])
      return found.map {
        (($0["geometry"] as? [String: Any])?["type"] as? String, $0["properties"] as? [String: Any] ?? [:])
      }
    }
    try await withServer {
      #expect(try ask("close", "--id", "c", "--way", "1").status == 0)
      let closures = try features(try ask("closures", "--geojson", "-").output)
      #expect(closures.map(\.type) == ["LineString"] && closures[0].properties["way"] as? Int == 1)
      #expect(try ask("lift", "c").status == 0)
      let units = try write("id,profile,lat,lon,capabilities\nu,car,0,9.001,able\n", "units.csv")
      #expect(try ask("units", "put", units).status == 0)
      #expect(try features(try ask("units", "list", "--geojson", "-").output).map(\.type) == ["Point"])
      let path = folder.path("fastest.geojson")
      let fastest = try ask("fastest", "--at", "0,9.019", "-k", "1", "--geojson", path)
      #expect(fastest.status == 0 && fastest.output.contains("Incident on"), "\(fastest.complaint)")
      let drawn = try features(String(contentsOfFile: path, encoding: .utf8))
      #expect(drawn.map { $0.properties["kind"] as? String } == ["incident", "route", "unit"])
      #expect(drawn.map(\.type) == ["Point", "LineString", "Point"])
      try checkForces(features)
      let cifs = try write(
        #"{"incidents":[{"id":"x","type":"ROAD_CLOSED","polyline":"0 9.001 0 9.009","starttime":"2020-01-01T00:00:00Z","endtime":"2099-01-01T00:00:00Z"}]}"#,
        "closures.json")
      let feed = try ask("feed", "cifs", cifs, "--dry-run", "--geojson", "-")
      #expect(feed.status == 0, "\(feed.complaint)")
      #expect(try features(feed.output).allSatisfy { $0.properties["id"] as? String == "cifs/x" })
    }
    let links = try write(
      #"{"type":"Feature","id":"e","geometry":{"type":"LineString","coordinates":[[9.0001,0.00002],[9.0199,0.00002]]},"properties":{}}"#,
      "links.geojson")
    let built = try Program.run([
      "link-table", "build", "--links", links, "--map", map, "-o", folder.path("links.csv"), "--geojson", "-",
    ])
    #expect(try features(built.output).map { $0.properties["isMatched"] as? Bool } == [true], "\(built.complaint)")
  }

  /// Who should go to one incident or to several: each incident, and each unit with its line, place, ETA and way.
  private func checkForces(_ features: (String) throws -> [(type: String?, properties: [String: Any])]) throws {
    let one = try features(
      try ask("recommend", "--at", "0,9.019", "--line", "any=2:car|able", "--incident", "fire", "--geojson", "-").output
    )
    #expect(one.map { $0.properties["kind"] as? String } == ["incident", "route", "unit"])
    #expect(one[0].properties["open"] as? Int == 1 && one[0].properties["incident"] as? String == "fire")
    #expect(one.map(\.type) == ["Point", "LineString", "Point"])
    #expect(one[2].properties["line"] as? String == "any" && one[2].properties["place"] as? Int == 1)
    #expect((one[2].properties["etaSeconds"] as? Double ?? 0) > 60)
    let incidents = try write("id,lat,lon\nfirst,0,9.019\nsecond,0,9.005\n", "incidents.csv")
    let path = folder.path("assign.geojson")
    let several = try ask("assign", incidents, "--line", "any=1:able", "--geojson", path)
    #expect(several.status == 0 && several.output.contains("first"), "\(several.complaint)")
    let drawn = try features(String(contentsOfFile: path, encoding: .utf8))
    #expect(drawn.filter { $0.properties["kind"] as? String == "incident" }.count == 2)
    #expect(drawn.filter { $0.type == "LineString" }.count == 1)
  }

  /// From the trail of statuses.
  @Test func responseTimes() async throws {
    try await withServer {
      let units = try write("id,station,profile,lat,lon\nu,Noord,car,0,9.001\n", "units.csv")
      #expect(try ask("units", "put", units).status == 0)
      for status in ["dispatched", "en_route", "on_scene"] {
        #expect(try ask("units", "status", "u", status).status == 0)
      }
    }
    let times = try Program.run(["audit", "--ledger", ledger, "--response-times", "--within", "5m,7m", "--json"])
    let groups = try #require(try json(times.output)["groups"] as? [[String: Any]], "\(times.complaint)")
    #expect(groups.map { $0["by"] as? String } == ["all", "agency", "station", "hour"])
    #expect(groups[2]["name"] as? String == "Noord" && groups[2]["shares"] as? [Double] == [1, 1])
    let text = try Program.run(["audit", "--ledger", ledger, "--response-times"]).output
    #expect(text.contains("<=7:00") && text.contains("1 response"), "\(text)")
  }
}
