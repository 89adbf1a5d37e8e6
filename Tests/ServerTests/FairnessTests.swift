import API
import Access
import Calls
import Client
import Engine
import Foundation
import Messages
import Server
import Synchronization
import TestSupport
import Testing

/// One caller's questions, dry runs, streams, and answers that nobody reads keep no other caller waiting.
@Suite struct FairnessTests {
  @Test func healthNeedsNoThreadOfQuestions() async throws {
    try await TestServer.run(.init(kind: .tcp)) { server in
      let busy = try RawClient(server.address)
      for id in 1...40 { try await busy.send(.slowRoute(id: UInt64(id))) }
      try await TestServer.wait(for: "all threads are taken") { server.engine.gate.waitingCount == 2 }
      let other = try await server.client()
      #expect(try await other.health() == 15)
      _ = try await other.status()
      await other.close()
    }
  }

  @Test func longQuestionsLeaveThreadsForSmallOnes() async throws {
    try await TestServer.run(.init(kind: .tcp)) { server in
      let busy = try RawClient(server.address)
      for id in 1...40 { try await busy.send(.slowRoute(id: UInt64(id), isLong: true)) }
      try await TestServer.wait(for: "they run") { server.engine.gate.waitingCount > 0 }
      let other = try RawClient(server.address)
      try await other.send(.route(id: 1))
      #expect(try await other.receive()?.refusal == nil)
      // A long question of another caller has a thread, too.
      try await other.send(.route(id: 2, isLong: true))
      #expect(try await other.receive()?.refusal == nil)
    }
  }

  @Test func dryRunsAndSlowChangesLeaveThreadsForChanges() async throws {
    var slow = Samples.pointClosure
    slow.source = FakeEngine.slowSource
    let closures = [slow]
    for isDryRun in [true, false] {
      try await TestServer.run(.init(kind: .tcp)) { server in
        let busy = try RawClient(server.address)
        let payload = ServiceMethods.putClosures.writeRequest(
          PutClosuresRequest(ClosuresRequest(closures), isDryRun: isDryRun))
        for id in 1...40 {
          try await busy.send(
            .request(FrameRequest(id: UInt64(id), method: ServiceMethods.putClosures.name, payload: payload)))
        }
        try await TestServer.wait(for: "they run") { server.engine.gate.waitingCount > 0 }
        let dispatcher = try await server.client()
        _ = try await dispatcher.putUnits([Samples.unit])
        await dispatcher.close()
      }
    }
  }

  /// A thousand questions before it, and one is answered after some of them.
  @Test func callersTakeTurns() async throws {
    try await TestServer.run(.init(kind: .tcp, workerThreads: 1)) { server in
      // Each has one thread.
      let busy = try (0..<2).map { _ in try RawClient(server.address) }
      for client in busy { for id in 1...500 { try await client.send(.slowRoute(id: UInt64(id))) } }
      try await TestServer.wait(for: "all are there") { server.service.load.calls[.questions] == 998 }
      let other = try RawClient(server.address)
      try await other.send(.route(id: 1))
      try await TestServer.wait(for: "it waits, too") { server.service.load.calls[.questions] == 999 }
      server.engine.gate.open()
      #expect(try await other.receive()?.refusal == nil)
      let order = server.engine.calls.withLock { $0.routes.map(\.profile) }
      #expect(try #require(order.firstIndex(of: "fire")) <= 5)
    }
  }

  @Test func aCallerHasNoMoreInFlightOverSeveralConnections() async throws {
    var setup = TestServer.Setup()
    setup.limits.requestsInFlightPerCallerMax = 4
    try await TestServer.run(setup) { server in
      // Both are of this process.
      let clients = [try RawClient(server.address), try RawClient(server.address)]
      for id in 1...2 { for client in clients { try await client.send(.slowRoute(id: UInt64(id))) } }
      try await TestServer.wait(for: "four are there") {
        setup.engine.gate.waitingCount == 2 && server.service.load.calls[.questions] == 2
      }
      try await clients[0].send(.slowRoute(id: 3))
      let refusal = try await clients[0].receive()?.refusal
      #expect(refusal?.code == "TOO_MANY_REQUESTS")
      #expect(refusal?.value == "limits.requests_in_flight_per_caller = 4")
    }
  }

  /// Two streams that would work for ever end with their client's word, its connection or its deadline, and others are
  /// served meanwhile.
  @Test func aStreamsWorkEndsWithTheStream() async throws {
    var request = Samples.routeRequest
    request.profile = FakeEngine.slowProfile
    let payload = ServiceMethods.watch.writeRequest(.route(request))
    let watch = { (id: UInt64, milliseconds: UInt32) in
      Frame.request(
        FrameRequest(
          id: id, method: ServiceMethods.watch.name, deadlineMilliseconds: milliseconds, payload: payload))
    }
    try await TestServer.run(.init(kind: .tcp)) { server in
      let isIdle = { server.engine.workers.load(ordering: .relaxed) == 0 }
      let busy = try RawClient(server.address)
      for id in 1...2 { try await busy.send(watch(UInt64(id), 0)) }
      try await TestServer.wait(for: "it works") { !isIdle() }
      let other = try RawClient(server.address)
      try await other.send(.request(FrameRequest(id: 1, method: ServiceMethods.watchTraffic.name, payload: [])))
      try await TestServer.wait(for: "another one is open") { !server.engine.streams.withLock { $0.isEmpty } }
      for id in 1...2 { try await busy.send(.cancel(id: UInt64(id))) }
      try await TestServer.wait(for: "they are cancelled") { isIdle() && server.service.load.streams == 1 }
      try await busy.send(watch(3, 300))
      let codes = try await [busy.receive(), busy.receive(), busy.receive()].map { $0?.refusal?.code }
      #expect(codes == ["CANCELLED", "CANCELLED", "DEADLINE_EXCEEDED"])
      try await busy.send(watch(4, 0))
      try await TestServer.wait(for: "it works again") { !isIdle() }
      busy.reset()
      try await TestServer.wait(for: "its client is gone") { isIdle() && server.service.load.streams == 1 }
    }
  }

  /// While others don't take their answers, large ones are refused, and small ones given.
  @Test func unreadAnswersHaveABoundOfTheirOwn() async throws {
    let units = Array(repeating: Samples.listedUnits[0], count: 50_000)
    var setup = TestServer.Setup(kind: .tcp, engine: FakeEngine(units: units))
    setup.limits.unsentBytesMax = 4 << 20
    try await TestServer.run(setup) { server in
      let list = Frame.request(FrameRequest(id: 1, method: ServiceMethods.listUnits.name, payload: []))
      var readers = try (0..<5).map { _ in try RawClient(server.address) }
      for (number, reader) in readers.enumerated() {
        try await reader.send(list)
        try await TestServer.wait(for: "it is answered") {
          server.engine.calls.withLock { $0.listCount } == number + 1 && server.service.unsentAnswers.byteCount > 0
        }
      }
      #expect(server.service.unsentAnswers.byteCount < 40 << 20)
      let other = try await server.client()
      _ = try await other.status()
      let error = await #expect(throws: ClientError.self) { try await other.listUnits() }
      #expect(error?.code == "TOO_MANY_REQUESTS" && error?.value == "limits.unsent_bytes = \(4 << 20)")
      readers = []
      try await TestServer.wait(for: "nothing waits") { server.service.unsentAnswers.byteCount == 0 }
      #expect(try await other.listUnits().units.count == units.count)
      await other.close()
    }
  }

  /// A client that reads nothing is answered as far as there is room, and goes on once it reads.
  @Test func whoReadsNothingIsNotAnswered() async throws {
    let units = Array(repeating: Samples.listedUnits[0], count: 1_000)
    var setup = TestServer.Setup(kind: .tcp, engine: FakeEngine(units: units))
    setup.limits.unsentBytesPerConnectionMax = 1 << 20
    try await TestServer.run(setup) { server in
      let reader = try RawClient(server.address)
      let list = { (id: UInt64) in
        Frame.request(FrameRequest(id: id, method: ServiceMethods.listUnits.name, payload: []))
      }
      let count: UInt64 = 200
      for id in 1...count { try await reader.send(list(id)) }
      let lists = { server.engine.calls.withLock { $0.listCount } }
      try await TestServer.wait(for: "it is answered no more") {
        server.service.unsentAnswers.byteCount > 1 << 20 && server.service.load.calls[.long] == 0
      }
      #expect(lists() < 100)
      #expect(server.service.unsentAnswers.byteCount < 4 << 20)
      // Others are answered.
      let other = try await server.client()
      #expect(try await other.listUnits().units.count == units.count)
      await other.close()
      var ids: Set<UInt64> = []
      for _ in 1...count { ids.insert(try await reader.receive()?.id ?? 0) }
      #expect(ids == Set(1...count))
      try await TestServer.wait(for: "nothing waits") { server.service.unsentAnswers.byteCount == 0 }
    }
  }
}
