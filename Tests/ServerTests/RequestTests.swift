import Calls
import Client
import Engine
import Foundation
import Messages
import Server
import TestSupport
import Testing

/// Requests in flight: limits, deadlines, cancellation, many clients.
@Suite struct RequestTests {
  @Test func manyClientsAtTheSameTime() async throws {
    try await TestServer.run(.init(kind: .tcp)) { server in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 {
          group.addTask {
            let client = try await server.client()
            let answers = try await withThrowingTaskGroup(of: Int.self) { calls in
              for count in 1...50 {
                calls.addTask { try await client.putUnits(Array(repeating: Samples.unit, count: count)).count }
              }
              return try await calls.reduce(0, +)
            }
            await client.close()
            return answers
          }
        }
        for try await sum in group { #expect(sum == 50 * 51 / 2) }
      }
      #expect(server.engine.calls.withLock { $0.puts.count } == 400)
    }
  }

  @Test func tooManyInFlightAreRefusedAtOnce() async throws {
    var limits = CallLimits()
    limits.requestsInFlightPerConnectionMax = 3
    try await TestServer.run(.init(limits: limits)) { server in
      let client = try RawClient(server.address)
      for id in 1...5 { try await client.send(.slowRoute(id: UInt64(id))) }
      for id in 4...5 {
        let response = try await client.receive()
        #expect(response?.id == UInt64(id))
        #expect(response?.refusal?.code == "TOO_MANY_REQUESTS" && response?.refusal?.grpcCode == 8)
      }
      server.engine.gate.open()
      var ids: Set<UInt64> = []
      for _ in 1...3 { ids.insert(try await client.receive()?.id ?? 0) }
      #expect(ids == [1, 2, 3])
      try await client.send(.health(id: 6))
      #expect(try await client.receive()?.refusal == nil)
    }
  }

  @Test func sameIDTwice() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(.slowRoute(id: 1))
      try await client.send(.health(id: 1))
      #expect(try await client.receive()?.refusal?.code == "DUPLICATE_ID")
      server.engine.gate.open()
      #expect(try await client.receive()?.refusal == nil)
      try await client.send(.health(id: 1))
      #expect(try await client.receive()?.refusal == nil)
    }
  }

  @Test func fastRequestsOvertakeSlowOnes() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(.slowRoute(id: 1))
      try await client.send(.health(id: 2))
      #expect(try await client.receive()?.id == 2)
      server.engine.gate.open()
      #expect(try await client.receive()?.id == 1)
    }
  }

  @Test func deadlineThatPassesInTheQueue() async throws {
    try await TestServer.run(.init(workerThreads: 1)) { server in
      let client = try RawClient(server.address)
      try await client.send(.slowRoute(id: 1))
      try await TestServer.wait(for: "the slow request runs") { server.engine.gate.waitingCount == 1 }
      let payload = ServiceMethods.snap.writeRequest(Samples.snapRequest)
      let snap = FrameRequest(id: 2, method: ServiceMethods.snap.name, deadlineMilliseconds: 20, payload: payload)
      try await client.send(.request(snap))
      try await Task.sleep(for: .milliseconds(100))
      server.engine.gate.open()
      var codes: [UInt64: String] = [:]
      for _ in 1...2 {
        let response = try #require(try await client.receive())
        codes[response.id] = response.refusal?.code ?? "OK"
      }
      #expect(codes == [1: "OK", 2: "DEADLINE_EXCEEDED"])
      #expect(server.engine.calls.withLock { $0.snaps.isEmpty })
    }
  }

  @Test func cancelledBeforeItStarts() async throws {
    try await TestServer.run(.init(workerThreads: 1)) { server in
      let client = try RawClient(server.address)
      try await client.send(.slowRoute(id: 1))
      try await TestServer.wait(for: "the slow request runs") { server.engine.gate.waitingCount == 1 }
      let payload = ServiceMethods.snap.writeRequest(Samples.snapRequest)
      try await client.send(.request(FrameRequest(id: 2, method: ServiceMethods.snap.name, payload: payload)))
      // Of the two that are cancelled, only the one that has not started can be dropped.
      for id in [1, 2, 99] { try await client.send(.cancel(id: UInt64(id))) }
      let dropped = try await client.receive()
      #expect(dropped?.id == 2)
      #expect(dropped?.refusal?.code == "CANCELLED" && dropped?.refusal?.grpcCode == 1)
      server.engine.gate.open()
      let finished = try await client.receive()
      #expect(finished?.id == 1 && finished?.refusal == nil)
      #expect(server.engine.calls.withLock { $0.snaps.isEmpty })
    }
  }

  @Test func requestsOfAClosedConnectionAreDropped() async throws {
    try await TestServer.run(.init(workerThreads: 1)) { server in
      var client: RawClient? = try RawClient(server.address)
      try await client?.send(.slowRoute(id: 1))
      try await TestServer.wait(for: "the slow request runs") { server.engine.gate.waitingCount == 1 }
      let payload = ServiceMethods.snap.writeRequest(Samples.snapRequest)
      // Answers to nobody: the connection is reset, not half-closed, since an answer was not read.
      try await client?.send(.request(FrameRequest(id: 2, method: ServiceMethods.snap.name, payload: payload)))
      try await client?.send([0, 0])
      client = nil
      try await Task.sleep(for: .milliseconds(100))
      server.engine.gate.open()
      let other = try await server.client()
      #expect(try await other.health() == 15)
      await other.close()
    }
  }

  @Test func tooManyConnections() async throws {
    var limits = CallLimits()
    limits.connectionsMax = 2
    try await TestServer.run(.init(limits: limits)) { server in
      var clients: [RawClient] = []
      for id in 1...2 {
        let client = try RawClient(server.address)
        // Who has only asked how the server is would make room.
        let status = FrameRequest(id: UInt64(id), method: ServiceMethods.status.name, payload: [])
        try await client.send(.request(status))
        #expect(try await client.receive()?.refusal == nil)
        clients.append(client)
      }
      let third = try RawClient(server.address)
      #expect(try await third.receive()?.refusal?.code == "TOO_MANY_CONNECTIONS")
      #expect(try await third.receive() == nil)
      clients.removeAll()
      try await Task.sleep(for: .milliseconds(100))
      let fourth = try RawClient(server.address)
      try await fourth.send(.health(id: 1))
      #expect(try await fourth.receive()?.refusal == nil)
    }
  }
}
