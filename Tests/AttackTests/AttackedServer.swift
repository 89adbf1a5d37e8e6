import API
import Client
import Foundation
import InputFiles
import Messages
import TestSupport

/// A server as an operator would run it: a made-up city, tokens, all transports.
struct AttackedServer {
  let process: Process
  let folder: TemporaryFolder
  let frames: ServerAddress
  let grpc: ServerAddress
  let web: ServerAddress
  /// On roads of the map.
  let units: [ResponseUnit]
  private let tokens: [String: String]

  /// Few enough for attackers to take them all.
  static let connectionsMax = 600
  private static let startSecondsMax = 300.0

  struct Failure: Error {
    let what: String
  }

  /// Makes a city, or takes the map that the environment names, and serves it.
  static func start(junctions: Int) async throws -> AttackedServer {
    let folder = TemporaryFolder()
    let given = ProcessInfo.processInfo.environment["TOCSIN_ATTACK_MAP"]
    let map = given ?? folder.path("city.tocsin")
    if given == nil {
      let city = folder.path("city.osm.pbf")
      _ = try run(["make-city", "--junctions", "\(junctions)", "-o", city])
      _ = try run(["import", city, "-o", map])
    }
    let units = folder.path("units.csv")
    _ = try run(["make-units", "--map", map, "--count", "200", "-o", units])
    var tokens: [String: String] = [:]
    for role in ["dispatch", "read", "traffic"] {
      let made = try run(["token", "make", folder.path("tokens.toml"), "--name", role, "--role", role])
      tokens[role] = made.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let (ports, log) = (try FreePorts.find(3), folder.path("log"))
    let process = try start(
      [
        "serve", map, "--listen", "127.0.0.1:\(ports[0])", "--grpc", "127.0.0.1:\(ports[1])", "--web",
        "127.0.0.1:\(ports[2])", "--tokens", folder.path("tokens.toml"), "--ledger", folder.path("ledger"), "--socket",
        folder.path("s"), "--set",
        "limits.connections=\(connectionsMax)", "--set", "limits.stranger_seconds=2",
      ], log: log)
    let server = AttackedServer(
      process: process, folder: folder, frames: .tcp(host: "127.0.0.1", port: ports[0]),
      grpc: .tcp(host: "127.0.0.1", port: ports[1]), web: .tcp(host: "127.0.0.1", port: ports[2]),
      units: try UnitFile.units(path: units), tokens: tokens)
    try await server.waitUntilReady()
    return server
  }

  func token(_ role: String) -> String { tokens[role] ?? "" }

  func client(_ role: String) async throws -> TocsinClient {
    var timeouts = ClientTimeouts()
    timeouts.callSeconds = 60
    return try await .connect(
      to: frames, timeouts: timeouts, credentials: ClientCredentials(token: token(role)))
  }

  /// What the server's process holds in memory.
  var residentBytes: Int {
    let path = "/proc/\(process.processIdentifier)/statm"
    let fields = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ") ?? []
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  /// How much it has logged.
  var logBytes: Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path("log"))
    return attributes?[.size] as? Int ?? 0
  }

  func end() {
    process.terminate()
    process.waitUntilExit()
  }

  private func waitUntilReady() async throws {
    let end = ContinuousClock.now + .seconds(Self.startSecondsMax)
    while ContinuousClock.now < end, process.isRunning {
      if let client = try? await client("dispatch"), (try? await client.health()) != nil { return await client.close() }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Failure(what: (try? String(contentsOfFile: folder.path("log"), encoding: .utf8)) ?? "no log")
  }

  private static func run(_ arguments: [String]) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: BuiltProgram.path ?? "/nowhere")
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(what: "\(arguments) ends with an error") }
    return String(decoding: output, as: UTF8.self)
  }

  private static func start(_ arguments: [String], log: String) throws -> Process {
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BuiltProgram.path ?? "/nowhere")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
    return process
  }
}
