import Calls
import Logging
import Messages
import Server
import Settings

/// The servers of a configuration: one for frames, one for gRPC.
enum Transports {
  /// Starts listening at all addresses. Throws `INSECURE_LISTENER`, `INVALID_ADDRESS`, `ADDRESS_IN_USE`, `BIND_FAILED`.
  ///
  /// - Returns: the servers, and their addresses with real ports, as the log shows them.
  static func bind(
    _ listen: ServerConfiguration.Listen, _ security: ServerSecurity, service: CallService, logger: Logger
  ) async throws -> (servers: [TransportServer], addresses: [String]) {
    let (frames, grpc) = try (frameAddresses(listen), grpcAddresses(listen))
    try security.check(frames + grpc)
    if frames == [.unix(path: DefaultSocket.path)] { DefaultSocket.makeFolder() }
    var servers: [TransportServer] = []
    if !frames.isEmpty {
      servers.append(
        .frames(configuration: .init(addresses: frames, tls: security.tls), service: service, logger: logger))
    }
    if !grpc.isEmpty {
      servers.append(.grpc(configuration: .init(addresses: grpc, tls: security.tls), service: service, logger: logger))
    }
    var told: [String] = []
    for (index, server) in servers.enumerated() {
      let kind = index == 0 && !frames.isEmpty ? "" : "grpc:"
      told += try await server.bind().map { "\(kind)\($0)" }
    }
    return (servers, told)
  }

  /// Where a server would listen. Throws `INVALID_ADDRESS`.
  static func addresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    try frameAddresses(listen) + grpcAddresses(listen)
  }

  private static func grpcAddresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    try listen.grpc.map { [try ServerAddress.parse("tcp:" + $0)] } ?? []
  }

  /// Without any address there is the default socket file.
  private static func frameAddresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    let given = [listen.socket.map { "unix:" + $0 }, listen.tcp.map { "tcp:" + $0 }].compactMap(\.self)
    if given.isEmpty, listen.grpc == nil { return [.unix(path: DefaultSocket.path)] }
    return try given.map { try ServerAddress.parse($0) }
  }
}
