import AnswerJSON
import ArgumentParser
import Client
import Foundation
import Messages
import NIOCore
import TransportSecurity

/// `--server`, for every command that asks a running server.
struct ServerOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Address of the server: a socket file or HOST:PORT. Default: $TOCSIN_SERVER, else \(DefaultSocket.pathToAsk).",
      valueName: "address"),
    transform: Parse.address)
  var server: ServerAddress?

  @Option(file: "Send the token in this file with each call. Default: $TOCSIN_TOKEN_FILE, else none.")
  var tokenFile: String?

  @Option(
    file:
      "Use TLS over TCP, and trust a server whose certificate these authorities (PEM) signed. Default: $TOCSIN_CA, else no TLS."
  )
  var ca: String?

  @Option(file: "With --ca: certificate of the client (PEM).")
  var certificate: String?

  @Option(file: "With --certificate: its private key (PEM).")
  var key: String?

  /// Connects, runs `body` and closes the connection.
  func withClient<Result>(_ body: (TocsinClient) async throws -> Result) async throws -> Result {
    let client = try await connected()
    do {
      let result = try await body(client)
      await client.close()
      return result
    } catch {
      await client.close()
      throw error
    }
  }

  /// A connection, which the caller closes.
  func connected() async throws -> TocsinClient {
    try await TocsinClient.connect(to: address(), credentials: credentials())
  }

  private func credentials() throws -> ClientCredentials {
    var credentials = ClientCredentials()
    if let path = tokenFile ?? Self.environment("TOCSIN_TOKEN_FILE") {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw CommandFailure("TOKENS_UNREADABLE", "the token file can't be read", value: path)
      }
      credentials.token = text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    guard let ca = ca ?? Self.environment("TOCSIN_CA") else { return credentials }
    guard (certificate == nil) == (key == nil) else { throw ValidationError("--certificate and --key go together.") }
    let identity = certificate.flatMap { chain in key.map { CertificateFiles(certificate: chain, key: $0) } }
    var serverName: String?
    // A certificate is for a name; for an address only its authority is checked.
    if case .tcp(let host, _) = try address(), (try? SocketAddress(ipAddress: host, port: 0)) == nil {
      serverName = host
    }
    credentials.tls = try ClientTLS(authorities: ca, identity: identity, serverName: serverName)
    return credentials
  }

  fileprivate static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// True if an option or the environment names a server.
  var isNamed: Bool { server != nil || Self.environment("TOCSIN_SERVER") != nil }

  /// What was given, else the environment's, else the usual one.
  func address() throws -> ServerAddress {
    if let server { return server }
    if let text = Self.environment("TOCSIN_SERVER") { return try ServerAddress.parse(text) }
    return .unix(path: DefaultSocket.pathToAsk)
  }
}

/// Where a server listens and a client looks for it by default.
enum DefaultSocket {
  static var path: String {
    if getuid() == 0 { return installed }
    return ServerOption.environment("XDG_RUNTIME_DIR").map { "\($0)/tocsin.sock" } ?? "/tmp/tocsin-\(getuid()).sock"
  }

  /// Of the server that the package installs, and of one that root starts.
  private static let installed = "/run/tocsin/tocsin.sock"

  /// Where a client looks: at the server of its own user if there is one, else at the installed one.
  static var pathToAsk: String {
    let own = path
    return access(own, F_OK) != 0 && access(installed, F_OK) == 0 ? installed : own
  }

  /// Makes the folder of the installed server's socket, which a package makes at each start.
  static func makeFolder() {
    if path == installed { mkdir((installed as NSString).deletingLastPathComponent, 0o755) }
  }
}

/// `--json`, for every command that answers.
struct OutputOption: ParsableArguments {
  @Flag(help: "Print JSON, on one line.")
  var json = false

  /// Prints an answer in the form that was asked for.
  func show(_ shape: some Encodable, text: @autoclosure () -> String) throws {
    if json { Console.write(try JSONLine.bytes(of: shape)) } else { Console.write(text()) }
  }
}
