import Calls
import Configuration
import Logging
import Messages
import Server

/// The servers of a configuration: one for frames, one for gRPC.
struct Transports {
  let servers: [TransportServer]

  /// Starts listening at all addresses. Throws `INSECURE_LISTENER`, `INVALID_ADDRESS`, `ADDRESS_IN_USE`, `BIND_FAILED`.
  ///
  /// - Returns: the servers, and their addresses with real ports, as the log shows them.
  static func bind(
    _ listen: ServerConfiguration.Listen, _ security: ServerSecurity, service: CallService, logger: Logger
  ) async throws -> (Transports, [String]) {
    let frames = try frameAddresses(listen)
    let grpc = try listen.grpc.map { [try ServerAddress.parse("tcp:" + $0)] } ?? []
    try security.check(frames + grpc)
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
    return (Transports(servers: servers), told)
  }

  /// Without any address there is the default socket file.
  private static func frameAddresses(_ listen: ServerConfiguration.Listen) throws -> [ServerAddress] {
    var addresses: [ServerAddress] = []
    if let socket = listen.socket { addresses.append(try ServerAddress.parse("unix:" + socket)) }
    if let tcp = listen.tcp { addresses.append(try ServerAddress.parse("tcp:" + tcp)) }
    if addresses.isEmpty, listen.grpc == nil { return [.unix(path: DefaultSocket.path)] }
    return addresses
  }
}
