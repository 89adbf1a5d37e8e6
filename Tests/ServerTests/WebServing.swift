import Access
import Calls
import Foundation
import Logging
import MessageJSON
import Messages
import Server
import TestSupport
import Testing
import WebPages
import WebServer

/// A server of the web on a free port, with a fake engine behind it.
struct WebServing {
  let engine: FakeEngine
  let service: CallService
  let port: Int

  /// Runs `body` against a server, then stops it.
  static func run(
    _ settings: WebSettings = WebSettings(), engine: FakeEngine = FakeEngine(),
    access: AccessControl = AccessControl(), limits: CallLimits = TestServer.Setup.patient, logger: Logger = .silent,
    _ body: (WebServing) async throws -> Void
  ) async throws {
    let service = CallService(
      dispatcher: MessageDispatcher(engine: engine), limits: limits, access: access, threads: .init(questions: 2),
      logger: logger)
    let server = try TransportServer.web(
      configuration: .init(addresses: [.tcp(host: "127.0.0.1", port: 0)]), settings: settings, service: service,
      logger: logger)
    guard case .tcp(_, let port) = try #require(try await server.bind().first) else { return }
    let running = Task { try await server.run() }
    do {
      try await body(WebServing(engine: engine, service: service, port: port))
    } catch {
      Issue.record(error)
    }
    engine.gate.open()
    running.cancel()
    try await running.value
  }

  func client() throws -> WebClient { try WebClient(port) }

  static let schemas = Result { try MessageSchemas(file: try #require(MessageFiles.descriptors["tocsin.proto"])) }

  /// A request of a method in JSON, and its answer in JSON as the engine alone gives it.
  static func json(_ sample: MethodSample, _ engine: FakeEngine) throws -> (request: [UInt8], answer: [UInt8]) {
    let schemas = try schemas.get()
    let method = try #require(schemas.method(sample.method.name))
    let answer = try MessageDispatcher(engine: engine)
      .dispatch(method: sample.method.name, payload: sample.request, deadline: nil).get()
    return (
      try MessageJSONWriter.json(of: sample.request, method.request, in: schemas),
      try MessageJSONWriter.json(of: answer, method.answer, in: schemas)
    )
  }
}
