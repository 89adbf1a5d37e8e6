import Calls
import Client
import Foundation
import Logging
import Messages
import Server
import ServiceLifecycle
import TestSupport
import Testing

/// Starting and stopping.
@Suite struct ShutdownTests {
  /// A server in a service group, as the command line runs it.
  private struct Grouped {
    let setup: TestServer.Setup
    let folder = TemporaryFolder()
    let address: ServerAddress
    let group: ServiceGroup
    let running: Task<Void, any Error>

    init(_ setup: TestServer.Setup) async throws {
      self.setup = setup
      let server = TransportServer.frames(setup, folder: folder)
      address = try #require(try await server.bind().first)
      let group = ServiceGroup(
        configuration: .init(services: [.init(service: server)], logger: .silent))
      self.group = group
      running = Task { try await group.run() }
    }
  }

  @Test(arguments: TestServer.Kind.allCases)
  func requestsInFlightAreAnswered(_ kind: TestServer.Kind) async throws {
    let server = try await Grouped(.init(kind: kind))
    let client = try RawClient(server.address)
    for id in 1...5 { try await client.send(.slowRoute(id: UInt64(id))) }
    let idle = try RawClient(server.address)
    try await TestServer.wait(for: "two requests run") { server.setup.engine.gate.waitingCount == 2 }
    await server.group.triggerGracefulShutdown()
    // A client without requests is closed at once; one with requests gets no new ones in.
    #expect(try await idle.receive() == nil)
    try await client.send(.health(id: 6))
    let late = try await client.receive()
    #expect(late?.id == 6)
    #expect(late?.refusal?.code == "SHUTTING_DOWN" && late?.refusal?.grpcCode == 14)
    #expect(throws: RawClient.Failure.self) { try RawClient(server.address) }
    server.setup.engine.gate.open()
    var ids: Set<UInt64> = []
    while let response = try await client.receive() {
      #expect(response.refusal == nil)
      ids.insert(response.id)
    }
    #expect(ids == [1, 2, 3, 4, 5])
    try await server.running.value
    #expect(try server.folder.names().isEmpty)
  }

  @Test func drainingIsBounded() async throws {
    var limits = TestServer.Setup.patient
    limits.drainSecondsMax = 0.2
    let server = try await Grouped(.init(limits: limits))
    let client = try RawClient(server.address)
    try await client.send(.slowRoute(id: 1))
    try await TestServer.wait(for: "the request runs") { server.setup.engine.gate.waitingCount == 1 }
    await server.group.triggerGracefulShutdown()
    let start = ContinuousClock.now
    #expect(try await client.receive() == nil)
    // Without the limit it would take minutes.
    #expect(ContinuousClock.now - start < .seconds(20))
    server.setup.engine.gate.open()
    try await server.running.value
  }

  @Test func clientThatStaysIsClosed() async throws {
    var limits = CallLimits()
    limits.lingerSecondsMax = 0.1
    let server = try await Grouped(.init(limits: limits))
    let client = try RawClient(server.address)
    try await client.send(.health(id: 1))
    #expect(try await client.receive() != nil)
    await server.group.triggerGracefulShutdown()
    // The client does not close its side; the server ends nevertheless.
    try await server.running.value
    #expect(try await client.receive() == nil)
  }

  @Test func typedClientSeesTheEnd() async throws {
    let server = try await Grouped(.init())
    let client = try await TocsinClient.connect(to: server.address)
    #expect(try await client.health() == 15)
    await server.group.triggerGracefulShutdown()
    try await server.running.value
    let error = await #expect(throws: ClientError.self) { try await client.health() }
    #expect(error?.code == "CONNECTION_LOST")
  }

  @Test func socketFileOfTheOwnerAndGroup() async throws {
    try await TestServer.run { server in
      let attributes = try FileManager.default.attributesOfItem(atPath: server.folder.path("server.sock"))
      #expect(attributes[.posixPermissions] as? Int == 0o660)
    }
  }

  @Test func staleSocketFileIsReplaced() async throws {
    let folder = TemporaryFolder()
    let path = folder.path("server.sock")
    // What a server that was killed leaves behind.
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafeBytes(of: &address) {
      bind(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    #expect(bound == 0)
    close(descriptor)
    #expect(try folder.names() == ["server.sock"])

    let server = TransportServer.frames(TestServer.Setup(), folder: folder)
    try await server.bind()
    let running = Task { try await server.run() }
    let client = try await TocsinClient.connect(to: .unix(path: path))
    #expect(try await client.health() == 15)

    let second = TransportServer.frames(TestServer.Setup(), folder: folder)
    let error = await #expect(throws: ListenError.self) { try await second.bind() }
    #expect(error?.code == .addressInUse)
    #expect(error?.value == path)
    #expect(try await client.health() == 15)
    await client.close()
    running.cancel()
    try await running.value
    #expect(try folder.names().isEmpty)
  }

  @Test func otherFilesAreLeftAlone() async throws {
    let folder = TemporaryFolder()
    try Data("keep".utf8).write(to: folder.url("server.sock"))
    let server = TransportServer.frames(TestServer.Setup(), folder: folder)
    let error = await #expect(throws: ListenError.self) { try await server.bind() }
    #expect(error?.code == .bindFailed)
    #expect(try folder.contents("server.sock") == Data("keep".utf8))
  }

  @Test func portInUse() async throws {
    try await TestServer.run(.init(kind: .tcp)) { server in
      let second = TransportServer.frames(
        configuration: .init(addresses: [server.address]),
        service: .test(server.engine), logger: .silent)
      let error = await #expect(throws: ListenError.self) { try await second.bind() }
      #expect(error?.code == .addressInUse)
    }
  }

  @Test func bothAddressesAtOnce() async throws {
    let folder = TemporaryFolder()
    let addresses: [ServerAddress] = [.unix(path: folder.path("a.sock")), .tcp(host: "localhost", port: 0)]
    let server = TransportServer.frames(
      configuration: .init(addresses: addresses), service: .test(FakeEngine()), logger: .silent)
    let bound = try await server.bind()
    #expect(bound.count == 2 && bound[0] == addresses[0] && bound[1] != addresses[1])
    let running = Task { try await server.run() }
    for address in bound {
      let client = try await TocsinClient.connect(to: address)
      #expect(try await client.health() == 15)
      await client.close()
    }
    running.cancel()
    try await running.value
  }
}
