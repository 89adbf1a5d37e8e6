import Calls
import Logging
import Messages
import Server
import Settings
import WebServer

/// The servers of a configuration: one for frames, one for gRPC, one for the web.
enum Transports {
  /// Starts listening at all addresses. Throws `INSECURE_LISTENER`, `INVALID_ADDRESS`, `ADDRESS_IN_USE`, `BIND_FAILED`,
  /// `WEB_UNAVAILABLE`.
  ///
  /// - Returns: the servers, and their addresses with real ports, as the log shows them.
  static func bind(
    _ listen: ServerConfiguration.Listen, web: WebSettings, _ security: ServerSecurity, service: CallService,
    logger: Logger
  ) async throws -> (servers: [TransportServer], addresses: [String]) {
    let (frames, grpc, pages) = try (frameAddresses(listen), grpcAddresses(listen), webAddresses(listen))
    try security.check(frames + grpc + pages)
    if frames == [.unix(path: DefaultSocket.path)] { DefaultSocket.makeFolder() }
    let setup = { (addresses: [ServerAddress]) in
      TransportServer.Configuration(addresses: addresses, tls: security.tls)
    }
    var servers: [(kind: String, TransportServer)] = []
    if !frames.isEmpty { servers.append(("", .frames(configuration: setup(frames), service: service, logger: logger))) }
    if !grpc.isEmpty { servers.append(("grpc:", .grpc(configuration: setup(grpc), service: service, logger: logger))) }
    if !pages.isEmpty {
      servers.append(
        ("web:", try .web(configuration: setup(pages), settings: web, service: service, logger: logger)))
    }
    var told: [String] = []
    for (kind, server) in servers { told += try await server.bind().map { "\(kind)\($0)" } }
    return (servers.map(\.1), told)
  }

  /// Where a server would listen. Throws `INVALID_ADDRESS`.
  static func addresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    try frameAddresses(listen) + grpcAddresses(listen) + webAddresses(listen)
  }

  private static func webAddresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    try listen.web.map { [try ServerAddress.parse("tcp:" + $0)] } ?? []
  }

  private static func grpcAddresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    try listen.grpc.map { [try ServerAddress.parse("tcp:" + $0)] } ?? []
  }

  /// Without an address for programs there is the default socket file.
  private static func frameAddresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    let given = [listen.socket.map { "unix:" + $0 }, listen.tcp.map { "tcp:" + $0 }].compactMap(\.self)
    if given.isEmpty, listen.grpc == nil { return [.unix(path: DefaultSocket.path)] }
    return try given.map { try ServerAddress.parse($0) }
  }
}
