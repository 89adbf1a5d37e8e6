import Client
import Engine
import Foundation
import Messages
import TestSupport
import Testing

@Suite struct ClientTests {
  @Test(arguments: [
    ServerAddress.unix(path: "/nowhere/tocsin.sock"), .tcp(host: "127.0.0.1", port: 1),
    .tcp(host: "no-such-host.invalid", port: 80),
  ])
  func nobodyAnswers(_ address: ServerAddress) async {
    let error = await #expect(throws: ClientError.self) { try await TocsinClient.connect(to: address) }
    #expect(error?.code == "CONNECTION_FAILED")
    #expect(error?.value == "\(address)")
  }

  @Test func noAnswerInTime() async throws {
    try await TestServer.run { server in
      let client = try await server.client(callSeconds: 0.15)
      var slow = Samples.routeRequest
      slow.profile = FakeEngine.slowProfile
      let start = ContinuousClock.now
      let error = await #expect(throws: ClientError.self) { try await client.route(slow) }
      #expect(error?.code == "DEADLINE_EXCEEDED")
      #expect(ContinuousClock.now - start < .seconds(60))
      // The connection is as good as before, and the late answer is nobody's.
      server.engine.gate.open()
      #expect(try await client.health() == 15)
      await client.close()
    }
  }

  @Test func cancelledTask() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      var slow = Samples.routeRequest
      slow.profile = FakeEngine.slowProfile
      let call = Task { [slow] in try await client.route(slow) }
      try await TestServer.wait(for: "the request runs") { server.engine.gate.waitingCount == 1 }
      call.cancel()
      let error = await #expect(throws: ClientError.self) { try await call.value }
      #expect(error?.code == "CANCELLED")
      let early = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await client.health()
      }
      let earlyError = await #expect(throws: ClientError.self) { try await early.value }
      #expect(earlyError?.code == "CANCELLED")
      #expect(try await client.health() == 15)
      await client.close()
    }
  }

  @Test(arguments: [Double.infinity, .nan, -1, 1e300]) func oddTimeouts(_ seconds: Double) async throws {
    try await TestServer.run { server in
      var timeouts = ClientTimeouts()
      timeouts.connectSeconds = seconds
      timeouts.callSeconds = seconds
      // A millisecond may be enough or not; either way it is an answer or a refusal.
      if let client = try? await TocsinClient.connect(to: server.address, timeouts: timeouts) {
        _ = await client.call(method: ServiceMethods.health.name, payload: [])
        await client.close()
      }
    }
  }

  @Test func closedClient() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      var slow = Samples.routeRequest
      slow.profile = FakeEngine.slowProfile
      let waiting = Task { [slow] in try await client.route(slow) }
      try await TestServer.wait(for: "the request runs") { server.engine.gate.waitingCount == 1 }
      await client.close()
      for call in [waiting, Task { try await client.route(Samples.routeRequest) }] {
        let error = await #expect(throws: ClientError.self) { try await call.value }
        #expect(error?.code == "CONNECTION_LOST")
      }
    }
  }

  @Test func answersLongerThanAFrame() async throws {
    var units = Array(repeating: Samples.listedUnits[0], count: 200)
    for index in units.indices {
      units[index].unit.id = "\(index)"
      units[index].unit.station = String(repeating: "x", count: 100_000)
    }
    try await TestServer.run(.init(engine: FakeEngine(units: units))) { server in
      let client = try await server.client(callSeconds: 60)
      let answer = try await client.listUnits()
      #expect(answer.units.map(\.unit) == units.map(\.unit))
      await client.close()
    }
  }

  @Test func requestThatIsTooLong() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      let id = String(repeating: "x", count: FrameLimits.requestBytesMax)
      let error = await #expect(throws: ClientError.self) { try await client.removeUnits([id]) }
      #expect(error?.code == "MESSAGE_TOO_LARGE")
      #expect(try await client.health() == 15)
      await client.close()
    }
  }

  @Test func longRefusedValuesAreCut() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      let name = String(repeating: "é", count: 100_000)
      guard case .failure(let error) = await client.call(method: name, payload: []) else {
        Issue.record("answered")
        return
      }
      #expect(error.code == "UNKNOWN_METHOD")
      #expect(error.value.count == 1_000)
      await client.close()
    }
  }
}
