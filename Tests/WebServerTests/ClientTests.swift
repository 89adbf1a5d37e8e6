#if Web
import API
import Access
import Foundation
import Messages
import TestSupport
import Testing

/// The server on the web, asked by the programs that others use.
@Suite struct ClientTests {
  private static let connectIsMissing = TestScript.missing(
    programs: [TestScript.protoc, TestScript.python], modules: ["connectrpc.client", "google.protobuf"])
  private static let protos = TestScript.package.appendingPathComponent("Sources/Foreign/CMessages").path

  /// Runs a scenario with the library connectrpc.
  private static func connect(_ base: String, _ scenario: String, _ arguments: String...) async throws -> String {
    let folder = TemporaryFolder()
    _ = try TestScript.run(
      TestScript.protoc, ["--proto_path=\(protos)", "--python_out=\(folder.path(""))", "tocsin.proto"])
    return try await TestScript.runAside(
      TestScript.python,
      [WebTown.script("Python/connect_clients.py"), folder.path(""), base, scenario] + arguments)
  }

  /// Requests of all kinds are answered over the web as they are without it: in JSON and protobuf, compressed or not,
  /// by POST and by GET.
  @Test(.enabled(if: connectIsMissing == nil, "\(connectIsMissing ?? "")")) func connectAsks() async throws {
    let town = try WebTown()
    let lines = try Self.questions(town).map { method, request in
      let answer = try town.dispatcher.dispatch(method: method, payload: request, deadline: nil).get()
      return "\(method)\t\(Self.hex(request))\t\(Self.hex(answer))\n"
    }
    let folder = TemporaryFolder()
    try Data(lines.joined().utf8).write(to: folder.url("asked"))
    try await town.serve { base in
      // Each in two encodings, compressed and not, by POST and by GET.
      let told = try await Self.connect(base, "asks", folder.path("asked"))
      #expect(told == "\(lines.count * 8)\ndone\n")
    }
  }

  private static func questions(_ town: WebTown) throws -> [(method: String, request: [UInt8])] {
    let ends = [town.place, try #require(town.places.last)]
    let own: [(method: String, request: [UInt8])] = [
      asked(ServiceMethods.snap, SnapRequest(place: town.place, profile: WebTown.profile)),
      asked(ServiceMethods.route, RouteRequest(places: [ends[0], town.places[7]], profile: WebTown.profile)),
      asked(ServiceMethods.fastestUnits, FastestUnitsRequest(incident: town.place, count: 5)),
      asked(
        ServiceMethods.matrix,
        MatrixRequest(origins: Array(town.places.prefix(9)), destinations: ends, profile: WebTown.profile)),
    ]
    // And of the samples whatever a town answers.
    let samples = MethodSample.all.filter { $0.method.changesNothing && $0.method.answers == .one }
    return (own + samples.map { ($0.method.name, $0.request) }).filter { method, request in
      guard case .success = town.dispatcher.dispatch(method: method, payload: request, deadline: nil) else {
        return false
      }
      // Of the server's memory and time.
      return method != ServiceMethods.status.name
    }
  }

  private static func asked<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, _ request: Request
  ) -> (method: String, request: [UInt8]) {
    (method.name, method.writeRequest(request))
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private static func tokens() -> AccessControl {
    var rules = AccessRules()
    rules.tokens = [
      TokenRecord(name: "reader", digest: TokenDigest(of: "token-read"), roles: [.read]),
      TokenRecord(name: "all", digest: TokenDigest(of: "token-all"), roles: Set(Role.allCases)),
    ]
    return AccessControl(rules)
  }

  @Test(.enabled(if: connectIsMissing == nil, "\(connectIsMissing ?? "")")) func connectIsRefused() async throws {
    try await WebTown().serve(access: Self.tokens()) { base in
      let told = try await Self.connect(base, "refusals", "token-read")
      #expect(told == "done\n")
    }
  }

  @Test(.enabled(if: connectIsMissing == nil, "\(connectIsMissing ?? "")")) func connectStreams() async throws {
    let town = try WebTown()
    try await town.serve { base in
      let told = try await Self.connect(base, "streams", "\(town.way)")
      #expect(told == "done\n")
    }
  }

  private static let node = "/usr/bin/node"
  private static let nodeIsMissing = TestScript.missing(programs: [node])

  @Test(.enabled(if: nodeIsMissing == nil, "\(nodeIsMissing ?? "")"), arguments: ["", "token-all"])
  func nodeFetches(_ token: String) async throws {
    let town = try WebTown()
    try await town.serve(access: token.isEmpty ? AccessControl() : Self.tokens()) { base in
      let place = town.place.coordinate
      let arguments = [base, token, WebTown.profile, "\(place.latitude)", "\(place.longitude)"]
      let told = try await TestScript.runAside(Self.node, [WebTown.script("Node/web_clients.mjs")] + arguments)
      #expect(told == "done\n")
    }
  }

  private static let curlIsMissing = TestScript.missing(programs: ["/usr/bin/curl", TestScript.protoc, "/bin/bash"])

  @Test(.enabled(if: curlIsMissing == nil, "\(curlIsMissing ?? "")"), arguments: ["", "token-all"])
  func curlAsks(_ token: String) async throws {
    let town = try WebTown()
    try await town.serve(access: token.isEmpty ? AccessControl() : Self.tokens()) { base in
      let place = town.place.coordinate
      let arguments = [base, token, WebTown.profile, "\(place.latitude)", "\(place.longitude)", Self.protos]
      let told = try await TestScript.runAside("/bin/bash", [WebTown.script("curl_clients")] + arguments)
      #expect(told == "done\n")
    }
  }

  private static let schemathesisIsMissing = TestScript.missing(modules: ["schemathesis"])
  private static let seconds = ProcessInfo.processInfo.environment["TOCSIN_WEB_SECONDS"] ?? "20"

  /// Whatever is asked, no answer is an error of the server's or other than `/openapi.json` says.
  ///
  /// `TOCSIN_WEB_SECONDS` is how long it asks: a minute in CI, ten by hand.
  @Test(.enabled(if: schemathesisIsMissing == nil, "\(schemathesisIsMissing ?? "")"))
  func anythingIsAnswered() async throws {
    try await WebTown().serve(access: Self.tokens()) { base in
      let told = try await TestScript.runAside(
        TestScript.python, [WebTown.script("Python/any_request.py"), base, "token-all", Self.seconds])
      #expect(told.contains("No issues found"), "\(told.suffix(8_000))")
    }
  }
}
#endif
