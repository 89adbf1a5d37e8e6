import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// A server on grpc-swift-2 that answers `tocsin.v1.Admin/Health` as Tocsin does, with raw bytes and without an engine.
@main
struct GRPCSwiftServer {
  /// `HealthAnswer` with version 1.
  static let answer: [UInt8] = [0x08, 0x01]

  struct Service: RegistrableRPCService {
    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
      router.registerHandler(
        forMethod: MethodDescriptor(fullyQualifiedService: "tocsin.v1.Admin", method: "Health"),
        deserializer: RawBytes(), serializer: RawBytes()
      ) { request, _ in
        for try await _ in request.messages {}
        return StreamingServerResponse { writer in
          try await writer.write(GRPCSwiftServer.answer)
          return [:]
        }
      }
    }
  }

  static func main() async throws {
    let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 7130
    let server = GRPCServer(
      transport: .http2NIOPosix(address: .ipv4(host: "127.0.0.1", port: port), transportSecurity: .plaintext),
      services: [Service()])
    try await server.serve()
  }
}

/// Messages as they are.
struct RawBytes: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
    bytes.withUnsafeBytes { Array($0) }
  }
}
