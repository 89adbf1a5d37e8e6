import Access
import Calls
import Client
import Foundation
import Logging
import Messages
import Server
import ServiceLifecycle
import TestSupport
import Testing

/// A server of a test's own, on a socket file or a free port.
struct TestServer {
  let engine: FakeEngine
  let service: CallService
  let address: ServerAddress
  let folder: TemporaryFolder

  enum Kind: CaseIterable {
    case unix, tcp
  }

  /// What a test wants to be different.
  struct Setup {
    var kind = Kind.unix
    var engine = FakeEngine()
    var limits = Setup.patient
    var workerThreads = 2

    /// On a machine under load a test's next step may come late.
    static var patient: CallLimits {
      var limits = CallLimits()
      limits.frameSecondsMax = 300
      limits.questionSecondsWaitingMax = 300
      (limits.slowReaderSecondsMax, limits.strangerSecondsMax) = (300, 300)
      limits.drainSecondsMax = 300
      return limits
    }
  }

  /// Runs `body` against a server, then stops it.
  static func run(_ setup: Setup = Setup(), _ body: (TestServer) async throws -> Void) async throws {
    let folder = TemporaryFolder()
    let service = CallService.test(setup.engine, limits: setup.limits, threads: setup.workerThreads)
    let server = TransportServer.frames(setup, folder: folder, service: service)
    let address = try #require(try await server.bind().first)
    let running = Task { try await server.run() }
    do {
      try await body(TestServer(engine: setup.engine, service: service, address: address, folder: folder))
    } catch {
      Issue.record(error)
    }
    setup.engine.gate.open()
    running.cancel()
    try await running.value
  }

  func client(callSeconds: Double = 120) async throws -> TocsinClient {
    var timeouts = ClientTimeouts()
    timeouts.callSeconds = callSeconds
    return try await TocsinClient.connect(to: address, timeouts: timeouts)
  }

  /// Waits until a condition holds; records an issue after three minutes.
  static func wait(
    for what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool
  ) async throws {
    for _ in 0..<18_000 {
      if condition() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record(what, sourceLocation: sourceLocation)
  }
}

extension TransportServer {
  static func frames(
    _ setup: TestServer.Setup, folder: TemporaryFolder, service: CallService? = nil
  ) -> TransportServer {
    let address: ServerAddress =
      switch setup.kind {
      case .unix: .unix(path: folder.path("server.sock"))
      case .tcp: .tcp(host: "127.0.0.1", port: 0)
      }
    return frames(
      configuration: Configuration(addresses: [address]),
      service: service ?? .test(setup.engine, limits: setup.limits, threads: setup.workerThreads), logger: .silent)
  }
}

extension CallService {
  static func test(
    _ engine: FakeEngine, limits: CallLimits = CallLimits(), access: AccessControl = AccessControl(), threads: Int = 2
  ) -> CallService {
    CallService(
      dispatcher: MessageDispatcher(engine: engine), limits: limits, access: access, threads: .init(questions: threads),
      logger: .silent
    )
  }
}

extension Logger {
  static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
