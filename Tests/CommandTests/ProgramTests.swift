import Foundation
import TestSupport
import Testing

@testable import tocsin

/// The whole way, from a made-up city to a server that is asked: as people use the program.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct ProgramTests {
  private let folder = TemporaryFolder()
  private var city: String { folder.path("city.osm.pbf") }
  private var map: String { folder.path("city.tocsin") }
  private var units: String { folder.path("units.csv") }
  private var socket: String { folder.path("s") }

  private func makeMap() throws {
    let made = try Program.run("make-city", "--junctions", "400", "-o", city, "--units", units, "--unit-count", "20")
    #expect(made.status == 0, "\(made.complaint)")
    let imported = try Program.run("import", city, "-o", map, "--json")
    #expect(imported.status == 0, "\(imported.complaint)")
    let summary = try object(imported.output)
    let seconds = ["importSeconds", "hierarchySeconds", "hierarchyCPUSeconds"].map { summary[$0] as? Double ?? .nan }
    #expect(seconds[1] > 0 && seconds[1] < seconds[0] && seconds[2] > 0, "\(seconds)")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func importsAndInspects() throws {
    try makeMap()
    let inspected = try Program.run("inspect", map, "--json")
    let summary = try object(inspected.output)
    #expect((summary["junctions"] as? Int ?? 0) > 300)
    #expect((summary["sections"] as? [Any])?.isEmpty == false)
    #expect(try Program.run("inspect", map).output.contains("hierarchy arcs"))
    #expect(try Program.run("inspect", city).status == 1)
  }

  @Test func failedImportLeavesTheMap() throws {
    try Data("an earlier map".utf8).write(to: folder.url("city.tocsin"))
    try Data("no map".utf8).write(to: folder.url("bad.osm.pbf"))
    let outcome = try Program.run("import", folder.path("bad.osm.pbf"), "-o", map)
    #expect(outcome.status == 1)
    #expect(outcome.complaint.hasPrefix("OSM_UNREADABLE: "), "\(outcome.complaint)")
    #expect(try folder.contents("city.tocsin") == Data("an earlier map".utf8))
    #expect(try folder.names() == ["bad.osm.pbf", "city.tocsin"])
  }

  @Test func exitStatusTellsWhy() throws {
    #expect(try Program.run("--version").status == 0)
    #expect(try Program.run("fastest").status == 64)
    #expect(try Program.run("fastest", "--at", "95,0").status == 64)
    #expect(try Program.run("make-city", "-o", folder.path("city.txt")).status == 64)
    let small = try Program.run("make-city", "--junctions", "1", "-o", city)
    #expect(small.status == 1)
    #expect(small.complaint.hasPrefix("CITY_SIZE_OUT_OF_RANGE: "))
    let nobody = try Program.run("health", "--server", socket)
    #expect(nobody.status == 2)
    #expect(nobody.complaint.hasPrefix("CONNECTION_FAILED: "))
    let missing = try Program.run("inspect", folder.path("nothing.tocsin"))
    #expect(missing.status == 1)
    #expect(missing.complaint.hasPrefix("MAP_NOT_FOUND: "))
  }

  @Test func servesUntilItIsTold() throws {
    try makeMap()
    let log = Pipe()
    let server = try Program.start(["serve", map, "--socket", socket, "--listen", "127.0.0.1:0"], errors: log)
    defer { if server.isRunning { server.terminate() } }
    try waitUntilReady(server)
    try tellsStory()
    server.terminate()
    let lines = String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    server.waitUntilExit()
    #expect(server.terminationReason == .exit && server.terminationStatus == 0, "\(lines)")
    let ready = try #require(lines.split(separator: "\n").first { $0.hasSuffix("ready") })
    #expect(ready.contains("unix:\(socket)") && ready.contains("127.0.0.1:") && ready.contains("milliseconds="))
    #expect(!FileManager.default.fileExists(atPath: socket))
  }

  @Test func servesOnlyTheProfilesAskedFor() throws {
    try makeMap()
    let unknown = try Program.run("serve", map, "--socket", socket, "--profile", "hovercraft")
    #expect(unknown.status == 1)
    #expect(unknown.complaint.hasPrefix("PROFILE_UNKNOWN: ") && unknown.complaint.contains("hovercraft"))
    let server = try Program.start(
      ["serve", map, "--socket", socket, "--profile", "police", "--profile", "car"], errors: Pipe())
    defer { if server.isRunning { server.terminate() } }
    try waitUntilReady(server)
    let status = try object(try Program.run("status", "--json", "--server", socket).output)
    #expect(status["profiles"] as? [String] == ["car", "police"])
  }

  @Test func readsItsMapAgain() throws {
    try makeMap()
    let log = Pipe()
    let server = try Program.start(["serve", map, "--socket", socket], errors: log)
    defer { if server.isRunning { server.terminate() } }
    try waitUntilReady(server)
    #expect(try Program.run("units", "put", units, "--server", socket).status == 0)
    let before = try object(try Program.run("status", "--json", "--server", socket).output)
    let report = try object(try Program.run("reload", "--map", "--json", "--server", socket).output)
    #expect(report["parts"] as? [String] == ["map"] && report["units"] as? Int == 20)
    #expect((report["lostUnits"] as? [String: Any])?["count"] as? Int == 0)
    #expect((report["version"] as? Int ?? 0) > (before["version"] as? Int ?? .max))
    try Data("no map any more".utf8).write(to: folder.url("next"))
    #expect(rename(folder.path("next"), map) == 0)
    let refused = try Program.run("reload", "--server", socket)
    #expect(refused.status == 1 && refused.complaint.hasPrefix("MAP_UNUSABLE: MAP_"), "\(refused.complaint)")
    let after = try object(try Program.run("status", "--json", "--server", socket).output)
    #expect(after["version"] as? Int == report["version"] as? Int)
    kill(server.processIdentifier, SIGHUP)
    #expect(try Program.run("health", "--server", socket).status == 0)
    server.terminate()
    let lines = String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(lines.contains("what was served stays") && lines.contains("MAP_UNUSABLE"), "\(lines)")
  }

  private func waitUntilReady(_ server: Process) throws {
    for _ in 0..<600 where server.isRunning {
      if try Program.run("health", "--server", socket).status == 0 { return }
      usleep(50_000)
    }
    Issue.record("the server did not start")
  }

  /// Units, the fastest of them, a closed road, a lifted one.
  private func tellsStory() throws {
    try Data("id,profile,lat,lon\nx,car,1,2\ny,car,1,200\n".utf8).write(to: folder.url("bad.csv"))
    let bad = try Program.run("units", "put", folder.path("bad.csv"), "--server", socket)
    #expect(bad.status == 1)
    #expect(bad.complaint.contains("line 3, lon: not a number from -180 to 180 (200)"))
    #expect(try Program.run("units", "put", units, "--server", socket).status == 0)
    let listed = try object(try Program.run("units", "list", "--json", "--server", socket).output)
    let first = try #require((listed["units"] as? [[String: Any]])?.first)
    #expect((listed["units"] as? [Any])?.count == 20)
    let place = "\(first["lat"] ?? ""),\(first["lon"] ?? "")"
    let answer = try object(try Program.run("fastest", "--at", place, "-k", "3", "--json", "--server", socket).output)
    #expect((answer["units"] as? [Any])?.count == 3)
    let closed = try Program.run("close", "--id", "c", "--at", place, "--radius", "60", "--server", socket)
    #expect(closed.status == 0 && closed.output.contains("c"), "\(closed.complaint)")
    #expect(try Program.run("closures", "--server", socket).output.contains("closed"))
    #expect(try Program.run("lift", "c", "--server", socket).status == 0)
    let again = try Program.run("lift", "c", "--server", socket)
    #expect(again.status == 1)
    #expect(again.complaint == "UNKNOWN_CLOSURE: no closure has this id (c)\n")
    try answersBatches(place)
    try answersForManyPlaces(place)
  }

  /// Times between all units, how far one gets, what is covered: tables, CSV, and what maps and planners take.
  private func answersForManyPlaces(_ place: String) throws {
    let many = ["matrix", "--from", units, "--profile", "car"]
    let table = try Program.run(many + ["--server", socket])
    #expect(table.status == 0 && table.output.hasPrefix("20 x 20, map version"), "\(table.output)\(table.complaint)")
    let fromMap = try object(try Program.run(many + ["--map", map, "--json"]).output)
    let durations = try #require(fromMap["durations"] as? [[Any]])
    #expect(durations.count == 20 && durations.indices.allSatisfy { durations[$0][$0] as? Int == 0 })
    let csv = try Program.run(many + ["--map", map, "--csv"]).output.split(separator: "\n")
    #expect(csv.count == 401 && csv[0] == "from,to,seconds")
    let geojson = folder.path("reach.geojson")
    let reach = try Program.run(
      "reach", "--to", place, "--within", "2m,5m", "--profile", "car", "--map", map, "--geojson", geojson)
    #expect(reach.status == 0 && reach.output.contains("5:00"), "\(reach.output)\(reach.complaint)")
    let drawing = try object(String(decoding: folder.contents("reach.geojson"), as: UTF8.self))
    #expect((drawing["features"] as? [Any])?.count == 2)
    let covered = try Program.run("coverage", "--within", "2m,5m", "--depth", "2", "--server", socket)
    #expect(covered.status == 0 && covered.output.contains("map version"), "\(covered.output)\(covered.complaint)")
    let nowhere = try Program.run("reach", "--within", "2m")
    #expect(nowhere.status == 64 && nowhere.complaint.contains("--from-station"))
  }

  /// The same lines get the same answers from a server and from the map file.
  private func answersBatches(_ place: String) throws {
    let parts = place.split(separator: ",")
    let here = "{\"lat\":\(parts[0]),\"lon\":\(parts[1])}"
    let lines = "{\"from\":\(here),\"to\":\(here),\"profile\":\"car\"}\nbad\n"
    let fromServer = try Program.run("route", "--batch", "--server", socket, input: lines)
    let fromMap = try Program.run("route", "--batch", "--map", map, input: lines)
    #expect(fromServer.status == 0 && fromMap.status == 0)
    func withoutVersion(_ text: String) -> String { text.replacing(/"version":\d+/, with: "") }
    #expect(withoutVersion(fromServer.output) == withoutVersion(fromMap.output))
    #expect(fromMap.output.contains("\"ok\":true") && fromMap.output.contains("INVALID_JSON"))
  }
}
