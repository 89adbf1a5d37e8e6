import Engine
import Messages
import TestSupport
import Testing

/// Damaged frames and messages: refused or read, never more.
@Suite struct MutationTests {
  private static let seeds = Array(UInt64(1)...8)
  private static let roundsPerSeed = 1_000

  private static let requests: [(method: String, payload: [UInt8])] = DoorTests.cases.map { ($0.method, $0.payload) }

  private static let answers: [@Sendable ([UInt8]) -> CallStatus?] = [
    reader(ServiceMethods.putUnits), reader(ServiceMethods.listUnits), reader(ServiceMethods.fastestUnits),
    reader(ServiceMethods.route), reader(ServiceMethods.snap), reader(ServiceMethods.listClosures),
    reader(ServiceMethods.status), reader(ServiceMethods.health),
  ]

  private static func reader<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>
  ) -> @Sendable ([UInt8]) -> CallStatus? {
    { bytes in
      switch method.readAnswer(bytes) {
      case .success: nil
      case .failure(let status): status
      }
    }
  }

  private static let knownCodes = Set(EngineError.Code.allCases.map(\.rawValue) + CallCode.allCases.map(\.rawValue))

  @Test(arguments: seeds) func requests(_ seed: UInt64) {
    var numbers = SeededGenerator(seed: seed)
    let dispatcher = MessageDispatcher(engine: FakeEngine())
    var (answered, refused) = (0, 0)
    for _ in 0..<Self.roundsPerSeed {
      guard let (method, payload) = Self.requests.randomElement(using: &numbers) else { return }
      switch dispatcher.dispatch(method: method, payload: payload.mutated(using: &numbers), deadline: nil) {
      case .success: answered += 1
      case .failure(let status):
        refused += 1
        #expect(Self.knownCodes.contains(status.code), "seed \(seed): \(status)")
      }
    }
    // Mutations that are all alike would prove nothing.
    #expect(answered > 50 && refused > 50, "seed \(seed): \(answered) answered, \(refused) refused")
  }

  @Test(arguments: seeds) func answers(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let dispatcher = MessageDispatcher(engine: FakeEngine())
    let payloads = Self.requests.compactMap {
      try? dispatcher.dispatch(method: $0.method, payload: $0.payload, deadline: nil).get()
    }
    var (read, refused) = (0, 0)
    for _ in 0..<Self.roundsPerSeed {
      let payload = try #require(payloads.randomElement(using: &numbers)).mutated(using: &numbers)
      let reader = try #require(Self.answers.randomElement(using: &numbers))
      if let status = reader(payload) {
        refused += 1
        #expect(Self.knownCodes.contains(status.code), "seed \(seed): \(status)")
      } else {
        read += 1
      }
    }
    #expect(read > 50 && refused > 50, "seed \(seed): \(read) read, \(refused) refused")
  }

  @Test(arguments: seeds) func frames(_ seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    var (read, refused) = (0, 0)
    for _ in 0..<Self.roundsPerSeed {
      let bytes = try Self.randomFrame(using: &numbers).dropFirst(FrameLimits.headerBytes)
      do throws(CallStatus) {
        _ = try FrameCodec.decode(Array(bytes).mutated(using: &numbers))
        read += 1
      } catch {
        refused += 1
        #expect(error.code == "MALFORMED_FRAME", "seed \(seed): \(error)")
      }
    }
    #expect(read > 50 && refused > 50, "seed \(seed): \(read) read, \(refused) refused")
  }

  /// Streams of damaged frames to a live server, which goes on serving.
  @Test(arguments: [UInt64(1), 2]) func streams(_ seed: UInt64) async throws {
    try await TestServer.run { server in
      var numbers = SeededGenerator(seed: seed)
      for _ in 0..<60 {
        let client = try RawClient(server.address)
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...6, using: &numbers) {
          let frame = try Self.randomFrame(using: &numbers)
          bytes += numbers.oneIn(3) ? frame.mutated(using: &numbers) : frame
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

extension FrameCodec {
  fileprivate static func decode(_ bytes: [UInt8]) throws(CallStatus) -> Frame {
    let result: Result<Frame, CallStatus> = bytes.withUnsafeBytes { buffer in
      Result { () throws(CallStatus) in try decode(buffer) }
    }
    return try result.get()
  }
}

extension [UInt8] {
  /// The bytes with one to three kinds of damage.
  fileprivate func mutated(using numbers: inout SeededGenerator) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...3, using: &numbers) { bytes.damage(using: &numbers) }
    return bytes
  }

  private mutating func damage(using numbers: inout SeededGenerator) {
    let place = Int.random(in: 0...count, using: &numbers)
    switch Int.random(in: 0..<7, using: &numbers) {
    case 0 where place < count: self[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
    case 1 where place < count: self[place] = .random(in: .min ... .max, using: &numbers)
    case 2: insert(.random(in: .min ... .max, using: &numbers), at: place)
    case 3 where place < count: remove(at: place)
    case 4: removeLast(Int.random(in: 0...Swift.min(count, 9), using: &numbers))
    case 5: insert(contentsOf: Wire.varint(numbers.next()), at: place)
    default: insert(contentsOf: self[place..<Swift.min(count, place + 20)], at: place)
    }
  }
}
