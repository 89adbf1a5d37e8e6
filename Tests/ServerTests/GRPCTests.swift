import Access
import Calls
import Foundation
import Messages
import Server
import TestSupport
import Testing

/// The server over gRPC, asked by Python's grpcio with stubs that protoc made.
@Suite(.enabled(if: PythonClient.missing == nil, "python3-grpcio and its like are missing: .ci/prerequisites test"))
struct GRPCTests {
  /// Runs a scenario of `Python/grpc_clients.py`; `meanwhile` talks with it.
  static func run(
    _ scenario: String, access: AccessControl = AccessControl(), engine: FakeEngine = FakeEngine(),
    limits: CallLimits = TestServer.Setup.patient,
    meanwhile: (PythonClient, FakeEngine) async throws -> Void = { _, _ in }
  ) async throws {
    let server = TransportServer.grpc(
      configuration: .init(addresses: [.tcp(host: "127.0.0.1", port: 0)]),
      service: .test(engine, limits: limits, access: access), logger: .silent)
    guard case .tcp(_, let port) = try #require(try await server.bind().first) else { return }
    let running = Task { try await server.run() }
    let client = try PythonClient("grpc_clients.py", port: port, scenario: scenario)
    do {
      try await meanwhile(client, engine)
      // One of them waits for the server to go away.
      if scenario == "health" { running.cancel() }
      await client.expectDone()
    } catch {
      Issue.record(error)
    }
    engine.gate.open()
    running.cancel()
    try await running.value
  }

  @Test(arguments: ["asks", "errors", "large", "half_closed", "thousand", "compression", "reflection"])
  func works(_ scenario: String) async throws {
    let many = FakeEngine(units: Array(repeating: Samples.listedUnits[0], count: 20_000))
    try await Self.run(scenario, engine: scenario == "large" ? many : FakeEngine())
  }

  @Test func deadlines() async throws {
    try await Self.run("deadline")
  }

  @Test func cancelledCallsAreNotRun() async throws {
    try await Self.run("cancels") { client, engine in
      #expect(await client.line() == "held")
      try await TestServer.wait(for: "two calls run") { engine.gate.waitingCount == 2 }
      try client.goOn()
      #expect(await client.line() == "cancelled")
      engine.gate.open()
      try client.goOn()
      #expect(engine.calls.withLock { $0.routes.count } == 2)
    }
  }

  @Test func streamsGoOnUntilTheyAreCancelled() async throws {
    try await Self.run("watches") { client, engine in
      #expect(await client.line() == "watching")
      try await TestServer.wait(for: "the stream is open") { engine.streams.withLock { $0.count } == 1 }
      let stream = try #require(engine.streams.withLock { $0.first })
      for version in [UInt64(21), 22] {
        stream.put(version: version)
        #expect(await client.line() == "\(version)")
      }
      try await TestServer.wait(for: "the stream is cancelled") { stream.isCancelled }
    }
  }

  @Test func healthIsToldAndTaken() async throws {
    try await Self.run("health") { client, _ in #expect(await client.line() == "drain") }
  }

  @Test func tokensSayWhoMay() async throws {
    var rules = AccessRules()
    rules.tokens = [
      TokenRecord(name: "reader", digest: TokenDigest(of: "token-read"), roles: [.read]),
      TokenRecord(name: "cad", digest: TokenDigest(of: "token-cad"), roles: [.dispatch]),
      TokenRecord(
        name: "slow", digest: TokenDigest(of: "token-slow"), roles: [.read],
        allowance: CallAllowance(callsPerSecond: 0.001)),
    ]
    try await Self.run("tokens", access: AccessControl(rules))
  }

  /// The clients that Sources/Server/README.md shows, word for word but for the addresses.
  @Test(arguments: ["grpc", "socket"]) func clientsOfTheReadme(_ kind: String) async throws {
    let readme = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/Server/README.md"),
      encoding: .utf8)
    let programs = readme.matches(of: /```python\n(.*?)```/.dotMatchesNewlines()).map { String($0.1) }
    let program = try #require(programs.first { $0.contains("import \(kind)") })
    let folder = TemporaryFolder()
    try Data("token\n".utf8).write(to: folder.url("cad.token"))
    let service = CallService.test(FakeEngine())
    let socket = ServerAddress.unix(path: folder.path("tocsin.sock"))
    let frames = TransportServer.frames(configuration: .init(addresses: [socket]), service: service, logger: .silent)
    let grpc = TransportServer.grpc(
      configuration: .init(addresses: [.tcp(host: "127.0.0.1", port: 0)]), service: service, logger: .silent)
    try await frames.bind()
    let address = try #require(try await grpc.bind().first)
    let running = [frames, grpc].map { server in Task { try await server.run() } }
    let text = program.replacing("/run/tocsin/tocsin.sock", with: folder.path("tocsin.sock"))
      .replacing("127.0.0.1:7120", with: "\(address)")
    let client = try PythonClient(text: text, in: folder)
    let line = await client.line()
    #expect(line.contains(kind == "grpc" ? "version \(Samples.fastestUnitsAnswer.version)" : "unit {"), "\(line)")
    await client.drain()
    await client.expectEnd()
    for task in running {
      task.cancel()
      try await task.value
    }
  }
}
