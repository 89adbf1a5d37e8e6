import API
import Client
import Engine
import Foundation
import Messages
import Server
import TestSupport
import Testing

/// What a server does about changes that it does not do about queries.
@Suite struct ChangeTests {
  @Test(arguments: TestServer.Kind.allCases)
  func theEngineHearsWhoCalls(_ kind: TestServer.Kind) async throws {
    try await TestServer.run(.init(kind: kind)) { server in
      let client = try await server.client()
      _ = try await client.putClosures([Samples.wayClosure])
      await client.close()
      let origin = try #require(server.engine.calls.withLock { $0.origins.last })
      #expect(origin.method == "tocsin.v1.Traffic/PutClosures")
      switch kind {
      case .unix:
        #expect(origin.actor == NSUserName())
        #expect(origin.peer == "unix:pid=\(ProcessInfo.processInfo.processIdentifier)")
      case .tcp:
        #expect(origin.actor == "")
        #expect(origin.peer.wholeMatch(of: /tcp:127\.0\.0\.1:\d+/) != nil, "\(origin.peer)")
      }
    }
  }

  /// More changes wait for the disk than there are threads for queries: a query is answered all the same.
  @Test func queriesDoNotWaitForChanges() async throws {
    try await TestServer.run(.init(workerThreads: 1)) { server in
      let client = try RawClient(server.address)
      var slow = Samples.wayClosure
      slow.source = FakeEngine.slowSource
      let put = ServiceMethods.putClosures
      for id in 1...3 as ClosedRange<UInt64> {
        let payload = put.writeRequest(PutClosuresRequest(ClosuresRequest([slow])))
        try await client.send(.request(FrameRequest(id: id, method: put.name, payload: payload)))
      }
      // They wait at the same time, so that they can share one wait for the disk.
      try await TestServer.wait(for: "the changes run") { server.engine.gate.waitingCount == 3 }
      try await client.send(.health(id: 4))
      #expect(try await client.receive()?.id == 4)
      server.engine.gate.open()
      var ids: Set<UInt64> = []
      for _ in 1...3 { ids.insert(try await client.receive()?.id ?? 0) }
      #expect(ids == [1, 2, 3])
    }
  }
}
