import Access
import Calls
import Client
import Foundation
import Logging
import Messages
import Server
import TestSupport
import Testing
import TransportSecurity

/// Who may call over TCP, and what stops everybody else.
@Suite struct SecurityTests {
  /// A server for frames on a free port.
  private struct Secured {
    var address = ServerAddress.tcp(host: "127.0.0.1", port: 0)
    let access: AccessControl
    let engine = FakeEngine()
    let log = LogRecorder()

    /// Runs `body` against a server, then stops it.
    static func run(
      _ rules: AccessRules = AccessRules(), tls: ServerTLS? = nil, limits: CallLimits = TestServer.Setup.patient,
      _ body: (Secured) async throws -> Void
    ) async throws {
      let access = AccessControl(rules)
      var secured = Secured(access: access)
      let logger = secured.log.logger
      let service = CallService(
        dispatcher: MessageDispatcher(engine: secured.engine), limits: limits, access: access,
        threads: .init(questions: 2), logger: logger)
      let server = TransportServer.frames(
        configuration: .init(addresses: [secured.address], tls: tls), service: service, logger: logger)
      secured.address = try #require(try await server.bind().first)
      let running = Task { try await server.run() }
      do {
        try await body(secured)
      } catch {
        Issue.record(error)
      }
      running.cancel()
      try await running.value
    }

    func client(_ token: String = "", tls: ClientTLS? = nil) async throws(ClientError) -> TocsinClient {
      try await .connect(to: address, credentials: ClientCredentials(token: token, tls: tls))
    }

    /// The code with which a call is refused; `nil` if it is answered.
    func refusal(
      _ token: String = "", authorities: String? = nil, identity: CertificateFiles? = nil, serverName: String? = nil
    ) async throws -> String? {
      let tls = try authorities.map { try ClientTLS(authorities: $0, identity: identity, serverName: serverName) }
      do {
        let client = try await client(token, tls: tls)
        _ = try await client.status()
        await client.close()
        return nil
      } catch {
        return error.code
      }
    }
  }

  private static func record(_ token: String, _ roles: Set<Role>) -> TokenRecord {
    TokenRecord(name: "owner of \(token.count)", digest: TokenDigest(of: token), roles: roles)
  }

  /// What happens after a token is removed, or has expired, is not told to whom it belonged: its streams end.
  @Test func anOpenStreamEndsWithItsToken() async throws {
    var rules = AccessRules()
    rules.isTokenFileGiven = true
    rules.tokens = [
      Self.record("kept token", [.read]), Self.record("removed", [.read]), Self.record("brief", [.read]),
    ]
    try await Secured.run(rules) { server in
      var clients: [RawClient] = []
      for token in ["brief", "removed", "kept token"] {
        let client = try RawClient(server.address)
        try await client.send(
          .request(FrameRequest(id: 1, method: ServiceMethods.watchTraffic.name, token: token, payload: [])))
        clients.append(client)
        try await TestServer.wait(for: "it is open") {
          server.engine.streams.withLock { $0.count } == clients.count
        }
      }
      rules.tokens.remove(at: 1)
      rules.tokens[1].expires = Date()
      server.access.replace(by: rules)
      for client in clients.prefix(2) {
        let last = try await client.receive()
        #expect(last?.isOpen == false && last?.refusal?.code == "UNAUTHENTICATED")
      }
      for stream in server.engine.streams.withLock({ $0 }) { stream.put(version: 9) }
      #expect(try await clients[2].receive()?.isOpen == true)
    }
  }

  @Test func everyMethodHasItsRoles() async throws {
    var rules = AccessRules()
    rules.tokens = Role.allCases.map { Self.record("secret-\($0)", [$0]) }
    try await Secured.run(rules) { server in
      for method in MessageDispatcher(engine: server.engine).methods where !method.hasSuffix("Watch") {
        for role in Role.allCases {
          let client = try await server.client("secret-\(role)")
          let outcome = await client.call(method: method, payload: [])
          await client.close()
          let isRefused = if case .failure(let error) = outcome { error.code == "PERMISSION_DENIED" } else { false }
          #expect(isRefused == !Self.allowed(method).contains(role), "\(role) calls \(method)")
        }
      }
    }
  }

  /// Written down once more, by name: a slip in the table of the program must not go unseen.
  private static func allowed(_ method: String) -> Set<Role> {
    switch method.split(separator: "/").last {
    case "PutUnits", "RemoveUnits", "SetStatus", "ReportPositions": [.dispatch, .admin]
    case "PutClosures", "LiftClosures", "PutSpeeds": [.traffic, .admin]
    case "PutPlans", "RemovePlans": [.dispatch, .admin]
    case "PutHospitals", "SetHospitalStates", "RemoveHospitals", "PutPosts", "RemovePosts": [.dispatch, .admin]
    case "PutLayer", "RemoveLayer": [.dispatch, .traffic, .admin]
    case "Reload": [.admin]
    default: Set(Role.allCases)
    }
  }

  @Test func whoIsRefusedIsLoggedWithoutTheToken() async throws {
    var rules = AccessRules()
    rules.tokens = [Self.record("secret-read", [.read])]
    try await Secured.run(rules) { server in
      #expect(try await server.refusal() == "UNAUTHENTICATED")
      #expect(try await server.refusal("secret-wrong") == "UNAUTHENTICATED")
      #expect(try await server.refusal("secret-read") == nil)
      let client = try await server.client("secret-read")
      await #expect(throws: ClientError.self) { _ = try await client.reload([.overrides]) }
      await client.close()
      let lines = server.log.texts.filter { $0.hasPrefix("call refused") }
      #expect(lines.count == 3 && lines.allSatisfy { $0.contains("peer=tcp:127.0.0.1:") })
      #expect(
        lines.last?.contains("actor=owner of 11 code=PERMISSION_DENIED method=tocsin.v1.Admin/Reload") == true)
      #expect(!server.log.texts.contains { $0.contains("secret") })
    }
  }

  @Test func tokensAreRotatedOnOpenConnections() async throws {
    var rules = AccessRules()
    rules.tokens = [Self.record("first", [.read])]
    try await Secured.run(rules) { server in
      let client = try await server.client("first")
      _ = try await client.status()
      var next = AccessRules()
      next.tokens = [Self.record("second", [.read])]
      server.access.replace(by: next)
      let error = await #expect(throws: ClientError.self) { _ = try await client.status() }
      #expect(error?.code == "UNAUTHENTICATED")
      #expect(try await client.health() == 15)
      await client.close()
      #expect(try await server.refusal("second") == nil)
    }
  }

  @Test func encryptedCallsAndStrangers() async throws {
    let folder = TemporaryFolder()
    let ours = try TestAuthority("ours", in: folder)
    let theirs = try TestAuthority("theirs", in: folder)
    let tls = try ServerTLS(try ours.sign("/CN=localhost", file: "server"))
    try await Secured.run(tls: tls) { server in
      #expect(try await server.refusal(authorities: ours.path) == nil)
      #expect(try await server.refusal(authorities: ours.path, serverName: "localhost") == nil)
      let elsewhere = try await server.refusal(authorities: ours.path, serverName: "elsewhere")
      #expect(elsewhere == "CONNECTION_FAILED")
      #expect(try await server.refusal(authorities: theirs.path) == "CONNECTION_FAILED")
      // What TLS says to it is known, or the connection is gone.
      #expect(["CONNECTION_FAILED", "CONNECTION_LOST"].contains(try await server.refusal()))
    }
  }

  /// Nobody ever writes into the pipe.
  @Test(.timeLimit(.minutes(1))) func aPipeForACertificateIsNotWaitedFor() throws {
    let folder = TemporaryFolder()
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let ours = try TestAuthority("ours", in: folder).sign("/CN=localhost", file: "server")
    for files in [
      CertificateFiles(certificate: pipe, key: ours.key), CertificateFiles(certificate: ours.certificate, key: pipe),
    ] {
      let error = #expect(throws: TLSError.self) { try ServerTLS(files) }
      #expect(error?.value == pipe)
    }
    #expect(throws: TLSError.self) { try ClientTLS(authorities: pipe) }
  }

  @Test func certificatesSayWhoCalls() async throws {
    let folder = TemporaryFolder()
    let ours = try TestAuthority("ours", in: folder)
    let theirs = try TestAuthority("theirs", in: folder)
    let server = try ours.sign("/CN=localhost", file: "server")
    let subject = "/O=Daegu/CN=tic"
    let known = try ours.sign(subject, file: "known")
    let unknown = try ours.sign("/CN=new", file: "unknown")
    let forged = try theirs.sign(subject, file: "forged")
    var rules = AccessRules()
    rules.certificates = ["CN=tic,O=Daegu": [.traffic]]
    let tls = try ServerTLS(server, clientCertificates: .required(authorities: ours.path))
    try await Secured.run(rules, tls: tls) { server in
      let expected: [(CertificateFiles?, String?)] = [
        (known, nil), (unknown, "UNAUTHENTICATED"), (forged, "CONNECTION_LOST"), (nil, "CONNECTION_LOST"),
      ]
      for (identity, code) in expected {
        #expect(try await server.refusal(authorities: ours.path, identity: identity) == code)
      }
      let client = try await server.client(tls: ClientTLS(authorities: ours.path, identity: known))
      _ = try await client.liftClosures(["bridge"])
      let error = await #expect(throws: ClientError.self) { _ = try await client.removeUnits(["unit"]) }
      #expect(error?.code == "PERMISSION_DENIED")
      await client.close()
    }
  }

  @Test func certificatesAreReadAgain() async throws {
    let folder = TemporaryFolder()
    let first = try TestAuthority("first", in: folder)
    let second = try TestAuthority("second", in: folder)
    let name = "/CN=localhost"
    let tls = try ServerTLS(try first.sign(name, file: "server"))
    try await Secured.run(tls: tls) { server in
      let open = try await server.client(tls: ClientTLS(authorities: first.path))
      _ = try await open.status()
      _ = try second.sign(name, file: "server")
      try tls.reload()
      #expect(try await server.refusal(authorities: second.path) == nil)
      #expect(try await server.refusal(authorities: first.path) == "CONNECTION_FAILED")
      _ = try await open.status()
      await open.close()
      try Data("no certificate".utf8).write(to: folder.url("server.pem"))
      let error = #expect(throws: TLSError.self) { try tls.reload() }
      #expect(error?.code == .unreadable)
      #expect(try await server.refusal(authorities: second.path) == nil)
    }
  }

  @Test func halfHandshakesAreCutOff() async throws {
    let folder = TemporaryFolder()
    let ours = try TestAuthority("ours", in: folder)
    let tls = try ServerTLS(try ours.sign("/CN=localhost", file: "server"))
    var limits = TestServer.Setup.patient
    limits.handshakeSecondsMax = 0.5
    try await Secured.run(tls: tls, limits: limits) { server in
      let silent = try RawClient(server.address)
      let half = try RawClient(server.address)
      // A record of TLS that says it has 512 bytes, and then nothing.
      try await half.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])
      #expect(try await silent.receive() == nil)
      #expect(try await half.receive() == nil)
      #expect(try await server.refusal(authorities: ours.path) == nil)
    }
  }
}
