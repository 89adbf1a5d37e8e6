import API
import Calls
import Client
import Engine
import Foundation
import Messages
import Server
import TestSupport
import Testing

/// Streams of answers over the socket.
@Suite struct WatchTests {
  private static let watch = Frame.request(
    FrameRequest(id: 1, method: ServiceMethods.watchTraffic.name, payload: []))

  private static func stream(of server: TestServer) async throws -> FakeStream {
    try await TestServer.wait(for: "the stream is open") { !server.engine.streams.withLock { $0.isEmpty } }
    return try #require(server.engine.streams.withLock { $0.first })
  }

  private static func event(_ response: FrameResponse?) throws -> TrafficEvent {
    let response = try #require(response)
    #expect(response.isOpen && response.refusal == nil)
    return try ServiceMethods.watchTraffic.readAnswer(response.payload).get()
  }

  @Test(arguments: TestServer.Kind.allCases) func messagesComeInTheirOrder(_ kind: TestServer.Kind) async throws {
    try await TestServer.run(.init(kind: kind)) { server in
      let client = try RawClient(server.address)
      try await client.send(Self.watch)
      let stream = try await Self.stream(of: server)
      for version in 1...5 as ClosedRange<UInt64> {
        stream.put(version: version, causes: [.traffic(.put(closureID: "\(version)")), .rules])
        let event = try Self.event(try await client.receive())
        #expect(event.version == version)
        #expect(event.causes == [.traffic(.put(closureID: "\(version)")), .rules])
      }
      // Other requests go on beside it.
      try await client.send(.health(id: 2))
      #expect(try await client.receive()?.id == 2)
    }
  }

  @Test func aCancelledStreamEnds() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(Self.watch)
      let stream = try await Self.stream(of: server)
      try await client.send(.cancel(id: 1))
      let last = try await client.receive()
      #expect(last?.id == 1 && last?.isOpen == false && last?.refusal?.code == "CANCELLED")
      #expect(stream.isCancelled)
      stream.put(version: 9)
      // The id is free again.
      try await client.send(.health(id: 1))
      #expect(try await client.receive()?.refusal == nil)
    }
  }

  @Test func aClientThatIsGoneEndsItsStreams() async throws {
    try await TestServer.run { server in
      do {
        let client = try RawClient(server.address)
        try await client.send(Self.watch)
        _ = try await Self.stream(of: server)
      }
      let stream = try await Self.stream(of: server)
      try await TestServer.wait(for: "the stream is cancelled") { stream.isCancelled }
    }
  }

  @Test func aStreamThatFailsSaysWhy() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(Self.watch)
      try await Self.stream(of: server).fail(EngineError(.limitExceeded, "too much", value: "7"))
      let last = try await client.receive()
      #expect(last?.isOpen == false && last?.refusal?.code == "LIMIT_EXCEEDED" && last?.refusal?.value == "7")
    }
  }

  @Test func aQuestionThatIsRefusedOpensNoStream() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      let payload = ServiceMethods.watch.writeRequest(.route(Samples.routeRequest))
      try await client.send(.request(FrameRequest(id: 4, method: ServiceMethods.watch.name, payload: payload)))
      #expect(try await client.receive()?.refusal?.code == "UNKNOWN_PROFILE")
      try await client.send(.request(FrameRequest(id: 5, method: ServiceMethods.watch.name, payload: [])))
      #expect(try await client.receive()?.refusal?.code == "INVALID_ARGUMENT")
    }
  }

  @Test func streamsAreLimited() async throws {
    var limits = TestServer.Setup.patient
    limits.streamsPerConnectionMax = 1
    try await TestServer.run(.init(limits: limits)) { server in
      let client = try RawClient(server.address)
      let name = ServiceMethods.watchTraffic.name
      try await client.send(.request(FrameRequest(id: 1, method: name, payload: [])))
      _ = try await Self.stream(of: server)
      try await client.send(.request(FrameRequest(id: 2, method: name, payload: [])))
      let refused = try await client.receive()
      #expect(refused?.id == 2 && refused?.refusal?.code == "TOO_MANY_REQUESTS")
    }
  }

  @Test func streamsEndWithTheirTime() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      let name = ServiceMethods.watchTraffic.name
      try await client.send(.request(FrameRequest(id: 1, method: name, deadlineMilliseconds: 500, payload: [])))
      let last = try await client.receive()
      #expect(last?.id == 1 && last?.refusal?.code == "DEADLINE_EXCEEDED")
    }
  }

  /// A client that reads nothing is not asked for; when it reads again it gets the newest.
  @Test func aSlowReaderGetsTheNewest() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(Self.watch)
      let stream = try await Self.stream(of: server)
      let causes = (0..<20_000).map { WatchCause.traffic(.put(closureID: "closure number \($0)")) }
      var version: UInt64 = 0
      var asked = -1
      // Until the socket's buffers are full.
      while asked != stream.askedCount {
        asked = stream.askedCount
        version += 1
        stream.put(version: version, causes: causes)
        try await Task.sleep(for: .milliseconds(300))
      }
      for _ in 0..<5 {
        version += 1
        stream.put(version: version, causes: [])
      }
      #expect(stream.askedCount <= asked + 1)
      var last: UInt64 = 0
      while last < version { last = try Self.event(try await client.receive()).version }
      #expect(last == version)
    }
  }

  @Test func theSwiftClientReadsAStream() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      let reader = Task {
        var versions: [UInt64] = []
        for try await event in client.watchTraffic() {
          versions.append(event.version)
          if versions.count == 2 { break }
        }
        return versions
      }
      let stream = try await Self.stream(of: server)
      stream.put(version: 7)
      try await TestServer.wait(for: "it was taken") { stream.askedCount > 0 }
      try await Task.sleep(for: .milliseconds(50))
      stream.put(version: 8)
      #expect(try await reader.value == [7, 8])
      try await TestServer.wait(for: "the stream is cancelled") { stream.isCancelled }
      await client.close()
    }
  }

  @Test func theSwiftClientLearnsWhyAStreamEnds() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      let reader = Task { for try await _ in client.watch(.route(Samples.routeRequest)) {} }
      let error = await #expect(throws: ClientError.self) { try await reader.value }
      #expect(error?.code == "UNKNOWN_PROFILE")
      await client.close()
    }
  }
}
