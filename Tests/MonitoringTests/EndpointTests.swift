import CoreMetrics
import Foundation
import Glibc
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import Monitoring

/// The HTTP side, over real connections.
@Suite struct EndpointTests {
  private static func limited(
    connections: Int = 32, requestBytes: Int = 16_384, seconds: Double = 10
  ) -> MetricsEndpoint.Configuration {
    var configuration = MetricsEndpoint.Configuration()
    configuration.port = 0
    configuration.connectionsMax = connections
    configuration.requestBytesMax = requestBytes
    configuration.connectionSecondsMax = seconds
    return configuration
  }

  /// Runs an endpoint on a free port while the body runs.
  private static func serving(
    _ configuration: MetricsEndpoint.Configuration = Self.limited(),
    _ body: (_ port: Int, _ state: ServingState, _ group: ServiceGroup) async throws -> Void
  ) async throws {
    let registry = PrometheusRegistry()
    Counter(label: "asked_total", factory: registry).increment(by: 42)
    let state = ServingState()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let endpoint = MetricsEndpoint(configuration: configuration, registry: registry, state: state, logger: logger)
    let port = try await endpoint.bind()
    let group = ServiceGroup(services: [endpoint, state], logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      while state.phase == .starting { try await Task.sleep(for: .milliseconds(2)) }
      try await body(port, state, group)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  private static func get(_ port: Int, _ path: String, method: String = "GET") -> String? {
    HTTPText.answer(port, "\(method) \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
  }

  @Test func showsMetrics() async throws {
    try await Self.serving { port, _, _ in
      let answer = try #require(Self.get(port, "/metrics"))
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
      #expect(answer.contains("\r\n\r\n# TYPE asked_total counter\nasked_total 42\n"))
      #expect(Self.get(port, "/metrics?name=x")?.hasPrefix("HTTP/1.1 200") == true)
      let head = try #require(Self.get(port, "/metrics", method: "HEAD"))
      #expect(head.hasPrefix("HTTP/1.1 200") && head.hasSuffix("\r\n\r\n"))
    }
  }

  @Test func refusesWhatItDoesNotKnow() async throws {
    try await Self.serving { port, _, _ in
      #expect(Self.get(port, "/")?.hasPrefix("HTTP/1.1 404") == true)
      #expect(Self.get(port, "/metrics/")?.hasPrefix("HTTP/1.1 404") == true)
      let answer = try #require(Self.get(port, "/metrics", method: "POST"))
      #expect(answer.hasPrefix("HTTP/1.1 405") && answer.contains("Allow: GET, HEAD\r\n"))
      #expect(Self.get(port, "/health", method: "DELETE")?.hasPrefix("HTTP/1.1 405") == true)
    }
  }

  @Test(arguments: [
    "nonsense\r\n\r\n", "\u{0}\u{1}\u{16}\u{3}", "GET /metrics HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
  ])
  func badBytesEndTheConnection(_ bytes: String) async throws {
    try await Self.serving(Self.limited(seconds: 1)) { port, _, _ in
      let answer = try #require(HTTPText.answer(port, bytes))
      #expect(!answer.contains("asked_total"))
      #expect(Self.get(port, "/health")?.hasPrefix("HTTP/1.1 200") == true)
    }
  }

  @Test func longRequestsEndTheConnection() async throws {
    try await Self.serving(Self.limited(requestBytes: 1_000)) { port, _, _ in
      let padding = String(repeating: "a", count: 2_000)
      let answer = try #require(HTTPText.answer(port, "GET /metrics HTTP/1.1\r\nHost: x\r\nX: \(padding)\r\n\r\n"))
      #expect(!answer.contains("asked_total"))
    }
  }

  @Test func silentConnectionsEnd() async throws {
    try await Self.serving(Self.limited(seconds: 0.2)) { port, _, _ in
      let start = ContinuousClock.now
      #expect(HTTPText.answer(port, "GET /metr") != nil)
      #expect(ContinuousClock.now - start < .seconds(4))
    }
  }

  @Test func manyConnectionsAreRefused() async throws {
    try await Self.serving(Self.limited(connections: 0)) { port, _, _ in
      #expect(Self.get(port, "/health") == "")
    }
  }

  @Test func healthEndsBeforeTheEndpoint() async throws {
    try await Self.serving { port, state, _ in
      #expect(Self.get(port, "/health")?.hasSuffix("\r\n\r\nserving\n") == true)
      #expect(state.phase == .serving)
    }
    let state = ServingState()
    #expect(state.phase == .starting)
  }

  @Test func healthSaysDraining() async throws {
    let state = ServingState()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let endpoint = MetricsEndpoint(
      configuration: Self.limited(), registry: PrometheusRegistry(), state: state, logger: logger)
    let port = try await endpoint.bind()
    #expect(Self.get(port, "/health")?.hasPrefix("HTTP/1.1 503") == true)
    // Told to stop at once: the state is first, the endpoint goes on until its own turn.
    let group = ServiceGroup(services: [state], logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      while state.phase == .starting { try await Task.sleep(for: .milliseconds(2)) }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
    let answer = try #require(Self.get(port, "/health"))
    #expect(answer.hasPrefix("HTTP/1.1 503") && answer.hasSuffix("draining\n"))
    let last = Task { try await endpoint.run() }
    last.cancel()
    try await last.value
    #expect(Self.get(port, "/health") == nil)
  }

  @Test func tellsSystemd() throws {
    let path = "/tmp/tocsin-notice-\(UInt32.random(in: 0...(.max)))"
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    // In the abstract namespace, as systemd may choose to.
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0[1...].copyBytes(from: path.utf8) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + path.utf8.count)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    try #require(result == 0)
    #expect(SystemdNotice.send("READY=1", to: "@" + path))
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "READY=1")
    #expect(!SystemdNotice.send("READY=1", to: nil))
    #expect(!SystemdNotice.send("READY=1", to: "relative"))
    #expect(!SystemdNotice.send("READY=1", to: "/no/such/socket"))
    #expect(!SystemdNotice.send("READY=1", to: "/" + String(repeating: "a", count: 200)))
  }
}
