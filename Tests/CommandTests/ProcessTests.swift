import Client
import Foundation
import Messages
import TestSupport
import Testing

/// How a server's process ends, and what it makes of the system's limits.
@Suite(.enabled(if: Program.path != nil, "\(Program.hint)"))
struct ProcessTests {
  private let folder = TemporaryFolder()
  private var socket: String { folder.path("s") }
  private var log: String { folder.path("log") }

  /// Runs `body` beside a server that bash starts, behind some words of bash.
  private func serve(
    after words: String = "", _ flags: String, _ body: (Process) async throws -> Void
  ) async throws {
    let (city, map) = (folder.path("city.osm.pbf"), folder.path("city.tocsin"))
    #expect(try Program.run("make-city", "--junctions", "300", "-o", city).status == 0)
    #expect(try Program.run("import", city, "-o", map, "--json").status == 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c", "\(words) exec '\(Program.path ?? "")' serve '\(map)' --socket '\(socket)' \(flags) 2> '\(log)'",
    ]
    try process.run()
    defer {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }
    for _ in 0..<3_000 where process.isRunning {
      if let client = try? await TocsinClient.connect(to: .unix(path: socket)) {
        await client.close()
        return try await body(process)
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("the server did not start: \((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
  }

  /// How long a process goes on; at most a minute.
  private func secondsUntilEnd(of process: Process) async throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<3_000 where process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// A connection that says nothing, and doesn't close.
  private func connect() throws -> Int32 {
    let descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Foundation.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
    return descriptor
  }

  /// The first one waits for a client that stays.
  @Test func theSecondSignalEndsItAtOnce() async throws {
    try await serve("--set limits.linger_seconds=50 --set limits.drain_seconds=50") { process in
      let descriptor = try connect()
      defer { close(descriptor) }
      try await Task.sleep(for: .milliseconds(300))
      kill(process.processIdentifier, SIGTERM)
      try await Task.sleep(for: .milliseconds(500))
      #expect(process.isRunning)
      kill(process.processIdentifier, SIGTERM)
      #expect(try await secondsUntilEnd(of: process) < 10)
      #expect(process.terminationStatus == 128 + SIGTERM)
    }
  }

  /// Without a backtrace, which takes many seconds.
  @Test func aCrashIsQuick() async throws {
    try await serve(after: "unset SWIFT_BACKTRACE;", "") { process in
      kill(process.processIdentifier, SIGSEGV)
      #expect(try await secondsUntilEnd(of: process) < 10)
      let text = try String(contentsOfFile: log, encoding: .utf8)
      #expect(!text.contains("Thread 0"))
    }
  }

  @Test func fewDescriptorsMeanFewConnections() async throws {
    try await serve(after: "ulimit -n 160;", "") { _ in
      let text = try String(contentsOfFile: log, encoding: .utf8)
      #expect(text.contains("connections=32"))
      var descriptors: [Int32] = []
      defer { for descriptor in descriptors { close(descriptor) } }
      for _ in 0..<100 { descriptors.append(try connect()) }
      // Those that brought nothing make room.
      let client = try await TocsinClient.connect(to: .unix(path: socket))
      #expect(try await client.health() > 0)
      await client.close()
    }
  }
}
