import API
import Foundation
import Messages
import NIOCore
import NIOPosix

@testable import Load

/// Calls a server over one connection of gRPC, as the load generator does.
final class GRPCCaller: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let setup: LoadSetup

  /// Throws `CONNECTION_FAILED`.
  init(port: Int) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    var plan = LoadPlan(target: .grpc(host: "127.0.0.1", port: port), places: .given([]))
    plan.connections = 1
    let (hub, caller) = try await loop.submit { [plan] in
      let hub = LineHub()
      let caller = LoadCaller(plan, hub: hub, loop: loop)
      return (NIOLoopBound(hub, eventLoop: loop), NIOLoopBound(caller, eventLoop: loop))
    }.get()
    setup = LoadSetup(plan: plan, loop: loop, caller: caller)
    do {
      try await LineOpener(plan: plan, loop: loop, hub: hub).openLines()
    } catch {
      try await group.shutdownGracefully()
      throw error
    }
  }

  /// Throws a ``LoadError``: `CONNECTION_LOST`, or one whose value is the server's code.
  func call<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ request: Request) async throws -> Answer {
    try await setup.call(method, request)
  }

  func close() async { try? await group.shutdownGracefully() }
}
