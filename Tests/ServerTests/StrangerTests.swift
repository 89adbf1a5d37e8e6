import Access
import Calls
import Client
import Foundation
import Messages
import Server
import TestSupport
import Testing

/// Clients of whom nobody knows who they are: what they send is little, they don't stay for ever, and they make room.
@Suite struct StrangerTests {
  /// A server for frames or gRPC over TCP, whose callers need a token.
  private static func run(
    limits: CallLimits = TestServer.Setup.patient, grpc: Bool = false, needsToken: Bool = true,
    _ body: (ServerAddress, CallService) async throws -> Void
  ) async throws {
    var rules = AccessRules()
    if needsToken {
      rules.tokens = [TokenRecord(name: "cad", digest: TokenDigest(of: "secret"), roles: [.admin])]
    }
    let engine = FakeEngine()
    let service = CallService.test(engine, limits: limits, access: AccessControl(rules))
    let configuration = TransportServer.Configuration(addresses: [.tcp(host: "127.0.0.1", port: 0)])
    let server: TransportServer =
      grpc
      ? .grpc(configuration: configuration, service: service, logger: .silent)
      : .frames(configuration: configuration, service: service, logger: .silent)
    let address = try #require(try await server.bind().first)
    let running = Task { try await server.run() }
    do {
      try await body(address, service)
    } catch {
      Issue.record(error)
    }
    engine.gate.open()
    running.cancel()
    try await running.value
  }

  private static func status(token: String = "secret") -> Frame {
    .request(FrameRequest(id: 1, method: ServiceMethods.status.name, token: token, payload: []))
  }

  /// The start of a long frame, with a token or without.
  private static func halfFrame(token: String) throws -> [UInt8] {
    let request = FrameRequest(
      id: 1, method: ServiceMethods.putSpeeds.name, token: token, payload: [UInt8](repeating: 0, count: 8 << 20))
    return Array(try FrameCodec.encode(.request(request)).prefix(1 << 20))
  }

  @Test func aLongFrameNeedsATokenAtItsStart() async throws {
    try await Self.run { address, service in
      for token in ["", "another"] {
        let stranger = try RawClient(address)
        try? await stranger.send(try Self.halfFrame(token: token))
        #expect(try await stranger.receive()?.refusal?.code == "UNAUTHENTICATED")
      }
      let known = try RawClient(address)
      try await known.send(try Self.halfFrame(token: "secret"))
      try await TestServer.wait(for: "its bytes are counted") { service.unfinishedBytes.taken > 1_000_000 }
      known.reset()
      try await TestServer.wait(for: "they are given back") { service.unfinishedBytes.taken == 0 }
    }
  }

  /// Many half frames are in one budget, and a small request is taken whatever is left of it.
  @Test func halfFramesAreCounted() async throws {
    var limits = TestServer.Setup.patient
    limits.unfinishedBytesMax = 3 << 20
    try await Self.run(limits: limits, needsToken: false) { address, service in
      let clients = try (0..<6).map { _ in try RawClient(address) }
      for client in clients { try? await client.send(try Self.halfFrame(token: "")) }
      try await TestServer.wait(for: "some are refused") { service.load.connections < clients.count }
      #expect(service.unfinishedBytes.taken <= 3 << 20)
      let other = try RawClient(address)
      let frame = try FrameCodec.encode(Self.status())
      try await other.send(Array(frame.prefix(9)))
      try await Task.sleep(for: .milliseconds(50))
      try await other.send(Array(frame.dropFirst(9)))
      #expect(try await other.receive()?.refusal == nil)
    }
  }

  /// Who says nothing, or asks only how the server is, and then nothing more, is cut off; a caller who is known stays.
  @Test(arguments: [false, true]) func silentStrangersAreCutOff(_ needsToken: Bool) async throws {
    var limits = TestServer.Setup.patient
    limits.strangerSecondsMax = 0.3
    try await Self.run(limits: limits, needsToken: needsToken) { address, service in
      let known = try RawClient(address)
      try await known.send(Self.status())
      #expect(try await known.receive()?.refusal == nil)
      let strangers = try (0..<20).map { _ in try RawClient(address) }
      try await strangers[0].send(.health(id: 1))
      #expect(try await strangers[0].receive()?.refusal == nil)
      try await TestServer.wait(for: "they are gone") {
        service.load.connections == 1 && service.silentConnections.count == 0
      }
      try await known.send(Self.status())
      #expect(try await known.receive()?.refusal == nil)
    }
  }

  @Test func strangersMakeRoomAndCallersDoNot() async throws {
    var limits = TestServer.Setup.patient
    limits.connectionsMax = 20
    try await Self.run(limits: limits) { address, service in
      let silent = try (0..<18).map { _ in try RawClient(address) }
      try await TestServer.wait(for: "all are there") { service.load.connections == 18 }
      var callers: [RawClient] = []
      for _ in 0..<18 {
        let caller = try RawClient(address)
        try await caller.send(Self.status())
        #expect(try await caller.receive()?.refusal == nil)
        callers.append(caller)
      }
      try await TestServer.wait(for: "the strangers are gone") { service.silentConnections.count == 0 }
      let late = try RawClient(address)
      #expect(try await late.receive()?.refusal?.code == "TOO_MANY_CONNECTIONS")
      #expect(silent.count == 18 && callers.count == 18)
    }
  }

  /// The last places are kept for the socket file, where the kernel says who calls.
  @Test func theSocketFileHasPlacesOfItsOwn() {
    var limits = CallLimits()
    limits.connectionsMax = 20
    let service = CallService.test(FakeEngine(), limits: limits)
    let taken = (0..<30).filter { _ in service.takeConnection(isLocal: false) }.count
    #expect(taken == 18)
    #expect(service.takeConnection(isLocal: true) && service.takeConnection(isLocal: true))
    #expect(!service.takeConnection(isLocal: true))
  }

  // MARK: Services of gRPC's own

  private static let question = ServiceMethods.reflection.writeRequest(
    ReflectionRequest(host: "", question: .fileName("tocsin.proto")))

  @Test(arguments: [ServiceMethods.reflection.name, ServiceMethods.healthWatch.name])
  func conversationsNeedATokenAndAreStreams(_ method: String) async throws {
    var limits = TestServer.Setup.patient
    limits.streamsPerConnectionMax = 10
    try await Self.run(limits: limits, grpc: true) { address, service in
      let stranger = try RawClient(address)
      try await stranger.send(RawHTTP2.preface + RawHTTP2.headers(method, stream: 1))
      let known = try RawClient(address)
      try await known.send(RawHTTP2.preface)
      for stream in 0..<100 {
        try await known.send(RawHTTP2.headers(method, token: "secret", stream: UInt32(stream) * 2 + 1))
      }
      try await TestServer.wait(for: "ten are open") { service.load.streams == 10 }
      try await Task.sleep(for: .milliseconds(100))
      #expect(service.load.streams == 10)
      known.reset()
      try await TestServer.wait(for: "they are gone") { service.load.streams == 0 }
    }
  }

  /// A client that reads nothing is answered a little of all that it asks.
  @Test func reflectionWritesWhatIsTaken() async throws {
    try await Self.run(grpc: true) { address, service in
      let client = try RawClient(address)
      try await client.send(
        RawHTTP2.preface + RawHTTP2.headers(ServiceMethods.reflection.name, token: "secret", stream: 1))
      var mostBytes = 0
      for _ in 0..<40 {
        let questions = (0..<20).flatMap { _ in RawHTTP2.message(Self.question, stream: 1) }
        try await client.send(questions)
        mostBytes = max(mostBytes, service.unsentAnswers.byteCount)
      }
      try await TestServer.wait(for: "it is answered no more") { service.unsentAnswers.byteCount > 1 << 20 }
      try await Task.sleep(for: .milliseconds(200))
      mostBytes = max(mostBytes, service.unsentAnswers.byteCount)
      #expect(mostBytes < 2 << 20)
      client.reset()
      try await TestServer.wait(for: "nothing is left") { service.unsentAnswers.byteCount == 0 }
    }
  }
}
