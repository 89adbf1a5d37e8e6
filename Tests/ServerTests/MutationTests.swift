import API
import Engine
import Messages
import TestSupport
import Testing

/// Damaged frames to a live server. FuzzTests has what reads them, without a server.
@Suite struct MutationTests {
  private static let requests: [(method: String, payload: [UInt8])] = DoorTests.cases.map { ($0.method, $0.payload) }

  private static let knownCodes = Set(EngineError.Code.allCases.map(\.rawValue) + CallCode.allCases.map(\.rawValue))

  /// Streams of damaged frames to a live server, which goes on serving.
  @Test(arguments: [UInt64(1), 2]) func streams(_ seed: UInt64) async throws {
    try await TestServer.run { server in
      var numbers = SeededGenerator(seed: seed)
      let mutator = Mutator()
      for _ in 0..<60 {
        let client = try RawClient(server.address)
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...6, using: &numbers) {
          let frame = try Self.randomFrame(using: &numbers)
          bytes += numbers.oneIn(3) ? mutator.mutated(frame, using: &numbers) : frame
        }
        // The server may close before all was sent.
        try? await client.send(bytes)
        client.closeWriting()
        while let response = try await client.receive() {
          if let code = response.refusal?.code { #expect(Self.knownCodes.contains(code), "seed \(seed): \(code)") }
        }
      }
      let client = try RawClient(server.address)
      try await client.send(.health(id: 1))
      #expect(try await client.receive()?.refusal == nil, "seed \(seed)")
    }
  }

  private static func randomFrame(using numbers: inout SeededGenerator) throws -> [UInt8] {
    let id = UInt64.random(in: 0...3, using: &numbers)
    if numbers.oneIn(6) { return try FrameCodec.encode(.cancel(id: id)) }
    guard let (method, payload) = requests.randomElement(using: &numbers) else { return [] }
    return try FrameCodec.encode(.request(FrameRequest(id: id, method: method, token: "t", payload: payload)))
  }
}
