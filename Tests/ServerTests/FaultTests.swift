import Calls
import Client
import Foundation
import Messages
import TestSupport
import Testing

/// Clients that stall, flood, leave in the middle: nobody else is harmed, and nothing of them stays behind.
@Suite struct FaultTests {
  private static let largeUnits = Array(repeating: Samples.listedUnits[0], count: 20_000)

  /// Waits until nothing is left of the clients that were there.
  private static func expectNothingLeft(_ server: TestServer) async throws {
    try await TestServer.wait(for: "the connections are gone") { server.service.load.connections == 0 }
    try await TestServer.wait(for: "the streams are gone") { server.service.load.streams == 0 }
    #expect(server.service.unfinishedBytes.taken == 0)
    let client = try await server.client()
    #expect(try await client.health() == 15)
    await client.close()
  }

  @Test(arguments: TestServer.Kind.allCases)
  func slowReadersAreCutOff(_ kind: TestServer.Kind) async throws {
    var setup = TestServer.Setup(kind: kind, engine: FakeEngine(units: Self.largeUnits))
    setup.limits.slowReaderSecondsMax = 0.5
    try await TestServer.run(setup) { server in
      let slow = try RawClient(server.address)
      for id in 1...40 {
        // The server may have had enough before all were sent.
        try? await slow.send(.request(FrameRequest(id: UInt64(id), method: ServiceMethods.listUnits.name, payload: [])))
      }
      let other = try await server.client()
      #expect(try await other.health() == 15)
      await other.close()
      try await TestServer.wait(for: "it is cut off") { server.service.load.connections == 0 }
    }
  }

  @Test func overloadShedsNewQuestionsAndNoChanges() async throws {
    var setup = TestServer.Setup()
    setup.limits.questionsWaitingMax = 10
    try await TestServer.run(setup) { server in
      let busy = try RawClient(server.address)
      for id in 1...2 { try await busy.send(.slowRoute(id: UInt64(id))) }
      try await TestServer.wait(for: "both threads are taken") { setup.engine.gate.waitingCount == 2 }
      for id in 3...12 { try await busy.send(.slowRoute(id: UInt64(id))) }
      try await TestServer.wait(for: "ten wait") { server.service.load.calls[.questions] == 10 }
      let late = try await server.client()
      let error = await #expect(throws: ClientError.self) { try await late.snap(Samples.snapRequest) }
      #expect(error?.code == "OVERLOADED" && error?.value == "limits.questions_waiting = 10")
      _ = try await late.liftClosures(["bridge"])
      _ = try await late.putClosures([])
      setup.engine.gate.open()
      var ids: Set<UInt64> = []
      for _ in 1...12 {
        let response = try #require(try await busy.receive())
        #expect(response.refusal == nil)
        ids.insert(response.id)
      }
      #expect(ids == Set(1...12))
      #expect(try await late.health() == 15)
      await late.close()
    }
  }

  @Test func questionsThatWaitTooLongStopNewOnes() async throws {
    var setup = TestServer.Setup()
    setup.limits.questionSecondsWaitingMax = 0.1
    try await TestServer.run(setup) { server in
      let busy = try RawClient(server.address)
      for id in 1...3 { try await busy.send(.slowRoute(id: UInt64(id))) }
      try await TestServer.wait(for: "one waits") {
        setup.engine.gate.waitingCount == 2 && server.service.load.calls[.questions] == 1
      }
      try await Task.sleep(for: .milliseconds(200))
      let late = try await server.client()
      let error = await #expect(throws: ClientError.self) { try await late.snap(Samples.snapRequest) }
      #expect(error?.code == "OVERLOADED" && error?.value == "limits.question_wait_seconds = 0.1")
      setup.engine.gate.open()
      await late.close()
    }
  }

  /// What a client has sent when it goes away without a word.
  enum Farewell: CaseIterable {
    case nothing, halfHeader, halfFrame, garbage, halfRequest, waitingRequest, runningRequest, stream, answersUnread
  }

  @Test(arguments: Farewell.allCases)
  func whoLeavesInTheMiddleLeavesNothingBehind(_ farewell: Farewell) async throws {
    let setup = TestServer.Setup(engine: FakeEngine(units: Self.largeUnits))
    try await TestServer.run(setup) { server in
      for _ in 0..<5 {
        let client = try RawClient(server.address)
        try await Self.say(farewell, client)
        // A server that was told garbage has hung up already.
        try await TestServer.wait(for: "the server has it") {
          farewell == .garbage || server.service.load.connections >= 1
        }
        client.reset()
      }
      if farewell == .runningRequest || farewell == .waitingRequest { setup.engine.gate.open() }
      try await Self.expectNothingLeft(server)
    }
  }

  private static func say(_ farewell: Farewell, _ client: RawClient) async throws {
    let frame = try FrameCodec.encode(.health(id: 1))
    switch farewell {
    case .nothing: return
    case .halfHeader: try await client.send(Array(frame.prefix(2)))
    case .halfFrame: try await client.send(Array(frame.dropLast()))
    case .garbage: try await client.send([0, 0, 0, 3, 0xff, 0xff, 0xff])
    case .halfRequest:
      let request = FrameRequest(
        id: 1, method: ServiceMethods.putSpeeds.name, payload: [UInt8](repeating: 0, count: 1 << 20), more: true)
      try await client.send(.request(request))
    case .waitingRequest: for id in 1...9 { try await client.send(.slowRoute(id: UInt64(id))) }
    case .runningRequest: try await client.send(.slowRoute(id: 1))
    case .stream:
      try await client.send(.request(FrameRequest(id: 1, method: ServiceMethods.watchTraffic.name, payload: [])))
    case .answersUnread:
      for id in 1...20 {
        try await client.send(
          .request(FrameRequest(id: UInt64(id), method: ServiceMethods.listUnits.name, payload: [])))
      }
    }
  }

  @Test func aFloodOfConnectionsIsBounded() async throws {
    var setup = TestServer.Setup()
    setup.limits.connectionsMax = 50
    try await TestServer.run(setup) { server in
      let kept = try (0..<50).map { _ in try RawClient(server.address) }
      for client in kept {
        try await client.send(.request(FrameRequest(id: 1, method: ServiceMethods.status.name, payload: [])))
        #expect(try await client.receive()?.refusal == nil)
      }
      for _ in 0..<100 {
        let refused = try RawClient(server.address)
        let response = try await refused.receive()
        #expect(response?.refusal?.code == "TOO_MANY_CONNECTIONS")
        #expect(response?.refusal?.value == "limits.connections = 50")
      }
      for client in kept { client.reset() }
      try await Self.expectNothingLeft(server)
    }
  }

  @Test func oneByteAtATime() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      for byte in try FrameCodec.encode(.health(id: 7)) { try await client.send([byte]) }
      #expect(try await client.receive()?.id == 7)
    }
  }
}
