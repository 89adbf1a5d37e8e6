import API
import Client
import Engine
import Foundation
import Messages
import TestSupport
import Testing

/// The same requests through every transport have the same answers.
@Suite struct DoorTests {
  enum Transport: CaseIterable {
    case memory, unix, tcp, web
  }

  /// A request and the code of its refusal, `nil` if it is answered.
  struct Case {
    let name: String
    let method: String
    let payload: [UInt8]
    var code: String?
    var value: String?

    init<Request, Answer>(
      _ name: String, _ method: ServiceMethod<Request, Answer>, _ request: Request, code: String? = nil,
      value: String? = nil
    ) {
      self.init(name, method.name, method.writeRequest(request), code: code, value: value)
    }

    init(_ name: String, _ method: String, _ payload: [UInt8], code: String? = nil, value: String? = nil) {
      (self.name, self.method, self.payload, self.code, self.value) = (name, method, payload, code, value)
    }
  }

  static let cases: [Case] = {
    var boat = Samples.routeRequest
    boat.profile = "boat"
    var stale = Samples.wayClosure
    stale.revision = 1
    let answered = MethodSample.all.filter { $0.method.answers == .one }
      .map { Case($0.method.name, $0.method.name, $0.request) }
    let refused = [
      Case(
        "remove no unit", ServiceMethods.removeUnits, RemoveUnitsRequest(["ghost"]), code: "UNKNOWN_UNIT",
        value: "ghost"),
      Case("route by boat", ServiceMethods.route, boat, code: "UNKNOWN_PROFILE", value: "boat"),
      Case(
        "stale closure", ServiceMethods.putClosures, PutClosuresRequest(ClosuresRequest([stale])),
        code: "STALE_REVISION"),
      Case("no method", "tocsin.v1.Dispatch/Fly", [], code: "UNKNOWN_METHOD", value: "tocsin.v1.Dispatch/Fly"),
      Case("empty method", "", [], code: "UNKNOWN_METHOD"),
      Case("garbage", ServiceMethods.route.name, [255, 255, 255], code: "MALFORMED_MESSAGE"),
      Case("nothing", ServiceMethods.fastestUnits.name, [], code: "INVALID_ARGUMENT"),
    ]
    return answered + refused
  }()

  @Test(arguments: Transport.allCases) func sameAnswers(_ transport: Transport) async throws {
    switch transport {
    case .memory:
      let dispatcher = MessageDispatcher(engine: FakeEngine())
      for one in Self.cases {
        check(one, dispatcher.dispatch(method: one.method, payload: one.payload, deadline: nil))
      }
    case .web:
      try await WebServing.run { web in
        for one in Self.cases where one.method.contains("/") && one.code != "UNKNOWN_METHOD" {
          let type = [("Content-Type", "application/proto"), ("Content-Length", "\(one.payload.count)")]
          let answer = try await web.client().ask("POST", "/\(one.method)", type, one.payload)
          if answer.status == 200 {
            check(one, Result<[UInt8], CallStatus>.success(answer.body))
          } else {
            #expect(answer.code == one.code, "\(one.name): \(answer.text)")
          }
        }
      }
    case .unix, .tcp:
      try await TestServer.run(.init(kind: transport == .unix ? .unix : .tcp)) { server in
        let client = try await server.client()
        for one in Self.cases {
          check(one, await client.call(method: one.method, payload: one.payload))
        }
        await client.close()
      }
    }
  }

  private func check<Failure: Error>(_ one: Case, _ result: Result<[UInt8], Failure>) {
    switch result {
    case .success(let payload):
      #expect(one.code == nil, "\(one.name)")
      let expected = MessageDispatcher(engine: FakeEngine())
        .dispatch(method: one.method, payload: one.payload, deadline: nil)
      #expect(Result.success(payload) == expected, "\(one.name)")
    case .failure(let error):
      let (code, value) =
        (error as? CallStatus).map { ($0.code, $0.value) }
        ?? (error as? ClientError).map { ($0.code, $0.value) } ?? ("", "")
      #expect(code == one.code, "\(one.name): \(error)")
      if let expected = one.value { #expect(value == expected, "\(one.name)") }
    }
  }

  @Test func theListHasEveryMethod() {
    let named = Set(Self.cases.filter { $0.code == nil }.map(\.method))
    #expect(named == Set(ServiceMethods.all.filter { $0.answers == .one }.map(\.name)))
    #expect(MessageDispatcher(engine: FakeEngine()).methods == ServiceMethods.all.map(\.name).sorted())
  }

  /// A document has a table of the methods: a row for each service.
  @Test func theDocumentedTableHasEveryMethod() throws {
    let root = URL(fileURLWithPath: #filePath + "/../../..").standardizedFileURL
    let below = FileManager.default.enumerator(atPath: root.appendingPathComponent("Sources").path)
    let documents = ["README.md"] + (below?.compactMap { $0 as? String } ?? []).map { "Sources/\($0)" }
    let rows = try documents.filter { $0.hasSuffix(".md") }.flatMap { file in
      try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8).split(separator: "\n")
    }
    for (service, methods) in Dictionary(grouping: ServiceMethods.all, by: \.service) {
      let row = try #require(rows.first { $0.hasPrefix("| `\(service)` |") }, "\(service)")
      let told = row.dropFirst(service.count + 4).matches(of: /`\w+`(?: \(stream\))?/).map { String($0.0) }
      let known = methods.map { method in
        "`\(method.name.dropFirst(service.count + 1))`\(method.answers == .stream ? " (stream)" : "")"
      }
      #expect(Set(told) == Set(known), "\(service)")
    }
  }

  @Test(arguments: TestServer.Kind.allCases) func typedCallsReachTheEngine(_ kind: TestServer.Kind) async throws {
    try await TestServer.run(.init(kind: kind)) { server in
      let client = try await server.client()
      #expect(try await client.putUnits([Samples.unit]).count == 1)
      #expect(try await client.removeUnits(["A-12", "B-1"]).version == 8)
      #expect(try await client.listUnits().units.map(\.unit) == Samples.listedUnits.map(\.unit))
      #expect(try await client.fastestUnits(Samples.fastestUnitsRequest).units == Samples.fastestUnitsAnswer.units)
      #expect(try await client.route(Samples.routeRequest).route == Samples.line)
      #expect(try await client.snap(Samples.snapRequest).places == [Samples.snapped, Samples.snapped])
      #expect(try await client.putClosures([Samples.pointClosure]).version == 13)
      #expect(try await client.liftClosures(["flood"]).version == 14)
      #expect(try await client.listClosures().closures.map(\.closure.id) == ["bridge", "flood"])
      #expect(try await client.status().mapPath == "/maps/city.tocsin")
      #expect(try await client.health() == 15)
      server.engine.calls.withLock { calls in
        #expect(calls.puts == [[Samples.unit]])
        #expect(calls.removals == [["A-12", "B-1"]])
        #expect("\(calls.fastestUnits)" == "\([Samples.fastestUnitsRequest])")
        #expect("\(calls.routes)" == "\([Samples.routeRequest])")
        #expect("\(calls.snaps)" == "\([Samples.snapRequest])")
        #expect(calls.closures == [[Samples.pointClosure]])
        #expect(calls.lifts == [["flood"]])
      }
    }
  }
}
