import Foundation
import TestSupport
import Testing

/// The commands that print JSON, run one after the other against a small city and its server: which keys they print,
/// and which metrics the server shows.
struct PrintedStory {
  /// A command and the path of a key in its output, such as `fastest units[].etaSeconds`.
  private(set) var keys: Set<String> = []
  /// What the server shows to Prometheus.
  private(set) var page = ""
  /// The name and the type of each metric on it.
  var metrics: Set<String> { Set(page.matches(of: /# TYPE (.+)/).map { String($0.1) }) }
  private let folder = TemporaryFolder()
  private var city: String { folder.path("city.osm.pbf") }
  private var map: String { folder.path("city.tocsin") }
  private var units: String { folder.path("units.csv") }
  private var ledger: String { folder.path("ledger.sqlite") }
  private var socket: String { folder.path("s") }

  /// Told once for all tests.
  static let shared = Result { try PrintedStory() }

  private init() throws {
    try tellOfFiles()
    let log = Pipe()
    let server = try Program.start(
      ["serve", map, "--socket", socket, "--ledger", ledger, "--set", "listen.metrics=127.0.0.1:0"]
        + ["--listen", "127.0.0.1:0"] + certificateFlags(), errors: log)
    defer { if server.isRunning { server.terminate() } }
    for _ in 0..<600 where server.isRunning {
      if try Program.run("health", "--server", socket).status == 0 { break }
      usleep(50_000)
    }
    try tellOfServer()
    let lines = String(decoding: log.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(lines.firstMatch(of: /127\.0\.0\.1:(\d+)\/metrics/).flatMap { Int($0.1) }, "\(lines)")
    let answer = try #require(HTTPText.answer(port, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
    page = String(try #require(answer.split(separator: "\r\n\r\n", maxSplits: 1).last))
    server.terminate()
    server.waitUntilExit()
    try note("audit", "--ledger", ledger)
  }

  /// A certificate that ends.
  private func certificateFlags() throws -> [String] {
    let (certificate, key) = (folder.path("server.pem"), folder.path("server.key"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", "/CN=localhost",
      "-days", "30", "-keyout", key, "-out", certificate,
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return ["--tls-certificate", certificate, "--tls-key", key]
  }

  private mutating func tellOfFiles() throws {
    try note("make-city", "--junctions", "400", "-o", city, "--units", units, "--unit-count", "20")
    try note("import", city, "-o", map)
    try note("inspect", map)
    try note("export", "--map", map, "--routingkit", folder.path("arrays"), "--profile", "car")
    try note("rank", "--map", map, "--units", units, "--calls", units)
    try note("limits")
    let configuration = "map = \"\(map)\"\n[listen]\nsocket = \"\(socket)\"\n[ledger]\nfile = \"\(ledger)\"\n"
    try Data(configuration.utf8).write(to: folder.url("tocsin.toml"))
    try note("config", "check", folder.path("tocsin.toml"))
  }

  /// Where a vehicle was that drove a printed route.
  private func traceFile(along route: [String: Any]) throws -> String {
    let shape = try #require(route["shape"] as? [[String: Double]])
    let lines = shape.compactMap { point in point["lat"].flatMap { lat in point["lon"].map { "\(lat),\($0)\n" } } }
    try Data(("lat,lon\n" + lines.joined()).utf8).write(to: folder.url("trace.csv"))
    return folder.path("trace.csv")
  }

  /// A triangle around a place, which is in the file as well.
  private func areaFile(around place: String) throws -> String {
    let degrees = place.split(separator: ",").compactMap { Double($0) }
    let corners = [(-0.001, -0.001), (0.001, -0.001), (0, 0.001)].map { "[\(degrees[1] + $0.0),\(degrees[0] + $0.1)]" }
    let geometries = [
      "{\"type\":\"Polygon\",\"coordinates\":[[\(corners.joined(separator: ","))]]}",
      "{\"type\":\"Point\",\"coordinates\":[\(degrees[1]),\(degrees[0])]}",
    ]
    let collection = "{\"type\":\"GeometryCollection\",\"geometries\":[\(geometries.joined(separator: ","))]}"
    try Data(collection.utf8).write(to: folder.url("area.geojson"))
    return folder.path("area.geojson")
  }

  private mutating func tellOfServer() throws {
    let server = ["--server", socket]
    func onServer(_ arguments: String...) -> [String] { arguments + server }
    try note(onServer("health"))
    try note(onServer("units", "put", units))
    let fleet = try note(onServer("units", "list"))["units"] as? [[String: Any]] ?? []
    try note(onServer("units", "status", "\(fleet[0]["id"] ?? "")", "dispatched"))
    let positions =
      "id,lat,lon\nghost,1,2\n" + fleet.map { "\($0["id"] ?? ""),\($0["lat"] ?? ""),\($0["lon"] ?? "")\n" }.joined()
    try Data(positions.utf8).write(to: folder.url("positions.csv"))
    try note(onServer("units", "positions", folder.path("positions.csv")))
    let places = fleet.map { "\($0["lat"] ?? ""),\($0["lon"] ?? "")" }
    try #require(places.count == 20)
    let way = ["--from", places[0], "--to", places[7], "--profile", "car"]
    let details = ["--shape", "--steps", "--ways", "--signals"]
    try note(onServer("fastest", "--at", places[0], "-k", "3") + details)
    try note(onServer("recommend", "--at", places[0], "--line", "any=2:pump|als|patrol") + details)
    try note(["route"] + way + ["--alternatives", "2"] + details + server)
    let driven = try note(["route"] + way + ["--via", places[3], "--language", "ko"] + details + server)
    try note(onServer("snap", "--at", places[0], "--profile", "car"))
    try note(onServer("match", try traceFile(along: driven), "--profile", "car"))
    try note(onServer("locate", "--at", places[0]))
    try note(onServer("locate", places[3]))
    try note(onServer("matrix", "--from", units, "--profile", "car", "--lengths"))
    let area = try areaFile(around: places[0])
    try note(
      onServer("reach", "--from", places[7], "--within", "2m,5m", "--profile", "car", "--roads", "--close-area", area))
    try note(onServer("coverage", "--within", "2m,5m", "--depth", "2", "--away", "\(fleet[1]["id"] ?? "")"))
    try note(
      onServer(
        "close", "--id", "closure-1", "--at", places[0], "--radius", "60", "--reason", "r", "--source", "s", "--for",
        "1h"))
    try note(onServer("close", "--area", areaFile(around: places[0]), "--dry-run"))
    try note(onServer("closures"))
    try note(["watch"] + way + ["--limit", "1"] + server)
    try note(onServer("lift", "closure-1"))
    try Data(#"{"incidents":[{"id":"x","type":"ROAD_CLOSED","polyline":"0.1 0.1 0.2 0.2"}]}"#.utf8)
      .write(to: folder.url("cifs.json"))
    try note(onServer("feed", "cifs", folder.path("cifs.json")))
    try Data(#"{"type":"Point","coordinates":[1,2]}"#.utf8).write(to: folder.url("layer.geojson"))
    try note(onServer("layers", "put", "Calls", folder.path("layer.geojson")))
    try note(onServer("layers", "list"))
    try tellOfPoints(near: places, unit: "\(fleet[7]["id"] ?? "")", way: way, server)
    try note(onServer("plans", "put", PlanFileTests.path(of: "portland")))
    try note(onServer("plans", "list"))
    try tellOfCare(places, server)
    try note(onServer("status"))
    try note(onServer("reload", "--map"))
    try note(onServer("units", "remove", "\(fleet[0]["id"] ?? "")"))
    try note(
      onServer("load", "--map", map, "--rate", "20", "--duration", "1s", "--warm-up", "1s", "--units", "10"))
    let stations = "name,lat,lon\n" + (0..<3).map { "\($0),\(places[$0])\n" }.joined()
    try Data(stations.utf8).write(to: folder.url("stations.csv"))
    try note("check", map, "--stations", folder.path("stations.csv"))
  }

  /// Hospitals, posts, and who moves up.
  private mutating func tellOfCare(_ places: [String], _ server: [String]) throws {
    let hospitals =
      "id,lat,lon,capabilities,states\n" + (0..<3).map { "h\($0),\(places[$0 + 4]),pci,pci=open:2\n" }.joined()
    try Data(hospitals.utf8).write(to: folder.url("hospitals.csv"))
    try note(["hospitals", "put", folder.path("hospitals.csv")] + server)
    try note(["hospitals", "state", "h1", "diversion"] + server)
    try note(["hospitals", "list"] + server)
    try note(["hospitals", "find", "--at", places[0], "--need", "pci", "--prefer", "pci", "--shape"] + server)
    let posts = "id,lat,lon,keep\n" + (0..<3).map { "p\($0),\(places[$0]),1\n" }.joined()
    try Data(posts.utf8).write(to: folder.url("posts.csv"))
    try note(["posts", "put", folder.path("posts.csv")] + server)
    try note(["posts", "list"] + server)
    let calls = "id,lat,lon\n" + places.enumerated().map { "\($0),\($1)\n" }.joined()
    try Data(calls.utf8).write(to: folder.url("demand.csv"))
    try note(["layers", "put", "Demand", folder.path("demand.csv")] + server)
    try note(["moveup", "--within", "2m", "--demand", "Demand"] + server)
    try note(["posts", "remove", "p0"] + server)
    try note(["hospitals", "remove", "h0"] + server)
  }

  /// What lies along a way, near a place and out of danger.
  private mutating func tellOfPoints(near places: [String], unit: String, way: [String], _ server: [String]) throws {
    let degrees = places[0].split(separator: ",")
    try Data("{\"type\":\"Point\",\"coordinates\":[\(degrees[1]),\(degrees[0])]}".utf8)
      .write(to: folder.url("near.geojson"))
    try note(["layers", "put", "Near", folder.path("near.geojson"), "--side", "both"] + server)
    try note(["route"] + way + ["--layers", "Near"] + server)
    try note(["nearby", "--at", places[0], "--layers", "Near", "--along-roads"] + server)
    try note(
      [
        "staging", "--at", places[0], "--hazard-radius", "30", "--units", unit, "--place", places[7], "--place",
        places[0],
      ]
        + ["--wind-from", "90"] + server)
  }

  @discardableResult private mutating func note(_ arguments: String...) throws -> [String: Any] { try note(arguments) }

  /// Runs a command and notes the keys of what it prints.
  ///
  /// - Returns: what it prints.
  @discardableResult private mutating func note(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try Program.run(arguments + ["--json"])
    let printed = try #require(
      try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any],
      "\(arguments): \(outcome.output)\(outcome.complaint)")
    let words = arguments.prefix { $0.allSatisfy { $0.isLowercase || $0 == "-" } && !$0.hasPrefix("-") }
    noteKeys(of: printed, at: words.joined(separator: " ") + " ")
    return printed
  }

  private mutating func noteKeys(of value: Any, at path: String) {
    switch value {
    case let object as [String: Any]:
      for (key, value) in object {
        let below = path.hasSuffix(" ") ? path + key : "\(path).\(key)"
        keys.insert(below)
        noteKeys(of: value, at: below)
      }
    case let list as [Any]:
      for value in list { noteKeys(of: value, at: path + "[]") }
    default: return
    }
  }
}
