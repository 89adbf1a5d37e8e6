import API
import Calls
import Client
import Engine
import Foundation
import Messages
import Server
import TestSupport
import Testing
import Traffic

/// Requests that are longer than a frame, or that a client sends piece by piece.
@Suite struct RequestPieceTests {
  private static let method = ServiceMethods.putSpeeds.name

  private static func piece(_ payload: [UInt8], id: UInt64 = 1, method: String = method, more: Bool) -> Frame {
    .request(FrameRequest(id: id, method: method, payload: payload, more: more))
  }

  @Test func piecesMakeOneRequest() async throws {
    var limits = CallLimits()
    limits.frameSecondsMax = 300
    try await TestServer.run(.init(limits: limits)) { server in
      let client = try RawClient(server.address)
      let payload = ServiceMethods.putSpeeds.writeRequest(PutSpeedsRequest(Samples.speedsRequest))
      for byte in payload.dropLast() { try await client.send(Self.piece([byte], more: true)) }
      try await client.send(.health(id: 2))
      #expect(try await client.receive()?.id == 2)
      try await client.send(Self.piece([payload[payload.count - 1]], more: false))
      #expect(try await client.receive()?.refusal == nil)
      #expect(server.engine.calls.withLock { $0.speeds.map(\.update) } == [Samples.speedsRequest.update])
    }
  }

  /// Messages that are complete by themselves add up.
  @Test func messagesMerge() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      let payload = ServiceMethods.putSpeeds.writeRequest(PutSpeedsRequest(Samples.speedsRequest))
      try await client.send(Self.piece(payload, more: true))
      try await client.send(Self.piece(payload, more: false))
      #expect(try await client.receive()?.refusal == nil)
      let update = try #require(server.engine.calls.withLock { $0.speeds.first?.update })
      #expect(update.speeds.count == 2 * Samples.speedsRequest.update.speeds.count)
      #expect(update.source == "its")
    }
  }

  @Test func theSwiftClientCutsLongRequests() async throws {
    try await TestServer.run { server in
      let client = try await server.client(callSeconds: 60)
      let speeds = (0..<1_200_000).map { RoadSpeed(.nodes(OSMNodePair(from: 1 << 40 + $0, to: $0)), kmh: 50) }
      let update = SpeedUpdate(source: "its", speeds: speeds, timeToLiveSeconds: 300, isComplete: true)
      #expect(try await client.putSpeeds(SpeedsRequest(update)).matchedCount == 4)
      #expect(server.engine.calls.withLock { $0.speeds.first?.update.speeds.count } == speeds.count)
      await client.close()
    }
  }

  @Test func aRequestThatIsTooLongIsRefusedAlone() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      let piece = [UInt8](repeating: 0, count: 15 << 20)
      for _ in 0..<5 { try await client.send(Self.piece(piece, more: true)) }
      #expect(try await client.receive()?.refusal?.code == "MESSAGE_TOO_LARGE")
      try await client.send(Self.piece([1], more: false))
      try await client.send(.health(id: 2))
      #expect(try await client.receive()?.id == 2)
    }
  }

  @Test func aRequestWhoseRestDoesNotComeIsGivenUp() async throws {
    var limits = CallLimits()
    limits.frameSecondsMax = 0.2
    try await TestServer.run(.init(limits: limits)) { server in
      let client = try RawClient(server.address)
      try await client.send(Self.piece([1], more: true))
      let refusal = try await client.receive()
      #expect(refusal?.id == 1 && refusal?.refusal?.code == "DEADLINE_EXCEEDED")
      try await client.send(Self.piece([1], more: false))
      try await client.send(.health(id: 1))
      #expect(try await client.receive()?.refusal == nil)
    }
  }

  @Test func aHalfSentRequestCanBeCancelled() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(Self.piece([1], more: true))
      try await client.send(.cancel(id: 1))
      #expect(try await client.receive()?.refusal?.code == "CANCELLED")
    }
  }

  @Test func piecesOfDifferentMethodsAreNoRequest() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(Self.piece([1], more: true))
      try await client.send(Self.piece([1], method: ServiceMethods.health.name, more: false))
      #expect(try await client.receive()?.refusal?.code == "MALFORMED_FRAME")
      #expect(try await client.receive() == nil)
    }
  }
}
