import Calls
import Engine
import Foundation
import Messages
import Server
import TestSupport
import Testing

/// What clients do to the stream of bytes.
@Suite struct StreamTests {
  /// Sends `bytes`; expects a refusal with id 0 and `code`, the end of the connection, and a server that still serves.
  private func expectRefusal(
    _ bytes: [UInt8], code: String, limits: CallLimits = CallLimits(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for kind in TestServer.Kind.allCases {
      try await TestServer.run(.init(kind: kind, limits: limits)) { server in
        let client = try RawClient(server.address)
        try await client.send(bytes)
        let response = try await client.receive()
        #expect(response?.id == 0, sourceLocation: sourceLocation)
        #expect(response?.refusal?.code == code, sourceLocation: sourceLocation)
        #expect(try await client.receive() == nil, sourceLocation: sourceLocation)
        try await expectHealthy(server, sourceLocation)
      }
    }
  }

  private func expectHealthy(_ server: TestServer, _ sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let client = try RawClient(server.address)
    try await client.send(.health(id: 5))
    #expect(try await client.receive()?.id == 5, sourceLocation: sourceLocation)
  }

  @Test func tooLong() async throws {
    let header = UInt32(FrameLimits.frameBytesMax + 1)
    let bytes = withUnsafeBytes(of: header.bigEndian, Array.init)
    // Some of the frame comes along, which the server must not answer with a reset connection.
    try await expectRefusal(bytes + [UInt8](repeating: 7, count: 50_000), code: "FRAME_TOO_LONG")
    try await expectRefusal([255, 255, 255, 255], code: "FRAME_TOO_LONG")
  }

  @Test func notProtobuf() async throws {
    try await expectRefusal(Array("GET / HTTP/1.1\r\n\r\n".utf8), code: "MALFORMED_FRAME")
    try await expectRefusal([0, 0, 0, 3, 255, 255, 255], code: "MALFORMED_FRAME")
    try await expectRefusal([0, 0, 0, 0], code: "MALFORMED_FRAME")
  }

  @Test func framesThatNoClientSends() async throws {
    let response = try FrameCodec.encode(.response(FrameResponse(id: 1, payload: [])))
    try await expectRefusal(response, code: "MALFORMED_FRAME")
    let zero = try FrameCodec.encode(.health(id: 0))
    try await expectRefusal(zero, code: "MALFORMED_FRAME")
    // A method that is not UTF-8.
    let body = Wire.field(1, Wire.field(1, varint: 1) + Wire.field(2, [0x61, 0xFF]))
    try await expectRefusal([0, 0, 0, UInt8(body.count)] + body, code: "MALFORMED_FRAME")
  }

  @Test func requestsBeforeGarbageAreAnswered() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(try FrameCodec.encode(.health(id: 3)) + [0, 0, 0, 1, 255])
      let responses = [try await client.receive(), try await client.receive()].compactMap { $0 }
      #expect(Set(responses.map(\.id)) == [0, 3])
      #expect(try await client.receive() == nil)
    }
  }

  @Test func cutOff() async throws {
    try await TestServer.run { server in
      let frame = try FrameCodec.encode(.health(id: 1))
      for count in [1, 3, 4, 5, frame.count - 1] {
        let client = try RawClient(server.address)
        try await client.send(Array(frame[..<count]))
        client.closeWriting()
        #expect(try await client.receive() == nil)
      }
      try await expectHealthy(server)
    }
  }

  @Test(arguments: TestServer.Kind.allCases) func byteByByte(_ kind: TestServer.Kind) async throws {
    try await TestServer.run(.init(kind: kind)) { server in
      let client = try RawClient(server.address)
      for id in 1...3 {
        for byte in try FrameCodec.encode(.health(id: UInt64(id))) { try await client.send([byte]) }
        #expect(try await client.receive()?.id == UInt64(id))
      }
    }
  }

  @Test(arguments: TestServer.Kind.allCases) func pipelined(_ kind: TestServer.Kind) async throws {
    try await TestServer.run(.init(kind: kind)) { server in
      let client = try RawClient(server.address)
      var bytes: [UInt8] = []
      for id in 1...1_000 { bytes += try FrameCodec.encode(.health(id: UInt64(id))) }
      try await client.send(bytes)
      // The client has nothing more to say, and still gets all answers.
      client.closeWriting()
      var ids: [UInt64] = []
      while let response = try await client.receive() {
        #expect(response.refusal == nil)
        ids.append(response.id)
      }
      #expect(ids.sorted() == Array(1...1_000))
    }
  }

  @Test func badRequestsLeaveTheConnectionOpen() async throws {
    try await TestServer.run { server in
      let client = try RawClient(server.address)
      try await client.send(.request(FrameRequest(id: 1, method: "tocsin.v1.Dispatch/Fly", payload: [])))
      let unknown = try await client.receive()?.refusal
      #expect(unknown?.code == "UNKNOWN_METHOD" && unknown?.grpcCode == 12)
      try await client.send(.request(FrameRequest(id: 2, method: ServiceMethods.route.name, payload: [255])))
      #expect(try await client.receive()?.refusal?.code == "MALFORMED_MESSAGE")
      let nan = Wire.field(1, Wire.place(.nan, 4)) + Wire.field(2, varint: 1)
      try await client.send(.request(FrameRequest(id: 3, method: ServiceMethods.fastestUnits.name, payload: nan)))
      #expect(try await client.receive()?.refusal?.code == "INVALID_COORDINATE")
      try await client.send(.health(id: 4))
      #expect(try await client.receive()?.refusal == nil)
    }
  }

  @Test func stalledInMidFrame() async throws {
    var limits = CallLimits()
    limits.frameSecondsMax = 0.2
    try await expectRefusal([0, 0, 1], code: "DEADLINE_EXCEEDED", limits: limits)
    try await TestServer.run(.init(limits: limits)) { server in
      let idle = try RawClient(server.address)
      try await idle.send(.health(id: 1))
      #expect(try await idle.receive()?.id == 1)
      try await Task.sleep(for: .milliseconds(500))
      // A client that is silent between frames does not stall.
      try await idle.send(.health(id: 2))
      #expect(try await idle.receive()?.id == 2)
      // One that trickles does.
      let trickling = try RawClient(server.address)
      for byte in try FrameCodec.encode(.health(id: 9)) {
        try? await trickling.send([byte])
        try await Task.sleep(for: .milliseconds(40))
      }
      #expect(try await trickling.receive()?.refusal?.code == "DEADLINE_EXCEEDED")
    }
  }

  @Test func slowReaderIsNotReadFrom() async throws {
    let name = String(repeating: "x", count: 100_000)
    var unit = Samples.listedUnits
    unit[0].unit.station = name
    try await TestServer.run(.init(engine: FakeEngine(units: unit))) { server in
      let client = try RawClient(server.address)
      func listCount() -> Int { server.engine.calls.withLock { $0.listCount } }
      func list(_ ids: ClosedRange<UInt64>) async throws {
        for id in ids {
          try await client.send(.request(FrameRequest(id: id, method: ServiceMethods.listUnits.name, payload: [])))
        }
      }
      // The first answers fill what the socket holds; most of the later requests are not even read.
      try await list(1...40)
      try await Task.sleep(for: .milliseconds(300))
      let firstCount = listCount()
      #expect((1...40).contains(firstCount))
      try await list(41...80)
      try await Task.sleep(for: .milliseconds(300))
      #expect(listCount() < firstCount + 40)
      var ids: Set<UInt64> = []
      for _ in 1...80 { ids.insert(try await client.receive()?.id ?? 0) }
      #expect(ids == Set(1...80))
      #expect(listCount() == 80)
    }
  }
}
