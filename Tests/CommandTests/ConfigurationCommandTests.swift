import Foundation
import TestSupport
import Testing

/// `config`, `limits` and `serve --config`, as people call them.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)")) struct ConfigurationCommandTests {
  private let folder = TemporaryFolder()

  private func write(_ toml: String) throws -> String {
    let path = folder.path("tocsin.toml")
    try toml.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func checksAFile() throws {
    let path = try write("map = \"city.tocsin\"\n[limits]\nunits = 7\n")
    let outcome = try Program.run("config", "check", path)
    #expect(outcome.status == 1)
    #expect(outcome.complaint.hasPrefix("MAP_NOT_FOUND: "), "\(outcome.complaint)")
    // Long paths come below the other columns.
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for row in ["map \(folder.path("city.tocsin")) \(path):1", "limits.units 7 \(path):3", "log.level info default"] {
      #expect(words.contains(" \(row) "), "\(row)")
    }
    let wrong = try Program.run("config", "check", try write("[limits]\nunit = 7\n"))
    #expect(wrong.status == 1)
    #expect(wrong.complaint.hasPrefix("CONFIG_UNKNOWN_KEY: \(path):2:limits.unit: "))
  }

  /// Each of them, before anybody starts a server.
  @Test func opensTheFilesThatItNames() throws {
    let named = """
      [listen]
      tcp = "127.example.org:7119"
      metrics = "0.0.0.0:9464"
      [access]
      tokens = "tokens.toml"
      [traffic]
      overrides = "overrides.toml"
      links = "links.csv"
      """
    try "[[way]]\nspeed = 1\n".write(toFile: folder.path("overrides.toml"), atomically: true, encoding: .utf8)
    let outcome = try Program.run("config", "check", try write(named))
    #expect(outcome.status == 1)
    let codes = outcome.complaint.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) }
    #expect(codes == ["TOKENS_UNREADABLE", "OVERRIDES_BAD_VALUE", "LINKS_UNREADABLE"], "\(outcome.complaint)")
    try "".write(toFile: folder.path("tokens.toml"), atomically: true, encoding: .utf8)
    let open = try Program.run("config", "check", try write(named))
    let listeners = open.complaint.split(separator: "\n").filter { $0.hasPrefix("INSECURE_LISTENER: ") }
    #expect(listeners.count == 2, "\(open.complaint)")
    #expect(listeners.first?.hasSuffix("(127.example.org:7119)") == true)
    let good = try Program.run("config", "check", try write("[listen]\ntcp = \"localhost:7119\"\n"))
    #expect(good.status == 0, "\(good.complaint)")
  }

  @Test func theExampleCanBeChecked() throws {
    let example = try Program.run("config", "example")
    let outcome = try Program.run("config", "check", try write(example.output), "--json")
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(outcome.output.contains("{\"from\":\"default\",\"key\":\"limits.connections\",\"value\":\"10000\"}"))
  }

  @Test func showsLimits() throws {
    let path = try write("[limits]\nunits = 7\n")
    let outcome = try Program.run("limits", "--config", path, "--set", "limits.streams=5")
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for row in ["limits.units 7 \(path):2", "limits.streams 5 --set", "frame_bytes 16777216 bytes fixed"] {
      #expect(words.contains(" \(row) "), "\(row)")
    }
    #expect(try Program.run("limits", "--set", "limits.units").status == 64)
  }

  @Test func servesAsAFileSays() throws {
    let (city, map, socket) = (folder.path("city.osm.pbf"), folder.path("city.tocsin"), folder.path("s"))
    try #require(try Program.run("make-city", "--junctions", "400", "-o", city).status == 0)
    try #require(try Program.run("import", city, "-o", map).status == 0)
    let path = try write(
      """
      map = "city.tocsin"
      [listen]
      socket = "s"
      metrics = "127.0.0.1:0"
      [traffic]
      only_profiles = ["car"]
      [log]
      format = "json"
      [limits]
      ranked_units = 2
      """)
    let log = Pipe()
    let server = try Program.start(["serve", "--config", path], errors: log)
    defer { if server.isRunning { server.terminate() } }
    var lines = LogLines(log)
    let address = try #require(try lines.next("showing metrics")["address"])
    #expect(try lines.next("ready")["profiles"] == "car")
    let port = try #require(address.firstMatch(of: /:(\d+)\/metrics$/).flatMap { Int($0.1) })
    let refused = try Program.run("fastest", "--at", "12,100", "-k", "3", "--server", socket)
    #expect(refused.complaint.hasPrefix("LIMIT_EXCEEDED: "), "\(refused.complaint)")
    let metrics = try #require(HTTPText.answer(port, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
    #expect(metrics.contains("\ntocsin_snapshot_version 1\n"))
    #expect(metrics.contains("\ntocsin_units 0\n"))
    #expect(metrics.contains("tocsin_call_duration_seconds_bucket{method=\""))
    #expect(metrics.contains("\nprocess_resident_memory_bytes "))
    #expect(HTTPText.answer(port, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n")?.hasSuffix("serving\n") == true)
    server.terminate()
    _ = try lines.next("stopped")
    server.waitUntilExit()
    #expect(server.terminationStatus == 0)
  }

  /// The entries of a log in JSON, as they come.
  private struct LogLines {
    private let file: FileHandle
    private var rest = Data()

    init(_ pipe: Pipe) { file = pipe.fileHandleForReading }

    /// The next entry with this message.
    mutating func next(_ message: String) throws -> [String: String] {
      while true {
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = rest[..<end]
          rest = Data(rest[(end + 1)...])
          let entry = try #require(try JSONSerialization.jsonObject(with: line) as? [String: String])
          if entry["message"] == message { return entry }
        }
        let more = file.availableData
        try #require(!more.isEmpty, "the log ends before: \(message)")
        rest += more
      }
    }
  }
}
