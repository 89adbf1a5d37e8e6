import Calls
import Foundation
import MessageJSON
import Messages
import Server
import TestSupport
import Testing
import WebPages
import WebServer

/// Streams over the web, and what clients do to connections.
@Suite struct WebStreamTests {
  private static let watch = "/tocsin.v1.Traffic/Watch"
  private static let enveloped = [("Content-Type", "application/connect+json")]

  private static func envelope(_ json: String) -> [UInt8] { [0, 0, 0, 0, UInt8(json.utf8.count)] + Array(json.utf8) }

  @Test func aStreamIsEnveloped() async throws {
    try await WebServing.run { web in
      let client = try web.client()
      try await client.send("POST", Self.watch, Self.enveloped, Self.envelope("{}"))
      try await TestServer.wait(for: "it is open") { web.engine.streams.withLock { $0.count } == 1 }
      let stream = try #require(web.engine.streams.withLock { $0.first })
      stream.put(version: 21)
      #expect(try await client.receiveHead().headers["content-type"] == "application/connect+json")
      let first = try #require(try await client.chunk())
      #expect(first.first == 0 && String(decoding: first.dropFirst(5), as: UTF8.self).contains(#""version":"21""#))
      client.reset()
      try await TestServer.wait(for: "it ends with its client") { stream.isCancelled }
    }
  }

  @Test func aStreamIsEvents() async throws {
    try await WebServing.run { web in
      let client = try web.client()
      try await client.send("GET", Self.watch, [("Accept", "text/event-stream")])
      try await TestServer.wait(for: "it is open") { web.engine.streams.withLock { $0.count } == 1 }
      web.engine.streams.withLock { $0.first }?.put(version: 21)
      #expect(try await client.receiveHead().headers["content-type"] == "text/event-stream")
      var event = String(decoding: try #require(try await client.chunk()), as: UTF8.self)
      // On a busy machine the server may have shown first that it is still there.
      while event.hasPrefix(":") { event = String(decoding: try #require(try await client.chunk()), as: UTF8.self) }
      #expect(event.hasPrefix("data: {") && event.hasSuffix("}\n\n") && event.contains(#""version":"21""#))
    }
  }

  @Test func aLargeAnswerComesInPieces() async throws {
    var request = Samples.matrixRequest
    request.profile = FakeEngine.largeProfile
    let payload = ServiceMethods.streamMatrix.writeRequest(request)
    try await WebServing.run { web in
      let count = UInt32(payload.count)
      let head = [0] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
      let answer = try await web.client().ask(
        "POST", "/tocsin.v1.Routing/StreamMatrix", [("Content-Type", "application/connect+proto")], head + payload)
      var (rest, messages, end) = (answer.body[...], 0, "")
      while let flags = rest.popFirst() {
        let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let message = rest.dropFirst(4).prefix(length)
        rest = rest.dropFirst(4 + length)
        if flags == 2 { end = String(decoding: message, as: UTF8.self) } else { messages += 1 }
      }
      #expect(messages > 1 && end == "{}")
    }
  }

  /// A stream that is refused says so where its protocol has the place for it.
  @Test func refusedStreams() async throws {
    try await WebServing.run { web in
      let client = try web.client()
      let body = Self.envelope(#"{"route": {"profile": "boat"}}"#)
      let answer = try await client.ask("POST", "/tocsin.v1.Routing/Watch", Self.enveloped, body)
      #expect(answer.status == 200 && answer.body.first == 2 && answer.text.contains("UNKNOWN_PROFILE"))
      let events = try await client.ask(
        "POST", "/tocsin.v1.Routing/Watch",
        [("Content-Type", "application/json"), ("Accept", "text/event-stream")],
        Array(#"{"route": {"profile": "boat"}}"#.utf8))
      #expect(events.status == 404 && events.code == "UNKNOWN_PROFILE")
      for body in [[], [0, 0, 0], [0, 0, 0, 0, 9, 1], [9, 0, 0, 0, 0], Self.envelope("{}") + Self.envelope("{}")] {
        let answer = try await web.client().ask(
          "POST", Self.watch, Self.enveloped + [("Content-Length", "\(body.count)")], body)
        #expect(answer.status == 200 && answer.text.contains("MALFORMED_MESSAGE"), "\(body)")
      }
    }
  }

  @Test func oneConnectionCarriesManyRequests() async throws {
    try await WebServing.run { web in
      let client = try web.client()
      for _ in 0..<100 { #expect(try await client.call("Admin/Status", "{}").status == 200) }
      // Asked ahead, answered in order.
      for id in ["a", "ghost", "b"] {
        let body = Array("{\"ids\": [\"\(id)\"]}".utf8)
        try await client.send("POST", "/tocsin.v1.Dispatch/RemoveUnits", [("Content-Type", "application/json")], body)
      }
      var statuses: [Int] = []
      for _ in 0..<3 { statuses.append(try await client.receive().status) }
      #expect(statuses == [200, 404, 200])
      #expect(try await client.ask("GET", "/nowhere", [("Connection", "close")]).status == 404)
      #expect(try await client.isClosed())
    }
  }

  struct Folder: PageFolder {
    let path = ["maps"]
    func reply(to request: PageRequest) -> PageReply {
      if request.path == ["call"] {
        return .call(
          PageCall(ServiceMethods.removeUnits, RemoveUnitsRequest([request["id"] ?? ""])) { answer in
            switch answer {
            case .success(let answer): PageAnswer(contentType: "text/plain", body: Array("\(answer.version)".utf8))
            case .failure(let status): PageAnswer(status: 418, contentType: "text/plain", body: Array(status.code.utf8))
            }
          })
      }
      return .answer(
        PageAnswer(contentType: "text/plain", body: Array(request.path.joined(separator: "|").utf8), tag: "v1"))
    }
  }

  @Test func pagesAreAnsweredByFolders() async throws {
    var settings = WebSettings()
    settings.folders = [Folder()]
    try await WebServing.run(settings) { web in
      let client = try web.client()
      let page = try await client.ask("GET", "/maps/a%20b/%EA%B0%80,c?x=1")
      #expect(page.status == 200 && page.text == "a b|가,c" && page.headers["etag"] == "\"v1\"")
      #expect(try await client.ask("GET", "/maps/a", [("If-None-Match", "\"v1\"")]).status == 304)
      #expect(try await client.ask("GET", "/maps/a", [("If-None-Match", "W/\"v2\"")]).status == 200)
      let head = try await client.ask("HEAD", "/maps/abc")
      #expect(head.status == 200 && head.headers["content-length"] == "3")
      #expect(try await client.ask("GET", "/maps/call?id=A+1").text == "8")
      #expect(web.engine.calls.withLock { $0.removals } == [["A 1"]])
      let refused = try await client.ask("GET", "/maps/call?id=ghost")
      #expect(refused.status == 418 && refused.text == "UNKNOWN_UNIT")
    }
  }

  @Test func whatIsTooLargeIsRefused() async throws {
    try await WebServing.run { web in
      let long = String(repeating: "x", count: WebLimits.urlBytesMax + 10)
      #expect(try await web.client().ask("GET", "/\(long)").status == 400)
      let headers = (0..<(WebLimits.headersMax + 10)).map { ("X-\($0)", "y") }
      #expect(try await web.client().ask("GET", "/", headers).status == 400)
      let query = Array(repeating: "a=b", count: WebLimits.queryItemsMax + 1).joined(separator: "&")
      #expect(try await web.client().ask("GET", "/?\(query)").status == 400)
      // The client says how much there will be, and the server doesn't wait for it.
      let client = try web.client()
      let large = FrameLimits.requestBytesMax + 1
      try await client.send(
        "POST", "/tocsin.v1.Admin/Status",
        [("Content-Type", "application/json"), ("Content-Length", "\(large)")], [])
      try await client.send([UInt8](repeating: 0x20, count: large))
      let answer = try await client.receive()
      #expect(answer.status == 429 && answer.code == "MESSAGE_TOO_LARGE")
    }
  }

  /// What a request holds of the server's memory counts until it is answered, not until it is whole.
  @Test func aRequestCountsUntilItIsAnswered() async throws {
    var request = Samples.routeRequest
    (request.profile, request.whatIf, request.departAt) = (FakeEngine.slowProfile, [], nil)
    let schemas = try WebServing.schemas.get()
    let schema = try #require(schemas.method(ServiceMethods.route.name)).request
    let json = try MessageJSONWriter.json(of: ServiceMethods.route.writeRequest(request), schema, in: schemas)
    let body = json + [UInt8](repeating: 0x20, count: 1 << 20)
    try await WebServing.run { web in
      let client = try web.client()
      try await client.send("POST", "/\(ServiceMethods.route.name)", [("Content-Type", "application/json")], body)
      try await TestServer.wait(for: "it is at work") { web.engine.gate.waitingCount == 1 }
      #expect(web.service.unfinishedBytes.taken > 1_000_000)
      web.engine.gate.open()
      #expect(try await client.receive().status == 200)
      #expect(web.service.unfinishedBytes.taken == 0)
    }
  }

  @Test func whoSendsTooSlowlyIsCutOff() async throws {
    var limits = TestServer.Setup.patient
    limits.frameSecondsMax = 1
    limits.strangerSecondsMax = 2
    try await WebServing.run(limits: limits) { web in
      for start in [
        "GET / HT",
        "POST /tocsin.v1.Admin/Status HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
      ] {
        let client = try web.client()
        try await client.send(Array(start.utf8))
        #expect(try await client.isClosed())
      }
      #expect(try await web.client().isClosed())
    }
  }

  @Test func connectionsAreCounted() async throws {
    var limits = TestServer.Setup.patient
    limits.connectionsMax = 2
    try await WebServing.run(limits: limits) { web in
      let clients = try (0..<2).map { _ in try web.client() }
      for client in clients { #expect(try await client.call("Admin/Status", "{}").status == 200) }
      #expect(try await web.client().isClosed())
      #expect(web.service.load.connections == 2)
    }
  }

  /// Told to stop, the server ends streams, answers what it was asked, and is gone.
  @Test func itStopsInGoodOrder() async throws {
    let engine = FakeEngine()
    let service = CallService.test(engine, limits: TestServer.Setup.patient)
    let server = try TransportServer.web(
      configuration: .init(addresses: [.tcp(host: "127.0.0.1", port: 0)]), settings: WebSettings(), service: service,
      logger: .silent)
    guard case .tcp(_, let port) = try #require(try await server.bind().first) else { return }
    let running = Task { try await server.run() }
    let (watcher, asker) = (try WebClient(port), try WebClient(port))
    try await watcher.send("POST", Self.watch, Self.enveloped, Self.envelope("{}"))
    var request = Samples.routeRequest
    (request.profile, request.whatIf, request.departAt) = (FakeEngine.slowProfile, [], nil)
    try await asker.send(
      "POST", "/\(ServiceMethods.route.name)", [("Content-Type", "application/proto")],
      ServiceMethods.route.writeRequest(request))
    try await TestServer.wait(for: "both are at work") {
      engine.gate.waitingCount == 1 && engine.streams.withLock { $0.count } == 1
    }
    running.cancel()
    #expect(try await watcher.receive().text.contains("SHUTTING_DOWN"))
    engine.gate.open()
    #expect(try await asker.receive().status == 200)
    try await running.value
  }
}
