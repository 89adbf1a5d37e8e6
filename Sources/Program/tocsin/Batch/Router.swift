import Client
import Engine

/// What answers route requests: an engine in this process, or a server.
struct Router {
  private let answer: (RouteRequest) async throws -> RouteAnswer

  init(_ engine: TocsinEngine) { answer = { try engine.route($0) } }

  init(_ client: TocsinClient) { answer = { try await client.route($0) } }

  func route(_ request: RouteRequest) async throws -> RouteAnswer { try await answer(request) }
}
